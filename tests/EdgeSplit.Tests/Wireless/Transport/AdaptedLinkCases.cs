using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Fading;
using EdgeSplit.Core.Wireless.LinkAdaptation;
using EdgeSplit.Core.Wireless.Transfers;
using EdgeSplit.Core.Wireless.Transport;

namespace EdgeSplit.Tests.Wireless.Transport;

/// <summary>Links on which the laws of slot-level adaptation are tried.</summary>
internal static class AdaptedLinkCases
{
    internal const double SlotSeconds = 0.5e-3;

    internal static readonly StreamKey Key = StreamKey.Create(77, "adapted-link-laws");

    internal static readonly TimeDivisionPattern Pattern = new("DDDDDDDSUU");

    internal static AdaptedLinkOptions Usual { get; } = new(new BlockErrorModel(McsTable.Qam64), 20e6, 51);

    /// <summary>One scheme that is decoded exactly from an SNR on, without reports.</summary>
    internal static AdaptedLinkOptions Threshold(double thresholdLinear) =>
        new(new ThresholdDecoder(thresholdLinear), 20e6, 51) { FixedMcs = 0, OuterLoop = null, ReportTable = null };

    internal static IEnumerable<AdaptedLinkOptions> Variants() =>
    [
        Usual,
        Usual with { Duplexing = Pattern, ReportDelaySlots = 17, ReportPeriodSlots = 40 },
        Usual with { ReportTable = null, OuterLoop = null, Combining = HarqCombining.IncrementalRedundancy, ReportPeriodSlots = 1 },
        Usual with { Combining = HarqCombining.None, Processes = 3, RoundTripSlots = 11, MaximumRounds = 2 },
        Usual with { Duplexing = Pattern, HasRadioLinkControl = false, MaximumRounds = 1, OuterLoop = new OuterLoop(0.3, 1.0) },
        Usual with { FixedMcs = 20, MaximumRounds = 2, RoundTripSlots = 1, Processes = 1 },
    ];

    /// <summary>Rayleigh fading, independent in each block of some slots.</summary>
    internal static ISnrProcess Rayleigh(double meanSnrLinear, double slotsPerBlock = 20.0, ulong entity = 0) =>
        new BlockFadingProcess(Key.Derive("fading"), entity, meanSnrLinear, NakagamiFading.Rayleigh, ShannonRate.Capacity, slotsPerBlock * SlotSeconds);

    /// <summary>A list of SNRs, one per slot; the last one holds.</summary>
    internal static ISnrProcess Listed(params double[] snrLinear) => new ListedSnr(snrLinear);

    private sealed class ListedSnr(double[] values) : ISnrProcess
    {
        public double BlockSeconds => SlotSeconds;

        public void FillSnr(long firstBlock, Span<double> snrLinear)
        {
            for (var i = 0; i < snrLinear.Length; i++)
            {
                snrLinear[i] = values[Math.Min(firstBlock + i, values.Length - 1)];
            }
        }
    }

    private sealed class ThresholdDecoder(double thresholdLinear) : IBlockErrorModel
    {
        public IReadOnlyList<ModulationAndCoding> Schemes { get; } = [McsTable.Qam64[10]];

        public double TransportBlockErrorRate(int mcs, double snrLinear, int transportBlockBits) => snrLinear >= thresholdLinear ? 0.0 : 1.0;

        public double ReportSnrLinear(CqiTable table, int cqi, double targetBlockErrorRate) => thresholdLinear * cqi;
    }
}
