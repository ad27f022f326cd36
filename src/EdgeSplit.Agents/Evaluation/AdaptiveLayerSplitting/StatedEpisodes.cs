using EdgeSplit.Agents.Environments.AdaptiveLayerSplitting;

namespace EdgeSplit.Agents.Evaluation.AdaptiveLayerSplitting;

/// <summary>Episodes from given starts on the paper's surrogate, with the optimum of each. Safe to use from any thread.</summary>
internal sealed class StatedEpisodes
{
    private readonly SplittingRules rules;
    private readonly SplittingState[] starts;

    internal StatedEpisodes(IReadOnlyList<SplittingState> starts, SplittingRules rules)
    {
        (this.starts, this.rules) = ([.. starts], rules);
        var optimum = new SurrogateOptimum(rules);
        var environment = new SurrogateSplittingEnvironment(1, rules);
        (OptimalReturns, OptimalSplits) = (new double[starts.Count], new int[starts.Count]);
        for (var i = 0; i < starts.Count; i++)
        {
            var (best, actions) = optimum.From(starts[i]);
            OptimalReturns[i] = best;
            OptimalSplits[i] = actions.Aggregate(starts[i], (state, action) => environment.Move(state, action).Next).Split;
        }
    }

    /// <summary>Best return by start.</summary>
    internal double[] OptimalReturns { get; }

    /// <summary>The split at which the best sequence of moves ends, by start.</summary>
    internal int[] OptimalSplits { get; }

    /// <summary>Return and last split of a policy, by start.</summary>
    internal (double[] Returns, int[] Splits) Of(SplittingPolicy policy)
    {
        var environment = new SurrogateSplittingEnvironment(1, rules);
        var states = starts.ToArray();
        var (returns, actions) = (new double[states.Length], new int[states.Length]);
        for (var step = 0; step < rules.StepLimit; step++)
        {
            policy(states, actions);
            for (var i = 0; i < states.Length; i++)
            {
                (states[i], var reward) = environment.Move(states[i], actions[i]);
                returns[i] += reward;
            }
        }

        return (returns, [.. states.Select(state => state.Split)]);
    }

    /// <summary>Share of starts from which a policy ends where the optimum does.</summary>
    internal double ShareAtOptimum(int[] splits) => splits.Zip(OptimalSplits).Count(pair => pair.First == pair.Second) / (double)splits.Length;
}
