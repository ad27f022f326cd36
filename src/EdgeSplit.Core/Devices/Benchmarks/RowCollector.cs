namespace EdgeSplit.Core.Devices.Benchmarks;

/// <summary>Rows and skipped rows of one file while it is read, with the limits on their numbers.</summary>
/// <typeparam name="TRow">Kind of row.</typeparam>
internal sealed class RowCollector<TRow>(string file)
{
    internal const int MaxRows = 2_000_000;

    internal const int MaxSkipped = 100_000;

    private const int ReasonsShown = 3;

    private readonly List<TRow> _rows = [];
    private readonly List<SkippedRow> _skipped = [];

    internal string File => file;

    internal int Count => _rows.Count;

    internal int Total => _rows.Count + _skipped.Count;

    internal IReadOnlyList<TRow> Rows => _rows.AsReadOnly();

    internal IReadOnlyList<SkippedRow> Skipped => _skipped.AsReadOnly();

    internal void Add(TRow row, string location)
    {
        if (_rows.Count >= MaxRows)
        {
            throw new BenchmarkFileException(file, location, "one row more", FormattableString.Invariant($"at most {MaxRows} rows"));
        }

        _rows.Add(row);
    }

    internal void Skip(string location, string reason)
    {
        if (_skipped.Count >= MaxSkipped)
        {
            throw new BenchmarkFileException(
                file, location, $"one more row that cannot be read ({reason})", FormattableString.Invariant($"at most {MaxSkipped} such rows"));
        }

        _skipped.Add(new SkippedRow(location, reason));
    }

    /// <summary>Changes the rows from one on.</summary>
    internal void ChangeFrom(int first, Func<TRow, TRow> change)
    {
        for (var i = first; i < _rows.Count; i++)
        {
            _rows[i] = change(_rows[i]);
        }
    }

    internal void ThrowWhereEmpty()
    {
        if (_rows.Count > 0)
        {
            return;
        }

        var reasons = string.Join("; ", _skipped.Take(ReasonsShown).Select(row => $"{row.Location}: {row.Reason}"));
        var more = _skipped.Count > ReasonsShown ? FormattableString.Invariant($"; and {_skipped.Count - ReasonsShown} more") : "";
        var found = _skipped.Count == 0 ? "no row" : $"no row that can be read ({reasons}{more})";
        throw new BenchmarkFileException(file, "file", found, "at least one row that states a positive speed or time");
    }
}
