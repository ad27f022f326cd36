using EdgeSplit.Agents.Environments.Tabular;

namespace EdgeSplit.Agents.Environments.AdaptiveLayerSplitting;

/// <summary>The exact optimum of <see cref="SurrogateSplittingEnvironment"/> from a start, over both noise level and split: what no policy beats.</summary>
/// <remarks>
/// <para>Branch and bound over all sequences of distinct moves, with the noise level as it drifts: exact. Undiscounted.</para>
/// <para>Returns hardly discriminate here, since always going to split 1 earns 98 % of the optimum: compare <see cref="Score"/>.</para>
/// </remarks>
public sealed class SurrogateOptimum
{
    private const double LargestDrift = 1.002;
    private const double Rounding = 1e-12;

    private readonly SurrogateSplittingEnvironment environment;

    /// <summary>Prepares the optimum under some rules.</summary>
    /// <param name="rules">The rules; the defaults where omitted.</param>
    public SurrogateOptimum(SplittingRules? rules = null) => environment = new SurrogateSplittingEnvironment(1, rules);

    /// <summary>The best return of an episode, and the actions that earn it.</summary>
    /// <param name="start">The start.</param>
    /// <returns>The sum of rewards and one action per step; among equals the first in the order of actions.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The start is out of range.</exception>
    public (double Return, IReadOnlyList<int> Actions) From(SplittingState start)
    {
        Guard.InRange(start.NoiseLevel, 0, ReleasedSurrogate.MaximumNoiseLevel, nameof(start));
        var steps = environment.Rules.StepLimit;
        var highest = Math.Min(start.NoiseLevel * Math.Pow(LargestDrift, steps) * (1 + Rounding), ReleasedSurrogate.MaximumNoiseLevel);
        var best = double.NegativeInfinity;
        var bestActions = new int[steps];
        Search(start, 0, 0, BestReward(highest) + Rounding, new int[steps], bestActions, ref best);
        return (best, bestActions);
    }

    /// <summary>Return of a policy from a start.</summary>
    /// <param name="start">The start.</param>
    /// <param name="policy">The action, 0..8, of a state.</param>
    /// <exception cref="ArgumentException">The policy is null, or start or action is out of range.</exception>
    public double ReturnOf(SplittingState start, Func<SplittingState, int> policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var (state, sum) = (start, 0.0);
        for (var step = 0; step < environment.Rules.StepLimit; step++)
        {
            (state, var reward) = environment.Move(state, policy(state));
            sum += reward;
        }

        return sum;
    }

    /// <summary>Where a mean return lies between always going to split 1 (0) and the optimum (1); below 0 where it is worse than the former.</summary>
    /// <param name="starts">The starts, at least one.</param>
    /// <param name="meanReturn">Mean return of the judged policy over these starts.</param>
    /// <exception cref="ArgumentException">There is no start, or the optimum itself is to always go to split 1.</exception>
    public double Score(IReadOnlyList<SplittingState> starts, double meanReturn)
    {
        ArgumentNullException.ThrowIfNull(starts);
        Guard.AtLeast(starts.Count, 1, nameof(starts));
        var simple = starts.Average(start => ReturnOf(start, state => SurrogateSplittingEnvironment.ActionTowards(state.Split, 1)));
        var best = starts.Average(start => From(start).Return);
        return best - simple > 1e-12
            ? (meanReturn - simple) / (best - simple)
            : throw new ArgumentException("From these starts always going to split 1 is the optimum: there is nothing to score.", nameof(starts));
    }

    /// <summary>The environment with the noise level held constant, as a table: state p - 1 is split p, actions as in the environment.</summary>
    /// <param name="noiseLevel">The noise level, in [0, 0.3].</param>
    /// <exception cref="ArgumentOutOfRangeException">The noise level is out of range.</exception>
    public TabularModel AtConstantNoise(double noiseLevel)
    {
        Guard.InRange(noiseLevel, 0, ReleasedSurrogate.MaximumNoiseLevel);
        return new TabularModel(
            ReleasedSurrogate.Splits,
            environment.ActionSpace.Count,
            from split in Enumerable.Range(1, ReleasedSurrogate.Splits)
            from action in Enumerable.Range(0, environment.ActionSpace.Count)
            let next = Math.Clamp(split + SurrogateSplittingEnvironment.MoveOf(action), 1, ReleasedSurrogate.Splits)
            select new TabularTransition(split - 1, action, 1, next - 1, environment.RewardAt(noiseLevel, next)));
    }

    /// <summary>Best reward of one step at any split. Rewards rise with the noise level, so at the highest level that an episode can reach it bounds every step of it.</summary>
    private double BestReward(double noiseLevel)
    {
        var best = double.NegativeInfinity;
        for (var split = 1; split <= ReleasedSurrogate.Splits; split++)
        {
            best = Math.Max(best, environment.RewardAt(noiseLevel, split));
        }

        return best;
    }

    /// <summary>Tries all moves from a state on, except where even the bound of every step left would not beat the best so far.</summary>
    private void Search(SplittingState state, int step, double sum, double bound, Span<int> actions, Span<int> bestActions, ref double best)
    {
        var left = actions.Length - step;
        if (sum + (left * bound) <= best)
        {
            return;
        }

        if (left == 0)
        {
            best = sum;
            actions.CopyTo(bestActions);
            return;
        }

        for (var action = 0; action < environment.ActionSpace.Count; action++)
        {
            var target = state.Split + SurrogateSplittingEnvironment.MoveOf(action);
            if (target is < 1 or > ReleasedSurrogate.Splits)
            {
                continue; // another action asks for the move that this one would become
            }

            var (next, reward) = environment.Move(state, action);
            actions[step] = action;
            Search(next, step + 1, sum + reward, bound, actions, bestActions, ref best);
        }
    }
}
