namespace EdgeSplit.Core.Wireless.Traces;

/// <summary>A quantity at irregular instants; each value holds until the next.</summary>
internal sealed class StepSeries
{
    private readonly List<double> _times = [];
    private readonly List<double> _values = [];

    internal void Add(double timeSeconds, double value)
    {
        _times.Add(timeSeconds);
        _values.Add(value);
    }

    /// <summary>The last value at or before an instant, NaN before the first.</summary>
    internal double At(double timeSeconds)
    {
        var (low, length) = (0, _times.Count); // the number of values at or before it lies in [low, low + length]
        while (length > 0)
        {
            var half = length >> 1;
            var above = _times[low + half] > timeSeconds;
            low = above ? low : low + half + 1;
            length = above ? half : length - half - 1;
        }

        return low == 0 ? double.NaN : _values[low - 1];
    }
}
