using EdgeSplit.Core.Wireless.Fading;
using EdgeSplit.Core.Wireless.LinkAdaptation;

namespace EdgeSplit.Core.Wireless.Transfers;

/// <summary>The effective SNR of a wideband channel: the SNRs of its subbands, mapped to the one flat SNR that serves as well.</summary>
/// <remarks>Lies between the least and the mean SNR of the subbands. Not thread-safe: it owns a buffer. Filling allocates nothing.</remarks>
public sealed class WidebandSnrProcess : ISnrProcess
{
    private const int Portion = 16;

    private readonly WidebandFading fading;
    private readonly double[] gains;

    /// <summary>Creates the process of a user who stands still.</summary>
    /// <param name="fading">Gains of the subbands over time.</param>
    /// <param name="meanSnrLinear">SNR at gain 1, linear (not dB), at least 0 and finite.</param>
    /// <param name="eesmBeta">Parameter of the exponential mapping, positive; null for the SNR of equal mean capacity.</param>
    /// <exception cref="ArgumentNullException">The fading is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN, infinite or out of range.</exception>
    public WidebandSnrProcess(WidebandFading fading, double meanSnrLinear, double? eesmBeta = null)
    {
        this.fading = fading ?? throw new ArgumentNullException(nameof(fading));
        MeanSnrLinear = Guard.NonNegative(meanSnrLinear);
        EesmBeta = eesmBeta is { } beta ? Guard.Positive(beta, nameof(eesmBeta)) : null;
        gains = new double[Portion * fading.Subbands];
    }

    /// <summary>SNR at gain 1, linear (not dB).</summary>
    public double MeanSnrLinear { get; }

    /// <summary>Parameter of the exponential mapping; null for the SNR of equal mean capacity.</summary>
    public double? EesmBeta { get; }

    /// <inheritdoc/>
    public double BlockSeconds => fading.BlockSeconds;

    /// <inheritdoc/>
    public void FillSnr(long firstBlock, Span<double> snrLinear)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstBlock);
        var subbands = fading.Subbands;
        for (var done = 0; done < snrLinear.Length; done += Portion)
        {
            var count = Math.Min(Portion, snrLinear.Length - done);
            var portion = gains.AsSpan(0, count * subbands);
            fading.FillGains(firstBlock + done, portion);
            for (var i = 0; i < count; i++)
            {
                snrLinear[done + i] = Effective(portion.Slice(i * subbands, subbands));
            }
        }
    }

    private double Effective(Span<double> subbandGains)
    {
        foreach (ref var value in subbandGains)
        {
            value *= MeanSnrLinear;
        }

        return EesmBeta is { } beta ? EffectiveSinr.Exponential(subbandGains, beta) : EffectiveSinr.Capacity(subbandGains);
    }
}
