namespace EdgeSplit.Core.Simulation;

/// <summary>The changes of regime in the simulation section of a scenario.</summary>
internal static class ScenarioRegimes
{
    private const int MostRequests = 10_000_000;
    private const double MostDecibels = 40;
    private const double LeastFactor = 0.01;
    private const double MostFactor = 100;

    internal static IReadOnlyList<RegimeChange> Read(ScenarioSection simulation)
    {
        var changes = new List<RegimeChange>();
        foreach (var section in simulation.Sections("regimeChange"))
        {
            var change = Change(section);
            if (changes.Count > 0 && change.Request <= changes[^1].Request)
            {
                throw section.Error("request", FormattableString.Invariant($"a request after {changes[^1].Request}, that of the change before it"));
            }

            changes.Add(change);
        }

        return changes;
    }

    private static RegimeChange Change(ScenarioSection section)
    {
        double Factor(string key) => section.Number(key, LeastFactor, MostFactor) ?? 1;
        var linkBiasDb = section.Number("linkBiasDb", -MostDecibels, MostDecibels) ?? 0;
        var serverLoad = Factor("serverLoadFactor");
        var (deviceCompute, deviceBandwidth) = (Factor("deviceComputeFactor"), Factor("deviceBandwidthFactor"));
        var (serverCompute, serverBandwidth) = (Factor("serverComputeFactor"), Factor("serverBandwidthFactor"));
        var change = new RegimeChange
        {
            Request = section.Whole("request", 1, MostRequests) ?? throw section.Missing("request", "the first request that meets the change, at least 1"),
            LinkBiasDb = linkBiasDb,
            ServerLoadFactor = serverLoad,
            DeviceComputeFactor = deviceCompute,
            DeviceBandwidthFactor = deviceBandwidth,
            ServerComputeFactor = serverCompute,
            ServerBandwidthFactor = serverBandwidth,
        };
        return change != new RegimeChange { Request = change.Request } ? change
            : throw new ScenarioException(section.File, section.Path, "a change that changes nothing", "at least one of linkBiasDb other than 0 and the factors other than 1");
    }
}
