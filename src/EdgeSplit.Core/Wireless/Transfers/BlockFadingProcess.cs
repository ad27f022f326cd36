using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Fading;
using EdgeSplit.Core.Wireless.LinkAdaptation;

namespace EdgeSplit.Core.Wireless.Transfers;

/// <summary>Block fading: in each coherence block one independent gain, an SNR and from it a spectral efficiency.</summary>
/// <remarks>
/// <para>Block b has SNR = mean SNR * g with g the first draw of RandomSource(key, entity, b, 0): a pure function of the block, so that
/// probing one block moves no other, and more draws elsewhere move nothing here.</para>
/// <para>A message longer than a block sees several gains. The coherence time to use as block is a choice, see <see cref="Doppler"/>.</para>
/// <para>Immutable, so safe to share between threads.</para>
/// </remarks>
/// <param name="Key">Stream of the fading draws.</param>
/// <param name="Entity">The link, for example the number of the device.</param>
/// <param name="MeanSnrLinear">SNR at gain 1, linear (not dB), at least 0 and finite.</param>
/// <param name="Fading">Law of the power gain.</param>
/// <param name="Rate">Law from SNR to spectral efficiency.</param>
/// <param name="BlockSeconds">Coherence time, seconds, positive.</param>
public sealed record BlockFadingProcess(
    StreamKey Key, ulong Entity, double MeanSnrLinear, IFadingModel Fading, IRateLaw Rate, double BlockSeconds) : IEfficiencyProcess, ISnrProcess
{
    /// <summary>SNR at gain 1, linear (not dB).</summary>
    public double MeanSnrLinear { get; } = Guard.NonNegative(MeanSnrLinear);

    /// <summary>Law of the power gain.</summary>
    public IFadingModel Fading { get; } = Fading ?? throw new ArgumentNullException(nameof(Fading));

    /// <summary>Law from SNR to spectral efficiency.</summary>
    public IRateLaw Rate { get; } = Rate ?? throw new ArgumentNullException(nameof(Rate));

    /// <inheritdoc/>
    public double BlockSeconds { get; } = Guard.Positive(BlockSeconds);

    /// <summary>Mean efficiency over the fading, bit/s/Hz: what a long transfer gets.</summary>
    public double ErgodicSpectralEfficiency() => Fading.ErgodicSpectralEfficiency(MeanSnrLinear, Rate);

    /// <inheritdoc/>
    public void Fill(long firstBlock, Span<double> spectralEfficiency)
    {
        FillSnr(firstBlock, spectralEfficiency);
        Rate.SpectralEfficiencies(spectralEfficiency);
    }

    /// <summary>The SNR of consecutive blocks, linear: the state from which <see cref="Fill"/> derives the efficiency.</summary>
    /// <param name="firstBlock">Number of the first block, at least 0.</param>
    /// <param name="snrLinear">Receives one value per block, linear (not dB).</param>
    /// <exception cref="ArgumentOutOfRangeException">The first block is negative.</exception>
    public void FillSnr(long firstBlock, Span<double> snrLinear)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstBlock);
        Fading.FillGains(Key, Entity, (ulong)firstBlock, snrLinear);
        foreach (ref var value in snrLinear)
        {
            value *= MeanSnrLinear;
        }
    }
}
