using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.LinkAdaptation;

namespace EdgeSplit.Core.Wireless.Fading;

/// <summary>Small-scale fading: the random power gain of a flat channel in one coherence block, mean 1.</summary>
/// <remarks>Implementations are immutable and safe to use from any thread. Gains of different blocks are independent. Only
/// <see cref="Sample"/> and <see cref="CumulativeProbability"/> must be written; the rest follows from them and may be replaced by
/// something faster that gives the same values.</remarks>
public interface IFadingModel
{
    /// <summary>Draws one power gain.</summary>
    /// <param name="random">The source to draw from; equal sources give equal gains.</param>
    /// <returns>Power gain, linear (not dB), at least 0, mean 1.</returns>
    double Sample(ref RandomSource random);

    /// <summary>The probability that the power gain is at most a value: the outage at a fade margin of 1 / value.</summary>
    /// <param name="powerGainLinear">Power gain, linear, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The gain is NaN or negative.</exception>
    double CumulativeProbability(double powerGainLinear);

    /// <summary>The gains of consecutive coherence blocks of one link: gain i is the first draw of RandomSource(key, entity, firstBlock + i, 0).</summary>
    /// <param name="key">Stream of this fading process.</param>
    /// <param name="entity">The link, for example the number of the device.</param>
    /// <param name="firstBlock">Number of the first block.</param>
    /// <param name="powerGainsLinear">Receives one gain per block, linear, mean 1.</param>
    void FillGains(StreamKey key, ulong entity, ulong firstBlock, Span<double> powerGainsLinear)
    {
        for (var i = 0; i < powerGainsLinear.Length; i++)
        {
            var random = new RandomSource(key, entity, firstBlock + (ulong)i, 0);
            powerGainsLinear[i] = Sample(ref random);
        }
    }

    /// <summary>Mean spectral efficiency over the fading, bit/s/Hz: what a long transfer gets per second and hertz.</summary>
    /// <param name="meanSnrLinear">SNR at gain 1, linear (not dB), at least 0.</param>
    /// <param name="rate">Law from SNR to spectral efficiency.</param>
    /// <exception cref="ArgumentOutOfRangeException">The SNR is NaN, infinite or negative.</exception>
    /// <exception cref="ArgumentNullException">The rate is null.</exception>
    double ErgodicSpectralEfficiency(double meanSnrLinear, IRateLaw rate) =>
        FadingQuadrature.FromCumulativeProbability(this, meanSnrLinear, rate);
}
