using EdgeSplit.Core.Wireless;
using EdgeSplit.Core.Wireless.LinkAdaptation;
using EdgeSplit.Core.Wireless.Transfers;
using EdgeSplit.Core.Wireless.Transport;

namespace EdgeSplit.Core.Simulation;

/// <summary>Duplexing and slot-level link adaptation of a scenario's link.</summary>
internal static class ScenarioAdaptation
{
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
                UplinkAdaptation = Options(section, adaptation, link, LinkDirection.Uplink),
                DownlinkAdaptation = Options(section, adaptation, link, LinkDirection.Downlink),
            });
        }

        return link;
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

    private static AdaptedLinkOptions Options(ScenarioSection parent, ScenarioSection section, LinkParameters link, LinkDirection direction)
    {
        var gap = section.Number("gapDb", 0, 20) ?? BlockErrorModel.PracticalGapDb;
        var target = section.Number("targetBlockErrorRate", 1e-6, 0.9) ?? 0.1;
        var hertz = (direction == LinkDirection.Uplink ? link.Uplink : link.Downlink).BandwidthHz;
        var blocks = NominalRates.ResourceBlocks(hertz, link.Duplexing);
        if (!(blocks >= 1 && blocks <= 10_000))
        {
            throw parent.Error(
                "adaptation", FormattableString.Invariant($"slots of {blocks} resource blocks in {hertz} Hz"), "a bandwidth that holds 1 to 10000 resource blocks (360 kHz each in slots of 0.5 ms)");
        }

        var byDefault = NominalRates.Adaptation(direction, hertz, gap, link.Duplexing);
        const string reports = "cqi or snr";
        return byDefault with
        {
            TargetBlockErrorRate = target,
            ReportTable = section.Text("report", reports) switch
            {
                null or "cqi" => byDefault.ReportTable,
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

    // What the public profile promises: the same schemes with perfect knowledge.
    private static LinkParameters WithRateLaws(LinkParameters link) => link with
    {
        UplinkRate = NominalRates.Of(link.UplinkAdaptation!),
        DownlinkRate = NominalRates.Of(link.DownlinkAdaptation!),
    };
}
