using EdgeSplit.Core.Wireless.LinkAdaptation;
using EdgeSplit.Core.Wireless.Transfers;

namespace EdgeSplit.Core.Wireless.Transport;

/// <summary>How a link is adapted slot by slot: what is reported, how schemes are chosen, how blocks are repeated.</summary>
/// <remarks>Immutable, so safe to share between threads; variants by <c>with</c>. The defaults are those of an NR uplink at 30 kHz subcarrier spacing.</remarks>
public sealed record AdaptedLinkOptions
{
    /// <summary>Subcarriers of a resource block.</summary>
    private const int SubcarriersPerBlock = 12;

    /// <summary>Creates options.</summary>
    /// <param name="errorModel">Error curves of the schemes to choose from.</param>
    /// <param name="bandwidthHz">Bandwidth to which efficiencies refer, hertz, positive; guard bands included where that is the meaning elsewhere.</param>
    /// <param name="resourceBlocks">Resource blocks granted in each slot, in [1, 10 000]; for example 51 in 20 MHz at 30 kHz.</param>
    /// <exception cref="ArgumentNullException">The error model is null.</exception>
    /// <exception cref="ArgumentException">The error model has no scheme.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public AdaptedLinkOptions(IBlockErrorModel errorModel, double bandwidthHz, int resourceBlocks)
    {
        ArgumentNullException.ThrowIfNull(errorModel);
        if (errorModel.Schemes.Count == 0)
        {
            throw new ArgumentException("Must offer at least one scheme.", nameof(errorModel));
        }

        ErrorModel = errorModel;
        BandwidthHz = Guard.Positive(bandwidthHz);
        ResourceBlocks = Guard.InRange(resourceBlocks, 1, 10_000);
    }

    /// <summary>Error curves of the schemes to choose from.</summary>
    public IBlockErrorModel ErrorModel { get; }

    /// <summary>Bandwidth to which efficiencies refer, hertz.</summary>
    public double BandwidthHz { get; private init; }

    /// <summary>Resource blocks granted in each slot.</summary>
    public int ResourceBlocks { get; private init; }

    /// <summary>Resource elements for data per resource block and full slot, in [1, 156]; default 156, 14 symbols of 12 less 12 for demodulation pilots.</summary>
    public int ResourceElementsPerBlock { get; init => field = Guard.InRange(value, 1, 13 * SubcarriersPerBlock, nameof(ResourceElementsPerBlock)); } = 13 * SubcarriersPerBlock;

    /// <summary>Part of these elements that control channels and further pilots take, in [0, 0.99]; default 0.08.</summary>
    public double ControlOverheadShare { get; init => field = Guard.InRange(value, 0.0, 0.99, nameof(ControlOverheadShare)); } = 0.08;

    /// <summary>How the directions divide the slots, and the length of a slot; default frequency division with slots of 0.5 ms.</summary>
    public IDuplexing Duplexing { get; init => field = value ?? throw new ArgumentNullException(nameof(Duplexing)); } = new FrequencyDivision(0.5e-3);

    /// <summary>Direction of the link; default uplink.</summary>
    public LinkDirection Direction { get; init; } = LinkDirection.Uplink;

    /// <summary>Error rate of first transmissions at the reported SNR that a scheme may have, in (0, 1); default 0.1.</summary>
    public double TargetBlockErrorRate { get; init => field = Guard.InRange(value, 1e-9, 1.0 - 1e-9, nameof(TargetBlockErrorRate)); } = 0.1;

    /// <summary>Slots from the measurement of a report to its first use, in [0, 10 000]; default 4.</summary>
    public int ReportDelaySlots { get; init => field = Guard.InRange(value, 0, 10_000, nameof(ReportDelaySlots)); } = 4;

    /// <summary>Slots from one report to the next, in [1, 10 000]; default 10.</summary>
    public int ReportPeriodSlots { get; init => field = Guard.InRange(value, 1, 10_000, nameof(ReportPeriodSlots)); } = 10;

    /// <summary>Table by which reports are quantised; null reports the SNR itself. Default CQI table 1.</summary>
    public CqiTable? ReportTable { get; init; } = CqiTable.Qam64;

    /// <summary>Outer loop that corrects the reports; null for none. Default the loop to 10 %.</summary>
    public OuterLoop? OuterLoop { get; init; } = new();

    /// <summary>Number of the only scheme that is used, or null (the default) to adapt to the reports.</summary>
    public int? FixedMcs
    {
        get;
        init => field = value is { } mcs ? Guard.InRange(mcs, 0, ErrorModel.Schemes.Count - 1, nameof(FixedMcs)) : null;
    }

    /// <summary>What the receiver does with earlier rounds; default chase combining.</summary>
    public HarqCombining Combining { get; init; } = HarqCombining.Chase;

    /// <summary>Rounds after which HARQ gives a block up, in [1, 16]; default 4.</summary>
    public int MaximumRounds { get; init => field = Guard.InRange(value, 1, 16, nameof(MaximumRounds)); } = 4;

    /// <summary>Slots from one round of a block to the earliest next one, in [1, 1000]; default 8. In NR K1, decoding and scheduling, some 4 to 8 slots.</summary>
    public int RoundTripSlots { get; init => field = Guard.InRange(value, 1, 1000, nameof(RoundTripSlots)); } = 8;

    /// <summary>HARQ processes, in [1, 64]; default 16. Where all wait for feedback the link stalls.</summary>
    public int Processes { get; init => field = Guard.InRange(value, 1, 64, nameof(Processes)); } = 16;

    /// <summary>Whether radio link control (RLC, acknowledged mode) sends bits again that HARQ gave up, so that every bit arrives in the end; default true.</summary>
    public bool HasRadioLinkControl { get; init; } = true;

    /// <summary>The same adaptation on another bandwidth.</summary>
    /// <param name="bandwidthHz">Bandwidth to which efficiencies refer, hertz, positive.</param>
    /// <param name="resourceBlocks">Resource blocks granted in each slot, in [1, 10 000].</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public AdaptedLinkOptions WithBandwidth(double bandwidthHz, int resourceBlocks) =>
        this with { BandwidthHz = Guard.Positive(bandwidthHz), ResourceBlocks = Guard.InRange(resourceBlocks, 1, 10_000) };

    /// <summary>Length of a slot, seconds.</summary>
    public double SlotSeconds => Duplexing.SlotSeconds;

    /// <summary>Resource elements for user data in a slot of which the direction has a share, overhead taken off.</summary>
    /// <param name="slotShare">Share of the slot, in [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is NaN or out of range.</exception>
    public int ElementsOf(double slotShare) =>
        (int)Math.Floor((Guard.InRange(slotShare, 0.0, 1.0) * ResourceBlocks * ResourceElementsPerBlock * (1.0 - ControlOverheadShare)) + 1e-9);
}
