using EdgeSplit.Core.Wireless.Fading;

namespace EdgeSplit.Core.Wireless.Transfers;

/// <summary>The SNR of a user who stands still: a constant mean times the gain of a fading process.</summary>
/// <remarks>As safe to share between threads as the fading process.</remarks>
/// <param name="Fading">Small-scale fading over time.</param>
/// <param name="MeanSnrLinear">SNR at gain 1, linear (not dB), at least 0 and finite.</param>
public sealed record FadingSnrProcess(IFadingProcess Fading, double MeanSnrLinear) : ISnrProcess
{
    /// <summary>Small-scale fading over time.</summary>
    public IFadingProcess Fading { get; } = Fading ?? throw new ArgumentNullException(nameof(Fading));

    /// <summary>SNR at gain 1, linear (not dB).</summary>
    public double MeanSnrLinear { get; } = Guard.NonNegative(MeanSnrLinear);

    /// <inheritdoc/>
    public double BlockSeconds => Fading.BlockSeconds;

    /// <inheritdoc/>
    public void FillSnr(long firstBlock, Span<double> snrLinear)
    {
        Fading.FillGains(firstBlock, snrLinear);
        foreach (ref var value in snrLinear)
        {
            value *= MeanSnrLinear;
        }
    }
}
