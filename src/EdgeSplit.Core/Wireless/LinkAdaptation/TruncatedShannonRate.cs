namespace EdgeSplit.Core.Wireless.LinkAdaptation;

/// <summary>Attenuated and truncated Shannon law: a share of capacity above a least SNR, up to a ceiling.</summary>
/// <remarks>
/// <para>Efficiency = min(ceiling, factor log2(1 + snr)) from the least SNR on, 0 below it.</para>
/// <para>Immutable, so safe to share between threads. Source: 3GPP TR 36.942 annex A.2, for a 1x2 antenna configuration with HARQ.</para>
/// </remarks>
/// <param name="AttenuationFactor">Share of capacity, in (0, 1].</param>
/// <param name="MinimumSnrDb">SNR below which nothing gets through, dB, finite.</param>
/// <param name="MaximumSpectralEfficiency">Ceiling, bit/s/Hz, positive; positive infinity for none.</param>
public sealed record TruncatedShannonRate(double AttenuationFactor, double MinimumSnrDb, double MaximumSpectralEfficiency) : IRateLaw
{
    private const int Portion = 64;

    private readonly double _minimumSnrLinear = Decibels.ToLinear(MinimumSnrDb);

    /// <summary>Downlink: factor 0.6 from -10 dB on, ceiling 4.4 bit/s/Hz.</summary>
    public static TruncatedShannonRate Downlink { get; } = new(0.6, -10.0, 4.4);

    /// <summary>Uplink: factor 0.4 from -10 dB on, ceiling 2.0 bit/s/Hz.</summary>
    public static TruncatedShannonRate Uplink { get; } = new(0.4, -10.0, 2.0);

    /// <summary>Share of capacity.</summary>
    public double AttenuationFactor { get; } = Guard.InRange(AttenuationFactor, double.Epsilon, 1.0);

    /// <summary>SNR below which nothing gets through, dB.</summary>
    public double MinimumSnrDb { get; } = Guard.Finite(MinimumSnrDb);

    /// <summary>Ceiling, bit/s/Hz; positive infinity for none.</summary>
    public double MaximumSpectralEfficiency { get; } = Guard.InRange(MaximumSpectralEfficiency, double.Epsilon, double.PositiveInfinity);

    /// <inheritdoc/>
    public double SpectralEfficiency(double snrLinear) => Truncated(snrLinear, ShannonRate.Capacity.SpectralEfficiency(snrLinear));

    /// <inheritdoc/>
    public void SpectralEfficiencies(Span<double> values)
    {
        Span<double> capacities = stackalloc double[Portion];
        for (; !values.IsEmpty; values = values[Math.Min(Portion, values.Length)..])
        {
            var portion = values[..Math.Min(Portion, values.Length)];
            portion.CopyTo(capacities);
            ShannonRate.Capacity.SpectralEfficiencies(capacities[..portion.Length]);
            for (var i = 0; i < portion.Length; i++)
            {
                portion[i] = Truncated(portion[i], capacities[i]);
            }
        }
    }

    private double Truncated(double snrLinear, double capacity) =>
        snrLinear < _minimumSnrLinear ? 0.0 : Math.Min(MaximumSpectralEfficiency, AttenuationFactor * capacity);
}
