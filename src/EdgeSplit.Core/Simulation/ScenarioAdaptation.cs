using EdgeSplit.Core.Wireless;
using EdgeSplit.Core.Wireless.LinkAdaptation;
using EdgeSplit.Core.Wireless.Transfers;
using EdgeSplit.Core.Wireless.Transport;

namespace EdgeSplit.Core.Simulation;

/// <summary>Duplexing and slot-level link adaptation of a scenario's link.</summary>
internal static class ScenarioAdaptation
{
    private const double UsualSlotSeconds = 0.5e-3; // of 30 kHz subcarriers, for which blocks are counted

    internal static LinkParameters Read(ScenarioSection section, LinkParameters link)
    {
        if (section.Section("timeDivision") is { } division)
        {
            link = link with { Duplexing = Pattern(division), UplinkShare = null, DownlinkShare = null };
        }

        link = link with
        {
            UplinkShare = section.Number("uplinkShare", 0, 1, aboveMinimum: true) ?? link.UplinkShare,
            DownlinkShare = section.Number("downlinkShare", 0, 1, aboveMinimum: true) ?? link.DownlinkShare,
        };
        if (section.Section("adaptation") is { } adaptation)
        {
            foreach (var key in new[] { "rate", "rateGapDb", "maximumSpectralEfficiency", "downlinkMaximumSpectralEfficiency" })
            {
                if (section.Has(key))
                {
                    throw section.Error(key, "a rate law beside \"adaptation\", which brings its own", "either a rate law or adaptation");
                }
            }

            return WithRateLaws(link with
            {
                UplinkAdaptation = Options(adaptation, link, LinkDirection.Uplink),
                DownlinkAdaptation = Options(adaptation, link, LinkDirection.Downlink),
            });
        }

        return link with { UplinkAdaptation = Fitted(link.UplinkAdaptation, link, LinkDirection.Uplink), DownlinkAdaptation = Fitted(link.DownlinkAdaptation, link, LinkDirection.Downlink) };
    }

    private static TimeDivisionPattern Pattern(ScenarioSection section)
    {
        const string allowed = "slots as letters D, S and U, such as DDDDDDDSUU";
        var slots = section.Text("pattern", allowed);
        var special = section.Text("specialSlot", "downlink:guard:uplink symbols that sum to 14") ?? "6:4:4";
        var numerology = section.Whole("numerology", 0, 6) ?? 1;
        if (slots is null)
        {
            throw section.Missing("pattern", allowed);
        }

        try
        {
            var pattern = new TimeDivisionPattern(slots, special, numerology);
            return pattern.UplinkShare > 0 && pattern.DownlinkShare > 0 ? pattern : throw section.Error("pattern", "slots of both directions");
        }
        catch (ArgumentException error)
        {
            throw section.Error(error.ParamName == "slots" ? "pattern" : "specialSlot", error.Message.Split(" (Parameter")[0].TrimEnd('.'), error);
        }
    }

    private static AdaptedLinkOptions Options(ScenarioSection section, LinkParameters link, LinkDirection direction)
    {
        var gap = section.Number("gapDb", 0, 20) ?? BlockErrorModel.PracticalGapDb;
        var target = section.Number("targetBlockErrorRate", 1e-6, 0.9) ?? 0.1;
        var table = direction == LinkDirection.Uplink ? McsTable.Qam64 : McsTable.Qam256;
        var budget = direction == LinkDirection.Uplink ? link.Uplink : link.Downlink;
        var byDefault = new AdaptedLinkOptions(new BlockErrorModel(table, gap), budget.BandwidthHz, ResourceBlocks(budget.BandwidthHz, link.Duplexing));
        const string reports = "cqi or snr";
        return byDefault with
        {
            Direction = direction,
            Duplexing = link.Duplexing ?? byDefault.Duplexing,
            TargetBlockErrorRate = target,
            ControlOverheadShare = direction == LinkDirection.Uplink ? PeakRate.UplinkOverheadFr1 : PeakRate.DownlinkOverheadFr1,
            ReportTable = section.Text("report", reports) switch
            {
                null or "cqi" => direction == LinkDirection.Uplink ? CqiTable.Qam64 : CqiTable.Qam256,
                "snr" => null,
                _ => throw section.Error("report", reports),
            },
            ReportDelaySlots = section.Whole("reportDelaySlots", 0, 10_000) ?? byDefault.ReportDelaySlots,
            ReportPeriodSlots = section.Whole("reportPeriodSlots", 1, 10_000) ?? byDefault.ReportPeriodSlots,
            OuterLoop = section.Truth("outerLoop") ?? true ? new OuterLoop(target) : null,
            MaximumRounds = section.Whole("harqRounds", 1, 16) ?? byDefault.MaximumRounds,
            RoundTripSlots = section.Whole("roundTripSlots", 1, 1000) ?? byDefault.RoundTripSlots,
            Processes = section.Whole("harqProcesses", 1, 64) ?? byDefault.Processes,
        };
    }

    // A bandwidth or a pattern that was overridden changes what a slot carries.
    private static AdaptedLinkOptions? Fitted(AdaptedLinkOptions? options, LinkParameters link, LinkDirection direction)
    {
        var hertz = (direction == LinkDirection.Uplink ? link.Uplink : link.Downlink).BandwidthHz;
        return options is null ? null
            : (hertz == options.BandwidthHz ? options : options.WithBandwidth(hertz, ResourceBlocks(hertz, link.Duplexing ?? options.Duplexing))) with { Duplexing = link.Duplexing ?? options.Duplexing };
    }

    // A slot of half the length has subcarriers, hence blocks, of twice the width.
    private static int ResourceBlocks(double hertz, IDuplexing? duplexing) =>
        Math.Clamp((int)(NominalRates.ResourceBlocks(hertz) * (duplexing?.SlotSeconds ?? UsualSlotSeconds) / UsualSlotSeconds), 1, 10_000);

    // What the public profile promises: the same schemes with perfect knowledge.
    private static LinkParameters WithRateLaws(LinkParameters link) => link with
    {
        UplinkRate = NominalRates.Of(link.UplinkAdaptation!),
        DownlinkRate = NominalRates.Of(link.DownlinkAdaptation!),
    };
}
