using EdgeSplit.Core.Wireless.Fading;

namespace EdgeSplit.Core.Wireless;

/// <summary>Constants of nature that the link formulas use: exact values of the SI.</summary>
internal static class PhysicalConstants
{
    /// <summary>Speed of light in vacuum, m/s, exact. (TR 38.901 breakpoints use 3e8 instead; free space and Doppler do not.)</summary>
    internal const double SpeedOfLightMetresPerSecond = 299_792_458.0;

    /// <summary>Boltzmann constant, J/K, exact.</summary>
    internal const double BoltzmannJoulesPerKelvin = 1.380649e-23;
}
