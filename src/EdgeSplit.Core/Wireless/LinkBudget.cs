using EdgeSplit.Core.Wireless.Fading;

namespace EdgeSplit.Core.Wireless;

/// <summary>The powers and gains of one direction of a link: from path loss to mean signal-to-noise ratio.</summary>
/// <remarks>
/// <para>SNR = transmit power + antenna gains - path loss - shadowing - other losses - noise, noise = density + 10 log10(bandwidth) +
/// noise figure, all in dB. Transmit power is the total over the bandwidth: the SNR of a power-limited uplink falls by 3.01 dB with each
/// doubling of <see cref="BandwidthHz"/>. Small-scale fading (<see cref="IFadingModel"/>) multiplies the linear SNR.</para>
/// <para>Immutable, so safe to share between threads; a <c>with</c> expression is checked like a construction.</para>
/// <para>Source: reference values UT power class 3, 23 dBm (3GPP TS 38.101-1); noise figures base station 5 dB and terminal 9 dB
/// (3GPP TR 38.901 Table 7.8-1).</para>
/// </remarks>
public sealed record LinkBudget
{
    /// <summary>Total transmit power, dBm.</summary>
    /// <value>Any finite value; a handheld terminal of power class 3 has 23.</value>
    public required double TransmitPowerDbm { get; init => field = Guard.Finite(value, nameof(TransmitPowerDbm)); }

    /// <summary>Transmit antenna gain, dBi.</summary>
    /// <value>Any finite value; default 0.</value>
    public double TransmitAntennaGainDb { get; init => field = Guard.Finite(value, nameof(TransmitAntennaGainDb)); }

    /// <summary>Receive antenna gain, dBi.</summary>
    /// <value>Any finite value; default 0.</value>
    public double ReceiveAntennaGainDb { get; init => field = Guard.Finite(value, nameof(ReceiveAntennaGainDb)); }

    /// <summary>All further losses: cable, body, penetration, interference margin, dB.</summary>
    /// <value>At least 0; default 0.</value>
    public double OtherLossDb { get; init => field = Guard.NonNegative(value, nameof(OtherLossDb)); }

    /// <summary>Noise figure of the receiver, dB.</summary>
    /// <value>At least 0; 5 is usual for a base station, 9 for a terminal.</value>
    public required double NoiseFigureDb { get; init => field = Guard.NonNegative(value, nameof(NoiseFigureDb)); }

    /// <summary>Bandwidth over which power is sent and noise received, hertz.</summary>
    /// <value>Positive.</value>
    public required double BandwidthHz { get; init => field = Guard.Positive(value, nameof(BandwidthHz)); }

    /// <summary>Thermal noise density, dBm per hertz.</summary>
    /// <value>Finite; default <see cref="ThermalNoise.ReferenceDensityDbmPerHz"/>, the exact k T0 at 290 K (-173.975187), not the rounded -174.</value>
    public double NoiseDensityDbmPerHz { get; init => field = Guard.Finite(value, nameof(NoiseDensityDbmPerHz)); } = ThermalNoise.ReferenceDensityDbmPerHz;

    /// <summary>Noise power in the bandwidth including the noise figure, dBm.</summary>
    public double NoisePowerDbm => NoiseDensityDbmPerHz + Decibels.FromLinear(BandwidthHz) + NoiseFigureDb;

    /// <summary>The whole budget for one path loss and one shadowing value.</summary>
    /// <param name="pathLossDb">Path loss, dB, finite; positive is a loss.</param>
    /// <param name="shadowingDb">Shadow fading, dB, finite; positive is a loss.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or infinite.</exception>
    public LinkBudgetBreakdown Evaluate(double pathLossDb, double shadowingDb) => new(
        TransmitPowerDbm,
        TransmitAntennaGainDb,
        ReceiveAntennaGainDb,
        Guard.Finite(pathLossDb),
        Guard.Finite(shadowingDb),
        OtherLossDb,
        NoisePowerDbm);
}
