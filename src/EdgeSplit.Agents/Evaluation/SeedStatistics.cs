namespace EdgeSplit.Agents.Evaluation;

/// <summary>The seeds of one policy together, by its cost relative to the state oracle of the same seed: a few bad worlds move these figures less than a mean.</summary>
/// <param name="InterquartileMean">Mean relative difference of cost to the state oracle over the middle half of the seeds, with a 95 % bootstrap interval; no ends of fewer than two seeds.</param>
/// <param name="ProbabilityOfImprovement">How likely the policy lies nearer to the state oracle on one random seed than greedy on belief does on another; ties count half.</param>
/// <param name="Profile">Performance profile: the share of seeds whose relative difference lies strictly below each of <see cref="Thresholds"/>.</param>
public sealed record SeedStatistics(Interval InterquartileMean, double ProbabilityOfImprovement, IReadOnlyList<double> Profile)
{
    private const int Replicates = 2000;

    /// <summary>Where the profile is taken: relative differences of cost to the state oracle.</summary>
    public static IReadOnlyList<double> Thresholds { get; } = Array.AsReadOnly([0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1]);

    internal static SeedStatistics Of(double[] relative, double[] greedy)
    {
        // Scores are larger for the better.
        var scores = Scores(relative);
        var mean = -scores.InterquartileMean();
        var interval = relative.Length < 2 ? new Interval(mean, double.NaN, double.NaN)
            : BootstrapInterval.Percentile(mean, [.. scores.Bootstrap(sample => -sample.InterquartileMean(), Replicates, seed: 1)]);
        return new SeedStatistics(interval, scores.ProbabilityOfImprovement(Scores(greedy)), scores.ShareAbove([.. Thresholds.Select(threshold => -threshold)]));
    }

    private static RunScores Scores(double[] relative) => new([.. relative.Select(value => (IReadOnlyList<double>)[-value])]);
}
