using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.LinkAdaptation;

namespace EdgeSplit.Core.Wireless.Fading;

/// <summary>Nakagami-m block fading: the random power gain of a flat channel.</summary>
/// <remarks>
/// <para>The amplitude |h| is Nakagami(m, spread 1), hence the power gain g = |h|^2 is Gamma(shape m, scale 1/m): mean 1, variance 1/m
/// (the amount of fading). m = 1 is Rayleigh fading, m to infinity is no fading, m = 1/2, the smallest legal value, fades worst.</para>
/// <para>Path loss and shadowing are not part of it (see <see cref="LinkBudget"/>), nor is correlation in time: gains of different
/// coherence blocks are independent.</para>
/// <para>Immutable, so safe to share between threads; a <see cref="RandomSource"/> is not.</para>
/// <para>Source: M. Nakagami, "The m-distribution", in <i>Statistical Methods in Radio Wave Propagation</i>, Pergamon, 1960, pp. 3-36.</para>
/// </remarks>
/// <param name="Shape">Fading figure m, pure number, in [0.5, 1e6]: larger is steadier.</param>
public sealed record NakagamiFading(double Shape) : IFadingModel
{
    private readonly GammaDistribution _powerGain = new(Guard.InRange(Shape, 0.5, 1e6), 1.0 / Shape);

    /// <summary>Rayleigh fading, m = 1: many scattered paths, none dominant.</summary>
    public static NakagamiFading Rayleigh { get; } = new(1.0);

    /// <summary>Fading figure m: larger is steadier.</summary>
    public double Shape { get; } = Shape;

    /// <summary>Variance of the power gain over its squared mean: 1/m.</summary>
    public double AmountOfFading => 1.0 / Shape;

    /// <inheritdoc/>
    public double Sample(ref RandomSource random) => _powerGain.Sample(ref random);

    /// <inheritdoc/>
    /// <remarks>The regularised lower incomplete gamma function P(m, m g).</remarks>
    public double CumulativeProbability(double powerGainLinear) => powerGainLinear >= 0
        ? double.IsPositiveInfinity(powerGainLinear) ? 1.0 : _powerGain.CumulativeProbability(powerGainLinear)
        : throw new ArgumentOutOfRangeException(nameof(powerGainLinear), powerGainLinear, "Must be at least 0.");

    /// <inheritdoc/>
    public void FillGains(StreamKey key, ulong entity, ulong firstBlock, Span<double> powerGainsLinear) =>
        BlockVariates.FillGamma(key, entity, firstBlock, _powerGain, powerGainsLinear);

    /// <inheritdoc/>
    /// <remarks>By quadrature over the logarithm of the gain, accurate to 1e-9 relative for every m in range with a <see cref="ShannonRate"/> (a few microseconds, no allocation), to about 1e-3 with a law that has steps.</remarks>
    public double ErgodicSpectralEfficiency(double meanSnrLinear, IRateLaw rate) =>
        FadingQuadrature.Nakagami(this, meanSnrLinear, rate);
}
