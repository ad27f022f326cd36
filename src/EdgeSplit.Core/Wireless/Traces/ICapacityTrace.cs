namespace EdgeSplit.Core.Wireless.Traces;

/// <summary>A recorded link: how many bits it carries between two instants, and when a transfer over it ends.</summary>
/// <remarks>
/// <para>Time 0 is the start of the recording; what follows its end is <see cref="End"/>. Any start is allowed, many periods in as well.</para>
/// <para>A transfer ends when the bits that the trace carries from its start on reach its size: not at size / rate(start). Stretches
/// without capacity delay it; a division by a zero rate never happens. What the trace never carries is unreachable: positive infinity.</para>
/// <para>Every query is a binary search, O(log n) in the length of the trace and independent of the number of periods; nothing is allocated.
/// The implementations of this room are immutable, so safe to share between threads.</para>
/// <para><see cref="TraceProcess"/> puts a trace behind <see cref="Transfers.IEfficiencyProcess"/>.</para>
/// </remarks>
public interface ICapacityTrace
{
    /// <summary>Length of the recording, which is the period where it wraps, seconds, positive.</summary>
    double DurationSeconds { get; }

    /// <summary>Mean rate over the recording, bit/s, at least 0.</summary>
    double MeanBitsPerSecond { get; }

    /// <summary>What follows the end of the recording.</summary>
    TraceEnd End { get; }

    /// <summary>What the link can carry between two instants, bits.</summary>
    /// <param name="startSeconds">Start, seconds, at least 0 and finite.</param>
    /// <param name="endSeconds">End, seconds, at least the start and finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">A time is NaN, infinite, negative or beyond 2^52 periods, or the end lies before the start.</exception>
    double Bits(double startSeconds, double endSeconds);

    /// <summary>When a transfer that has the link to itself ends.</summary>
    /// <param name="startSeconds">Time at which the first bit may go, seconds, at least 0; positive infinity gives infinity.</param>
    /// <param name="bits">Size, bits, at least 0; a size of 0 ends at its start; positive infinity gives infinity.</param>
    /// <returns>Time at which the last bit has arrived, seconds, never before the start; positive infinity if unreachable.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or negative, or the start lies beyond 2^52 periods.</exception>
    double CompletionSeconds(double startSeconds, double bits);

    /// <summary>Rate at an instant, bit/s: that of the stretch which begins at or before the instant and ends after it.</summary>
    /// <param name="seconds">Time, seconds, at least 0 and finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is NaN, infinite, negative or beyond 2^52 periods.</exception>
    double RateAt(double seconds);
}
