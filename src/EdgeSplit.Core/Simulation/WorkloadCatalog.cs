using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Core.Simulation;

/// <summary>The token counts of a recorded workload.</summary>
/// <remarks>Immutable. Prompt and answer lengths are drawn independently; what correlation the recording has is not kept.</remarks>
/// <param name="Name">Name by which scenarios call it.</param>
/// <param name="Description">One sentence on what was recorded.</param>
/// <param name="PromptTokens">Distribution of prompt tokens.</param>
/// <param name="OutputTokens">Distribution of output tokens, not cut.</param>
/// <param name="Source">Where the numbers come from.</param>
public sealed record WorkloadEntry(string Name, string Description, QuantileDistribution PromptTokens, QuantileDistribution OutputTokens, string Source);

/// <summary>Recorded workloads as tables of quantiles.</summary>
/// <remarks>
/// Quantiles of the first 6000 rows of each file, linear between order statistics at (n - 1) p; a test recomputes them where the files
/// are at hand. Neither file says when one user asks again: rates, turns and pauses are the scenario's. Immutable; safe to share between threads.
/// </remarks>
public static class WorkloadCatalog
{
    private static readonly double[] Probabilities =
    [
        0, 0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.96, 0.97, 0.98, 0.99,
        0.995, 0.9975, 0.999, 1,
    ];

    /// <summary>Every recorded workload.</summary>
    public static IReadOnlyList<WorkloadEntry> All { get; } = Array.AsReadOnly(
    [
        new WorkloadEntry(
            "arxiv-summarization",
            "Summaries of arXiv papers, counted with the Llama 2 tokenizer: long prompts (median 2722), answers with a long tail (median 165).",
            Table(
                1, 59.99, 263.875, 703.95, 1171, 1516, 1749.8, 1939, 2127.7, 2297, 2443, 2585, 2722, 2850.45, 2986, 3120.7, 3242.6, 3359.25, 3488, 3586,
                3697, 3810.05, 3835.08, 3863, 3891.02, 3928, 3957.005, 3981.0025, 4009.008, 4046),
            Table(
                5, 36, 47, 59, 79, 93, 105, 115, 124, 134, 145, 155, 165, 176, 190, 205, 221, 242, 270, 307, 378.1, 873.3, 1818.68, 2513.3, 2926.2, 3346.25,
                3637.005, 3755.005, 3843.029, 4056),
            "microsoft/vidur data/processed_traces/arxiv_summarization_stats_llama2_tokenizer_filtered_v2.csv, commit 7d47513363ec, first 6000 rows (MIT)"),
        new WorkloadEntry(
            "azure-code",
            "A code completion service in production, November 2023: prompts of median 1452, short answers (median 13).",
            Table(
                3, 17.99, 46.975, 76, 147.9, 237, 386, 577.75, 766.7, 924, 1060, 1220.1, 1452.5, 1671, 1877, 2136, 2400.6, 2692, 3132.8, 3872.6, 5025, 7375.35,
                7431.04, 7435, 7436, 7436, 7436, 7437, 7437, 7437),
            Table(6, 6, 6, 6, 7, 7, 8, 9, 9, 10, 11, 12, 13, 14, 16, 17, 19, 23, 28, 37, 53, 85, 97, 121.06, 157.04, 246.02, 319.09, 632.015, 841.007, 1899),
            "Azure/AzurePublicDataset data/AzureLLMInferenceTrace_code.csv, commit b469a113cedc, first 6000 rows (CC-BY, Microsoft; Patel et al., \"Splitwise\", ISCA 2024)"),
    ]);

    /// <summary>Finds a workload by its name, without regard to case.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    /// <exception cref="UnknownNameException">There is no such workload; the error names the nearest.</exception>
    public static WorkloadEntry Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var wanted = name.Trim();
        return All.FirstOrDefault(entry => string.Equals(entry.Name, wanted, StringComparison.OrdinalIgnoreCase))
            ?? throw new UnknownNameException("trace", name, All.Select(entry => entry.Name));
    }

    private static QuantileDistribution Table(params ReadOnlySpan<double> quantiles) => new(Probabilities, quantiles);
}
