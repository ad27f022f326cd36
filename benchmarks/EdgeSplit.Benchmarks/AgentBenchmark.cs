using BenchmarkDotNet.Attributes;
using EdgeSplit.Agents.ModelBased;
using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Devices;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Quality;
using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Simulation;
using EdgeSplit.Core.Transformers;
using EdgeSplit.Core.Wireless;

namespace EdgeSplit.Benchmarks;

/// <summary>Hot paths of the model-based agent: a decision over 33 splits by 5 networks (floor 50 us, 0 B), and learning from a finished request.</summary>
[MemoryDiagnoser]
public class AgentBenchmark
{
    private readonly DecisionContext _context;
    private readonly ModelBasedAgent _agent;
    private readonly Experience _experience;

    public AgentBenchmark()
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
                DeviceWeights = NumberFormat.Parse("INT4"),
                UplinkDelay = link.UplinkDelay,
                DownlinkDelay = link.DownlinkDelay,
                Radio = link.RadioEnergy,
                FormatLoss = PublishedFormatLoss.Llama7B,
                Leakage = PublishedLeakageCurve.Instance,
            },
            Link = link,
            Workload = new WorkloadModel
            {
                PromptTokens = new UniformDistribution(100, 3000),
                OutputTokens = new UniformDistribution(10, 400),
                Source = "benchmark",
            },
            Settings = new SimulationSettings { Requests = 100 },
        };
        var world = new World(scenario, 1);
        var belief = new Belief(scenario);
        _agent = new ModelBasedAgent(belief, 1);
        var recorder = new Recorder(_agent);
        new ConversationSimulator(world, recorder).Run();
        _experience = recorder.Last;

        var observation = world.Observe(0, -1, 0);
        _context = new DecisionContext(new SplitTotals(belief.Profile.Layers));
        _context.Set(0, 0, observation);
        belief.Predict(observation, observation.ExpectedOutputTokens, _context.Belief);
    }

    /// <summary>One decision, all 33 splits feasible.</summary>
    [Benchmark]
    public Decision Decide() => _agent.Decide(_context);

    /// <summary>One finished request: features, targets and one training step of 5 networks.</summary>
    [Benchmark]
    public void Learn() => _agent.Learn(_experience);

    private sealed class Recorder(ISplitPolicy inner) : ISplitPolicy
    {
        public string Name => inner.Name;

        internal Experience Last { get; private set; }

        public Decision Decide(DecisionContext context) => inner.Decide(context);

        public void Learn(in Experience experience)
        {
            Last = experience;
            inner.Learn(experience);
        }
    }
}
