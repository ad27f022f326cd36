namespace EdgeSplit.Core.Wireless.Traces;

/// <summary>Reads the lines of a Mahimahi file.</summary>
internal static class MahimahiReader
{
    private const int InitialRows = 1 << 12;
    private const string Allowed = "one whole number of milliseconds per line, from 0 to 4294967295, in digits only";

    internal static (uint[] Stamps, int Count) Read(Stream stream, string name)
    {
        var rows = TraceLines.CountRows(stream);
        var lines = new TraceLines(stream, name);
        if (rows > Array.MaxLength)
        {
            throw lines.FileError(FormattableString.Invariant($"{rows} lines"), FormattableString.Invariant($"at most {Array.MaxLength} lines"));
        }

        var stamps = new uint[rows > 0 ? Math.Min(rows, Half(stream)) : InitialRows];
        var (count, previous) = (0, 0UL);
        while (lines.TryNext())
        {
            lines.RefuseUnterminated();
            if (!TraceNumber.TryWhole(lines.Current, uint.MaxValue, out var stamp))
            {
                throw lines.Error("milliseconds", lines.Current, Allowed);
            }

            if (stamp < previous)
            {
                throw lines.Error("milliseconds", lines.Current, FormattableString.Invariant($"values that never decrease (the line before has {previous})"));
            }

            if (count == stamps.Length)
            {
                Array.Resize(ref stamps, 2 * count);
            }

            stamps[count++] = (uint)stamp;
            previous = stamp;
        }

        return count == 0 ? throw lines.FileError("no rows", "at least one opportunity")
            : previous == 0 ? throw lines.FileError("a period of 0 (the last value is 0)", "a last value above 0 ms")
            : (stamps, count);
    }

    /// <summary>The most rows that the rest of a stream can hold: a digit and a line end each.</summary>
    private static long Half(Stream stream) => ((stream.Length - stream.Position) / 2) + 1;
}
