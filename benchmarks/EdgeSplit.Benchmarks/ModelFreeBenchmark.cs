using BenchmarkDotNet.Attributes;
using EdgeSplit.Agents.Environments.AdaptiveLayerSplitting;
using EdgeSplit.Agents.Environments.Classic;
using EdgeSplit.Agents.Learning;
using EdgeSplit.Agents.ModelFree;

namespace EdgeSplit.Benchmarks;

/// <summary>What the model-free agents take: one PPO cycle of collecting and updating, and a stretch of DQN.</summary>
/// <remarks>Goals, in CPU time of one core: 240,000 steps of the paper's settings in 4 s (6.7 ms per cycle of 400), CartPole at 53,000 training steps/s (4.8 ms per cycle of 256).</remarks>
[MemoryDiagnoser]
public class ModelFreeBenchmark
{
    private readonly TrainingOptions paperCycle = new() { Steps = 400 };
    private readonly TrainingOptions poleCycle = new() { Steps = 256 };
    private readonly SurrogateSplittingEnvironment splitting = new();
    private readonly CartPole poles = new(8);
    private readonly CartPole pole = new();
    private PpoAgent paper = null!;
    private PpoAgent balance = null!;
    private DqnAgent values = null!;

    /// <summary>Creates the agents.</summary>
    [GlobalSetup]
    public void Setup()
    {
        paper = new PpoAgent(splitting, new PpoOptions { StepsPerLane = 400, BatchSize = 100 });
        balance = new PpoAgent(poles, new PpoOptions { StepsPerLane = 32, BatchSize = 256, Epochs = 20, TraceDecay = 0.8, Discount = 0.98, LearningRate = 1e-3 });
        values = new DqnAgent(
            pole, new DqnOptions { HiddenWidths = [256, 256], LearningRate = 2.3e-3, BatchSize = 64, BufferSize = 100_000, LearningStarts = 200, TargetUpdateEvery = 10, TrainEvery = 256, GradientSteps = 128 });
    }

    /// <summary>The layer-splitting paper: 400 steps and 40 minibatches of 100, two networks of 2-64-64.</summary>
    [Benchmark]
    public long PpoPaperCycle() => Training.Run(paper, splitting, paperCycle).Steps;

    /// <summary>CartPole: 256 steps and 20 minibatches of 256.</summary>
    [Benchmark]
    public long PpoCartPoleCycle() => Training.Run(balance, poles, poleCycle).Steps;

    /// <summary>CartPole: 256 steps and 128 gradient steps of 64, a network of 4-256-256-2.</summary>
    [Benchmark]
    public long DqnCartPoleCycle() => Training.Run(values, pole, poleCycle).Steps;
}
