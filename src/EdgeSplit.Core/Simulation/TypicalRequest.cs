using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Core.Simulation;

/// <summary>One request that stands for a scenario: what a sweep over splits is computed for. Immutable.</summary>
/// <param name="PromptTokens">Prompt tokens, at least 1.</param>
/// <param name="ContextTokens">Tokens of earlier turns, whose KV cache lies where each split needs it; at least 0.</param>
/// <param name="OutputTokens">Tokens of the answer, at least 1; a mean need not be whole.</param>
/// <param name="MaximumOutputTokens">The most tokens of the answer, on which feasibility is judged.</param>
/// <param name="LevelDb">The uplink's level, dB: of a radio link the mean SNR over fading.</param>
/// <param name="OtherJobs">Other jobs on the server, at least 0.</param>
public sealed record TypicalRequest(int PromptTokens, int ContextTokens, double OutputTokens, int MaximumOutputTokens, double LevelDb, double OtherJobs)
{
    /// <summary>The request as work.</summary>
    public TurnWork Work => new(PromptTokens, ContextTokens, OutputTokens, MaximumOutputTokens);

    /// <summary>What a device would see of it.</summary>
    public Observation Observation => new(LevelDb, 0, OtherJobs, PromptTokens, OutputTokens, MaximumOutputTokens, ContextTokens, -1, 0);

    /// <summary>The typical request of a scenario: median prompt, expected answer, median over the covered positions of the level, mean load, no context.</summary>
    /// <param name="scenario">The scenario.</param>
    public static TypicalRequest Of(Scenario scenario)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        var workload = scenario.Workload;
        var longest = Math.Max(1, scenario.System.Shape.MaximumPositions - workload.MaximumOutputTokens);
        return new TypicalRequest(
            Median(workload.PromptTokens, longest),
            0,
            workload.ExpectedOutputTokens,
            workload.MaximumOutputTokens,
            scenario.Link.MedianLevelDb,
            scenario.ServerLoad.MeanJobs);
    }

    // The median of draws that are rounded up and cut.
    private static int Median(IDistribution tokens, int longest)
    {
        var (low, high) = (1, longest);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = tokens.CumulativeProbability(middle) >= 0.5 ? (low, middle) : (middle + 1, high);
        }

        return low;
    }
}
