using System.Globalization;
using EdgeSplit.Agents.Evaluation.AdaptiveLayerSplitting;

namespace EdgeSplit.Cli.Rendering;

/// <summary>What a paper says beside what was found here.</summary>
/// <param name="Claim">What is claimed.</param>
/// <param name="Paper">The paper's figure.</param>
/// <param name="Ours">What was found.</param>
/// <param name="Verdict">Reproduced, not reproduced, or not testable.</param>
/// <param name="Why">Why.</param>
internal sealed record ReproductionClaim(string Claim, string Paper, string Ours, string Verdict, string Why)
{
    private const string Yes = "reproduced";
    private const string No = "not reproduced";
    private const string Open = "not testable";
    private const double Thousandfold = 1000;

    /// <summary>The claims of which the parts that were run can say something.</summary>
    internal static IReadOnlyList<ReproductionClaim> Of(SplittingResult result, TrainingTimes? times) =>
        [.. Time(result, times), .. Depth(result.ChosenSplits), .. Better(result.Returns), .. Measured(result.Measured)];

    private static IEnumerable<ReproductionClaim> Time(SplittingResult result, TrainingTimes? times)
    {
        if (result.Returns is not null)
        {
            double? ratio = times?.PerplexitySeconds * result.Options.Steps / times?.MeanSeconds(SplittingExperiment.PpoAsPublished);
            yield return new ReproductionClaim(
                "a surrogate shortens training a thousandfold",
                "24 days to 7.7 minutes, 4488 to 1",
                ratio is null ? "not measured: needs --time and --model"
                    : Text($"{times!.PerplexitySeconds:0.0} s per evaluation of perplexity, {1e6 * times.PerplexitySeconds / ratio:0.0} us per training step on the surrogate: {ratio:0} to 1"),
                ratio is null ? Open : ratio > Thousandfold ? Yes : No,
                "the ratio is that of a model and its text to a table; 24 days itself is not testable: it equals 240,000 steps of 8.6 s, while the released run on perplexity has 6,000");
        }
    }

    private static IEnumerable<ReproductionClaim> Depth(ChosenSplits? splits)
    {
        if (splits is not null)
        {
            var learned = splits.Policies.Single(policy => policy.Name == SplittingExperiment.PpoAsPublished).RiseUnderNoise;
            var best = splits.Policies[0].RiseUnderNoise.Mean;
            yield return new ReproductionClaim(
                "more noise, deeper split", "no figure",
                Text($"PPO as published ends {Signed(learned)} layers deeper at noise 0.25 and more than up to 0.1; the optimum {best:+0.0;-0.0}"),
                double.IsNaN(learned.Lower) ? Open : learned.Lower > 0 ? Yes : No,
                "on the released surrogate, whose gain grows with depth and noise");
        }
    }

    private static IEnumerable<ReproductionClaim> Better(SplittingReturns? returns)
    {
        foreach (var comparison in returns?.Comparisons.Where(comparison => comparison.First == SplittingExperiment.PpoAsPublished) ?? [])
        {
            yield return Comparison(comparison, "on the surrogate");
        }
    }

    private static IEnumerable<ReproductionClaim> Measured(MeasuredReturns? measured)
    {
        foreach (var comparison in measured?.Comparisons ?? [])
        {
            yield return Comparison(comparison, "on measured perplexity");
        }

        if (measured is not null)
        {
            var best = measured.Policies.Single(policy => policy.Name == "best of each step");
            var stays = best.ShareBySplit[0] == 1;
            yield return new ReproductionClaim(
                "adapting the split pays", "implied",
                Text($"best of each step {best.Mean:0.0000}, always split 1 {measured.Policies[0].Mean:0.0000}"),
                stays ? No : Yes,
                stays ? "on our 12-layer model split 1 loses least and costs least at every noise level: there is nothing to adapt" : "the best split moves with the noise");
        }
    }

    private static ReproductionClaim Comparison(LearnerComparison comparison, string where) => new(
        Text($"PPO beats {comparison.Second.ToUpperInvariant()} {where}"),
        "no figure",
        comparison.Difference is { } test
            ? Text($"{Signed(test.Difference, "0.0000")} of return, better seed against seed with probability {comparison.ProbabilityOfImprovement:0.00}")
            : Text($"better seed against seed with probability {comparison.ProbabilityOfImprovement:0.00}"),
        comparison.IsBetter ? Yes : comparison.Difference is null ? Open : No,
        comparison.IsBetter ? "95 % interval of paired differences above 0" : comparison.IsWorse ? "it is worse: the interval lies below 0" : comparison.Difference is null ? "one seed says nothing" : "the 95 % interval holds 0");

    private static string Signed(EdgeSplit.Agents.Evaluation.Interval interval, string format = "0.0")
    {
        string Number(double value) => value.ToString($"+{format};-{format};{format}", CultureInfo.InvariantCulture);
        return double.IsNaN(interval.Lower) ? Number(interval.Mean) : $"{Number(interval.Mean)} [{Number(interval.Lower)}, {Number(interval.Upper)}]";
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
