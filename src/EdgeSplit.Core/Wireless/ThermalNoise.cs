namespace EdgeSplit.Core.Wireless;

/// <summary>Thermal noise of a receiver before its noise figure: power density k T and power k T B.</summary>
/// <remarks>
/// <para>Two conventions are in use. This library's default is the exact k T0 at T0 = 290 K, <see cref="DensityDbmPerHz"/>(290) =
/// -173.975187 dBm/Hz, with k = 1.380649e-23 J/K (SI, exact). Many texts round to <see cref="RoundedDensityDbmPerHz"/> = -174 dBm/Hz.
/// They differ by 0.0248 dB; set <see cref="LinkBudget.NoiseDensityDbmPerHz"/> to compare with figures that use the other.</para>
/// <para>Stateless, hence safe to use from any thread.</para>
/// </remarks>
public static class ThermalNoise
{
    /// <summary>The reference temperature T0 of noise figures, 290 K (IEEE definition).</summary>
    public const double ReferenceTemperatureKelvin = 290.0;

    /// <summary>The rounded convention, -174 dBm/Hz.</summary>
    public const double RoundedDensityDbmPerHz = -174.0;

    /// <summary>The exact density at <see cref="ReferenceTemperatureKelvin"/>, -173.975187 dBm/Hz: the default of <see cref="LinkBudget"/>.</summary>
    public static double ReferenceDensityDbmPerHz { get; } = DensityDbmPerHz(ReferenceTemperatureKelvin);

    /// <summary>The noise power density k T, in dBm per hertz.</summary>
    /// <param name="temperatureKelvin">Temperature in kelvin, positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">The temperature is NaN, infinite or not positive.</exception>
    public static double DensityDbmPerHz(double temperatureKelvin) =>
        Decibels.FromLinear(PhysicalConstants.BoltzmannJoulesPerKelvin * Guard.Positive(temperatureKelvin)) + 30.0;

    /// <summary>The noise power k T B in a bandwidth, in dBm.</summary>
    /// <param name="bandwidthHz">Bandwidth in hertz, positive.</param>
    /// <param name="temperatureKelvin">Temperature in kelvin, positive; 290 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN, infinite or not positive.</exception>
    public static double PowerDbm(double bandwidthHz, double temperatureKelvin = ReferenceTemperatureKelvin) =>
        DensityDbmPerHz(temperatureKelvin) + Decibels.FromLinear(Guard.Positive(bandwidthHz));
}
