using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Energy;
using EdgeSplit.Core.Wireless.Traces;
using EdgeSplit.Core.Wireless.Transfers;

namespace EdgeSplit.Core.Wireless;

/// <summary>A recorded link: users start somewhere in a trace and meet what was measured there.</summary>
/// <remarks>
/// <para>The level of a user is the uplink's mean rate over the <see cref="WindowSeconds"/> before, over the mean of the trace, in dB: what a device can know of its recent
/// throughput. The nominal rate at a level is the mean rate times that. There is no SNR, hence nothing to be said of analogue or lossy transfer.</para>
/// <para>Up and down start at the same time of their traces; the two must wrap. Other possible futures start where the recent throughput was alike (the nearest of 64 places drawn); the block at hand stays.</para>
/// <para>The hidden link bias of a world does not apply: a measured rate is a measured rate. Immutable, so safe to share between threads; a <c>with</c> expression is checked like a construction.</para>
/// </remarks>
public sealed record TraceLink : ILink
{
    /// <summary>Recorded capacity from the device to the server.</summary>
    /// <value>Must wrap and carry something.</value>
    public required ICapacityTrace Uplink { get; init => field = Usable(value, nameof(Uplink)); }

    /// <summary>Recorded capacity from the server to the device.</summary>
    /// <value>Must wrap and carry something.</value>
    public required ICapacityTrace Downlink { get; init => field = Usable(value, nameof(Downlink)); }

    /// <inheritdoc/>
    public required MessageDelay UplinkDelay { get; init => field = value ?? throw new ArgumentNullException(nameof(UplinkDelay)); }

    /// <inheritdoc/>
    public required MessageDelay DownlinkDelay { get; init => field = value ?? throw new ArgumentNullException(nameof(DownlinkDelay)); }

    /// <inheritdoc/>
    public required RadioEnergyModel RadioEnergy { get; init => field = value ?? throw new ArgumentNullException(nameof(RadioEnergy)); }

    /// <summary>Length of the blocks in which the trace is read, seconds: the bits of a block spread evenly over it.</summary>
    /// <value>Positive; default 0.01.</value>
    public double BlockSeconds { get; init => field = Guard.Positive(value, nameof(BlockSeconds)); } = 0.01;

    /// <summary>Length of the recent past from which a device knows its throughput, seconds.</summary>
    /// <value>Positive; default 5.</value>
    public double WindowSeconds { get; init => field = Guard.Positive(value, nameof(WindowSeconds)); } = 5;

    /// <inheritdoc/>
    /// <value>1: the efficiency is the rate.</value>
    public double UplinkGrantedHz => 1;

    /// <inheritdoc/>
    /// <value>1: the efficiency is the rate.</value>
    public double DownlinkGrantedHz => 1;

    /// <inheritdoc/>
    /// <value>0: each direction is measured against its own mean.</value>
    public double DownlinkOffsetDb => 0;

    /// <inheritdoc/>
    /// <value>1.</value>
    public double CoveredShare => 1;

    /// <inheritdoc/>
    public double MedianLevelDb
    {
        get
        {
            var sampler = new TraceLinkSampler(this);
            var levels = Enumerable.Range(0, 401).Select(i => sampler.LevelAtDb(Uplink.DurationSeconds * (i + 0.5) / 401)).Order().ToArray();
            return levels[levels.Length / 2];
        }
    }

    /// <inheritdoc/>
    public INominalEfficiency Nominal(LinkDirection direction) =>
        new ProportionalEfficiency((direction == LinkDirection.Uplink ? Uplink : Downlink).MeanBitsPerSecond);

    /// <inheritdoc/>
    public ILinkSampler CreateSampler() => new TraceLinkSampler(this);

    private static ICapacityTrace Usable(ICapacityTrace trace, string name)
    {
        ArgumentNullException.ThrowIfNull(trace, name);
        return trace.End == TraceEnd.Wrap && trace.MeanBitsPerSecond > 0 ? trace
            : throw new ArgumentException("Must wrap and carry something: requests may come at any time.", name);
    }

    private sealed record ProportionalEfficiency(double MeanBitsPerSecond) : INominalEfficiency
    {
        public double At(double levelDb) => MeanBitsPerSecond * Math.Pow(10, levelDb / 10);
    }
}
