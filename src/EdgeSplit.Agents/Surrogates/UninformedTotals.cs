using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Placements;

namespace EdgeSplit.Agents.Surrogates;

/// <summary>Where a surrogate without the public profile starts: work in proportion to layers and tokens, at a speed of nothing in particular. Its scale is learned.</summary>
internal static class UninformedTotals
{
    private const double SecondsPerToken = 0.01;
    private const double JoulesPerToken = 0.1;

    internal static void Write(in Observation observation, double outputTokens, SplitTotals totals)
    {
        var tokens = observation.PromptTokens + outputTokens;
        for (var k = 0; k <= totals.Layers; k++)
        {
            var share = (double)k / totals.Layers;
            totals.DeviceSeconds[k] = share * tokens * SecondsPerToken;
            totals.ServerSeconds[k] = totals.ServerGpuSeconds[k] = (1 - share) * tokens * SecondsPerToken;
            totals.NetworkSeconds[k] = k == totals.Layers ? 0 : (k == 0 ? 1 : tokens) * SecondsPerToken;
            totals.DeviceJoules[k] = (share * tokens * JoulesPerToken) + totals.NetworkSeconds[k];
            totals.TimeToFirstTokenSeconds[k] = totals.LatencySeconds(k) * observation.PromptTokens / tokens;
        }
    }
}
