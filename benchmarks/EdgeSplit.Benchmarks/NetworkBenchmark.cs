using BenchmarkDotNet.Attributes;
using EdgeSplit.Agents.Networks;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Benchmarks;

/// <summary>An ensemble of 5 networks 16-64-64-4 with priors: one training step, and the decision over 33 candidates.</summary>
/// <remarks>Floors: training step at batch 256 0.8 ms, 33 candidates 50 us, both 0 B.</remarks>
[MemoryDiagnoser]
public class NetworkBenchmark
{
    private const int Batch = 256;
    private readonly float[] inputs = new float[Batch * 16];
    private readonly float[] targets = new float[Batch * 4];
    private readonly float[] mask = new float[Batch * 4];
    private readonly float[] weights = new float[5 * Batch];
    private readonly float[] predictions = new float[5 * Batch * 4];
    private NetworkEnsemble squared = null!;
    private NetworkEnsemble gamma = null!;

    /// <summary>Draws data and networks.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var key = StreamKey.Create(1, "network benchmark");
        var random = new RandomSource(key);
        Fill(inputs, -1, 1, ref random);
        Fill(targets, 0.2, 3, ref random);
        Fill(weights, 0, 2, ref random);
        Array.Fill(mask, 1f);
        int[] widths = [16, 64, 64, 4];
        squared = new NetworkEnsemble(new NetworkEnsembleOptions { Widths = widths }, key);
        gamma = new NetworkEnsemble(new NetworkEnsembleOptions { Widths = widths, Losses = [new GammaDevianceLoss()] }, key);
    }

    /// <summary>Forward, priors, backward and Adam of all members, squared error.</summary>
    [Benchmark]
    public float TrainStepSquared() => squared.TrainStep(inputs, targets, mask, weights, Batch);

    /// <summary>Forward, priors, backward and Adam of all members, gamma deviance.</summary>
    [Benchmark]
    public float TrainStepGamma() => gamma.TrainStep(inputs, targets, mask, weights, Batch);

    /// <summary>The decision: 33 candidates through all members.</summary>
    [Benchmark]
    public float Predict33() => Predict(33);

    /// <summary>One candidate through all members.</summary>
    [Benchmark]
    public float Predict1() => Predict(1);

    private static void Fill(float[] values, double minimum, double maximum, ref RandomSource random)
    {
        foreach (ref var value in values.AsSpan())
        {
            value = (float)(minimum + ((maximum - minimum) * random.NextUniform()));
        }
    }

    private float Predict(int batch)
    {
        squared.PredictAll(inputs, batch, predictions);
        return predictions[0];
    }
}
