namespace EdgeSplit.Core.Wireless.Fading;

/// <summary>How fast a channel changes when a terminal moves: Doppler shift and coherence time.</summary>
/// <remarks>Stateless, hence safe to use from any thread. Speed of light exact. Source: T. S. Rappaport, <i>Wireless Communications</i>,
/// 2nd ed., section 5.4; R. H. Clarke, "A statistical theory of mobile-radio reception", Bell System Technical Journal 47(6), 1968.</remarks>
public static class Doppler
{
    /// <summary>The largest Doppler shift v fc / c, hertz.</summary>
    /// <param name="speedMetresPerSecond">Speed, m/s, at least 0.</param>
    /// <param name="carrierHz">Carrier frequency, hertz, positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN, infinite or out of range.</exception>
    public static double MaximumShiftHz(double speedMetresPerSecond, double carrierHz) =>
        Guard.NonNegative(speedMetresPerSecond) * Guard.Positive(carrierHz) / PhysicalConstants.SpeedOfLightMetresPerSecond;

    /// <summary>Coherence time by the geometric-mean rule, sqrt(9 / (16 pi)) / fd, rounded in all texts and here to 0.423 / fd, seconds.</summary>
    /// <param name="maximumShiftHz">Largest Doppler shift fd, hertz, positive.</param>
    /// <remarks>Block fading holds a gain for this long. The stricter rule is <see cref="HalfCorrelationCoherenceSeconds"/>.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The shift is NaN, infinite or not positive.</exception>
    public static double CoherenceSeconds(double maximumShiftHz) => 0.423 / Guard.Positive(maximumShiftHz);

    /// <summary>Coherence time by the 50 % correlation rule, 9 / (16 pi fd), seconds: 0.42 of <see cref="CoherenceSeconds"/>.</summary>
    /// <param name="maximumShiftHz">Largest Doppler shift fd, hertz, positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">The shift is NaN, infinite or not positive.</exception>
    public static double HalfCorrelationCoherenceSeconds(double maximumShiftHz) => 9.0 / (16.0 * Math.PI * Guard.Positive(maximumShiftHz));

    /// <summary>Autocorrelation of the complex channel under isotropic scattering (Clarke, Jakes): J0(2 pi fd lag), of mean square 1. The autocovariance of a Rayleigh power gain is
    /// its square.</summary>
    /// <param name="maximumShiftHz">Largest Doppler shift fd, hertz, at least 0.</param>
    /// <param name="lagSeconds">Distance in time, seconds, finite.</param>
    /// <returns>In [-0.403, 1]: it is negative at some lags.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN, infinite or out of range.</exception>
    public static double Autocorrelation(double maximumShiftHz, double lagSeconds) =>
        BesselFunctions.J0(2.0 * Math.PI * Guard.NonNegative(maximumShiftHz) * Guard.Finite(lagSeconds));
}
