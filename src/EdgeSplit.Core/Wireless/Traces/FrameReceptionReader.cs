namespace EdgeSplit.Core.Wireless.Traces;

/// <summary>Reads rows of sequence number and RSSI.</summary>
internal static class FrameReceptionReader
{
    private const string AllowedRow = "two columns, sequence number and RSSI, separated by spaces or tabs";
    private const string AllowedSequence = "a whole sequence number from 0 on, in digits only";
    private const string AllowedRssi = "a whole RSSI from 0 to 255, in digits only";

    internal static FrameReceptionTrace Read(Stream stream, string name, int frames)
    {
        var lines = new TraceLines(stream, name);
        var losses = new bool[frames];
        var named = new bool[frames];
        var rssis = new sbyte[frames];
        losses.AsSpan().Fill(true);
        rssis.AsSpan().Fill(FrameReceptionTrace.NoRssi);
        var (ignored, firstIgnored, duplicates, firstDuplicate, errors, firstError) = (0, 0L, 0, 0L, 0, 0L);
        while (lines.TryNext())
        {
            lines.RefuseUnterminated();
            var (sequence, rssi) = Row(lines);
            if (sequence >= (ulong)frames)
            {
                firstIgnored = ignored++ == 0 ? lines.Line : firstIgnored;
            }
            else if (named[sequence])
            {
                firstDuplicate = duplicates++ == 0 ? lines.Line : firstDuplicate;
            }
            else
            {
                named[sequence] = true;
                rssis[sequence] = rssi;
                losses[sequence] = rssi == FrameReceptionTrace.NoRssi;
                if (losses[sequence])
                {
                    firstError = errors++ == 0 ? lines.Line : firstError;
                }
            }
        }

        var warnings = new List<string>();
        Warn(ignored, firstIgnored, FormattableString.Invariant($"outside the window 0..{frames - 1}, ignored"));
        Warn(duplicates, firstDuplicate, "with a sequence number that had occurred, counted once");
        Warn(errors, firstError, "with the reading error 128 as RSSI, counted as lost");
        return new FrameReceptionTrace(losses, rssis, ignored, duplicates, errors, warnings);

        void Warn(int count, long line, string text)
        {
            if (count > 0)
            {
                warnings.Add(FormattableString.Invariant($"{name}: line {line}: {(count == 1 ? "a row" : $"the first of {count} rows")} {text}"));
            }
        }
    }

    private static (ulong Sequence, sbyte Rssi) Row(TraceLines lines)
    {
        var rest = lines.Current;
        var sequenceText = TraceNumber.NextToken(ref rest);
        var rssiText = TraceNumber.NextToken(ref rest);
        if (rssiText.IsEmpty || !TraceNumber.NextToken(ref rest).IsEmpty)
        {
            throw lines.Error("", lines.Current, AllowedRow);
        }

        return !TraceNumber.TryWhole(sequenceText, long.MaxValue, out var sequence) ? throw lines.Error("sequence", sequenceText, AllowedSequence)
            : !TraceNumber.TryWhole(rssiText, byte.MaxValue, out var rssi) ? throw lines.Error("rssi", rssiText, AllowedRssi)
            : (sequence, unchecked((sbyte)rssi));
    }
}
