using BenchmarkDotNet.Attributes;
using EdgeSplit.Core.Compression;
using EdgeSplit.Core.Queueing;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Benchmarks;

/// <summary>Quantising the activations of one token (4096 values), per value; and the waits of a queue, per customer.</summary>
[MemoryDiagnoser]
public class QuantizerBenchmark
{
    private const int Values = 4096;
    private const int Customers = 4096;

    private readonly UniformQuantizer quantizer = new(8, 4);
    private readonly ConstantServiceWait constantService = new(0.9, 1);
    private readonly float[] values = new float[Values];
    private readonly float[] work = new float[Values];
    private readonly ushort[] codes = new ushort[Values];
    private readonly double[] interarrivals = new double[Customers];
    private readonly double[] services = new double[Customers];
    private readonly double[] waits = new double[Customers];

    [GlobalSetup]
    public void Setup()
    {
        var draws = new double[Values];
        var key = StreamKey.Create(1, "benchmark");
        BlockVariates.FillNormal(key, 0, 0, new NormalDistribution(0, 1), draws);
        for (var i = 0; i < Values; i++)
        {
            values[i] = (float)draws[i];
        }

        values.CopyTo(work, 0);
        BlockVariates.FillExponential(key, 1, 0, new ExponentialDistribution(0.8), interarrivals);
        BlockVariates.FillExponential(key, 2, 0, new ExponentialDistribution(1), services);
    }

    [Benchmark(OperationsPerInvoke = Values)]
    public void Quantize() => quantizer.Quantize(values, codes);

    [Benchmark(OperationsPerInvoke = Values)]
    public void Dequantize() => quantizer.Dequantize(codes, work);

    [Benchmark(OperationsPerInvoke = Values)]
    public void RoundTripInPlace() => quantizer.RoundTrip(work);

    /// <summary>The same, one value at a time: what vectors save.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Values)]
    public void RoundTripOneByOne()
    {
        var (step, highest) = ((float)quantizer.Step, (quantizer.Levels / 2) - 0.5f);
        for (var i = 0; i < work.Length; i++)
        {
            work[i] = Math.Clamp(MathF.Floor(work[i] / step) + 0.5f, -highest, highest) * step;
        }
    }

    [Benchmark]
    public double OptimalClipLevel() => GaussianQuantizerDistortion.OptimalClipSigmas(8);

    [Benchmark(OperationsPerInvoke = Customers)]
    public double LindleyWaits() => LindleyRecursion.FillWaits(interarrivals, services, waits);

    [Benchmark]
    public double ConstantServiceTail() => constantService.TailProbability(10.5);
}
