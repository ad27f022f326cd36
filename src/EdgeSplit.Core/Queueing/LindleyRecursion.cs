namespace EdgeSplit.Core.Queueing;

/// <summary>Simulates a single server, first come first served, from given interarrival and service times: W_(n+1) = max(0, W_n + S_n - A_n).</summary>
/// <remarks>
/// <para>It holds for interarrival and service times of any law, dependent or not: this is the queue itself, of which <see cref="SingleServerQueue"/> gives
/// means in the steady state. A long run can be computed in pieces; the value returned by one piece is the first wait of the next.</para>
/// <para>Allocates nothing. Stateless, so safe to call from any thread. Source: D. V. Lindley, "The theory of queues with a single server",
/// Proc. Cambridge Philosophical Society 48(2), 1952, pp. 277-289.</para>
/// </remarks>
public static class LindleyRecursion
{
    /// <summary>Computes the waits of consecutive customers.</summary>
    /// <param name="interarrivalSeconds">Element n: seconds from the arrival of customer n to that of customer n + 1, finite, at least 0; shape [customers].</param>
    /// <param name="serviceSeconds">Element n: service time of customer n, seconds, finite, at least 0; shape [customers].</param>
    /// <param name="waitSeconds">Receives the wait of each customer, from arrival to the start of service, seconds; shape [customers]. May be one of the
    /// arguments, element by element.</param>
    /// <param name="firstWaitSeconds">Wait of customer 0, seconds, finite, at least 0; 0, an empty queue, if omitted.</param>
    /// <returns>The wait of the customer after the last, seconds.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The lengths differ, or a time is NaN, infinite or negative.</exception>
    public static double FillWaits(
        ReadOnlySpan<double> interarrivalSeconds, ReadOnlySpan<double> serviceSeconds, Span<double> waitSeconds, double firstWaitSeconds = 0.0)
    {
        Guard.SameLength(serviceSeconds.Length, interarrivalSeconds.Length, nameof(serviceSeconds));
        Guard.SameLength(waitSeconds.Length, interarrivalSeconds.Length, nameof(waitSeconds));
        var wait = Guard.NonNegative(firstWaitSeconds);
        for (var n = 0; n < waitSeconds.Length; n++)
        {
            var service = Guard.NonNegative(serviceSeconds[n], nameof(serviceSeconds));
            var interarrival = Guard.NonNegative(interarrivalSeconds[n], nameof(interarrivalSeconds));
            waitSeconds[n] = wait;
            wait = double.MaxNative(0.0, wait + (service - interarrival)); // never NaN nor -0, so that every processor agrees
        }

        return wait;
    }
}
