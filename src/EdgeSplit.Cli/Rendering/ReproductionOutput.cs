using System.Globalization;
using EdgeSplit.Agents.Evaluation;
using EdgeSplit.Agents.Evaluation.AdaptiveLayerSplitting;

namespace EdgeSplit.Cli.Rendering;

/// <summary>Writes the reproduction of the adaptive-layer-splitting experiment.</summary>
internal static partial class ReproductionOutput
{
    private const double Good = 3.16; // returns that a useful policy reaches: the best single threshold earns 3.1635
    private const double VeryGood = 3.165;

    private static readonly Column<ReferenceReturn>[] References =
    [
        new("policy", "policy", row => row.Name),
        new("meanReturn", "return", row => row.Return, "0.00000"),
        new("score", "score", row => row.Score, "0.000"),
        new("shareAtOptimum", "ends at optimum", row => row.ShareAtOptimum, "0.0 %"),
    ];

    private static readonly Column<PublishedReturn>[] Published = [new("run", "Stable-Baselines3, PPO as published", row => row.Run), new("meanReturn", "return", row => row.Return, "0.0000")];

    private static readonly Column<LearnerComparison>[] Comparisons =
    [
        new("first", "learner", row => row.First),
        new("second", "against", row => row.Second),
        new("probabilityOfImprovement", "better with probability", row => row.ProbabilityOfImprovement, "0.00"),
        new("meanDifference", null, row => row.Difference?.Difference.Mean),
        new("differenceLower", null, row => row.Difference?.Difference.Lower),
        new("differenceUpper", null, row => row.Difference?.Difference.Upper),
        new("differenceText", "paired difference", row => row.Difference is { } test ? Range(test.Difference, "+0.0000;-0.0000;0.0000") : ""),
        new("pValue", "p", row => row.Difference?.TwoSidedProbability, "0.000"),
    ];

    private static readonly Column<MeasuredPolicy>[] MeasuredColumns =
    [
        new("policy", "policy", row => row.Name),
        new("isReference", null, row => row.IsReference),
        new("steps", "steps", row => row.Steps),
        new("meanReturn", "return", row => row.Mean, "0.0000"),
        new("minimumReturn", "least", row => row.Minimum, "0.0000"),
        new("meanSplit", "mean last split", row => row.MeanSplit, "0.00"),
        new("shareAtSplit1", "ends at 1", row => row.ShareBySplit[0], "0.0 %"),
    ];

    private static readonly Column<QualityHoldOut>[] QualityColumns =
    [
        new("leftOut", "left out", row => row.LeftOut),
        new("points", "points", row => row.Points),
        new("networkRmseNats", "network RMSE", row => row.Network.RootMeanSquareNats, "0.00000"),
        new("networkLargestNats", "largest", row => row.Network.LargestNats, "0.00000"),
        new("interpolationRmseNats", "interpolation RMSE", row => row.Interpolation.RootMeanSquareNats, "0.00000"),
        new("interpolationLargestNats", "largest", row => row.Interpolation.LargestNats, "0.00000"),
        new("standardErrorNats", "standard error of the points", row => row.NoiseNats, "0.00000"),
    ];

    private static readonly Column<ReproductionClaim>[] ClaimColumns =
    [
        new("claim", "claim", row => row.Claim),
        new("paper", "paper", row => row.Paper),
        new("ours", "here", row => row.Ours),
        new("verdict", "verdict", row => row.Verdict),
        new("why", "why", row => row.Why),
    ];

    internal static void Write(ToolConsole console, ResultFormat format, SplittingResult result, TrainingTimes? times)
    {
        switch (format)
        {
            case ResultFormat.Json:
                JsonOutput.Write(console.Output, Json(result, times));
                break;
            case ResultFormat.Csv:
                CsvOutput.Write(console.Output, ReproductionFigure.Columns, ReproductionFigure.Of(result, times));
                break;
            default:
                WriteTables(console, result, times);
                break;
        }
    }

