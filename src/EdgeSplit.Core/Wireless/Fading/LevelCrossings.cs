using MathNet.Numerics;

namespace EdgeSplit.Core.Wireless.Fading;

/// <summary>How often a gain falls through a level, and for how long it stays below: second-order statistics of fading under a Clarke spectrum.</summary>
/// <remarks>
/// <para>A level is a power gain g relative to the mean, so that the amplitude ratio of the literature is rho = sqrt(g). Identity: rate times average fade
/// duration is the outage probability, whatever the law.</para>
/// <para>The laws hold for a continuous channel. Counts on a grid of T seconds miss the shortest fades: with Rayleigh fading at a margin of 10 dB 0.11 % of them at
/// fd T = 0.01, 3.0 % at 0.05, 14.8 % at 0.1; <see cref="SampledRayleighRateHz"/> has the exact count. Fades then last longer by the same factor.</para>
/// <para>Stateless, so safe to use from any thread. Sources: S. O. Rice, "Statistical properties of a sine wave plus random noise", Bell System Technical Journal 27(1), 1948;
/// M. D. Yacoub, J. E. Vargas Bautista, L. G. de Rezende Guedes, "On higher order statistics of the Nakagami-m distribution", IEEE Trans. Vehicular Technology 48(3), 1999.</para>
/// </remarks>
public static class LevelCrossings
{
    /// <summary>Downward crossings per second under Nakagami fading: sqrt(2 pi) fd m^(m - 1/2) / Gamma(m) rho^(2m - 1) exp(-m rho^2).</summary>
    /// <param name="fading">The law; m = 1 is Rayleigh fading.</param>
    /// <param name="powerGainLinear">Level, power gain, linear (not dB), positive.</param>
    /// <param name="maximumShiftHz">Maximum Doppler shift fd, hertz, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN, infinite or out of range.</exception>
    /// <exception cref="ArgumentNullException">The law is null.</exception>
    public static double RateHz(NakagamiFading fading, double powerGainLinear, double maximumShiftHz)
    {
        ArgumentNullException.ThrowIfNull(fading);
        var (shape, level) = (fading.Shape, Guard.Positive(powerGainLinear));
        var exponent = ((shape - 0.5) * Math.Log(shape * level)) - SpecialFunctions.GammaLn(shape) - (shape * level);
        return Math.Sqrt(2.0 * Math.PI) * Guard.NonNegative(maximumShiftHz) * Math.Exp(exponent);
    }

    /// <summary>Downward crossings per second under Rician fading whose direct path has no Doppler shift:
    /// sqrt(2 pi (K + 1)) fd rho exp(-K - (K + 1) rho^2) I0(2 rho sqrt(K (K + 1))).</summary>
    /// <param name="fading">The law; K = 0 is Rayleigh fading.</param>
    /// <param name="powerGainLinear">Level, power gain, linear (not dB), positive.</param>
    /// <param name="maximumShiftHz">Maximum Doppler shift fd, hertz, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN, infinite or out of range.</exception>
    /// <exception cref="ArgumentNullException">The law is null.</exception>
    public static double RateHz(RicianFading fading, double powerGainLinear, double maximumShiftHz)
    {
        ArgumentNullException.ThrowIfNull(fading);
        var direct = Math.Sqrt(fading.KFactorLinear);
        var level = Math.Sqrt((fading.KFactorLinear + 1.0) * Guard.Positive(powerGainLinear));
        return Math.Sqrt(2.0 * Math.PI) * Guard.NonNegative(maximumShiftHz) * level
            * Math.Exp(-(level - direct) * (level - direct)) * BesselFunctions.ScaledI0(2.0 * level * direct);
    }

    /// <summary>Average fade duration under Nakagami fading, seconds: outage probability over crossing rate.</summary>
    /// <param name="fading">The law; m = 1 is Rayleigh fading.</param>
    /// <param name="powerGainLinear">Level, power gain, linear (not dB), positive.</param>
    /// <param name="maximumShiftHz">Maximum Doppler shift fd, hertz, positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN, infinite or out of range.</exception>
    /// <exception cref="ArgumentNullException">The law is null.</exception>
    public static double AverageFadeSeconds(NakagamiFading fading, double powerGainLinear, double maximumShiftHz)
    {
        ArgumentNullException.ThrowIfNull(fading);
        return fading.CumulativeProbability(powerGainLinear) / RateHz(fading, powerGainLinear, Guard.Positive(maximumShiftHz));
    }

    /// <summary>Average fade duration under Rician fading whose direct path has no Doppler shift, seconds: outage probability over crossing rate.</summary>
    /// <param name="fading">The law; K = 0 is Rayleigh fading.</param>
    /// <param name="powerGainLinear">Level, power gain, linear (not dB), positive.</param>
    /// <param name="maximumShiftHz">Maximum Doppler shift fd, hertz, positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN, infinite or out of range.</exception>
    /// <exception cref="ArgumentNullException">The law is null.</exception>
    public static double AverageFadeSeconds(RicianFading fading, double powerGainLinear, double maximumShiftHz)
    {
        ArgumentNullException.ThrowIfNull(fading);
        return fading.CumulativeProbability(powerGainLinear) / RateHz(fading, powerGainLinear, Guard.Positive(maximumShiftHz));
    }

    /// <summary>Crossings per second that are seen where a Rayleigh channel of a Clarke spectrum is sampled: P(good, then bad) / T, from the bivariate law of neighbouring samples.</summary>
    /// <param name="powerGainLinear">Level, power gain, linear (not dB), positive.</param>
    /// <param name="maximumShiftHz">Maximum Doppler shift fd, hertz, at least 0.</param>
    /// <param name="sampleSeconds">Distance T of the samples, seconds, positive.</param>
    /// <remarks>For a first-order autoregressive channel of correlation rho it is the law itself: see <see cref="TwoStateFading"/> with that rho.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN, infinite or out of range.</exception>
    public static double SampledRayleighRateHz(double powerGainLinear, double maximumShiftHz, double sampleSeconds)
    {
        var chain = TwoStateFading.FromDoppler(1.0 / Guard.Positive(powerGainLinear), maximumShiftHz, sampleSeconds);
        return (1.0 - chain.OutageProbability) * chain.GoodToBadProbability / sampleSeconds;
    }
}
