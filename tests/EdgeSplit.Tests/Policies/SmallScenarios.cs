using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Devices;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Quality;
using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Simulation;
using EdgeSplit.Core.Transformers;
using EdgeSplit.Core.Wireless;
using EdgeSplit.Core.Wireless.Energy;
using EdgeSplit.Core.Wireless.LinkAdaptation;
using EdgeSplit.Core.Wireless.Propagation;
using EdgeSplit.Core.Wireless.Transfers;

namespace EdgeSplit.Tests.Policies;

/// <summary>A model of five layers on a slow device, a server twenty times as fast and a link of 2 MHz: small enough for exhaustive search, with no split that always wins.</summary>
internal static class SmallScenarios
{
    internal const int Layers = 5;

    internal static TransformerShape Shape { get; } = new()
    {
        Name = "five layers",
        Family = "llama",
        Layers = Layers,
        HiddenSize = 512,
        IntermediateSize = 1408,
        QueryHeads = 8,
        KeyValueHeads = 4,
        HeadDimension = 64,
        VocabularySize = 8000,
        MaximumPositions = 2048,
    };

    /// <summary>Every source of chance is on: errors of the prior, fading, load, a noisy estimate, conversations.</summary>
    internal static Scenario Conversations(int requests) => new()
    {
        Name = "small",
        System = new SplitSystem
        {
            Shape = Shape,
            Device = Roofline("device", 12e9, 1.5e9, 4),
            Server = Roofline("server", 240e9, 30e9, 100),
            DeviceWeights = NumberFormat.F16,
            UplinkDelay = new MessageDelay(0.002, 0.002, 0.001),
            DownlinkDelay = new MessageDelay(0, 0.002, 0.001),
            Radio = RadioEnergyModel.LowBand5G,
            FormatLoss = PublishedFormatLoss.Llama7B,
            Leakage = PublishedLeakageCurve.Instance,
        },
        Link = Link(meanSnrDb: 8, shadowingDb: 6),
        ServerLoad = new ServerLoadModel { MeanJobs = 2, MeanJobSeconds = 5 },
        Workload = new WorkloadModel
        {
            PromptTokens = new UniformDistribution(20, 300),
            OutputTokens = new UniformDistribution(2, 40),
            Source = "made up",
            MaximumOutputTokens = 48,
            MeanTurns = 3,
            MaximumTurns = 5,
            MeanThinkSeconds = 5,
        },
        Objective = new Objective { DeviceJouleSeconds = 0.01, ServerGpuSecondSeconds = 8, LeakageSeconds = 0.5 },
        Settings = new SimulationSettings
        {
            Requests = requests,
            EvaluatedRequests = requests,
            Seeds = 2,
            Errors = new PriorErrors { DeviceCompute = 0.3, DeviceBandwidth = 0.2, ServerCompute = 0.1, ServerBandwidth = 0.1, LinkBiasDb = 3, ServerLoad = 0.3 },
        },
    };

    /// <summary>The same with one turn per conversation.</summary>
    internal static Scenario SingleTurns(int requests)
    {
        var scenario = Conversations(requests);
        return scenario with { Workload = scenario.Workload with { MeanTurns = 1, MaximumTurns = 1 } };
    }

    /// <summary>Nothing is left to chance or hidden but the length of the prompt: prior exact, no fading, no load, no error of the estimate, answers of 20 tokens.</summary>
    internal static Scenario Certain(int requests, double meanSnrDb = 8)
    {
        var scenario = SingleTurns(requests);
        return scenario with
        {
            Link = Link(meanSnrDb, shadowingDb: 0) with { NakagamiShape = double.PositiveInfinity },
            ServerLoad = new ServerLoadModel(),
            Workload = scenario.Workload with { OutputTokens = new UniformDistribution(19, 20) },
            Settings = scenario.Settings with { ChannelEstimateErrorDb = 0, Errors = PriorErrors.Exact },
        };
    }

    /// <summary>A link whose mean SNR is the given one wherever the user stands, before shadowing.</summary>
    internal static LinkParameters Link(double meanSnrDb, double shadowingDb)
    {
        var uplink = new LinkBudget { TransmitPowerDbm = 23, NoiseFigureDb = 5, BandwidthHz = 2e6 };
        var radio = new ShannonRate(3, 6);
        return new LinkParameters
        {
            CarrierHz = 3.5e9,
            Uplink = uplink,
            Downlink = uplink with { TransmitPowerDbm = 30 },
            PathLoss = new LogDistancePathLoss(23 - uplink.NoisePowerDbm - meanSnrDb, 1, 0),
            ShadowingStandardDeviationDb = shadowingDb,
            NakagamiShape = 1,
            CoherenceSeconds = 0.05,
            UplinkRate = radio,
            DownlinkRate = radio,
            UplinkDelay = MessageDelay.None,
            DownlinkDelay = MessageDelay.None,
            RadioEnergy = RadioEnergyModel.LowBand5G,
            MinimumDistanceMetres = 10,
            MaximumDistanceMetres = 100,
        };
    }

    internal static RooflineProfile Roofline(string name, double flopPerSecond, double bytesPerSecond, double watts) => new()
    {
        Name = name,
        Kind = DeviceKind.Phone,
        PeakMatrixFlopPerSecond = PerFormat.Uniform(flopPerSecond),
        PeakBytesPerSecond = bytesPerSecond,
        OverheadSecondsPerOperation = 1e-5,
        MemoryBytes = 8e9,
        UsableMemoryShare = 0.9,
        IdleWatts = 1,
        WattsAboveIdle = watts,
    };

    /// <summary>A context with a chosen mask and belief costs, for policies that are asked directly.</summary>
    internal static DecisionContext Context(Belief belief, in Observation observation, int request = 0, int conversation = 0)
    {
        var context = new DecisionContext(new SplitTotals(belief.Profile.Layers));
        context.Set(request, conversation, observation);
        belief.Predict(observation, observation.ExpectedOutputTokens, context.Belief);
        return context;
    }

    internal static Observation Observation { get; } = new(8, 0, 2, 150, 20, 48, 0, -1, 0);
}
