namespace EdgeSplit.Core.Queueing;

/// <summary>The M/M/1/K queue: Poisson arrivals, exponential services, one server, room for K customers; who finds it full is turned away.</summary>
/// <remarks>
/// <para>P(block) = (1 - rho) rho^K / (1 - rho^(K+1)), 1/(K+1) at rho = 1. It is computed by B_k = rho B_(k-1) / (1 + rho B_(k-1)), B_0 = 1, which
/// needs no special case at rho = 1 and loses no digit near it; the cost is O(K).</para>
/// <para>It has a steady state at every load, so nothing here is infinite. Immutable, so safe to share between threads.
/// Source: L. Kleinrock, <i>Queueing Systems, Volume 1: Theory</i>, Wiley, 1975, section 3.6.</para>
/// </remarks>
/// <param name="ArrivalsPerSecond">Rate of arrivals, admitted or not, lambda, 1/s, at least 0.</param>
/// <param name="ServicesPerSecond">Service rate mu, 1/s, positive.</param>
/// <param name="Capacity">Customers that fit, the one in service included, K, at least 1.</param>
/// <exception cref="ArgumentOutOfRangeException">A parameter is NaN, infinite or out of range.</exception>
public sealed record FiniteCapacityQueue(double ArrivalsPerSecond, double ServicesPerSecond, int Capacity)
{
    /// <summary>Rate of arrivals, admitted or not, lambda, 1/s.</summary>
    public double ArrivalsPerSecond { get; } = Guard.NonNegative(ArrivalsPerSecond);

    /// <summary>Service rate mu, 1/s.</summary>
    public double ServicesPerSecond { get; } = Guard.Positive(ServicesPerSecond);

    /// <summary>Customers that fit, the one in service included, K.</summary>
    public int Capacity { get; } = Guard.AtLeast(Capacity, 1);

    /// <summary>Offered load rho = lambda / mu; may exceed 1.</summary>
    public double OfferedLoad => ArrivalsPerSecond / ServicesPerSecond;

    /// <summary>The probability that an arrival finds the queue full and is turned away.</summary>
    public double BlockingProbability => Evaluate().Blocking;

    /// <summary>Rate of customers that are admitted, and in the long run served, 1/s.</summary>
    public double ThroughputPerSecond => ArrivalsPerSecond * (1.0 - Evaluate().Blocking);

    /// <summary>Mean number of customers waiting or in service.</summary>
    public double MeanNumberInSystem => Evaluate().MeanNumber;

    /// <summary>Mean time from arrival to the end of service of an admitted customer, seconds, by Little's law; the mean service time where nobody arrives.</summary>
    public double MeanSojournSeconds
    {
        get
        {
            var throughput = ThroughputPerSecond;
            return throughput > 0 ? MeanNumberInSystem / throughput : 1.0 / ServicesPerSecond;
        }
    }

    private (double Blocking, double MeanNumber) Evaluate()
    {
        var (rho, blocking, mean) = (OfferedLoad, 1.0, 0.0);
        for (var k = 1; k <= Capacity; k++)
        {
            var flow = rho * blocking;
            blocking = double.IsFinite(flow) ? flow / (1.0 + flow) : 1.0;
            mean = (mean * (1.0 - blocking)) + (k * blocking);
        }

        return (blocking, mean);
    }
}
