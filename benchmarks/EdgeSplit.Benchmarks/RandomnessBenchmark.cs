using BenchmarkDotNet.Attributes;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Benchmarks;

/// <summary>Draws per time block: filled at once, and by one source per block (the baseline of what filling saves).</summary>
[MemoryDiagnoser]
public class RandomnessBenchmark
{
    private const int Blocks = 1024;

    private readonly StreamKey key = StreamKey.Create(1, "benchmark");
    private readonly double[] destination = new double[Blocks];
    private readonly UniformDistribution uniform = new(0, 1);
    private readonly NormalDistribution normal = new(0, 1);
    private readonly ExponentialDistribution exponential = new(1);
    private readonly GammaDistribution gamma = new(2.5, 0.4);
    private readonly GammaDistribution gammaBelowOne = new(0.5, 2);
    private readonly PoissonDistribution poisson = new(300);
    private readonly CategoricalDistribution categorical = new([.. Enumerable.Range(1, 128).Select(i => 1.0 / i)]);
    private ulong block;

    [Benchmark(OperationsPerInvoke = Blocks)]
    public void FillUniform() => BlockVariates.FillUniform(key, 1, block++, uniform, destination);

    [Benchmark(OperationsPerInvoke = Blocks)]
    public void FillNormal() => BlockVariates.FillNormal(key, 1, block++, normal, destination);

    [Benchmark(OperationsPerInvoke = Blocks)]
    public void FillExponential() => BlockVariates.FillExponential(key, 1, block++, exponential, destination);

    [Benchmark(OperationsPerInvoke = Blocks)]
    public void FillGamma() => BlockVariates.FillGamma(key, 1, block++, gamma, destination);

    [Benchmark(OperationsPerInvoke = Blocks)]
    public void FillGammaBelowOne() => BlockVariates.FillGamma(key, 1, block++, gammaBelowOne, destination);

    [Benchmark(Baseline = true, OperationsPerInvoke = Blocks)]
    public void ExponentialFromOneSourcePerBlock() => OneSourcePerBlock(exponential);

    [Benchmark(OperationsPerInvoke = Blocks)]
    public void GammaFromOneSourcePerBlock() => OneSourcePerBlock(gamma);

    [Benchmark(OperationsPerInvoke = Blocks)]
    public void PoissonFromOneSource() => OneSource(poisson);

    [Benchmark(OperationsPerInvoke = Blocks)]
    public void CategoricalFromOneSource() => OneSource(categorical);

    private void OneSourcePerBlock<TDistribution>(TDistribution distribution)
        where TDistribution : IDistribution
    {
        block++;
        for (var i = 0; i < destination.Length; i++)
        {
            var random = new RandomSource(key, 1, block + (ulong)i);
            destination[i] = distribution.Sample(ref random);
        }
    }

    private void OneSource<TDistribution>(TDistribution distribution)
        where TDistribution : IDistribution
    {
        var random = new RandomSource(key, 1, block++);
        foreach (ref var draw in destination.AsSpan())
        {
            draw = distribution.Sample(ref random);
        }
    }
}
