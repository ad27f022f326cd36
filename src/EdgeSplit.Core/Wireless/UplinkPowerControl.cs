namespace EdgeSplit.Core.Wireless;

/// <summary>Open-loop power control of the 5G uplink (PUSCH): the terminal makes up for a fraction of its path loss, up to its maximum.</summary>
/// <remarks>
/// <para>P = min(P_cmax, P0 + 10 log10(2^mu M) + alpha PL + Delta_TF + f), dBm. A terminal at its maximum cannot follow a wider grant: its SNR then falls by
/// 3 dB per doubling of the resource blocks.</para>
/// <para>Immutable, so safe to share between threads; a <c>with</c> expression is checked like a construction. Source: 3GPP TS 38.213 section 7.1.1.</para>
/// </remarks>
public sealed record UplinkPowerControl
{
    /// <summary>Maximum output power P_cmax, dBm.</summary>
    /// <value>Finite; default 23, power class 3 (3GPP TS 38.101-1).</value>
    public double MaximumPowerDbm { get; init => field = Guard.Finite(value, nameof(MaximumPowerDbm)); } = 23;

    /// <summary>Target power P0 at the receiver per resource block of 15 kHz spacing, dBm.</summary>
    /// <value>Finite; usual -100 to -70.</value>
    public required double TargetPowerDbm { get; init => field = Guard.Finite(value, nameof(TargetPowerDbm)); }

    /// <summary>Fraction alpha of the path loss that is made up for.</summary>
    /// <value>In [0, 1]; default 1, full compensation.</value>
    public double PathLossFraction { get; init => field = Guard.InRange(value, 0, 1, nameof(PathLossFraction)); } = 1;

    /// <summary>Adjustment for the transport format Delta_TF, dB.</summary>
    /// <value>Finite; default 0.</value>
    public double FormatAdjustmentDb { get; init => field = Guard.Finite(value, nameof(FormatAdjustmentDb)); }

    /// <summary>Closed-loop correction f, dB.</summary>
    /// <value>Finite; default 0.</value>
    public double ClosedLoopDb { get; init => field = Guard.Finite(value, nameof(ClosedLoopDb)); }

    /// <summary>The transmit power of a grant, dBm.</summary>
    /// <param name="pathLossDb">Path loss as the terminal estimates it, shadowing and penetration included, dB, finite.</param>
    /// <param name="resourceBlocks">Granted resource blocks M, in [1, 275].</param>
    /// <param name="numerology">Numerology mu: subcarriers are 15 kHz times 2^mu apart; in [0, 6].</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN, infinite or out of range.</exception>
    public double TransmitPowerDbm(double pathLossDb, int resourceBlocks, int numerology) =>
        Math.Min(MaximumPowerDbm, WantedPowerDbm(pathLossDb, resourceBlocks, numerology));

    /// <summary>Power headroom, dB: what is left of the maximum; negative where the terminal would need more than it has. Source: TS 38.213 section 7.7.1.</summary>
    /// <param name="pathLossDb">Path loss as the terminal estimates it, dB, finite.</param>
    /// <param name="resourceBlocks">Granted resource blocks M, in [1, 275].</param>
    /// <param name="numerology">Numerology mu, in [0, 6].</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN, infinite or out of range.</exception>
    public double HeadroomDb(double pathLossDb, int resourceBlocks, int numerology) =>
        MaximumPowerDbm - WantedPowerDbm(pathLossDb, resourceBlocks, numerology);

    private double WantedPowerDbm(double pathLossDb, int resourceBlocks, int numerology) =>
        TargetPowerDbm
        + Decibels.FromLinear((1 << Guard.InRange(numerology, 0, 6)) * (double)Guard.InRange(resourceBlocks, 1, 275))
        + (PathLossFraction * Guard.Finite(pathLossDb)) + FormatAdjustmentDb + ClosedLoopDb;
}
