using System.Runtime.InteropServices;

namespace EdgeSplit.Core.Quality.Measurement;

/// <summary>One line of a journal after the first: what a unit of a measurement has found.</summary>
/// <param name="Part">Number of the part of the plan.</param>
/// <param name="Group">Number of the group of windows.</param>
/// <param name="Values">Negative log-likelihood, divergence and agreement of each window of the group, of the clean model first, then of each cell of the part: little-endian
/// doubles in base 64, so that they come back to the bit.</param>
internal sealed record JournalRecord(int Part, int Group, string Values)
{
    internal static JournalRecord Of(int part, int group, ReadOnlySpan<WindowQuality> quality) =>
        new(part, group, Convert.ToBase64String(MemoryMarshal.AsBytes(quality)));

    /// <summary>The values; null where there are not so many.</summary>
    internal WindowQuality[]? Quality(int count)
    {
        var quality = new WindowQuality[count];
        var bytes = MemoryMarshal.AsBytes(quality.AsSpan());
        return Values is not null && Convert.TryFromBase64String(Values, bytes, out var written) && written == bytes.Length ? quality : null;
    }
}
