using EdgeSplit.Agents.Environments.AdaptiveLayerSplitting;

namespace EdgeSplit.Agents.Evaluation.AdaptiveLayerSplitting;

/// <summary>The trainings on measured perplexity, as jobs.</summary>
internal sealed class MeasuredTrainings
{
    private const int Share = 40; // of the steps on the surrogate: 6,000 of 240,000
    private readonly (double[] Returns, int[] Splits)[][] episodes;
    private readonly int steps;

    internal MeasuredTrainings(SplittingExperimentOptions options, List<(string Name, Action Run)> jobs, CancellationToken cancellation)
    {
        steps = options.Steps / Share;
        episodes = [.. SplittingLearner.OnMeasured.Select(_ => new (double[], int[])[options.Seeds])];
        for (var l = 0; l < episodes.Length; l++)
        {
            var (learner, own) = (SplittingLearner.OnMeasured[l], episodes[l]);
            for (var s = 0; s < options.Seeds; s++)
            {
                var seed = s;
                jobs.Add((learner.Name, () =>
                    own[seed] = MeasuredEpisodes.Of(learner.Train(count => new MeasuredSplittingEnvironment(count), options.EndsAreFinal, steps, (ulong)seed + 1, cancellation))));
            }
        }
    }

    internal MeasuredReturns Returns()
    {
        MeasuredPolicy[] learners = [.. SplittingLearner.OnMeasured.Select((learner, l) => MeasuredPolicy.Of(learner.Name, steps, episodes[l]))];
        return new MeasuredReturns(
            [.. MeasuredEpisodes.References(), .. learners],
            [.. learners.Skip(1).Select(other => LearnerComparison.Of(learners[0].Name, learners[0].Returns, other.Name, other.Returns))]);
    }
}
