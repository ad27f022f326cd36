using System.Collections.Immutable;

namespace EdgeSplit.Core.Wireless.Fading;

/// <summary>The taps of a multipath channel: at which delays which part of the power arrives.</summary>
/// <remarks>Immutable, so safe to share between threads. Source: A. F. Molisch, <i>Wireless Communications</i>, 2nd ed., Wiley 2011, section 6.5.</remarks>
public sealed class PowerDelayProfile
{
    /// <summary>The largest number of taps.</summary>
    public const int LargestTapCount = 64;

    /// <summary>A profile of explicit taps.</summary>
    /// <param name="delaysSeconds">Delay of each tap, seconds, at least 0; 1 to <see cref="LargestTapCount"/> taps. A direct path arrives with the first.</param>
    /// <param name="powersLinear">Power of each tap, linear (not dB), positive, in any unit: they are divided by their sum. Shape as the delays.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN, infinite or out of range, or the shapes differ.</exception>
    public PowerDelayProfile(ReadOnlySpan<double> delaysSeconds, ReadOnlySpan<double> powersLinear)
    {
        Guard.InRange(delaysSeconds.Length, 1, LargestTapCount, nameof(delaysSeconds));
        Guard.SameLength(powersLinear.Length, delaysSeconds.Length);
        var (delays, powers) = (ImmutableArray.CreateBuilder<double>(delaysSeconds.Length), ImmutableArray.CreateBuilder<double>(powersLinear.Length));
        var sum = 0.0;
        for (var i = 0; i < delaysSeconds.Length; i++)
        {
            delays.Add(Guard.NonNegative(delaysSeconds[i], nameof(delaysSeconds)));
            sum += Guard.Positive(powersLinear[i], nameof(powersLinear));
        }

        Guard.Positive(sum, nameof(powersLinear));
        foreach (var power in powersLinear)
        {
            powers.Add(power / sum);
        }

        (DelaysSeconds, PowersLinear) = (delays.MoveToImmutable(), powers.MoveToImmutable());
        for (var i = 0; i < delaysSeconds.Length; i++)
        {
            MeanDelaySeconds += PowersLinear[i] * DelaysSeconds[i];
        }

        var variance = 0.0;
        for (var i = 0; i < delaysSeconds.Length; i++)
        {
            variance += PowersLinear[i] * (DelaysSeconds[i] - MeanDelaySeconds) * (DelaysSeconds[i] - MeanDelaySeconds);
        }

        RmsDelaySpreadSeconds = Math.Sqrt(variance);
    }

    /// <summary>Delay of each tap, seconds; shape [taps].</summary>
    public ImmutableArray<double> DelaysSeconds { get; }

    /// <summary>Power of each tap, linear, sum 1; shape [taps].</summary>
    public ImmutableArray<double> PowersLinear { get; }

    /// <summary>Mean delay, weighted with the power, seconds.</summary>
    public double MeanDelaySeconds { get; }

    /// <summary>Standard deviation of the delay, weighted with the power, seconds. The coherence bandwidth is of the order of 1 / (5 times it).</summary>
    public double RmsDelaySpreadSeconds { get; }

    /// <summary>A profile whose power falls exponentially with delay, by taps of equal power at the middles of equal shares of it, of exactly the given delay spread.</summary>
    /// <param name="rmsDelaySpreadSeconds">Delay spread, seconds, at least 0; 0 is flat fading.</param>
    /// <param name="taps">Number of taps, in [2, <see cref="LargestTapCount"/>]; 12 if omitted.</param>
    /// <remarks>Taps at even distances would make the channel periodic in frequency, so that distant subbands could fade as one; these distances grow with delay. Each tap is a path of its own,
    /// so that no few of them rule the band.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN, infinite or out of range.</exception>
    public static PowerDelayProfile Exponential(double rmsDelaySpreadSeconds, int taps = 12)
    {
        Guard.NonNegative(rmsDelaySpreadSeconds);
        Guard.InRange(taps, 2, LargestTapCount);
        var (delays, powers) = (new double[taps], new double[taps]);
        for (var i = 0; i < taps; i++)
        {
            (delays[i], powers[i]) = (-Math.Log(1 - ((i + 0.5) / taps)), 1.0);
        }

        var scale = rmsDelaySpreadSeconds / new PowerDelayProfile(delays, powers).RmsDelaySpreadSeconds;
        for (var i = 0; i < taps; i++)
        {
            delays[i] *= scale;
        }

        return new PowerDelayProfile(delays, powers);
    }

    /// <summary>Correlation of the power gains at two frequencies under Rayleigh fading: |sum of p exp(-j 2 pi df tau)|^2.</summary>
    /// <param name="offsetHz">Distance df of the frequencies, hertz, finite.</param>
    /// <returns>In [0, 1]; 1 at 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The distance is NaN or infinite.</exception>
    public double FrequencyCorrelation(double offsetHz)
    {
        Guard.Finite(offsetHz);
        var (real, imaginary) = (0.0, 0.0);
        for (var i = 0; i < DelaysSeconds.Length; i++)
        {
            var (sine, cosine) = SineOfCycles.Evaluate(offsetHz * DelaysSeconds[i]);
            real += PowersLinear[i] * cosine;
            imaginary -= PowersLinear[i] * sine;
        }

        return Math.Min(1.0, (real * real) + (imaginary * imaginary));
    }
}
