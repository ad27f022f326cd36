using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.LinkAdaptation;

namespace EdgeSplit.Core.Wireless.Fading;

/// <summary>No fading: the power gain is always 1. The limit of <see cref="NakagamiFading"/> for an infinite shape.</summary>
/// <remarks>Immutable, so safe to share between threads. It takes no draws.</remarks>
public sealed record ConstantGain : IFadingModel
{
    /// <inheritdoc/>
    public double Sample(ref RandomSource random) => 1.0;

    /// <inheritdoc/>
    public double CumulativeProbability(double powerGainLinear) =>
        powerGainLinear >= 0
            ? powerGainLinear >= 1.0 ? 1.0 : 0.0
            : throw new ArgumentOutOfRangeException(nameof(powerGainLinear), powerGainLinear, "Must be at least 0.");

    /// <inheritdoc/>
    public void FillGains(StreamKey key, ulong entity, ulong firstBlock, Span<double> powerGainsLinear) => powerGainsLinear.Fill(1.0);

    /// <inheritdoc/>
    public double ErgodicSpectralEfficiency(double meanSnrLinear, IRateLaw rate)
    {
        ArgumentNullException.ThrowIfNull(rate);
        return rate.SpectralEfficiency(Guard.NonNegative(meanSnrLinear));
    }
}
