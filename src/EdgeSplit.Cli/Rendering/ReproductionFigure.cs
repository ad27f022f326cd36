using EdgeSplit.Agents.Evaluation.AdaptiveLayerSplitting;

namespace EdgeSplit.Cli.Rendering;

/// <summary>One figure of a reproduction: a row of its CSV.</summary>
internal sealed record ReproductionFigure(string Part, string Policy, string Figure, double Value)
{
    internal int? Seed { get; init; }

    internal double? NoiseLevel { get; init; }

    internal int? Split { get; init; }

    internal static Column<ReproductionFigure>[] Columns { get; } =
    [
        new("part", null, row => row.Part),
        new("policy", null, row => row.Policy),
        new("seed", null, row => row.Seed),
        new("noiseLevel", null, row => row.NoiseLevel),
        new("split", null, row => row.Split),
        new("figure", null, row => row.Figure),
        new("value", null, row => row.Value),
    ];

    internal static IEnumerable<ReproductionFigure> Of(SplittingResult result, TrainingTimes? times) =>
        [.. Returns(result.Returns, times), .. Splits(result.ChosenSplits), .. Measured(result.Measured), .. Quality(result.Quality)];

    private static IEnumerable<ReproductionFigure> Returns(SplittingReturns? returns, TrainingTimes? times)
    {
        const string part = "returns";
        foreach (var row in returns?.References ?? [])
        {
            yield return new(part, row.Name, "meanReturn", row.Return);
            yield return new(part, row.Name, "score", row.Score);
            yield return new(part, row.Name, "shareAtOptimum", row.ShareAtOptimum);
        }

        foreach (var row in returns?.Learners ?? [])
        {
            foreach (var figure in PerSeed(part, row.Name, row.Returns))
            {
                yield return figure;
            }

            yield return new(part, row.Name, "interquartileMean", row.InterquartileMean.Mean);
            yield return new(part, row.Name, "interquartileMeanLower", row.InterquartileMean.Lower);
            yield return new(part, row.Name, "interquartileMeanUpper", row.InterquartileMean.Upper);
            yield return new(part, row.Name, "score", row.Score);
            yield return new(part, row.Name, "shareAtOptimum", row.ShareAtOptimum);
            if (times?.MeanSeconds(row.Name) is { } seconds)
            {
                yield return new(part, row.Name, "meanProcessorSeconds", seconds);
            }
        }

        foreach (var row in returns?.SampleEfficiency ?? [])
        {
            foreach (var figure in PerSeed(FormattableString.Invariant($"returns after {row.Steps} steps"), row.Name, row.Returns))
            {
                yield return figure;
            }
        }
    }

    private static IEnumerable<ReproductionFigure> Splits(ChosenSplits? splits) => splits is null ? [] :
        from policy in splits.Policies
        from level in Enumerable.Range(0, splits.NoiseLevels.Count)
        from start in Enumerable.Range(1, policy.MeanSplits[level].Count)
        select new ReproductionFigure("splits", policy.Name, "meanLastSplit", policy.MeanSplits[level][start - 1]) { NoiseLevel = splits.NoiseLevels[level], Split = start };

    private static IEnumerable<ReproductionFigure> Measured(MeasuredReturns? measured) =>
    [
        .. from policy in measured?.Policies ?? [] from figure in PerSeed("measured", policy.Name, policy.Returns) select figure,
        .. from policy in measured?.Policies ?? []
           from split in Enumerable.Range(1, policy.ShareBySplit.Count)
           select new ReproductionFigure("measured", policy.Name, "shareOfEpisodes", policy.ShareBySplit[split - 1]) { Split = split },
    ];

    private static IEnumerable<ReproductionFigure> Quality(IReadOnlyList<QualityHoldOut>? quality) =>
    [
        .. from row in quality ?? []
           from figure in new (string Name, string Figure, double Value)[]
           {
               ("network", "rmseNats", row.Network.RootMeanSquareNats), ("network", "largestNats", row.Network.LargestNats),
               ("interpolation", "rmseNats", row.Interpolation.RootMeanSquareNats), ("interpolation", "largestNats", row.Interpolation.LargestNats),
               ("table", "standardErrorNats", row.NoiseNats),
           }
           select new ReproductionFigure("quality, left out: " + row.LeftOut, figure.Name, figure.Figure, figure.Value),
    ];

    private static IEnumerable<ReproductionFigure> PerSeed(string part, string policy, IReadOnlyList<double> returns) =>
        returns.Select((value, index) => new ReproductionFigure(part, policy, "meanReturn", value) { Seed = returns.Count > 1 ? index + 1 : null });
}
