using System.Runtime.InteropServices;
using EdgeSplit.Core.Quality.Leakage;

namespace EdgeSplit.Core.Quality.Measurement;

/// <summary>One line of a journal after the first: what a unit of a measurement has found.</summary>
/// <param name="Part">Number of the part of the plan; <see cref="LeakagePart"/> for leakage.</param>
/// <param name="Group">Number of the group of windows, or of the unit of the leakage.</param>
/// <param name="Values">Counts of the unit as little-endian 32-bit integers, or negative log-likelihood, divergence and agreement of each window of the group, of the clean model first, then of each cell of the part: little-endian
/// doubles in base 64, so that they come back to the bit.</param>
internal sealed record JournalRecord(int Part, int Group, string Values)
{
    internal const int LeakagePart = -1;

    internal static JournalRecord Of(LeakageCount count) =>
        new(LeakagePart, count.Unit, Convert.ToBase64String(MemoryMarshal.AsBytes<int>(count.Recovered.ToArray())));

    internal static JournalRecord Of(int part, int group, ReadOnlySpan<WindowQuality> quality) =>
        new(part, group, Convert.ToBase64String(MemoryMarshal.AsBytes(quality)));

    /// <summary>The values; null where there are not so many.</summary>
    internal T[]? Read<T>(int count)
        where T : unmanaged
    {
        var values = new T[count];
        var bytes = MemoryMarshal.AsBytes(values.AsSpan());
        return Values is not null && Convert.TryFromBase64String(Values, bytes, out var written) && written == bytes.Length ? values : null;
    }
}
