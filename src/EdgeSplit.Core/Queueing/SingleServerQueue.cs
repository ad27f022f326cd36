namespace EdgeSplit.Core.Queueing;

/// <summary>The M/G/1 queue: Poisson arrivals, one server, services of any law, first come first served; its means in closed form.</summary>
/// <remarks>
/// <para>Pollaczek-Khinchine: the mean wait is lambda E[S^2] / (2 (1 - rho)) = rho (1 + Cs^2) / (2 mu (1 - rho)) with arrival rate lambda,
/// service rate mu, utilisation rho = lambda / mu and the squared coefficient of variation Cs^2 of the service time. Exponential services
/// (M/M/1) have Cs^2 = 1, constant services (M/D/1) 0, hence half the wait of M/M/1.</para>
/// <para>A queue with lambda at or above mu has no steady state: its waits and numbers are positive infinity.</para>
/// <para>The law of the wait, beyond its mean, is in <see cref="ExponentialServiceWait"/> and <see cref="ConstantServiceWait"/>; arrivals that
/// are not Poisson are in <see cref="RenewalQueue"/>, several servers in <see cref="MultiServerQueue"/>.</para>
/// <para>Immutable, so safe to share between threads. Source: L. Kleinrock, <i>Queueing Systems, Volume 1: Theory</i>, Wiley, 1975,
/// sections 3.2 and 5.6.</para>
/// </remarks>
/// <param name="ArrivalsPerSecond">Arrival rate lambda, 1/s, at least 0.</param>
/// <param name="ServicesPerSecond">Service rate mu of the busy server, 1/s, positive; the mean service time is its inverse.</param>
/// <param name="ServiceSquaredCoefficientOfVariation">Variance of the service time over its squared mean, Cs^2, pure number, at least 0.</param>
/// <exception cref="ArgumentOutOfRangeException">A parameter is NaN, infinite or out of range.</exception>
public sealed record SingleServerQueue(double ArrivalsPerSecond, double ServicesPerSecond, double ServiceSquaredCoefficientOfVariation)
{
    /// <summary>Arrival rate lambda, 1/s.</summary>
    public double ArrivalsPerSecond { get; } = Guard.NonNegative(ArrivalsPerSecond);

    /// <summary>Service rate mu of the busy server, 1/s.</summary>
    public double ServicesPerSecond { get; } = Guard.Positive(ServicesPerSecond);

    /// <summary>Variance of the service time over its squared mean, Cs^2.</summary>
    public double ServiceSquaredCoefficientOfVariation { get; } = Guard.NonNegative(ServiceSquaredCoefficientOfVariation);

    /// <summary>Utilisation rho = lambda / mu: the fraction of time the server is busy where it is below 1.</summary>
    public double Utilization => ArrivalsPerSecond / ServicesPerSecond;

    /// <summary>Whether the queue has a steady state: lambda below mu.</summary>
    public bool IsStable => ArrivalsPerSecond < ServicesPerSecond;

    /// <summary>Mean time from arrival to the start of service, seconds; positive infinity for an unstable queue.</summary>
    public double MeanWaitSeconds => IsStable
        ? Utilization / (ServicesPerSecond - ArrivalsPerSecond) * (0.5 * (1.0 + ServiceSquaredCoefficientOfVariation))
        : double.PositiveInfinity;

    /// <summary>Mean time from arrival to the end of service, seconds; positive infinity for an unstable queue.</summary>
    public double MeanSojournSeconds => MeanWaitSeconds + (1.0 / ServicesPerSecond);

    /// <summary>Mean number of waiting customers, by Little's law; positive infinity for an unstable queue.</summary>
    public double MeanNumberWaiting => IsStable ? ArrivalsPerSecond * MeanWaitSeconds : double.PositiveInfinity;

    /// <summary>Mean number of customers waiting or in service, by Little's law; positive infinity for an unstable queue.</summary>
    public double MeanNumberInSystem => IsStable ? ArrivalsPerSecond * MeanSojournSeconds : double.PositiveInfinity;

    /// <summary>The M/M/1 queue: exponential services.</summary>
    /// <param name="arrivalsPerSecond">Arrival rate, 1/s, at least 0.</param>
    /// <param name="servicesPerSecond">Service rate, 1/s, positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is NaN, infinite or out of range.</exception>
    public static SingleServerQueue ExponentialService(double arrivalsPerSecond, double servicesPerSecond) => new(arrivalsPerSecond, servicesPerSecond, 1.0);

    /// <summary>The M/D/1 queue: every service takes the same time.</summary>
    /// <param name="arrivalsPerSecond">Arrival rate, 1/s, at least 0.</param>
    /// <param name="servicesPerSecond">Service rate, 1/s, positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is NaN, infinite or out of range.</exception>
    public static SingleServerQueue ConstantService(double arrivalsPerSecond, double servicesPerSecond) => new(arrivalsPerSecond, servicesPerSecond, 0.0);
}
