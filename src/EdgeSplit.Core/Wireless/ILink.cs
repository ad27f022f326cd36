using EdgeSplit.Core.Wireless.Energy;
using EdgeSplit.Core.Wireless.Transfers;

namespace EdgeSplit.Core.Wireless;

/// <summary>A link between devices and their server, as a simulation uses it: what is public of it, and the sampler of what really happens.</summary>
/// <remarks>
/// <para><see cref="LinkParameters"/> is a radio link by its physics, a trace link a recorded one. The <i>level</i> is the one number of a user's
/// channel that lasts longer than a coherence time and that a device can estimate: the mean SNR over fading of a radio link, the recent throughput over the mean of a recorded one.</para>
/// <para>Implementations are immutable and safe to use from any thread.</para>
/// </remarks>
public interface ILink
{
    /// <summary>Fixed delay of each message to the server.</summary>
    MessageDelay UplinkDelay { get; }

    /// <summary>Fixed delay of each message from the server.</summary>
    MessageDelay DownlinkDelay { get; }

    /// <summary>Energy of the device's radio.</summary>
    RadioEnergyModel RadioEnergy { get; }

    /// <summary>Uplink bandwidth times share: what turns spectral efficiency into bits, hertz.</summary>
    double UplinkGrantedHz { get; }

    /// <summary>Downlink bandwidth times share, hertz.</summary>
    double DownlinkGrantedHz { get; }

    /// <summary>How much higher the downlink's level is than the uplink's at the same place, dB.</summary>
    double DownlinkOffsetDb { get; }

    /// <summary>Share of the users whom the link can serve, 0..1; the others are drawn again.</summary>
    double CoveredShare { get; }

    /// <summary>Median over the served users of the uplink's level, dB.</summary>
    double MedianLevelDb { get; }

    /// <summary>What a direction yields nominally.</summary>
    /// <param name="direction">Which way.</param>
    INominalEfficiency Nominal(LinkDirection direction);

    /// <summary>The link prepared for drawing users and what happens to them.</summary>
    ILinkSampler CreateSampler();
}

/// <summary>Mean spectral efficiency over the level: what the public profile of a link promises.</summary>
/// <remarks>Implementations are immutable and safe to use from any thread.</remarks>
public interface INominalEfficiency
{
    /// <summary>Mean spectral efficiency, bit/s/Hz.</summary>
    /// <param name="levelDb">Level of the direction, dB.</param>
    double At(double levelDb);
}
