using EdgeSplit.Agents.Surrogates;
using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Simulation;

namespace EdgeSplit.Agents.ModelBased;

/// <summary>The model-based agent: learns a surrogate of the outcome from the requests it has served and decides by Thompson enumeration. One member of the ensemble
/// is drawn per conversation, and the split that this member thinks cheapest is taken.</summary>
/// <remarks>
/// <para>It draws a member's mean, not its noise (Lu and Van Roy, "Ensemble sampling", NeurIPS 2017). The propensity of a decision is the exact share of members that would have
/// taken it. Deterministic given its seed.</para>
/// </remarks>
public sealed class ModelBasedAgent : ISplitPolicy
{
    private readonly OutcomeSurrogate surrogate;
    private readonly StreamKey memberKey;
    private readonly double[] costs;
    private readonly int splits;

    /// <summary>Creates an agent that has served nothing yet.</summary>
    /// <param name="belief">The public profile; the agent's own instance.</param>
    /// <param name="seed">Seed of all its draws.</param>
    /// <param name="options">Settings of its surrogate; defaults where omitted.</param>
    public ModelBasedAgent(Belief belief, ulong seed, SurrogateOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(belief);
        surrogate = new OutcomeSurrogate(belief, options ?? new SurrogateOptions(), StreamKey.Create(seed, "agent/surrogate"));
        memberKey = StreamKey.Create(seed, "agent/member");
        splits = belief.Profile.Layers + 1;
        costs = new double[surrogate.Members * splits];
    }

    /// <inheritdoc/>
    public string Name => "model-based";

    /// <summary>The outcome model.</summary>
    public OutcomeSurrogate Surrogate => surrogate;

    /// <inheritdoc/>
    public Decision Decide(DecisionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        surrogate.PredictCosts(context, costs);
        var random = new RandomSource(memberKey, (ulong)context.Conversation);
        var chosen = Cheapest(random.NextInt32(surrogate.Members));
        var agreeing = 0;
        for (var member = 0; member < surrogate.Members; member++)
        {
            agreeing += Cheapest(member) == chosen ? 1 : 0;
        }

        return new Decision(chosen, (double)agreeing / surrogate.Members);
    }

    /// <inheritdoc/>
    public void Learn(in Experience experience) => surrogate.Learn(experience);

    private int Cheapest(int member)
    {
        var row = costs.AsSpan(member * splits, splits);
        var best = -1;
        for (var k = 0; k < splits; k++)
        {
            if (row[k] < (best < 0 ? double.PositiveInfinity : row[best]))
            {
                best = k;
            }
        }

        return best;
    }
}
