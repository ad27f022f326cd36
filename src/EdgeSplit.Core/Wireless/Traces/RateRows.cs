namespace EdgeSplit.Core.Wireless.Traces;

/// <summary>Rows of time and rate while they are collected; afterwards the tables of a <see cref="RateTrace"/>.</summary>
internal sealed class RateRows(long expectedRows)
{
    internal const double MaximumSeconds = 1e12;
    internal const double MaximumBitsPerSecond = 1e18; // with the limit of time: sums stay far from overflow

    private const int InitialRows = 1 << 10;

    private double[] _starts = new double[Places(expectedRows) + 1];
    private double[] _rates = new double[Places(expectedRows)];
    private int _count;

    internal int Count => _count;

    internal double OriginSeconds { get; private set; }

    internal static RateRows Of(ReadOnlySpan<double> timesSeconds, ReadOnlySpan<double> ratesBitsPerSecond)
    {
        Guard.SameLength(ratesBitsPerSecond.Length, timesSeconds.Length, nameof(ratesBitsPerSecond));
        if (timesSeconds.IsEmpty)
        {
            throw new ArgumentException("Must hold at least one row.", nameof(timesSeconds));
        }

        var rows = new RateRows(timesSeconds.Length);
        for (var i = 0; i < timesSeconds.Length; i++)
        {
            rows.Add(
                Guard.InRange(timesSeconds[i], i == 0 ? 0.0 : timesSeconds[i - 1], MaximumSeconds, nameof(timesSeconds)),
                Guard.InRange(ratesBitsPerSecond[i], 0.0, MaximumBitsPerSecond, nameof(ratesBitsPerSecond)));
        }

        return rows;
    }

    internal void Add(double timeSeconds, double rateBitsPerSecond)
    {
        if (_count == _rates.Length)
        {
            Array.Resize(ref _rates, 2 * _count);
            Array.Resize(ref _starts, (2 * _count) + 1);
        }

        OriginSeconds = _count == 0 ? timeSeconds : OriginSeconds;
        _starts[_count] = timeSeconds - OriginSeconds + 0.0; // never -0, which the search does not take
        _rates[_count++] = rateBitsPerSecond;
    }

    /// <summary>The last row lasts as long as the last step above 0, or 1 s.</summary>
    internal double DefaultDurationSeconds()
    {
        var last = _starts[_count - 1];
        for (var i = _count - 2; i >= 0; i--)
        {
            if (_starts[i] < last)
            {
                return last + (last - _starts[i]);
            }
        }

        return last + 1.0;
    }

    /// <summary>Cuts what lies at or after the end and hands the tables over: starts with the end behind the last row, rates, number of rows.</summary>
    internal (double[] Starts, double[] Rates, int Rows) Close(double durationSeconds)
    {
        var rows = _count;
        while (_starts[rows - 1] >= durationSeconds)
        {
            rows--; // the first row starts at 0, so one is left
        }

        _starts[rows] = durationSeconds;
        return (_starts, _rates, rows);
    }

    private static int Places(long expectedRows) => expectedRows > 0 ? checked((int)expectedRows) : InitialRows;
}
