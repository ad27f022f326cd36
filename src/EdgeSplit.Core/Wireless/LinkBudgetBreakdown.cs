namespace EdgeSplit.Core.Wireless;

/// <summary>Every term of a link budget, so that an implausible SNR can be traced to the gain or loss that caused it.</summary>
/// <remarks>The law: TransmitPower + TransmitAntennaGain + ReceiveAntennaGain - PathLoss - Shadowing - OtherLoss = ReceivedPower, and
/// ReceivedPower - NoisePower = Snr, all in decibels. The SNR is the mean over small-scale fading, per unit of the whole bandwidth.</remarks>
/// <param name="TransmitPowerDbm">Power into the transmit antenna, dBm, over the whole bandwidth.</param>
/// <param name="TransmitAntennaGainDb">Transmit antenna gain, dBi.</param>
/// <param name="ReceiveAntennaGainDb">Receive antenna gain, dBi.</param>
/// <param name="PathLossDb">Path loss, dB; positive is a loss.</param>
/// <param name="ShadowingDb">Shadow fading, dB; positive is a loss.</param>
/// <param name="OtherLossDb">Cable, body, penetration and interference margin, dB; positive is a loss.</param>
/// <param name="NoisePowerDbm">Noise power with the receiver's noise figure, dBm.</param>
public readonly record struct LinkBudgetBreakdown(
    double TransmitPowerDbm,
    double TransmitAntennaGainDb,
    double ReceiveAntennaGainDb,
    double PathLossDb,
    double ShadowingDb,
    double OtherLossDb,
    double NoisePowerDbm)
{
    /// <summary>Mean received power, dBm.</summary>
    public double ReceivedPowerDbm =>
        TransmitPowerDbm + TransmitAntennaGainDb + ReceiveAntennaGainDb - PathLossDb - ShadowingDb - OtherLossDb;

    /// <summary>Mean signal-to-noise ratio, dB.</summary>
    public double SnrDb => ReceivedPowerDbm - NoisePowerDbm;

    /// <summary>Mean signal-to-noise ratio as a linear power ratio.</summary>
    public double SnrLinear => Decibels.ToLinear(SnrDb);
}
