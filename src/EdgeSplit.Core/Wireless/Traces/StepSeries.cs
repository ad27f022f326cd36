using System.Runtime.InteropServices;

namespace EdgeSplit.Core.Wireless.Traces;

/// <summary>A quantity at irregular instants; each value holds until the next.</summary>
internal sealed class StepSeries
{
    private readonly List<double> _times = [];
    private readonly List<double> _values = [];

    internal void Add(double timeSeconds, double value)
    {
        _times.Add(timeSeconds + 0.0); // never -0, which the search does not take
        _values.Add(value);
    }

    /// <summary>The last value at or before an instant, NaN before the first.</summary>
    internal double At(double timeSeconds)
    {
        var count = _times.Count == 0 ? 0 : SortedSearch.CountAtOrBelow(CollectionsMarshal.AsSpan(_times), timeSeconds);
        return count == 0 ? double.NaN : _values[count - 1];
    }
}
