namespace EdgeSplit.Core.Queueing;

/// <summary>The G/G/1 queue with independent interarrival and service times of any law: a bound and an approximation of its mean wait.</summary>
/// <remarks>
/// <para>The two formulas carry Kingman's name and are not the same thing. <see cref="KingmanUpperBoundSeconds"/> is never below the true mean
/// wait. <see cref="HeavyTrafficApproximationSeconds"/> is exact for Poisson arrivals (Ca^2 = 1) and as the load nears 1; elsewhere it may lie on
/// either side of the truth and bounds nothing.</para>
/// <para>A queue with lambda at or above mu has no steady state: both are positive infinity.</para>
/// <para>Immutable, so safe to share between threads. Sources: J. F. C. Kingman, "The single server queue in heavy traffic", Proc. Cambridge
/// Philosophical Society 57(4), 1961, pp. 902-904; the same, "Some inequalities for the queue GI/G/1", Biometrika 49, 1962, pp. 315-324.</para>
/// </remarks>
/// <param name="ArrivalsPerSecond">Arrival rate lambda, 1/s, positive.</param>
/// <param name="ServicesPerSecond">Service rate mu, 1/s, positive.</param>
/// <param name="ArrivalSquaredCoefficientOfVariation">Variance of the interarrival time over its squared mean, Ca^2, pure number, at least 0.</param>
/// <param name="ServiceSquaredCoefficientOfVariation">Variance of the service time over its squared mean, Cs^2, pure number, at least 0.</param>
/// <exception cref="ArgumentOutOfRangeException">A parameter is NaN, infinite or out of range.</exception>
public sealed record RenewalQueue(
    double ArrivalsPerSecond, double ServicesPerSecond, double ArrivalSquaredCoefficientOfVariation, double ServiceSquaredCoefficientOfVariation)
{
    /// <summary>Arrival rate lambda, 1/s.</summary>
    public double ArrivalsPerSecond { get; } = Guard.Positive(ArrivalsPerSecond);

    /// <summary>Service rate mu, 1/s.</summary>
    public double ServicesPerSecond { get; } = Guard.Positive(ServicesPerSecond);

    /// <summary>Variance of the interarrival time over its squared mean, Ca^2.</summary>
    public double ArrivalSquaredCoefficientOfVariation { get; } = Guard.NonNegative(ArrivalSquaredCoefficientOfVariation);

    /// <summary>Variance of the service time over its squared mean, Cs^2.</summary>
    public double ServiceSquaredCoefficientOfVariation { get; } = Guard.NonNegative(ServiceSquaredCoefficientOfVariation);

    /// <summary>Utilisation rho = lambda / mu.</summary>
    public double Utilization => ArrivalsPerSecond / ServicesPerSecond;

    /// <summary>Whether the queue has a steady state: lambda below mu.</summary>
    public bool IsStable => ArrivalsPerSecond < ServicesPerSecond;

    /// <summary>Kingman's upper bound of the mean wait, lambda (var A + var S) / (2 (1 - rho)), seconds; positive infinity for an unstable queue.</summary>
    public double KingmanUpperBoundSeconds => IsStable
        ? ((ArrivalSquaredCoefficientOfVariation / Utilization) + (Utilization * ServiceSquaredCoefficientOfVariation))
            / (2.0 * (ServicesPerSecond - ArrivalsPerSecond))
        : double.PositiveInfinity;

    /// <summary>Kingman's heavy-traffic approximation of the mean wait, rho/(1 - rho) (Ca^2 + Cs^2)/2 / mu, seconds: no bound; positive infinity for an
    /// unstable queue.</summary>
    public double HeavyTrafficApproximationSeconds => IsStable
        ? Utilization * (ArrivalSquaredCoefficientOfVariation + ServiceSquaredCoefficientOfVariation) / (2.0 * (ServicesPerSecond - ArrivalsPerSecond))
        : double.PositiveInfinity;
}
