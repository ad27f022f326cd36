namespace EdgeSplit.Core.Decisions;

/// <summary>A named entry of the observation.</summary>
/// <param name="Name">Name, camelCase, unit included.</param>
/// <param name="Unit">Unit; "1" for a pure number.</param>
/// <param name="Minimum">Smallest value.</param>
/// <param name="Maximum">Largest value.</param>
/// <param name="Meaning">What it says.</param>
public sealed record ObservationField(string Name, string Unit, double Minimum, double Maximum, string Meaning);

/// <summary>What a real device can know when it decides: nothing here is the simulator's truth unless a device would measure it exactly.</summary>
/// <param name="ChannelEstimateDb">Estimate of the mean uplink SNR over fading by the link budget, dB: noisy, quantised, and blind to what happens at the base station (the world's link bias).</param>
/// <param name="RecentUplinkBitsPerSecond">Goodput of the previous turn's prompt on the uplink, bit/s; 0 on a first turn and after a turn that sent none.</param>
/// <param name="ReportedServerJobs">Other jobs on the server as last reported: exact then, stale now.</param>
/// <param name="PromptTokens">Tokens of this turn's prompt.</param>
/// <param name="ExpectedOutputTokens">Expected tokens of the answer.</param>
/// <param name="MaximumOutputTokens">The most tokens that the answer may have.</param>
/// <param name="ContextTokens">Tokens of earlier turns in the KV cache.</param>
/// <param name="CacheSplitPoint">Split point at which that KV cache lies; -1 where there is none.</param>
/// <param name="Turn">Zero-based turn of the conversation.</param>
public readonly record struct Observation(
    double ChannelEstimateDb,
    double RecentUplinkBitsPerSecond,
    double ReportedServerJobs,
    int PromptTokens,
    double ExpectedOutputTokens,
    int MaximumOutputTokens,
    int ContextTokens,
    int CacheSplitPoint,
    int Turn)
{
    /// <summary>Number of fields.</summary>
    public const int Length = 9;

    /// <summary>The fields in the order of <see cref="CopyTo"/>, each with unit and range.</summary>
    public static IReadOnlyList<ObservationField> Fields { get; } =
    [
        new("channelEstimateDb", "dB", -200, 300, "estimate of the mean uplink SNR over fading; noisy, quantised"),
        new("recentUplinkBitsPerSecond", "bit/s", 0, 1e11, "goodput of the previous turn's prompt on the uplink; 0 where none was sent"),
        new("reportedServerJobs", "1", 0, 1e4, "other jobs on the server, as last reported"),
        new("promptTokens", "token", 1, 1e7, "tokens of this turn's prompt"),
        new("expectedOutputTokens", "token", 1, 1e7, "expected tokens of the answer"),
        new("maximumOutputTokens", "token", 1, 1e7, "the most tokens that the answer may have"),
        new("contextTokens", "token", 0, 1e7, "tokens of earlier turns in the KV cache"),
        new("cacheSplitPoint", "layer", -1, 1e4, "split point at which the KV cache lies; -1 where there is none"),
        new("turn", "1", 0, 1e6, "zero-based turn of the conversation"),
    ];

    /// <summary>Writes the fields in their documented order.</summary>
    /// <param name="destination">Receives the values; shape [<see cref="Length"/>].</param>
    /// <exception cref="ArgumentOutOfRangeException">The destination has another length.</exception>
    public void CopyTo(Span<double> destination)
    {
        Guard.SameLength(destination.Length, Length);
        destination[0] = ChannelEstimateDb;
        destination[1] = RecentUplinkBitsPerSecond;
        destination[2] = ReportedServerJobs;
        destination[3] = PromptTokens;
        destination[4] = ExpectedOutputTokens;
        destination[5] = MaximumOutputTokens;
        destination[6] = ContextTokens;
        destination[7] = CacheSplitPoint;
        destination[8] = Turn;
    }
}
