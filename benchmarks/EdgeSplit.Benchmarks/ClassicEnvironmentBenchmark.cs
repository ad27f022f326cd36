using BenchmarkDotNet.Attributes;
using EdgeSplit.Agents.Environments;
using EdgeSplit.Agents.Environments.AdaptiveLayerSplitting;
using EdgeSplit.Agents.Environments.Classic;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Benchmarks;

/// <summary>One step of a whole batch, autoreset and observation included, with random actions.</summary>
/// <remarks>Floor for CartPole: 40 ns per environment and 0 B.</remarks>
[MemoryDiagnoser]
public class ClassicEnvironmentBenchmark
{
    private const int Rounds = 64;
    private const int MostEnvironments = 1024;

    private readonly double[] rewards = new double[MostEnvironments];
    private readonly bool[] terminated = new bool[MostEnvironments];
    private readonly bool[] truncated = new bool[MostEnvironments];
    private readonly int[][] actions = new int[Rounds][];
    private IBatchedEnvironment batch = null!;
    private double[] observations = null!;
    private bool[] mask = null!;

    [Params("CartPole", "Acrobot", "MountainCar", "FrozenLake", "SurrogateSplitting", "MeasuredSplitting")]
    public string Environment { get; set; } = string.Empty;

    [Params(8, MostEnvironments)]
    public int Environments { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        batch = Environment switch
        {
            "CartPole" => new CartPole(Environments),
            "Acrobot" => new Acrobot(Environments),
            "MountainCar" => new MountainCar(Environments),
            "FrozenLake" => new FrozenLake(Environments),
            "SurrogateSplitting" => new SurrogateSplittingEnvironment(Environments),
            _ => new MeasuredSplittingEnvironment(Environments),
        };
        observations = new double[Environments * batch.ObservationSpace.Length];
        mask = new bool[Environments * batch.ActionSpace.Count];
        batch.Reset(1, observations, mask);
        var random = new RandomSource(StreamKey.Create(1, "benchmark/actions"));
        for (var round = 0; round < Rounds; round++)
        {
            actions[round] = new int[Environments];
            foreach (ref var action in actions[round].AsSpan())
            {
                action = random.NextInt32(batch.ActionSpace.Count);
            }
        }
    }

    /// <summary>One step of the whole batch: divide by the number of environments.</summary>
    [Benchmark(OperationsPerInvoke = Rounds)]
    public double Step()
    {
        var sum = 0.0;
        for (var round = 0; round < Rounds; round++)
        {
            batch.Step(
                actions[round],
                observations,
                rewards.AsSpan(0, Environments),
                terminated.AsSpan(0, Environments),
                truncated.AsSpan(0, Environments),
                mask);
            sum += rewards[0];
        }

        return sum;
    }
}
