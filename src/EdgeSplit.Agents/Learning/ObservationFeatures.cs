using EdgeSplit.Agents.Environments;
using EdgeSplit.Core.Decisions;

namespace EdgeSplit.Agents.Learning;

/// <summary>What the device sees, as inputs of order one for a network or a linear model: logarithms of tokens and rates, shares of the depth, flags.</summary>
/// <remarks>Fixed scales, so no statistics of the data are needed. Pure; safe to call from several threads.</remarks>
public static class ObservationFeatures
{
    /// <summary>Number of entries.</summary>
    public const int Length = 11;

    private static readonly string[] Names =
    [
        "channelEstimate", "recentUplink", "hasRecentUplink", "reportedServerLoad", "promptTokens", "expectedOutputTokens",
        "maximumOutputTokens", "contextTokens", "hasCache", "cacheDepth", "turn",
    ];

    /// <summary>The entries with their ranges, which follow from those of <see cref="Observation.Fields"/>.</summary>
    public static BoxSpace Space { get; } = CreateSpace();

    /// <summary>Writes the entries.</summary>
    /// <param name="observation">What the device sees.</param>
    /// <param name="layers">Layers L of the model, at least 1: the cache's place counts as a share of the depth.</param>
    /// <param name="destination">Receives the entries; shape [<see cref="Length"/>].</param>
    /// <exception cref="ArgumentOutOfRangeException">The destination has another length, or there are no layers.</exception>
    public static void Write(in Observation observation, int layers, Span<double> destination)
    {
        Guard.SameLength(destination.Length, Length);
        Guard.AtLeast(layers, 1);
        var hasRate = observation.RecentUplinkBitsPerSecond > 0;
        var hasCache = observation.CacheSplitPoint >= 0;
        destination[0] = observation.ChannelEstimateDb / 15;
        destination[1] = hasRate ? Logarithm(observation.RecentUplinkBitsPerSecond, 17, 3) : 0;
        destination[2] = hasRate ? 1 : 0;
        destination[3] = observation.ReportedServerJobs / (1 + observation.ReportedServerJobs);
        destination[4] = Logarithm(observation.PromptTokens, 5, 3);
        destination[5] = Logarithm(observation.ExpectedOutputTokens, 4, 3);
        destination[6] = Logarithm(observation.MaximumOutputTokens, 4, 3);
        destination[7] = Logarithm(observation.ContextTokens, 0, 8);
        destination[8] = hasCache ? 1 : 0;
        destination[9] = hasCache ? Math.Min(1, (double)observation.CacheSplitPoint / layers) : 0;
        destination[10] = Logarithm(observation.Turn, 0, 3);
    }

    private static double Logarithm(double value, double centre, double scale) => (Math.Log(1 + value) - centre) / scale;

    // Every entry rises with its field, so the ends of the fields give the ends of the entries.
    private static BoxSpace CreateSpace()
    {
        var fields = Observation.Fields.ToDictionary(field => field.Name, field => (field.Minimum, field.Maximum), StringComparer.Ordinal);
        (double, double) Logarithms(string name, double centre, double scale) =>
            (Logarithm(fields[name].Minimum, centre, scale), Logarithm(fields[name].Maximum, centre, scale));
        var channel = fields["channelEstimateDb"];
        var jobs = fields["reportedServerJobs"];
        (double Low, double High)[] ranges =
        [
            (channel.Minimum / 15, channel.Maximum / 15),
            Logarithms("recentUplinkBitsPerSecond", 17, 3),
            (0, 1),
            (jobs.Minimum / (1 + jobs.Minimum), jobs.Maximum / (1 + jobs.Maximum)),
            Logarithms("promptTokens", 5, 3),
            Logarithms("expectedOutputTokens", 4, 3),
            Logarithms("maximumOutputTokens", 4, 3),
            Logarithms("contextTokens", 0, 8),
            (0, 1),
            (0, 1),
            Logarithms("turn", 0, 3),
        ];
        return new BoxSpace([.. ranges.Select(range => range.Low)], [.. ranges.Select(range => range.High)], Names, [.. Names.Select(_ => "1")]);
    }
}
