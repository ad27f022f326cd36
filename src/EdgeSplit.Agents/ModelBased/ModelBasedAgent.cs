using System.Text.Json.Nodes;
using EdgeSplit.Agents.Learning;
using EdgeSplit.Agents.Surrogates;
using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Simulation;

namespace EdgeSplit.Agents.ModelBased;

/// <summary>The model-based agent: learns a surrogate of the outcome from the requests it has served and decides by enumeration of all splits under it; by default on one member of the ensemble,
/// drawn per conversation.</summary>
/// <remarks>
/// <para>It draws a member's mean, not its noise (Lu and Van Roy, "Ensemble sampling", NeurIPS 2017). In conversations of several turns it adds to each split what the KV cache's place will cost later.</para>
/// <para>Who stays on the device hears nothing of the link, and who leaves all to the server hears nothing of the device: where no member doubts the
/// profile enough, Thompson sampling alone would stay there for ever. So each side is tried a few times now and then
/// where the expected extra cost fits a budget, a small share of the cost so far (forced sampling as in ANS, arXiv 2102.02638, with a budget in place of a schedule).</para>
/// <para>The propensity of a decision is the share of members that would have taken it in its place, tries included: exact for a draw at this turn. In later turns of a
/// conversation the member is the one drawn at its start. Deterministic given its seed. Not thread-safe.</para>
/// </remarks>
public sealed class ModelBasedAgent : ISplitPolicy, ISavedAgent
{
    private readonly Belief belief;
    private readonly ulong seed;
    private readonly OutcomeSurrogate surrogate;
    private readonly TurnPlan plan;
    private readonly TryLedger tries;
    private readonly LimitPrice[] prices;
    private readonly StreamKey memberKey;
    private readonly StreamKey randomSplitKey;
    private readonly LogNormalMixture mixture;
    private readonly double[] costs;
    private readonly double[] combined;
    private readonly int splits;
    private Objective objective;

    /// <summary>Creates an agent that has served nothing yet.</summary>
    /// <param name="belief">The public profile; the agent's own instance.</param>
    /// <param name="seed">Seed of all its draws.</param>
    /// <param name="options">Settings; defaults where omitted.</param>
    public ModelBasedAgent(Belief belief, ulong seed, ModelBasedOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(belief);
        this.belief = belief;
        this.seed = seed;
        Options = options ?? new ModelBasedOptions();
        objective = belief.Scenario.Objective;
        surrogate = new OutcomeSurrogate(belief, Options.Surrogate, StreamKey.Create(seed, "agent/surrogate"));

        // What bringing a cache elsewhere costs is known from the belief alone; without it only the present turn is planned.
        plan = new TurnPlan(belief, surrogate, Options.Surrogate.UsesPrior ? Options.PlannedTurns : 1);
        tries = new TryLedger(Options);
        prices = [.. Options.Limits.Select(limit => new LimitPrice(limit))];
        memberKey = StreamKey.Create(seed, "agent/member");
        randomSplitKey = StreamKey.Create(seed, "agent/random-split");
        mixture = new LogNormalMixture(LengthStrata.Count * surrogate.Members);
        splits = belief.Profile.Layers + 1;
        costs = new double[surrogate.Members * splits];
        combined = new double[splits];
    }

    /// <inheritdoc cref="ISplitPolicy.Name"/>
    public string Name => "model-based";

    /// <inheritdoc/>
    public int StateVersion => 1;

    /// <summary>The settings.</summary>
    public ModelBasedOptions Options { get; }

    /// <summary>The outcome model.</summary>
    public OutcomeSurrogate Surrogate => surrogate;

