using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Devices;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Quality;
using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Simulation;
using EdgeSplit.Core.Transformers;
using EdgeSplit.Core.Wireless;

namespace EdgeSplit.Tests.Environments;

/// <summary>Scenarios for the tests of this room: Llama-2-7B between a phone and a GPU server.</summary>
internal static class EnvironmentScenarios
{
    // Prompt and output tokens of the first 6000 rows of AzureLLMInferenceTrace_code (Azure public dataset, 2023).
    private static readonly double[] Probabilities = [0, .01, .05, .1, .25, .5, .75, .9, .95, .99, 1];
    private static readonly double[] PromptQuantiles = [3, 17, 76, 147, 577, 1452, 2692, 5025, 7375, 7436, 7437];
    private static readonly double[] OutputQuantiles = [6, 6, 6, 7, 9, 13, 23, 53, 85, 246, 1899];

    internal static Scenario SingleTurn { get; } = Create(1);

    /// <summary>Up to six turns, short enough that contexts are kept and KV caches move; hidden errors; a privacy limit that masks splits 1 to 4.</summary>
    internal static Scenario MultiTurn { get; } = Create(6) with
    {
        Limits = new SplitLimits { MaximumTokenRecoveryRate = 0.5 },
        System = Create(6).System with { Leakage = new ShallowLeaks() },
        Workload = new WorkloadModel
        {
            PromptTokens = new UniformDistribution(20, 900),
            OutputTokens = new UniformDistribution(1, 40),
            Source = "made up",
            MeanTurns = 3,
            MaximumTurns = 6,
            MaximumOutputTokens = 128,
        },
    };

    private static Scenario Create(int turns)
    {
        var link = LinkCatalog.Find("5g-n78-20mhz-urban").Radio;
        var phone = DeviceCatalog.Find("snapdragon-8-gen-3");
        return new Scenario
        {
            Name = "environments",
            Link = link,
            System = new SplitSystem
            {
                Shape = ModelCatalog.Find("llama-2-7b").Shape,
                Device = phone.Profile,
                Server = DeviceCatalog.Find("a100-sxm-80gb-vllm").Profile,
                DeviceWeights = phone.UsualWeights,
                UplinkDelay = link.UplinkDelay,
                DownlinkDelay = link.DownlinkDelay,
                Radio = link.RadioEnergy,
                FormatLoss = PublishedFormatLoss.Llama7B,
                Leakage = PublishedLeakageCurve.Instance,
            },
            ServerLoad = new ServerLoadModel { MeanJobs = 2 },
            Workload = new WorkloadModel
            {
                PromptTokens = new QuantileDistribution(Probabilities, PromptQuantiles),
                OutputTokens = new QuantileDistribution(Probabilities, OutputQuantiles),
                Source = "AzureLLMInferenceTrace_code",
                MeanTurns = turns,
                MaximumTurns = turns,
            },
            Objective = new Objective { DeviceJouleSeconds = 0.05, QualityNatSeconds = 10, LeakageSeconds = 1 },
            Settings = new SimulationSettings
            {
                Requests = 80,
                Errors = new PriorErrors { DeviceCompute = .2, DeviceBandwidth = .2, ServerCompute = .1, ServerBandwidth = .1, LinkBiasDb = 2, ServerLoad = .2 },
            },
        };
    }

    /// <summary>An allowed action, the same for the same step.</summary>
    internal static int Choose(ReadOnlySpan<bool> mask, ulong step, ulong environment = 0)
    {
        var random = new RandomSource(StreamKey.Create(7, "test/actions"), environment, step);
        var action = random.NextInt32(mask.Length);
        while (!mask[action])
        {
            action = (action + 1) % mask.Length;
        }

        return action;
    }

    private sealed class ShallowLeaks : ILeakageSource
    {
        public QualityProvenance Provenance { get; } = new(QualityKind.Surrogate, "test: the first four layers give all away", null);

        public double TokenRecoveryRate(int layersOnDevice, int totalLayers) => layersOnDevice is >= 1 and <= 4 ? 1 : 0;
    }
}
