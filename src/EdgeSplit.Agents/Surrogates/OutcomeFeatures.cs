using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Placements;

namespace EdgeSplit.Agents.Surrogates;

/// <summary>How a situation and a split become the inputs of an outcome model: what the device sees, where the cut is, and what the public profile expects.</summary>
/// <remarks>All inputs are of order one by construction, so no statistics of the data are needed. Pure; safe to call from several threads.</remarks>
public static class OutcomeFeatures
{
    /// <summary>Number of inputs.</summary>
    public const int Length = 16;

    /// <summary>Writes the inputs of one split.</summary>
    /// <param name="observation">What the device sees.</param>
    /// <param name="outputTokens">Output tokens that the prediction assumes.</param>
    /// <param name="splitPoint">The split, 0..L.</param>
    /// <param name="belief">The belief's totals for that number of output tokens.</param>
    /// <param name="destination">Receives the inputs; shape [<see cref="Length"/>].</param>
    /// <exception cref="ArgumentOutOfRangeException">The destination has another length.</exception>
    public static void Write(in Observation observation, double outputTokens, int splitPoint, SplitTotals belief, Span<float> destination)
    {
        ArgumentNullException.ThrowIfNull(belief);
        Guard.SameLength(destination.Length, Length);
        var device = belief.DeviceSeconds[splitPoint];
        var network = belief.NetworkSeconds[splitPoint];
        var server = belief.ServerSeconds[splitPoint];
        var total = device + network + server;
        destination[0] = (float)splitPoint / belief.Layers;
        destination[1] = splitPoint == 0 ? 1 : 0;
        destination[2] = splitPoint == belief.Layers ? 1 : 0;
        destination[3] = Logarithm(observation.PromptTokens, 5, 3);
        destination[4] = Logarithm(outputTokens, 4, 3);
        destination[5] = Logarithm(observation.ContextTokens, 0, 8);
        destination[6] = (float)(observation.ChannelEstimateDb / 15);
        destination[7] = (float)(observation.ReportedServerJobs / (1 + observation.ReportedServerJobs));
        destination[8] = observation.RecentUplinkBitsPerSecond > 0 ? Logarithm(observation.RecentUplinkBitsPerSecond, 17, 3) : 0;
        destination[9] = SmallQuantity(device);
        destination[10] = SmallQuantity(network);
        destination[11] = SmallQuantity(server);
        destination[12] = SmallQuantity(belief.DeviceJoules[splitPoint]);
        destination[13] = observation.ContextTokens > 0 && observation.CacheSplitPoint != splitPoint ? 1 : 0;
        destination[14] = total > 0 ? (float)(belief.TimeToFirstTokenSeconds[splitPoint] / total) : 0;
        destination[15] = total > 0 ? (float)(network / total) : 0;
    }

    // Seconds and joules of a request span six decades from one system to another; below a thousandth they do not matter.
    private static float SmallQuantity(double value) => (float)(Math.Log(value + 1e-3) / 4);

    private static float Logarithm(double value, double centre, double scale) => (float)((Math.Log(1 + value) - centre) / scale);
}
