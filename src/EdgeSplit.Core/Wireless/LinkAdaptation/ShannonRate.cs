using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Core.Wireless.LinkAdaptation;

/// <summary>Spectral efficiency of an adaptive link: Shannon's law with an SNR gap and a ceiling.</summary>
/// <remarks>
/// <para>efficiency = min(ceiling, log2(1 + snr / gap)) in bit/s/Hz. A gap of 0 dB and an infinite ceiling are capacity itself. A gap of
/// 1.3 dB stands for an ideal receiver, 3.5 dB for a practical one; -ln(5 BER)/1.5 (7.43 dB at 5e-5) for uncoded QAM at a target bit
/// error rate. The ceiling is the best modulation and code rate, overhead taken off.</para>
/// <para>The logarithm is a fixed sequence of exactly rounded operations: a value has the same bits alone, among many, and on every processor.
/// It is within 2 ulp at every SNR, also at the smallest.</para>
/// <para>Immutable, so safe to share between threads.</para>
/// </remarks>
/// <param name="GapDb">SNR gap to capacity, dB, finite; 0 is capacity, larger is worse.</param>
/// <param name="MaximumSpectralEfficiency">Ceiling, bit/s/Hz, positive; positive infinity for none.</param>
public sealed record ShannonRate(double GapDb, double MaximumSpectralEfficiency) : IRateLaw
{
    private readonly double _inverseGapLinear = Decibels.ToLinear(-GapDb);

    /// <summary>Capacity: no gap, no ceiling.</summary>
    public static ShannonRate Capacity { get; } = new(0.0, double.PositiveInfinity);

    /// <summary>SNR gap to capacity, dB.</summary>
    public double GapDb { get; } = Guard.Finite(GapDb);

    /// <summary>Ceiling, bit/s/Hz; positive infinity for none.</summary>
    public double MaximumSpectralEfficiency { get; } = Guard.InRange(MaximumSpectralEfficiency, double.Epsilon, double.PositiveInfinity);

    /// <summary>The SNR gap of QAM at a target bit error rate, -ln(5 BER) / 1.5, in dB (7.4268 at 5e-5, 8.1970 at 1e-5).</summary>
    /// <param name="bitErrorRate">Target bit error rate, in (0, 0.2) exclusive.</param>
    /// <remarks>Source: A. J. Goldsmith and S.-G. Chua, "Variable-rate variable-power MQAM for fading channels", IEEE Trans. Commun.
    /// 45(10), 1997; the adaptive modulation model of ns-3 LTE.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The rate is NaN or outside (0, 0.2).</exception>
    public static double GapOfBitErrorRateDb(double bitErrorRate) =>
        Decibels.FromLinear(-Math.Log(5.0 * Guard.InRange(bitErrorRate, double.Epsilon, Math.BitDecrement(0.2))) / 1.5);

    /// <summary>Spectral efficiency at an instantaneous SNR, bit/s/Hz.</summary>
    /// <param name="snrLinear">Linear (not dB) signal-to-noise ratio, at least 0; infinity is allowed and gives the ceiling.</param>
    /// <exception cref="ArgumentOutOfRangeException">The SNR is NaN or negative.</exception>
    public double SpectralEfficiency(double snrLinear) => snrLinear >= 0
        ? Efficiency(new ScalarLane(snrLinear)).Value
        : throw new ArgumentOutOfRangeException(nameof(snrLinear), snrLinear, "Must be at least 0.");

    /// <inheritdoc/>
    public void SpectralEfficiencies(Span<double> values)
    {
        var done = WideLanes.IsSupported ? WideSpectralEfficiencies(values) : 0;
        foreach (ref var value in values[done..])
        {
            value = SpectralEfficiency(value);
        }
    }

    /// <summary>The smallest SNR that reaches an efficiency: the inverse of <see cref="SpectralEfficiency"/>, linear.</summary>
    /// <param name="spectralEfficiency">Efficiency, bit/s/Hz, in [0, <see cref="MaximumSpectralEfficiency"/>].</param>
    /// <exception cref="ArgumentOutOfRangeException">The efficiency is NaN or out of range.</exception>
    public double RequiredSnrLinear(double spectralEfficiency) =>
        (Math.Pow(2.0, Guard.InRange(spectralEfficiency, 0.0, MaximumSpectralEfficiency)) - 1.0) / _inverseGapLinear;

    /// <summary>min(ceiling, log2(1 + snr / gap)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T Efficiency<T>(T snrLinear)
        where T : struct, ILanes<T>
    {
        var ceiling = T.Broadcast(MaximumSpectralEfficiency);
        var capacity = FrozenFunctions.LogTwoOfOnePlus(snrLinear * T.Broadcast(_inverseGapLinear));
        return T.Select(T.LessOrEqual(capacity, ceiling), capacity, ceiling);
    }

    /// <summary>The whole vectors of a span; stops at the first that holds a number that is not allowed.</summary>
    /// <returns>How many values are done.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int WideSpectralEfficiencies(Span<double> values)
    {
        var done = 0;
        for (; done <= values.Length - WideLanes.Count; done += WideLanes.Count)
        {
            var snr = new WideLanes(Vector512.Create(values[done..]));
            if (!WideLanes.All(WideLanes.LessOrEqual(WideLanes.Broadcast(0), snr)))
            {
                break;
            }

            Efficiency(snr).Value.CopyTo(values[done..]);
        }

        return done;
    }
}
