using BenchmarkDotNet.Attributes;
using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Devices;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Quality;
using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Simulation;
using EdgeSplit.Core.Transformers;
using EdgeSplit.Core.Wireless;

namespace EdgeSplit.Benchmarks;

/// <summary>Hot paths of the simulation room: one turn of 200 tokens run straight at three splits, a belief's prediction, and a whole event-driven run.</summary>
[MemoryDiagnoser]
public class SimulationBenchmark
{
    private const int Requests = 64;

    private World world = null!;
    private TurnSimulator simulator = null!;
    private Belief belief = null!;
    private SplitTotals totals = null!;
    private Observation[] seen = null!;
    private int next;

    [GlobalSetup]
    public void Setup()
    {
        var link = LinkCatalog.Find("5g-n78-20mhz-urban").Radio;
        var scenario = new Scenario
        {
            Name = "benchmark",
            System = new SplitSystem
            {
                Shape = ModelCatalog.Find("llama-2-7b").Shape,
                Device = DeviceCatalog.Find("snapdragon-8-gen-3").Profile,
                Server = DeviceCatalog.Find("a100-sxm-80gb-vllm").Profile,
                DeviceWeights = NumberFormat.Q4_K_M,
                UplinkDelay = link.UplinkDelay,
                DownlinkDelay = link.DownlinkDelay,
                Radio = link.RadioEnergy,
                FormatLoss = PublishedFormatLoss.Llama7B,
                Leakage = PublishedLeakageCurve.Instance,
            },
            Link = link,
            ServerLoad = new ServerLoadModel { MeanJobs = 4 },
            Workload = new WorkloadModel
            {
                PromptTokens = new LogNormalDistribution(4.5, 0.8),
                OutputTokens = new LogNormalDistribution(4.5, 0.7),
                Source = "benchmark",
                MeanTurns = 3,
                MaximumTurns = 8,
                MaximumOutputTokens = 512,
            },
            Settings = new SimulationSettings { Requests = 200, EvaluatedRequests = 100 },
        };
        world = new World(scenario, 1);
        simulator = new TurnSimulator(world);
        belief = new Belief(scenario);
        totals = new SplitTotals(32);
        seen = [.. Enumerable.Range(0, 200).Select(r => world.Observe(r, 16, 0))];
    }

    /// <summary>One turn of 200 tokens at a split, everything drawn anew for each request.</summary>
    [Benchmark(OperationsPerInvoke = Requests)]
    [Arguments(0)]
    [Arguments(8)]
    [Arguments(32)]
    public double TurnOf200Tokens(int split)
    {
        var plan = new KeyValueMigrationPlan(KeyValueMigrationKind.None, new TurnWork(100, 0, 200, 512), 0, 0);
        var sum = 0.0;
        for (var i = 0; i < Requests; i++)
        {
            simulator.Select(next++ % 200);
            sum += simulator.Run(split, plan).Latency.TotalSeconds;
        }

        return sum;
    }

    /// <summary>The same turn at all splits 1 to 16 of one request, which share what is drawn: time per turn.</summary>
    [Benchmark(OperationsPerInvoke = Requests)]
    public double TurnOf200TokensDrawnOnce()
    {
        var plan = new KeyValueMigrationPlan(KeyValueMigrationKind.None, new TurnWork(100, 0, 200, 512), 0, 0);
        var sum = 0.0;
        for (var i = 0; i < Requests; i++)
        {
            if (i % 16 == 0)
            {
                simulator.Select(next++ % 200);
            }

            sum += simulator.Run(1 + (i % 16), plan).Latency.TotalSeconds;
        }

        return sum;
    }

    /// <summary>Totals of all 33 splits of a turn; two in three have a cache at another split.</summary>
    [Benchmark(OperationsPerInvoke = 200)]
    public double Prediction()
    {
        var sum = 0.0;
        foreach (var observation in seen)
        {
            belief.Predict(observation, 100.5, totals);
            sum += totals.DeviceSeconds[7];
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = 200)]
    public double EventDrivenTurn() => new ConversationSimulator(world, new Middle()).Run()[^1].Cost;

    [Benchmark(OperationsPerInvoke = 200)]
    public double DrawingAWorld() => new World(world.Scenario, 2).Schedule.Turns[^1].LevelDb;

    private sealed class Middle : ISplitPolicy
    {
        public string Name => "middle";

        public Decision Decide(DecisionContext context) => new(8, 1);

        public void Learn(in Experience experience)
        {
        }
    }
}
