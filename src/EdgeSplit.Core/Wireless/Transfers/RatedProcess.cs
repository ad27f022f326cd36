using EdgeSplit.Core.Wireless.LinkAdaptation;

namespace EdgeSplit.Core.Wireless.Transfers;

/// <summary>The spectral efficiency that a rate law makes of an SNR, block by block: adaptation that knows the present SNR.</summary>
/// <remarks>As safe to share between threads as the SNR process.</remarks>
/// <param name="Snr">SNR over time.</param>
/// <param name="Rate">Law from SNR to spectral efficiency.</param>
public sealed record RatedProcess(ISnrProcess Snr, IRateLaw Rate) : IEfficiencyProcess, ISnrProcess
{
    /// <summary>SNR over time.</summary>
    public ISnrProcess Snr { get; } = Snr ?? throw new ArgumentNullException(nameof(Snr));

    /// <summary>Law from SNR to spectral efficiency.</summary>
    public IRateLaw Rate { get; } = Rate ?? throw new ArgumentNullException(nameof(Rate));

    /// <inheritdoc cref="IEfficiencyProcess.BlockSeconds"/>
    public double BlockSeconds => Snr.BlockSeconds;

    /// <inheritdoc/>
    public void Fill(long firstBlock, Span<double> spectralEfficiency)
    {
        Snr.FillSnr(firstBlock, spectralEfficiency);
        Rate.SpectralEfficiencies(spectralEfficiency);
    }

    /// <inheritdoc/>
    public void FillSnr(long firstBlock, Span<double> snrLinear) => Snr.FillSnr(firstBlock, snrLinear);
}
