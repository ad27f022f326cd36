using EdgeSplit.Core.Wireless.LinkAdaptation;
using EdgeSplit.Core.Wireless.Transfers;
using EdgeSplit.Core.Wireless.Transport;

namespace EdgeSplit.Core.Wireless;

/// <summary>What slot-by-slot link adaptation promises: the rate law of the same schemes under perfect knowledge of the SNR.</summary>
internal static class NominalRates
{
    private const double SubcarrierSpacingHz = 30e3;
    private const int SubcarriersPerBlock = 12;
    private const double UsualSlotSeconds = 0.5e-3; // at that spacing

    // Transmission bandwidth of NR at 30 kHz subcarrier spacing, 3GPP TS 38.101-1 Table 5.3.2-1: MHz and resource blocks.
    private static readonly (double MegaHertz, int Blocks)[] Transmission =
    [
        (5, 11), (10, 24), (15, 38), (20, 51), (25, 65), (30, 78), (40, 106), (50, 133), (60, 162), (70, 189), (80, 217), (90, 245), (100, 273),
    ];

    /// <summary>Resource blocks in a bandwidth: the standard's at 30 kHz subcarrier spacing, 95 % of the band between its bandwidths, and scaled to slots of another length.</summary>
    internal static int ResourceBlocks(double bandwidthHz, IDuplexing? duplexing)
    {
        var blocks = 0.95 * bandwidthHz / (SubcarrierSpacingHz * SubcarriersPerBlock);
        foreach (var (megaHertz, standard) in Transmission)
        {
            blocks = megaHertz * 1e6 == bandwidthHz ? standard : blocks;
        }

        // A slot of half the length has subcarriers, hence blocks, of twice the width.
        return (int)Math.Min(int.MaxValue, blocks * (duplexing?.SlotSeconds ?? UsualSlotSeconds) / UsualSlotSeconds);
    }

    /// <summary>A usual adaptation at 30 kHz: 64QAM up, 256QAM down, reports every 5 ms that are 2 ms old, an outer loop to 10 %, four rounds of HARQ.</summary>
    internal static AdaptedLinkOptions Adaptation(LinkDirection direction, double bandwidthHz, double gapDb, IDuplexing? duplexing)
    {
        var isUplink = direction == LinkDirection.Uplink;
        var options = new AdaptedLinkOptions(new BlockErrorModel(isUplink ? McsTable.Qam64 : McsTable.Qam256, gapDb), bandwidthHz, ResourceBlocks(bandwidthHz, duplexing));
        return options with
        {
            Direction = direction,
            Duplexing = duplexing ?? options.Duplexing,
            ControlOverheadShare = isUplink ? PeakRate.UplinkOverheadFr1 : PeakRate.DownlinkOverheadFr1,
            ReportTable = isUplink ? CqiTable.Qam64 : CqiTable.Qam256,
        };
    }

    /// <summary>The rate law of an adaptation in a slot that is wholly its own.</summary>
    internal static AdaptiveModulationRate Of(AdaptedLinkOptions options)
    {
        var elements = options.ElementsOf(1);
        var symbolsPerSlot = options.BandwidthHz * options.SlotSeconds; // of a band that were used without gaps
        return new AdaptiveModulationRate(
            (BlockErrorModel)options.ErrorModel, elements, options.TargetBlockErrorRate, Math.Clamp(1 - (elements / symbolsPerSlot), 0, 1), options.MaximumRounds);
    }
}