    private static Column<LearnerReturns>[] Learners(TrainingTimes? times) =>
    [
        new("policy", "policy", row => row.Name),
        new("settings", null, row => row.Settings),
        new("steps", "steps", row => row.Steps),
        new("meanReturn", "mean return", row => row.Mean, "0.0000"),
        new("minimumReturn", "least", row => row.Minimum, "0.0000"),
        new("interquartileMean", null, row => row.InterquartileMean.Mean),
        new("interquartileMeanLower", null, row => row.InterquartileMean.Lower),
        new("interquartileMeanUpper", null, row => row.InterquartileMean.Upper),
        new("interquartileText", "middle half of seeds", row => Range(row.InterquartileMean, "0.0000")),
        new("score", "score", row => row.Score, "0.00"),
        new("interquartileScore", null, row => row.InterquartileScore.Mean),
        new("interquartileScoreLower", null, row => row.InterquartileScore.Lower),
        new("interquartileScoreUpper", null, row => row.InterquartileScore.Upper),
        new("interquartileScoreText", "score of the middle half", row => Range(row.InterquartileScore, "0.00")),
        new("shareAtOptimum", "ends at optimum", row => row.ShareAtOptimum, "0.0 %"),
        new("seedsReaching3160", "seeds at 3.16", row => row.SeedsReaching(Good)),
        new("seedsReaching3165", "at 3.165", row => row.SeedsReaching(VeryGood)),
        .. times is null ? [] : new Column<LearnerReturns>[]
        {
            new("meanProcessorSeconds", "CPU s", row => times.MeanSeconds(row.Name), "0.00"),
            new("leastProcessorSeconds", "least", row => times.LeastSeconds(row.Name), "0.00"),
        },
    ];

    private static void WriteTables(ToolConsole console, SplittingResult result, TrainingTimes? times)
    {
        if (result.Returns is { } returns)
        {
            Title(console, string.Create(CultureInfo.InvariantCulture, $"returns on the paper's surrogate, {result.Options.Seeds} seeds, 200 starts{(result.Options.EndsAreFinal ? ", ends final" : "")} (score: 0 always towards 1, 1 optimum)"), isFirst: true);
            TableOutput.Write(console, References, returns.References);
            console.Output.WriteLine();
            TableOutput.Write(console, Learners(times), returns.Learners);
            Title(console, "the planning agent after ever more steps");
            TableOutput.Write(console, Learners(null), returns.SampleEfficiency);
            Title(console, "pairs of learners, seed by seed");
            TableOutput.Write(console, Comparisons, returns.Comparisons);
            console.Output.WriteLine();
            TableOutput.Write(console, Published, SplittingReturns.StableBaselines3);
        }

        if (result.ChosenSplits is { } splits)
        {
            Title(console, "last split against noise on the paper's surrogate, mean over starts 1 to 9 and seeds", result.Returns is null);
            TableOutput.Write(console, SplitColumns(splits), [.. Enumerable.Range(0, splits.NoiseLevels.Count)]);
        }

        if (result.Measured is { } measured)
        {
            Title(console, "measured perplexity of the reference model, 200 starts", result.Returns is null && result.ChosenSplits is null);
            TableOutput.Write(console, MeasuredColumns, measured.Policies);
            console.Output.WriteLine();
            TableOutput.Write(console, Comparisons, measured.Comparisons);
        }

        if (result.Quality is { } quality)
        {
            Title(console, "losses left out of the quality table and predicted, nats per token", result.Options.Parts == SplittingParts.Quality);
            TableOutput.Write(console, QualityColumns, quality);
        }

        if (ReproductionClaim.Of(result, times) is { Count: > 0 } claims)
        {
            Title(console, "claims");
            TableOutput.Write(console, ClaimColumns, claims);
        }

        if (times?.SurrogateStepSeconds is { } step)
        {
            console.Output.WriteLine();
            console.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"processor time: {1e9 * step:0} ns per step of the surrogate alone{(times.PerplexitySeconds is { } seconds ? string.Create(CultureInfo.InvariantCulture, $", {seconds:0.00} s per evaluation of perplexity (51,200 tokens)") : "")}"));
        }
    }

    private static Column<int>[] SplitColumns(ChosenSplits splits) =>
    [
        new Column<int>("noiseLevel", "noise", level => splits.NoiseLevels[level], "0.00"),
        .. splits.Policies.Select(policy => new Column<int>(policy.Name, policy.Name, level => policy.MeanSplit(level), "0.00")),
    ];

    private static void Title(ToolConsole console, string title, bool isFirst = false)
    {
        if (!isFirst)
        {
            console.Output.WriteLine();
        }

        console.Output.WriteLine(title + ":");
        console.Output.WriteLine();
    }

    private static string Range(Interval interval, string format)
    {
        string Number(double value) => value.ToString(format, CultureInfo.InvariantCulture);
        return double.IsNaN(interval.Lower) ? Number(interval.Mean) : $"{Number(interval.Mean)} [{Number(interval.Lower)}, {Number(interval.Upper)}]";
    }
}
