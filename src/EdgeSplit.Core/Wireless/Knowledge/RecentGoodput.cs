namespace EdgeSplit.Core.Wireless.Knowledge;

/// <summary>What a device remembers of its past transfers: their bits per second, recent ones counting more.</summary>
/// <remarks>
/// <para>Bits and seconds are summed apart, both forgotten at the same rate, and their ratio is the goodput: long transfers count for more than short ones, as they should (a mean of
/// rates would overstate the goodput of a changing link). The state is this value; <see cref="After"/> gives the next one.</para>
/// <para>Immutable, so safe to share between threads. The default value forgets everything but the last transfer and expects 0.</para>
/// </remarks>
public readonly record struct RecentGoodput
{
    private const double Largest = 1e100;

    private readonly double _bits;
    private readonly double _seconds;

    /// <summary>Creates a memory without transfers.</summary>
    /// <param name="retention">Weight of a transfer relative to the one after it, in [0, 1]: 0 remembers the last one only, 1 all alike.</param>
    /// <param name="expectedBitsPerSecond">Goodput to assume before the first transfer, bit/s, at least 0; 0 if omitted.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN, infinite or out of range.</exception>
    public RecentGoodput(double retention, double expectedBitsPerSecond = 0.0)
    {
        Retention = Guard.InRange(retention, 0.0, 1.0);
        ExpectedBitsPerSecond = Guard.NonNegative(expectedBitsPerSecond);
    }

    /// <summary>Weight of a transfer relative to the one after it.</summary>
    public double Retention { get; }

    /// <summary>Goodput that is assumed before the first transfer, bit/s.</summary>
    public double ExpectedBitsPerSecond { get; }

    /// <summary>Whether a transfer that took time is remembered.</summary>
    public bool IsKnown => _seconds > 0;

    /// <summary>Mean goodput of the remembered transfers, bit/s, at least 0; never NaN: <see cref="ExpectedBitsPerSecond"/> where none is remembered that took time.</summary>
    public double BitsPerSecond => _seconds > 0 ? Math.Min(_bits / _seconds, double.MaxValue) : ExpectedBitsPerSecond;

    /// <summary>The memory after one more transfer.</summary>
    /// <param name="bits">Bits that arrived, in [0, 1e100]; 0 for a transfer that failed.</param>
    /// <param name="seconds">Time that the transfer took, seconds, in [0, 1e100]. A transfer in no time at all tells nothing and is not remembered.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN or out of range.</exception>
    public RecentGoodput After(double bits, double seconds)
    {
        Guard.InRange(bits, 0.0, Largest);
        return Guard.InRange(seconds, 0.0, Largest) > 0 ? new(this, bits, seconds) : this;
    }

    private RecentGoodput(RecentGoodput before, double bits, double seconds)
    {
        this = before;
        _bits = (before.Retention * before._bits) + bits;
        _seconds = (before.Retention * before._seconds) + seconds;
    }
}
