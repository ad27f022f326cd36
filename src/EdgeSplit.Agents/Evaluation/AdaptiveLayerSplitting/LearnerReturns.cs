namespace EdgeSplit.Agents.Evaluation.AdaptiveLayerSplitting;

/// <summary>What one learner earned, by seed. Immutable.</summary>
/// <param name="Name">The learner.</param>
/// <param name="Settings">Its settings, in words.</param>
/// <param name="Steps">Training steps.</param>
/// <param name="Returns">Mean return over the starts, by seed.</param>
/// <param name="ShareAtOptimum">Share of starts from which it ends at the split of the optimum, mean over seeds.</param>
/// <param name="InterquartileMean">Interquartile mean of the returns over seeds with a 95 % stratified-bootstrap interval; no ends of a single seed.</param>
/// <param name="Score">Score of the mean return: 0 for always going to split 1, 1 for the optimum.</param>
/// <param name="InterquartileScore">Score of the interquartile mean and of its ends.</param>
public sealed record LearnerReturns(
    string Name, string Settings, int Steps, IReadOnlyList<double> Returns, double ShareAtOptimum, Interval InterquartileMean, double Score, Interval InterquartileScore)
{
    private const int Replicates = 2000;

    /// <summary>Mean return over seeds.</summary>
    public double Mean => Returns.Average();

    /// <summary>Least return of a seed.</summary>
    public double Minimum => Returns.Min();

    /// <summary>Number of seeds that reach a return.</summary>
    /// <param name="target">The return.</param>
    public int SeedsReaching(double target) => Returns.Count(value => value >= target);

    internal static LearnerReturns Of(SplittingLearner learner, int steps, IReadOnlyList<double> returns, IReadOnlyList<double> shares, Func<double, double> score)
    {
        var scores = new RunScores([.. returns.Select(value => (IReadOnlyList<double>)[value])]);
        var mean = scores.InterquartileMean();
        var interval = returns.Count < 2 ? new Interval(mean, double.NaN, double.NaN)
            : BootstrapInterval.Percentile(mean, scores.Bootstrap(sample => sample.InterquartileMean(), Replicates, seed: 1));
        return new LearnerReturns(
            learner.Name, learner.Settings, steps, returns, shares.Average(), interval, score(returns.Average()), new Interval(score(mean), score(interval.Lower), score(interval.Upper)));
    }
}
