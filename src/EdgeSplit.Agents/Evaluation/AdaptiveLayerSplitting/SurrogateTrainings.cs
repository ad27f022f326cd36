using EdgeSplit.Agents.Environments.AdaptiveLayerSplitting;
using EdgeSplit.Agents.Learning;

namespace EdgeSplit.Agents.Evaluation.AdaptiveLayerSplitting;

/// <summary>The trainings on the paper's surrogate, as jobs, and what is seen of the trained agents: returns from the stated starts, last splits over a grid of noise levels.</summary>
internal sealed class SurrogateTrainings
{
    private const int Levels = 30;
    private const int Starts = 9;
    private const double Threshold = 0.2;
    private const int DeepSplit = 7;
    private static readonly SplittingRules Rules = new() { AsReleased = true };
    private static readonly int[] Budgets = [250, 500, 1000]; // of the planning agent, before its last
    private static readonly double[] NoiseLevels = [.. Enumerable.Range(1, Levels).Select(level => level / 100.0)];

    private readonly SplittingExperimentOptions options;
    private readonly CancellationToken cancellation;
    private readonly bool hasReturns;
    private readonly bool hasSplits;
    private readonly StatedEpisodes stated = new(StatedStarts.All, Rules);
    private readonly StatedEpisodes grid = new([.. NoiseLevels.SelectMany(noise => Enumerable.Range(1, Starts).Select(split => new SplittingState(noise, split)))], Rules);
    private readonly SplittingLearner[] learners;
    private readonly Run[][] runs;
    private readonly Run[][] early;

    internal SurrogateTrainings(SplittingExperimentOptions options, List<(string Name, Action Run)> jobs, CancellationToken cancellation)
    {
        (this.options, this.cancellation) = (options, cancellation);
        (hasReturns, hasSplits) = (options.Parts.HasFlag(SplittingParts.Returns), options.Parts.HasFlag(SplittingParts.ChosenSplits));
        learners = [.. SplittingLearner.OnSurrogate.Where(learner => hasReturns || learner.Name is not (SplittingExperiment.A2c or SplittingExperiment.Dqn))];
        runs = [.. learners.Select(_ => new Run[options.Seeds])];
        early = [.. Budgets.Where(budget => budget < options.Steps).Select(_ => new Run[options.Seeds])];
        for (var l = 0; l < learners.Length; l++)
        {
            var (learner, own) = (learners[l], runs[l]);
            for (var s = 0; s < options.Seeds; s++)
            {
                var seed = s;
                jobs.Add((learner.Name, () => own[seed] = See(learner, Trained(learner, options.Steps, seed, options.Observer))));
            }
        }

        for (var budget = 0; budget < early.Length && hasReturns; budget++)
        {
            var (steps, own) = (Budgets[budget], early[budget]);
            var learner = SplittingLearner.Planning(2 * learners[^1].StepsOf(options.Steps)); // fitted as long as the last one
            for (var s = 0; s < options.Seeds; s++)
            {
                var seed = s;
                jobs.Add((FormattableString.Invariant($"{learner.Name}, {steps} steps"), () => own[seed] = See(learner, Trained(learner, steps, seed, null))));
            }
        }
    }

    internal SplittingReturns? Returns()
    {
        if (!hasReturns)
        {
            return null;
        }

        var best = stated.OptimalReturns.Average();
        var simple = Towards(_ => 1);
        double Score(double value) => (value - simple.Returns.Average()) / (best - simple.Returns.Average());
        ReferenceReturn Reference(string name, (double[] Returns, int[] Splits) episodes) =>
            new(name, episodes.Returns.Average(), Score(episodes.Returns.Average()), stated.ShareAtOptimum(episodes.Splits));
        LearnerReturns Learner(SplittingLearner learner, int steps, Run[] seeds) =>
            LearnerReturns.Of(learner, steps, [.. seeds.Select(run => run.Return)], [.. seeds.Select(run => run.ShareAtOptimum)], Score);
        LearnerReturns[] all = [.. learners.Select((learner, l) => Learner(learner, learner.StepsOf(options.Steps), runs[l]))];
        var planning = all.Single(learner => learner.Name == SplittingExperiment.Planning);
        return new SplittingReturns(
            [
                new ReferenceReturn("optimum", best, Score(best), 1),
                Reference("always towards 1", simple),
                Reference("always towards 7", Towards(_ => DeepSplit)),
                Reference("never move", Towards(state => state.Split)),
                Reference("1 below noise 0.2, else 7", Towards(state => state.NoiseLevel < Threshold ? 1 : DeepSplit)),
            ],
            all,
            [.. early.Select((seeds, budget) => Learner(SplittingLearner.Planning(), Budgets[budget], seeds)), planning],
            [.. from first in all
                where first.Name is SplittingExperiment.PpoAsPublished or SplittingExperiment.PpoTuned
                from second in all
                where second.Name is SplittingExperiment.A2c or SplittingExperiment.Dqn
                select LearnerComparison.Of(first.Name, first.Returns, second.Name, second.Returns)]);
    }

    internal ChosenSplits? ChosenSplits() => !hasSplits ? null : new ChosenSplits(
        NoiseLevels,
        [
            ChosenSplitsOfPolicy.Of("optimum", NoiseLevels, [grid.OptimalSplits]),
            .. learners.Select((learner, l) => ChosenSplitsOfPolicy.Of(learner.Name, NoiseLevels, [.. runs[l].Select(run => run.Splits)])),
        ]);

    private (double[] Returns, int[] Splits) Towards(Func<SplittingState, int> target) => stated.Of((states, actions) =>
    {
        for (var i = 0; i < states.Length; i++)
        {
            actions[i] = SurrogateSplittingEnvironment.ActionTowards(states[i].Split, target(states[i]));
        }
    });

    private IAgent Trained(SplittingLearner learner, int steps, int seed, Action<string, Action>? observer)
    {
        IAgent? agent = null;
        void Train() => agent = learner.Train(count => new SurrogateSplittingEnvironment(count, Rules), options.EndsAreFinal, steps, (ulong)seed + 1, cancellation);
        (observer ?? ((_, training) => training()))(learner.Name, Train);
        return agent ?? throw new InvalidOperationException("The observer has not run the training.");
    }

    private Run See(SplittingLearner learner, IAgent agent)
    {
        var policy = learner.PolicyOf(agent);
        var (returns, splits) = hasReturns ? stated.Of(policy) : ([0], [.. stated.OptimalSplits]);
        return new Run(returns.Average(), stated.ShareAtOptimum(splits), hasSplits ? grid.Of(policy).Splits : []);
    }

    private readonly record struct Run(double Return, double ShareAtOptimum, int[] Splits);
}
