using EdgeSplit.Core.Wireless.Transfers;

namespace EdgeSplit.Core.Simulation;

/// <summary>The simulation section of a scenario.</summary>
internal static class ScenarioSettings
{
    internal static SimulationSettings Read(ScenarioSection? section, ScenarioProcessor device, ScenarioProcessor server)
    {
        var perturbed = PriorErrors.FromPredictions(device.PrefillLogError, device.DecodeLogError, server.PrefillLogError, server.DecodeLogError);
        if (section is null)
        {
            return new SimulationSettings { Errors = perturbed };
        }

        var byDefault = new SimulationSettings();
        var requests = section.Whole("requests", 2, 10_000_000) ?? byDefault.Requests;
        var priors = new Dictionary<string, Prior>(StringComparer.OrdinalIgnoreCase)
        {
            ["perturbed"] = new(perturbed, IsAbsent: false),
            ["exact"] = new(PriorErrors.Exact, IsAbsent: false),
            ["absent"] = new(perturbed, IsAbsent: true),
        };
        var prior = section.Choice("prior", "prior", priors) ?? priors["perturbed"];
        return new SimulationSettings
        {
            Requests = requests,
            EvaluatedRequests = section.Whole("evaluatedRequests", 1, requests) ?? Math.Min(byDefault.EvaluatedRequests, requests / 2),
            Seeds = section.Whole("seeds", 1, 100_000) ?? byDefault.Seeds,
            FirstSeed = section.Unsigned("firstSeed") ?? byDefault.FirstSeed,
            ChannelEstimateErrorDb = section.Number("channelEstimateErrorDb", 0, 40) ?? byDefault.ChannelEstimateErrorDb,
            ChannelEstimateStepDb = section.Number("channelEstimateStepDb", 0, 40, aboveMinimum: true) ?? byDefault.ChannelEstimateStepDb,
            ChannelEstimateDelaySeconds = section.Number("channelEstimateDelaySeconds", 0, 3600) ?? byDefault.ChannelEstimateDelaySeconds,
            TimeoutSeconds = section.Number("timeoutSeconds", 0, LinkTimeline.DefaultHorizonSeconds, aboveMinimum: true) ?? byDefault.TimeoutSeconds,
            Errors = Overridden(section.Section("errors"), prior.Errors),
            IsPriorAbsent = prior.IsAbsent,
            RegimeChanges = ScenarioRegimes.Read(section),
        };
    }

    private static PriorErrors Overridden(ScenarioSection? section, PriorErrors errors)
    {
        double? LogDeviation(string key) => section!.Number(key, 0, 3);
        return section is null ? errors : new PriorErrors
        {
            DeviceCompute = LogDeviation("deviceCompute") ?? errors.DeviceCompute,
            DeviceBandwidth = LogDeviation("deviceBandwidth") ?? errors.DeviceBandwidth,
            ServerCompute = LogDeviation("serverCompute") ?? errors.ServerCompute,
            ServerBandwidth = LogDeviation("serverBandwidth") ?? errors.ServerBandwidth,
            LinkBiasDb = section.Number("linkBiasDb", 0, 40) ?? errors.LinkBiasDb,
            ServerLoad = LogDeviation("serverLoad") ?? errors.ServerLoad,
        };
    }

    private sealed record Prior(PriorErrors Errors, bool IsAbsent);
}
