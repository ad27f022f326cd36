using EdgeSplit.Agents.Surrogates;
using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Simulation;

namespace EdgeSplit.Agents.ModelBased;

/// <summary>The model-based agent: learns a surrogate of the outcome from the requests it has served and decides by Thompson enumeration. One member of the ensemble
/// is drawn per conversation, and the split that this member thinks cheapest is taken.</summary>
/// <remarks>
/// <para>It draws a member's mean, not its noise (Lu and Van Roy, "Ensemble sampling", NeurIPS 2017).</para>
/// <para>Who stays on the device hears nothing of the link, and who leaves all to the server hears nothing of the device: where no member doubts the
/// profile enough, Thompson sampling alone would stay there for ever. So until each side was tried a few times, the agent tries it
/// where the expected extra cost fits a budget, a small share of the cost so far (forced sampling as in ANS, arXiv 2102.02638, with a budget in place of a schedule).</para>
/// <para>The propensity of a decision is the share of members that would have taken it in its place, tries included: exact for a draw at this turn. In later turns of a
/// conversation the member is the one drawn at its start. Deterministic given its seed. Not thread-safe.</para>
/// </remarks>
public sealed class ModelBasedAgent : ISplitPolicy
{
    /// <summary>Times that the link, and the device, are tried at least, as far as the budget allows.</summary>
    public const int LeastTries = 3;

    /// <summary>Expected extra cost of such tries, as a share of the cost of all finished requests.</summary>
    public const double TryBudget = 0.005;

    private readonly OutcomeSurrogate surrogate;
    private readonly StreamKey memberKey;
    private readonly double[] costs;
    private readonly int splits;
    private double costSoFar;
    private double spentOnTries;
    private int linkTries;
    private int deviceTries;

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
        var (chosen, extraCost) = Choose(random.NextInt32(surrogate.Members));
        if (chosen < 0)
        {
            return new Decision(-1, 1);
        }

        var agreeing = 0;
        for (var member = 0; member < surrogate.Members; member++)
        {
            agreeing += Choose(member).SplitPoint == chosen ? 1 : 0;
        }

        spentOnTries += extraCost;
        linkTries += chosen < splits - 1 ? 1 : 0;
        deviceTries += chosen > 0 ? 1 : 0;
        return new Decision(chosen, (double)agreeing / surrogate.Members);
    }

    /// <inheritdoc/>
    public void Learn(in Experience experience)
    {
        costSoFar += experience.Cost;
        surrogate.Learn(experience);
    }

    // What a member would do: its cheapest split, or the best of the side that was not tried enough, where the budget allows that.
    private (int SplitPoint, double ExtraCost) Choose(int member)
    {
        var (first, last) = (0, splits - 1);
        var chosen = Cheapest(member, first, last);
        if (chosen < 0)
        {
            return (-1, 0);
        }

        if (chosen == last && linkTries < LeastTries)
        {
            last--;
        }
        else if (chosen == first && deviceTries < LeastTries)
        {
            first++;
        }
        else
        {
            return (chosen, 0);
        }

        var other = Cheapest(member, first, last);
        var row = costs.AsSpan(member * splits, splits);
        return other >= 0 && spentOnTries + row[other] - row[chosen] <= TryBudget * costSoFar
            ? (other, row[other] - row[chosen])
            : (chosen, 0);
    }

    private int Cheapest(int member, int first, int last)
    {
        var row = costs.AsSpan(member * splits, splits);
        var best = -1;
        for (var k = first; k <= last; k++)
        {
            if (row[k] < (best < 0 ? double.PositiveInfinity : row[best]))
            {
                best = k;
            }
        }

        return best;
    }
}
