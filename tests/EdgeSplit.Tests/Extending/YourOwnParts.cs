using EdgeSplit.Agents.Evaluation;
using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Devices;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Quality;
using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Simulation;
using EdgeSplit.Core.Transformers;
using EdgeSplit.Core.Wireless;
using EdgeSplit.Core.Wireless.Fading;
using EdgeSplit.Core.Wireless.LinkAdaptation;
using EdgeSplit.Core.Wireless.Transfers;

namespace EdgeSplit.Tests.Extending;

/// <summary>Every part that a user would replace, written with public members only and run together in one comparison.</summary>
public sealed class YourOwnParts
{
    [Fact]
    public void A_fading_model_device_quality_source_leakage_source_and_policy_from_outside_run_in_a_comparison()
    {
        var link = LinkCatalog.Find("5g-n78-20mhz-urban").Radio with { Fading = new OnOff(), UplinkShare = 0.5 };
        var scenario = new Scenario
        {
            Name = "all my own",
            System = new SplitSystem
            {
                Shape = ModelCatalog.Find("llama-3.2-1b").Shape,
                Device = new FixedSpeedDevice("my chip", 40e9, 1e12),
                Server = new FixedSpeedDevice("my server", 1e12, 100e12),
                DeviceWeights = NumberFormat.Q8_0,
                UplinkDelay = link.UplinkDelay,
                DownlinkDelay = link.DownlinkDelay,
                Radio = link.RadioEnergy,
                FormatLoss = new NoLoss(),
                Leakage = new HalvesPerLayer(),
            },
            Limits = new SplitLimits { MaximumTokenRecoveryRate = 0.3 },
            Link = link,
            Workload = new WorkloadModel { PromptTokens = new UniformDistribution(10, 200), OutputTokens = new UniformDistribution(1, 20), Source = "made up", MaximumOutputTokens = 20 },
            Settings = new SimulationSettings { Requests = 40, EvaluatedRequests = 20, Seeds = 2 },
        };

        var result = PolicyComparison.Run(scenario, new ComparisonOptions { AdditionalPolicies = [_ => new ShallowestFeasible()] });

        var mine = result.Of("shallowest");
        Assert.Equal(2, mine.MeanCostBySeed.Count);

        // HalvesPerLayer allows splits from k = 2 on: 0.25 is the first rate below 0.3.
        Assert.Equal(2, mine.Summary.MeanSplitPoint);
        Assert.Equal(0.25, mine.Summary.MeanTokenRecoveryRate);
        Assert.Equal(0, mine.Summary.MeanNegativeLogLikelihoodIncrease);
    }

    [Fact]
    public void A_fading_model_from_outside_drives_a_link()
    {
        var process = new BlockFadingProcess(StreamKey.Create(1, "mine"), 0, 10, new OnOff(), ShannonRate.Capacity, 0.01);
        Span<double> efficiency = stackalloc double[1000];
        process.Fill(0, efficiency);
        var on = 0;
        foreach (var value in efficiency)
        {
            Assert.True(value == 0 || Math.Abs(value - Math.Log2(21)) < 1e-12, $"Found {value}.");
            on += value > 0 ? 1 : 0;
        }

        Assert.InRange(on, 420, 580);
        Assert.Equal(0.5 * Math.Log2(21), new OnOff().ErgodicSpectralEfficiency(10, ShannonRate.Capacity), 12);
    }

