namespace EdgeSplit.Core.Wireless.Traces;

/// <summary>Reads rows of time and rate that are separated by spaces or tabs.</summary>
internal static class TimeRateReader
{
    private const int SmallestRowBytes = 4; // two digits, a separator, a line end
    private const string AllowedRow = "two columns, time and rate, separated by spaces or tabs";
    private const string AllowedTime = "a time in seconds from 0 to 1E+12, with a decimal point";
    private const string AllowedRate = "a rate of at least 0 with a decimal point, at most 1E+18 bit/s";

    internal static RateRows Read(Stream stream, string name, double rateUnitBitsPerSecond)
    {
        var lines = new TraceLines(stream, name);
        var rows = new RateRows(ExpectedRows(stream, lines));
        var previous = 0.0;
        while (lines.TryNext())
        {
            lines.RefuseUnterminated();
            var rest = lines.Current;
            var timeText = TraceNumber.NextToken(ref rest);
            var rateText = TraceNumber.NextToken(ref rest);
            if (rateText.IsEmpty || !TraceNumber.NextToken(ref rest).IsEmpty)
            {
                throw lines.Error("", lines.Current, AllowedRow);
            }

            if (!TraceNumber.TryFinite(timeText, out var time) || !(time >= 0 && time <= RateRows.MaximumSeconds))
            {
                throw lines.Error("time", timeText, AllowedTime);
            }

            if (time < previous)
            {
                throw lines.Error("time", timeText, FormattableString.Invariant($"times that never go back (the row before has {previous})"));
            }

            if (!TraceNumber.TryFinite(rateText, out var rate) || !(rate >= 0 && rate * rateUnitBitsPerSecond <= RateRows.MaximumBitsPerSecond))
            {
                throw lines.Error("rate", rateText, AllowedRate);
            }

            rows.Add(time, rate * rateUnitBitsPerSecond);
            previous = time;
        }

        return rows.Count > 0 ? rows : throw lines.FileError("no rows", "at least one row of time and rate");
    }

    private static long ExpectedRows(Stream stream, TraceLines lines)
    {
        if (!stream.CanSeek)
        {
            return 0;
        }

        var rows = Math.Min(TraceLines.CountRows(stream), ((stream.Length - stream.Position) / SmallestRowBytes) + 1);
        return rows < Array.MaxLength
            ? rows
            : throw lines.FileError(FormattableString.Invariant($"{rows} rows"), FormattableString.Invariant($"fewer than {Array.MaxLength} rows"));
    }
}
