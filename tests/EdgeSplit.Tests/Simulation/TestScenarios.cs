using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Simulation;
using EdgeSplit.Core.Wireless;
using EdgeSplit.Tests.Placements;

namespace EdgeSplit.Tests.Simulation;

/// <summary>Scenarios that the tests of the simulation share.</summary>
internal static class TestScenarios
{
    /// <summary>Conversations of several turns on a fading urban link with a loaded server and hidden errors: everything on at once.</summary>
    internal static Scenario Lively(int requests = 200, string model = "llama-2-7b") => new()
    {
        Name = "lively",
        System = TestSystems.Roomy(model),
        Link = LinkCatalog.Find("5g-n78-20mhz-urban").Radio,
        ServerLoad = new ServerLoadModel { MeanJobs = 3, MeanJobSeconds = 12 },
        Workload = new WorkloadModel
        {
            PromptTokens = new LogNormalDistribution(4, 0.8),
            OutputTokens = new LogNormalDistribution(3.5, 0.7),
            Source = "test",
            ArrivalsPerSecond = 0.05,
            MeanTurns = 3,
            MaximumTurns = 8,
            MeanThinkSeconds = 20,
            MaximumOutputTokens = 128,
        },
        Objective = new Objective { DeviceJouleSeconds = 0.05, ServerGpuSecondSeconds = 2, QualityNatSeconds = 10, LatencyLimitSeconds = 30, MissedLimitPenaltySeconds = 5 },
        Settings = new SimulationSettings
        {
            Requests = requests,
            EvaluatedRequests = requests / 2,
            Errors = new PriorErrors { DeviceCompute = 0.3, DeviceBandwidth = 0.2, ServerCompute = 0.25, ServerBandwidth = 0.15, LinkBiasDb = 3, ServerLoad = 0.2 },
        },
    };

    /// <summary>The same without anything that a device could not know: no fading, an idle server, an exact prior, one distance, and an SNR in whole decibels, as devices report it.</summary>
    internal static Scenario Still(int requests = 60, string model = "llama-2-7b", double snrDb = 12)
    {
        var lively = Lively(requests, model);
        var link = lively.RadioLink;
        double At(LinkBudget budget) => budget.Evaluate(link.PathLoss.LossDb(100), 0).SnrDb;
        return lively with
        {
            Name = "still",
            ServerLoad = new ServerLoadModel(),
            Link = link with
            {
                NakagamiShape = double.PositiveInfinity,
                ShadowingStandardDeviationDb = 0,
                MinimumDistanceMetres = 100,
                MaximumDistanceMetres = 100,
                Uplink = link.Uplink with { TransmitPowerDbm = link.Uplink.TransmitPowerDbm + snrDb - At(link.Uplink) },
                Downlink = link.Downlink with { TransmitPowerDbm = link.Downlink.TransmitPowerDbm + snrDb + 7 - At(link.Downlink) },
            },
            Settings = lively.Settings with { Errors = PriorErrors.Exact, ChannelEstimateErrorDb = 0 },
        };
    }
}
