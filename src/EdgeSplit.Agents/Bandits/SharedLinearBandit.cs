using System.Text.Json.Nodes;
using EdgeSplit.Agents.Learning;
using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Simulation;

namespace EdgeSplit.Agents.Bandits;

/// <summary>Thompson sampling with one linear model for all splits: the believed parts of the cost, each times a factor that is learned.</summary>
/// <remarks>
/// <para>Each part is learned from its own measurement, relative to what was believed for the true length of the answer. A finished request at one split teaches all others, so that few requests are enough where the belief is wrong by factors (see <see cref="ArmFeatures"/>). Once per request
/// <see cref="Draws"/> sets of factors are drawn from the posterior and one of them decides. The propensity is the share of them that would have taken the same split:
/// exact, given the draws.</para>
/// <para>Deterministic given its seed; draws are addressed by the request. Not thread-safe.</para>
/// </remarks>
public sealed class SharedLinearBandit : ISplitPolicy, ISavedAgent
{
    /// <summary>Posterior draws per decision.</summary>
    public const int Draws = 32;

    private readonly BeliefBanditOptions options;
    private readonly BeliefRegression model;
    private readonly StreamKey key;
    private readonly double[] factors;

    /// <summary>Creates a bandit that believes the belief.</summary>
    /// <param name="belief">The public profile; the bandit's own instance.</param>
    /// <param name="seed">Seed of its draws.</param>
    /// <param name="options">Settings; defaults where omitted.</param>
    public SharedLinearBandit(Belief belief, ulong seed, BeliefBanditOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(belief);
        this.options = options ?? new BeliefBanditOptions();
        model = new BeliefRegression(belief, this.options, isDeviceKnown: false);
        key = StreamKey.Create(seed, "bandit/shared-linear");
        factors = new double[model.Length];
    }

    /// <inheritdoc cref="ISavedAgent.Name"/>
    public string Name => "shared-linear-bandit";

    /// <inheritdoc/>
    public int StateVersion => 1;

    /// <summary>The expected factors, in the order of <see cref="ArmFeatures"/>; 1 where the belief is right, the last one 0.</summary>
    public ReadOnlySpan<double> Factors => model.Factors;

    /// <inheritdoc/>
    public Decision Decide(DecisionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!model.Select(context))
        {
            return new Decision(-1, 1);
        }

        var random = new RandomSource(key, (ulong)context.Request);
        var chosen = -1;
        var agreeing = 0;
        for (var draw = 0; draw < Draws; draw++)
        {
            var best = Cheapest(context, ref random);
            chosen = draw == 0 ? best : chosen;
            agreeing += best == chosen ? 1 : 0;
        }

        return new Decision(chosen, (double)agreeing / Draws);
    }

    /// <inheritdoc/>
    public void Learn(in Experience experience) => model.Learn(experience);

    /// <inheritdoc/>
    public JsonObject Describe() => new() { ["layers"] = model.Splits - 1, ["seed"] = key.Seed, ["options"] = options.Describe() };

    /// <inheritdoc/>
    public void SaveState(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        model.Save(writer);
    }

    /// <inheritdoc/>
    public void LoadState(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        BanditState.LoadOrRestore(reader, SaveState, model.Load);
    }

    private int Cheapest(DecisionContext context, ref RandomSource random)
    {
        model.Draw(ref random, factors);
        var mean = model.Factors;
        for (var i = 0; i < factors.Length; i++)
        {
            factors[i] = mean[i] + (options.Exploration * (factors[i] - mean[i]));
        }

        var best = -1;
        var least = double.PositiveInfinity;
        for (var k = 0; k < model.Splits; k++)
        {
            if (context.IsFeasible(k) && model.Cost(k, factors) is var cost && cost < least)
            {
                (best, least) = (k, cost);
            }
        }

        return best;
    }
}
