using System.Runtime.Intrinsics;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Core.Wireless.Transport;

/// <summary>Analogue transmission without coding: the receiver gets every value, with Gaussian noise on it.</summary>
/// <remarks>
/// <para>Each value receives independent noise of the variance signal power over SNR, the signal power being the mean square of the values. So it is where the
/// receiver has taken the channel gain away; with fading, the SNR is the mean SNR times the gain of the block.</para>
/// <para>The noise of value i is the first draw of RandomSource(key, entity, i, message), a pure function of its address: no value moves another, and any
/// portion of a message may be treated alone. Allocates nothing. Stateless, so safe to use from any thread.</para>
/// </remarks>
public static class ReceiverNoise
{
    private const int ValuesAtOnce = 256;

    private static readonly NormalDistribution Standard = new(0, 1);

    /// <summary>Adds noise to all values of a message, at an SNR relative to the power that they have.</summary>
    /// <param name="values">The values; finite. They are replaced by what is received.</param>
    /// <param name="snrLinear">SNR, linear (not dB), positive; positive infinity leaves the values as they are.</param>
    /// <param name="key">Stream of the noise.</param>
    /// <param name="entity">The link.</param>
    /// <param name="message">Number of the message or of its coherence block.</param>
    /// <exception cref="ArgumentOutOfRangeException">The SNR is NaN or not positive, or a value is not finite.</exception>
    public static void Add(Span<float> values, double snrLinear, StreamKey key, ulong entity, ulong message) =>
        Add(values, snrLinear, SignalPower(values), key, entity, message);

    /// <summary>Adds noise to values of a message, at an SNR relative to a given power.</summary>
    /// <param name="values">The values. They are replaced by what is received.</param>
    /// <param name="snrLinear">SNR, linear (not dB), positive; positive infinity leaves the values as they are.</param>
    /// <param name="signalPower">Power that the SNR refers to: mean square of the values, at least 0; 0 means no noise.</param>
    /// <param name="key">Stream of the noise.</param>
    /// <param name="entity">The link.</param>
    /// <param name="message">Number of the message or of its coherence block.</param>
    /// <param name="firstValue">Number of the first of these values in the message; 0 if omitted.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN or out of range.</exception>
    public static void Add(
        Span<float> values, double snrLinear, double signalPower, StreamKey key, ulong entity, ulong message, ulong firstValue = 0)
    {
        if (!double.IsPositiveInfinity(snrLinear))
        {
            Guard.Positive(snrLinear);
        }

        var deviation = Math.Sqrt(Guard.NonNegative(signalPower) / snrLinear);
        if (deviation == 0)
        {
            return;
        }

        Span<double> noise = stackalloc double[ValuesAtOnce];
        for (var done = 0; done < values.Length; done += ValuesAtOnce)
        {
            var portion = values[done..Math.Min(done + ValuesAtOnce, values.Length)];
            BlockVariates.FillNormal(key, entity, firstValue + (ulong)done, Standard, noise[..portion.Length], message);
            for (var i = 0; i < portion.Length; i++)
            {
                portion[i] = (float)(portion[i] + (deviation * noise[i]));
            }
        }
    }

    /// <summary>Mean square of values: the signal power that an SNR refers to; 0 for no values.</summary>
    /// <param name="values">The values; finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is NaN or infinite.</exception>
    public static double SignalPower(ReadOnlySpan<float> values)
    {
        var sums = Vector512<double>.Zero; // always eight lanes, so that the sum has the same bits on every processor
        var rest = values;
        for (; rest.Length >= Vector256<float>.Count; rest = rest[Vector256<float>.Count..])
        {
            var eight = Vector256.Create(rest);
            var wide = Vector512.Create(Vector256.WidenLower(eight), Vector256.WidenUpper(eight));
            sums += wide * wide;
        }

        var sum = 0.0;
        foreach (var value in rest)
        {
            sum += (double)value * value;
        }

        for (var lane = 0; lane < Vector512<double>.Count; lane++)
        {
            sum += sums[lane];
        }

        Guard.Finite(sum, nameof(values));
        return values.IsEmpty ? 0 : sum / values.Length;
    }

    /// <summary>SNR after several independent noises, for example of the channel and of quantisation: 1/SNR is the sum of their 1/SNR.</summary>
    /// <param name="snrsLinear">SNR of each noise alone, linear (not dB), at least 0; positive infinity is no noise.</param>
    /// <returns>The SNR of all together, linear (not dB), at most the smallest of them; positive infinity for no noise at all.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An SNR is NaN or negative.</exception>
    public static double CombinedSnrLinear(params ReadOnlySpan<double> snrsLinear)
    {
        var noiseToSignal = 0.0;
        foreach (var snrLinear in snrsLinear)
        {
            noiseToSignal += 1 / Guard.InRange(snrLinear, 0.0, double.PositiveInfinity, nameof(snrsLinear));
        }

        return 1 / noiseToSignal;
    }
}
