using EdgeSplit.Core.Randomness;
using MathNet.Numerics.Statistics;

namespace EdgeSplit.Agents.Evaluation;

/// <summary>Scores of several runs (seeds) on several tasks (scenarios), and what to report of them.</summary>
/// <remarks>
/// <para>Larger scores are better; for costs give their negatives. Immutable.</para>
/// <para>Source: R. Agarwal et al., "Deep reinforcement learning at the edge of the statistical precipice", NeurIPS 2021, arXiv 2108.13264.</para>
/// </remarks>
public sealed class RunScores
{
    private readonly double[] scores;

    /// <summary>Takes over scores.</summary>
    /// <param name="scoresByRun">One row per run, one entry per task; at least one of each, all rows of one length, all finite.</param>
    /// <exception cref="ArgumentException">There are no scores, rows differ in length, or a score is not finite.</exception>
    public RunScores(IReadOnlyList<IReadOnlyList<double>> scoresByRun)
    {
        ArgumentNullException.ThrowIfNull(scoresByRun);
        Runs = Guard.AtLeast(scoresByRun.Count, 1, nameof(scoresByRun));
        Tasks = Guard.AtLeast(scoresByRun[0].Count, 1, nameof(scoresByRun));
        scores = new double[Runs * Tasks];
        for (var run = 0; run < Runs; run++)
        {
            Guard.SameLength(scoresByRun[run].Count, Tasks, nameof(scoresByRun));
            for (var task = 0; task < Tasks; task++)
            {
                scores[(run * Tasks) + task] = Guard.Finite(scoresByRun[run][task], nameof(scoresByRun));
            }
        }
    }

    private RunScores(int runs, int tasks)
    {
        (Runs, Tasks) = (runs, tasks);
        scores = new double[runs * tasks];
    }

    /// <summary>Number of runs.</summary>
    public int Runs { get; }

    /// <summary>Number of tasks.</summary>
    public int Tasks { get; }

    /// <summary>The score of a run on a task.</summary>
    /// <param name="run">Index of the run.</param>
    /// <param name="task">Index of the task.</param>
    public double this[int run, int task] => scores[(run * Tasks) + task];

    /// <summary>The mean of all scores but the lowest and the highest quarter, each rounded down to whole scores.</summary>
    public double InterquartileMean()
    {
        var sorted = scores.ToArray();
        Array.Sort(sorted);
        var cut = sorted.Length / 4;
        return sorted.AsSpan(cut, sorted.Length - (2 * cut)).ToArray().Mean();
    }

    /// <summary>The mean of the tasks' mean scores.</summary>
    public double Mean() => TaskMeans().Mean();

    /// <summary>The median of the tasks' mean scores.</summary>
    public double Median() => TaskMeans().Median();

    /// <summary>How far scores fall short of a target on average; what lies above it does not count.</summary>
    /// <param name="target">The target score, finite.</param>
    public double OptimalityGap(double target = 1)
    {
        Guard.Finite(target);
        return target - scores.Average(score => Math.Min(score, target));
    }

    /// <summary>Performance profile: the share of all scores strictly above each threshold.</summary>
    /// <param name="thresholds">The thresholds.</param>
    public IReadOnlyList<double> ShareAbove(IReadOnlyList<double> thresholds) => Shares(scores, thresholds);

    /// <summary>Performance profile of task means: the share of tasks whose mean score is strictly above each threshold.</summary>
    /// <param name="thresholds">The thresholds.</param>
    public IReadOnlyList<double> ShareOfTasksAbove(IReadOnlyList<double> thresholds) => Shares(TaskMeans(), thresholds);

    /// <summary>The probability that a run of this has a larger score than one of another, on a random task; ties count half.</summary>
    /// <param name="other">The other scores, on the same tasks; the number of runs may differ.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of tasks differs.</exception>
    public double ProbabilityOfImprovement(RunScores other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Guard.SameLength(other.Tasks, Tasks, nameof(other));
        var wins = 0.0;
        for (var task = 0; task < Tasks; task++)
        {
            for (var mine = 0; mine < Runs; mine++)
            {
                for (var theirs = 0; theirs < other.Runs; theirs++)
                {
                    var difference = this[mine, task] - other[theirs, task];
                    wins += difference > 0 ? 1 : difference == 0 ? 0.5 : 0;
                }
            }
        }

        return wins / ((double)Tasks * Runs * other.Runs);
    }

    /// <summary>Stratified bootstrap: redraws the runs within each task, independently, and gives the statistic of every replicate.</summary>
    /// <param name="statistic">The statistic, e.g. <see cref="InterquartileMean"/>.</param>
    /// <param name="replicates">Number of replicates, at least 1.</param>
    /// <param name="seed">Seed of the draws; they are addressed by (replicate, task).</param>
    /// <returns>The statistic by replicate.</returns>
    public IReadOnlyList<double> Bootstrap(Func<RunScores, double> statistic, int replicates, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(statistic);
        var key = StreamKey.Create(seed, "evaluation/stratified-bootstrap");
        var drawn = new RunScores(Runs, Tasks);
        var results = new double[Guard.AtLeast(replicates, 1)];
        for (var replicate = 0; replicate < replicates; replicate++)
        {
            for (var task = 0; task < Tasks; task++)
            {
                var random = new RandomSource(key, (ulong)replicate, (ulong)task);
                for (var run = 0; run < Runs; run++)
                {
                    drawn.scores[(run * Tasks) + task] = this[random.NextInt32(Runs), task];
                }
            }

            results[replicate] = statistic(drawn);
        }

        return results;
    }

    private double[] TaskMeans() => [.. Enumerable.Range(0, Tasks).Select(task => Enumerable.Range(0, Runs).Average(run => this[run, task]))];

    private static double[] Shares(double[] values, IReadOnlyList<double> thresholds)
    {
        ArgumentNullException.ThrowIfNull(thresholds);
        return [.. thresholds.Select(threshold => values.Count(value => value > threshold) / (double)values.Length)];
    }
}