    /// <summary>What an outcome costs. It may be changed at any time: outcomes are what was learned, so nothing has to be learned anew.</summary>
    /// <value>At first the scenario's objective.</value>
    public Objective Objective
    {
        get => objective;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            objective = value;
        }
    }

    /// <summary>The present prices of the limits, seconds-equivalent per unit of the limited quantity, in the order of the options.</summary>
    public IReadOnlyList<double> LimitPrices => [.. prices.Select(price => price.Value)];

    /// <inheritdoc/>
    public Decision Decide(DecisionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        surrogate.PredictCosts(context, costs, objective);
        plan.AddLaterCosts(context.Observation, costs, objective);
        AddPrices(context);
        var (choice, propensity) = Options.Rule == DecisionRule.Thompson ? ByDraw(context) : ByCombination(context);
        if (choice.SplitPoint < 0)
        {
            return new Decision(-1, 1);
        }

        tries.Decided(choice.SplitPoint < splits - 1, choice.SplitPoint > 0, choice.ExtraCost, choice.TriesLink);
        return new Decision(choice.SplitPoint, propensity);
    }

    /// <inheritdoc/>
    public void Learn(in Experience experience)
    {
        tries.Finished(experience.Cost);
        foreach (var price in prices)
        {
            price.Learn(price.Limit.Of(experience.Outcome.Breakdown), experience.Cost);
        }

        var drifts = surrogate.Drifts;
        surrogate.Learn(experience);
        if (surrogate.Drifts > drifts)
        {
            tries.Forget();
        }
    }

    /// <inheritdoc/>
    public JsonObject Describe() => ModelBasedDescription.Of(this, belief, seed);

    /// <inheritdoc/>
    public void SaveState(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        tries.SaveState(writer);
        foreach (var price in prices)
        {
            price.SaveState(writer);
        }

        surrogate.SaveState(writer);
    }

    /// <inheritdoc/>
    public void LoadState(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        tries.LoadState(reader);
        foreach (var price in prices)
        {
            price.LoadState(reader);
        }

        surrogate.LoadState(reader);
    }

    private (Choice Choice, double Propensity) ByDraw(DecisionContext context)
    {
        var random = new RandomSource(memberKey, (ulong)context.Conversation);
        var choice = Choose(Row(random.NextInt32(surrogate.Members)));
        var agreeing = 0;
        for (var member = 0; member < surrogate.Members; member++)
        {
            agreeing += Choose(Row(member)).SplitPoint == choice.SplitPoint ? 1 : 0;
        }

        return (choice, (double)agreeing / surrogate.Members);
    }

    private (Choice Choice, double Propensity) ByCombination(DecisionContext context)
    {
        var optimism = Options.Rule == DecisionRule.Optimism ? Options.Optimism : 0;
        var feasible = 0;
        for (var k = 0; k < splits; k++)
        {
            feasible += double.IsFinite(costs[k]) ? 1 : 0;
            double mean = 0, square = 0;
            for (var member = 0; member < surrogate.Members; member++)
            {
                mean += costs[(member * splits) + k] / surrogate.Members;
            }

            for (var member = 0; optimism > 0 && double.IsFinite(mean) && member < surrogate.Members; member++)
            {
                var difference = costs[(member * splits) + k] - mean;
                square += difference * difference / surrogate.Members;
            }

            combined[k] = mean - (optimism * Math.Sqrt(square));
        }

        var choice = Choose(combined);
        if (choice.SplitPoint < 0 || Options.Rule != DecisionRule.EpsilonGreedy)
        {
            return (choice, 1);
        }

        var random = new RandomSource(randomSplitKey, (ulong)context.Request);
        var (best, chosen) = (choice.SplitPoint, choice.SplitPoint);
        if (random.NextUniform() < Options.Epsilon)
        {
            var skip = random.NextInt32(feasible);
            chosen = 0;
            while (!double.IsFinite(combined[chosen]) || skip-- > 0)
            {
                chosen++;
            }

            choice = new Choice(chosen, 0, false);
        }

        return (choice, (Options.Epsilon / feasible) + (chosen == best ? 1 - Options.Epsilon : 0));
    }

    private void AddPrices(DecisionContext context)
    {
        foreach (var price in prices)
        {
            if (price.Value <= 0)
            {
                continue;
            }

            var isLate = price.Limit.Quantity == LimitedQuantity.LateShare;
            for (var k = 0; k < splits; k++)
            {
                if (context.IsFeasible(k))
                {
                    surrogate.Predict(context.Observation, k, isLate ? OutcomeHead.LatencySeconds : OutcomeHead.DeviceJoules, mixture);
                    var used = mixture.Count == 0 ? 0 : isLate ? 1 - mixture.CumulativeProbability(price.Limit.LatencySeconds) : mixture.Mean;
                    for (var member = 0; member < surrogate.Members; member++)
                    {
                        costs[(member * splits) + k] += price.Value * used;
                    }
                }
            }
        }
    }

    // The cheapest split, or the best of the side that was not tried enough of late, where the budget allows that.
    private Choice Choose(ReadOnlySpan<double> row)
    {
        var (first, last) = (0, splits - 1);
        var chosen = Cheapest(row, first, last);
        if (chosen < 0)
        {
            return new Choice(-1, 0, false);
        }

        var ofLink = chosen == last && tries.NeedsLink;
        if (!ofLink && !(chosen == first && tries.NeedsDevice))
        {
            return new Choice(chosen, 0, false);
        }

        var other = ofLink ? Cheapest(row, first, last - 1) : Cheapest(row, first + 1, last);
        if (other < 0 || !tries.Affords(row[other] - row[chosen], ofLink))
        {
            return new Choice(chosen, 0, false);
        }

        return new Choice(other, row[other] - row[chosen], ofLink);
    }

    private ReadOnlySpan<double> Row(int member) => costs.AsSpan(member * splits, splits);

    private static int Cheapest(ReadOnlySpan<double> row, int first, int last)
    {
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

    /// <summary>A split, what it costs beyond the cheapest where it is a try, and whether it is the link that is tried.</summary>
    private readonly record struct Choice(int SplitPoint, double ExtraCost, bool TriesLink);
}
