using System.Text.Json;
using EdgeSplit.Agents.Evaluation;
using EdgeSplit.Tests.Learning;

namespace EdgeSplit.Tests.Evaluation;

public sealed class RunScoresTests
{
    private static readonly RunScores First = new([[1, 2], [2, 2], [1, 1], [2, 1]]);
    private static readonly RunScores Second = new([[1, 1], [2, 2], [3, 3]]);

    // learning.md, section 10.
    [Fact]
    public void Known_values()
    {
        var squares = new RunScores([[0, 1, 4, 9], [16, 25, 36, 49], [64, 81, 100, 121]]);
        Assert.Equal(33.1666666667, squares.InterquartileMean(), 1e-10);
        Assert.Equal(42.1666666667, squares.Mean(), 1e-10);
        Assert.Equal(41.1666666667, squares.Median(), 1e-10);
        Assert.Equal(5, new RunScores([[1, 2, 3], [4, 5, 6], [7, 8, 9]]).InterquartileMean());
        Assert.Equal(1 / 3.0, First.ProbabilityOfImprovement(Second), 1e-12);
        Assert.Equal(2 / 3.0, Second.ProbabilityOfImprovement(First), 1e-12);
        Assert.Equal(0.5, First.ProbabilityOfImprovement(First), 1e-12);
        Assert.Equal(0.25, First.OptimalityGap(1.5), 1e-12);
        Assert.Equal([1.0, 0.5, 0.5, 0], First.ShareAbove([0, 1, 1.5, 2]));
        Assert.Equal([1.075, 2.5, 3.925], new[] { 0.025, 0.5, 0.975 }.Select(share => Math.Round(BootstrapInterval.Quantile([4, 2, 3, 1], share), 12)));
    }

    /// <summary>All 729 equally likely resamples were enumerated; random ones must agree within five standard errors.</summary>
    [Fact]
    public void The_stratified_bootstrap_has_the_exact_moments()
    {
        var scores = new RunScores([[0.2, 0.9], [0.5, 0.1], [0.7, 0.4]]);
        const int Replicates = 20_000;
        AssertMoments(scores.Bootstrap(s => s.InterquartileMean(), Replicates, 1), 0.457407407407, 0.136265344714);
        AssertMoments(scores.Bootstrap(s => s.Mean(), Replicates, 2), 0.466666666667, 0.112216721537);

        static void AssertMoments(IReadOnlyList<double> values, double mean, double deviation)
        {
            Assert.Equal(mean, values.Average(), 5 * deviation / Math.Sqrt(Replicates));
            Assert.Equal(deviation, Math.Sqrt(values.Average(v => (v - mean) * (v - mean))), 0.02 * deviation);
        }
    }

    [Fact]
    public void A_bootstrap_is_a_function_of_its_seed_and_resamples_within_tasks_only()
    {
        var scores = new RunScores([[1, 100], [2, 200], [3, 300]]);
        Assert.Equal(scores.Bootstrap(s => s.Mean(), 50, 3), scores.Bootstrap(s => s.Mean(), 50, 3));
        Assert.NotEqual(scores.Bootstrap(s => s.Mean(), 50, 3), scores.Bootstrap(s => s.Mean(), 50, 4));
        Assert.All(scores.Bootstrap(s => Enumerable.Range(0, 3).Max(run => s[run, 0]), 50, 5), largest => Assert.InRange(largest, 1, 3));
    }

    [Fact]
    public void Bad_scores_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new RunScores([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RunScores([[1, 2], [1]]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RunScores([[double.NaN]]));
        Assert.Throws<ArgumentOutOfRangeException>(() => First.ProbabilityOfImprovement(new RunScores([[1]])));
    }

    [SharedDataFact]
    public void Golden_aggregates_profiles_and_probabilities()
    {
        Assert.Equal(25, LearningGolden.Check("aggregate_metrics", (quantity, inputs) => quantity switch
        {
            "interquartile_mean" => [Scores(inputs).InterquartileMean()],
            "mean" => [Scores(inputs).Mean()],
            "median" => [Scores(inputs).Median()],
            "optimality_gap" => [Scores(inputs).OptimalityGap(inputs.GetProperty("threshold").GetDouble())],
            _ => null,
        }));
        Assert.Equal(4, LearningGolden.Check("performance_profile", (quantity, inputs) => quantity switch
        {
            "run_score_fraction_above" => Scores(inputs).ShareAbove(LearningGolden.Numbers(inputs.GetProperty("thresholds"))),
            "mean_score_fraction_above" => Scores(inputs).ShareOfTasksAbove(LearningGolden.Numbers(inputs.GetProperty("thresholds"))),
            _ => null,
        }));
        Assert.Equal(10, LearningGolden.Check("probability_of_improvement", (quantity, inputs) =>
        {
            var (x, y) = (Scores(inputs, "x_runs_by_tasks"), Scores(inputs, "y_runs_by_tasks"));
            return [quantity == "p_x_better" ? x.ProbabilityOfImprovement(y) : y.ProbabilityOfImprovement(x)];
        }));
    }

    [SharedDataFact]
    public void Golden_percentiles_replicates_and_intervals()
    {
        Assert.Equal(3, LearningGolden.Check("percentile", (_, inputs) =>
        {
            var values = LearningGolden.Numbers(inputs.GetProperty("values"));
            return [.. LearningGolden.Numbers(inputs.GetProperty("percentiles")).Select(percent => BootstrapInterval.Quantile(values, percent / 100))];
        }));
        Assert.Equal(12, LearningGolden.Check("stratified_bootstrap", (quantity, inputs) =>
        {
            var scores = Scores(inputs);
            Func<RunScores, double> statistic = quantity.StartsWith("iqm", StringComparison.Ordinal) ? s => s.InterquartileMean() : s => s.Mean();
            double[] replicates = [.. inputs.GetProperty("run_index_per_replicate_run_task").EnumerateArray().Select(index => statistic(new RunScores(
                [.. LearningGolden.Rows(index).Select(row => (double[])[.. row.Select((run, task) => scores[(int)run, task])])])))];
            return quantity switch
            {
                "iqm_per_replicate" or "mean_per_replicate" => replicates,
                "iqm_percentile_interval_95" => Ends(BootstrapInterval.Percentile(statistic(scores), replicates)),
                "iqm_basic_interval_95" => Ends(BootstrapInterval.Basic(statistic(scores), replicates)),
                _ => null,
            };
        }));
        static double[] Ends(Interval interval) => [interval.Lower, interval.Upper];
    }

    private static RunScores Scores(JsonElement inputs, string name = "scores_runs_by_tasks") => new(LearningGolden.Rows(inputs.GetProperty(name)));
}
