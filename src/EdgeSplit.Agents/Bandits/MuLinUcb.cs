using System.Text.Json.Nodes;
using EdgeSplit.Agents.Learning;
using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Simulation;

namespace EdgeSplit.Agents.Bandits;

/// <summary>The bandit of Autodidactic Neurosurgeon: the device's part of the cost is known, that of link and server is linear in features of the cut and learned with
/// lower confidence bounds, and a cut that uses the link is forced at a decreasing rate.</summary>
/// <remarks>
/// <para>Who stays on the device hears nothing of link and server: plain LinUCB that once thinks badly of them stays there for ever. Forced sampling brings it out. Nothing
/// is forced where the rule offloads anyway, or on a key request (<see cref="MuLinUcbOptions.FirstTurnWeight"/>).</para>
/// <para>Features are the believed network and server parts and a constant, as in <see cref="ArmFeatures"/>, in place of the paper's layer counts and tensor sizes, which the
/// belief has summed with speeds and rates. The target is what was measured of link and server. Deterministic without draws: the propensity is always 1. Not thread-safe.</para>
/// <para>Source: L. Zhang, L. Chen, J. Xu, "Autodidactic Neurosurgeon", WWW 2021, arXiv 2102.02638.</para>
/// </remarks>
public sealed class MuLinUcb : ISplitPolicy, ISavedAgent
{
    private readonly MuLinUcbOptions options;
    private readonly BeliefRegression model;
    private long decided;

    /// <summary>Creates a bandit that believes the belief.</summary>
    /// <param name="belief">The public profile; the bandit's own instance.</param>
    /// <param name="options">Settings; defaults where omitted.</param>
    public MuLinUcb(Belief belief, MuLinUcbOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(belief);
        this.options = options ?? new MuLinUcbOptions();
        model = new BeliefRegression(belief, this.options.Regression, isDeviceKnown: true);
    }

    /// <inheritdoc cref="ISavedAgent.Name"/>
    public string Name => "mu-lin-ucb";

    /// <inheritdoc/>
    public int StateVersion => 1;

    /// <summary>Times that a cut was forced against the rule.</summary>
    public long ForcedSamples { get; private set; }

    /// <inheritdoc/>
    public Decision Decide(DecisionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!model.Select(context))
        {
            return new Decision(-1, 1);
        }

        var deviceOnly = model.Splits - 1;
        var weight = context.Observation.Turn == 0 ? options.FirstTurnWeight : 0;
        var chosen = Cheapest(context, deviceOnly, weight);
        decided++;
        if (chosen == deviceOnly && weight == 0 && IsForced(decided) && Cheapest(context, deviceOnly - 1, weight) is >= 0 and var offloading)
        {
            ForcedSamples++;
            chosen = offloading;
        }

        return new Decision(chosen, 1);
    }

    /// <inheritdoc/>
    public void Learn(in Experience experience) => model.Learn(experience);

    /// <inheritdoc/>
    public JsonObject Describe() => new() { ["layers"] = model.Splits - 1, ["options"] = options.Describe() };

    /// <inheritdoc/>
    public void SaveState(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(decided);
        writer.Write(ForcedSamples);
        model.Save(writer);
    }

    /// <inheritdoc/>
    public void LoadState(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        BanditState.LoadOrRestore(reader, SaveState, source =>
        {
            decided = BanditState.ReadCount(source, long.MaxValue);
            ForcedSamples = BanditState.ReadCount(source, decided);
            model.Load(source);
        });
    }

    // The n-th request is forced where the number of forced ones due by then rises.
    private bool IsForced(long number)
    {
        var exponent = options.ForcedSamplingExponent;
        return exponent > 0 && (number == 1 || Due(number) > Due(number - 1));

        // The power of a perfect cube or the like may come out a hair too small.
        double Due(long requests) => Math.Floor(Math.Pow(requests, exponent) + 1e-9);
    }

    private int Cheapest(DecisionContext context, int deepest, double weight)
    {
        var width = options.Regression.Exploration * Math.Sqrt(1 - weight);
        var best = -1;
        var least = double.PositiveInfinity;
        for (var k = 0; k <= deepest; k++)
        {
            if (context.IsFeasible(k) && model.Expected(k) - (width * model.Deviation(k)) is var bound && bound < least)
            {
                (best, least) = (k, bound);
            }
        }

        return best;
    }
}