    [Fact]
    public void A_device_from_outside_may_take_prompts_in_parts_and_run_single_tokens_on_another_processor()
    {
        IComputeProfile prompts = new FixedSpeedDevice("matrix unit", 40e9, 1e13), tokens = new FixedSpeedDevice("cores", 60e9, 1e12);
        var system = new SplitSystem
        {
            Shape = ModelCatalog.Find("llama-3.2-1b").Shape,
            Device = new TwoProcessors(prompts, tokens, 100),
            Server = tokens,
            DeviceWeights = NumberFormat.Q8_0,
            UplinkDelay = LinkCatalog.Find("wifi-5ghz-indoor").Link.UplinkDelay,
            DownlinkDelay = LinkCatalog.Find("wifi-5ghz-indoor").Link.DownlinkDelay,
            Radio = LinkCatalog.Find("wifi-5ghz-indoor").Link.RadioEnergy,
            FormatLoss = new NoLoss(),
            Leakage = new HalvesPerLayer(),
        };
        double Seconds(IComputeProfile device, int prompt, int context, int output) =>
            new SplitProfile(system with { Device = device }).Breakdown(system.Layers, new TurnWork(prompt, context, output, output), new OperatingPoint(1e6, 1e6, 1)).Latency.DeviceSeconds;

        // Two and a half parts of a prompt, the head after the last one; then nine steps on the other processor.
        var head = TransformerCost.Prepare(system.Shape, TransformerUnit.Head, system.Layers - 1, NumberFormat.Q8_0, NumberFormat.F16, NumberFormat.F16).Evaluate(new ForwardPass(1, 0));
        var parts = Seconds(prompts, 100, 0, 1) + Seconds(prompts, 100, 100, 1) + Seconds(prompts, 50, 200, 1) - (2 * prompts.Seconds(head, NumberFormat.Q8_0));
        var steps = Seconds(tokens, 250, 0, 10) - Seconds(tokens, 250, 0, 1);
        Assert.Equal(parts + steps, Seconds(system.Device, 250, 0, 10), 1e-9 * parts);
    }

    private sealed class TwoProcessors(IComputeProfile prompts, IComputeProfile tokens, int microBatchTokens) : IComputeProfile
    {
        public string Name => "two processors";

        public double MemoryBytes => prompts.MemoryBytes;

        public double UsableMemoryBytes => prompts.UsableMemoryBytes;

        public double IdleWatts => prompts.IdleWatts;

        public double BusyWatts => prompts.BusyWatts;

        public double OverheadSecondsPerPass => prompts.OverheadSecondsPerPass;

        public int MicroBatchTokens => microBatchTokens;

        public IComputeProfile ForPass(int newTokens) => newTokens > 1 ? this : tokens;

        public double Seconds(in UnitCost cost, NumberFormat weights) => prompts.Seconds(cost, weights);

        public IComputeProfile Perturbed(double computeFactor, double bandwidthFactor, double overheadFactor) => new TwoProcessors(
            prompts.Perturbed(computeFactor, bandwidthFactor, overheadFactor), tokens.Perturbed(computeFactor, bandwidthFactor, overheadFactor), microBatchTokens);
    }

    private sealed class ShallowestFeasible : ISplitPolicy
    {
        public string Name => "shallowest";

        public Decision Decide(DecisionContext context)
        {
            var split = 0;
            while (!context.IsFeasible(split))
            {
                split++;
            }

            return new Decision(split, 1);
        }

        public void Learn(in Experience experience)
        {
        }
    }

    private sealed class FixedSpeedDevice(string name, double bytesPerSecond, double flopPerSecond) : IComputeProfile
    {
        public string Name => name;

        public double MemoryBytes => 64e9;

        public double UsableMemoryBytes => 64e9;

        public double IdleWatts => 1;

        public double BusyWatts => 5;

        public double OverheadSecondsPerPass => 0;

        public double Seconds(in UnitCost cost, NumberFormat weights) => Math.Max(cost.TotalFlop / flopPerSecond, cost.TotalBytes / bytesPerSecond);

        public IComputeProfile Perturbed(double computeFactor, double bandwidthFactor, double overheadFactor) =>
            new FixedSpeedDevice(name, bytesPerSecond / bandwidthFactor, flopPerSecond / computeFactor);
    }

    private sealed class NoLoss : IFormatLossSource
    {
        public QualityProvenance Provenance => new(QualityKind.Surrogate, "assumed", null);

        public double NegativeLogLikelihoodIncreaseNats(NumberFormat format) => 0;
    }

    private sealed class HalvesPerLayer : ILeakageSource
    {
        public QualityProvenance Provenance => new(QualityKind.Surrogate, "assumed", null);

        public double TokenRecoveryRate(int layersOnDevice, int totalLayers) => layersOnDevice == totalLayers ? 0 : Math.Pow(0.5, layersOnDevice);
    }

    private sealed class OnOff : IFadingModel
    {
        public double Sample(ref RandomSource random) => random.NextUniform() < 0.5 ? 0 : 2;

        public double CumulativeProbability(double powerGainLinear) => powerGainLinear < 0 ? 0 : powerGainLinear < 2 ? 0.5 : 1;

        public double ErgodicSpectralEfficiency(double meanSnrLinear, IRateLaw rate) => 0.5 * rate.SpectralEfficiency(2 * meanSnrLinear);
    }
}
