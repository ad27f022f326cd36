using System.Runtime.CompilerServices;

namespace EdgeSplit.Core.Wireless.Traces;

/// <summary>Splits absolute time into a period and the time within it.</summary>
internal static class TraceClock
{
    private const double MaximumPeriods = 1L << 52; // period numbers stay exact as doubles

    /// <summary>The time within its period, in [0, period), and the number of the period.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double Within(double seconds, double periodSeconds, out double period)
    {
        if (seconds < periodSeconds)
        {
            period = 0.0;
            return seconds;
        }

        return WithinLater(seconds, periodSeconds, out period);
    }

    private static double WithinLater(double seconds, double periodSeconds, out double period)
    {
        period = Math.Floor(seconds / periodSeconds);
        if (!(period < MaximumPeriods))
        {
            throw new ArgumentOutOfRangeException(
                nameof(seconds), seconds, FormattableString.Invariant($"Must lie within 2^52 periods of {periodSeconds} s."));
        }

        var within = Math.FusedMultiplyAdd(-period, periodSeconds, seconds);
        if (within < 0)
        {
            period--; // the quotient was rounded up
            within = Math.FusedMultiplyAdd(-period, periodSeconds, seconds);
        }

        return Math.Min(within, Math.BitDecrement(periodSeconds));
    }
}
