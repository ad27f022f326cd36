namespace EdgeSplit.Core.Wireless.LinkAdaptation;

/// <summary>From the signal-to-noise ratio of a block to the spectral efficiency that the link yields in it.</summary>
/// <remarks>Implementations are immutable and safe to use from any thread. The efficiency does not fall as the SNR rises.</remarks>
public interface IRateLaw
{
    /// <summary>The largest efficiency, bit/s/Hz, positive; positive infinity where there is no ceiling.</summary>
    double MaximumSpectralEfficiency { get; }

    /// <summary>Spectral efficiency at an SNR, bit/s/Hz, at least 0.</summary>
    /// <param name="snrLinear">Linear (not dB) signal-to-noise ratio per symbol, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The SNR is NaN or negative.</exception>
    double SpectralEfficiency(double snrLinear);

    /// <summary>Turns the SNR of many blocks into efficiencies in place: the values of <see cref="SpectralEfficiency"/>.</summary>
    /// <param name="values">Linear SNR on entry, bit/s/Hz on return; shape [blocks].</param>
    /// <exception cref="ArgumentOutOfRangeException">An SNR is NaN or negative.</exception>
    void SpectralEfficiencies(Span<double> values)
    {
        foreach (ref var value in values)
        {
            value = SpectralEfficiency(value);
        }
    }
}
