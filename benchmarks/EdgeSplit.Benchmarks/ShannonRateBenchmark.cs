using BenchmarkDotNet.Attributes;
using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Fading;
using EdgeSplit.Core.Wireless.LinkAdaptation;
using EdgeSplit.Core.Wireless.Transfers;

namespace EdgeSplit.Benchmarks;

/// <summary>Hot path of block fading without schemes: from gains to efficiencies by Shannon's law, per block.</summary>
[MemoryDiagnoser]
public class ShannonRateBenchmark
{
    private const int Blocks = 64; // what a timeline reads at once

    private readonly ShannonRate rate = new(3.5, 7.4);
    private readonly BlockFadingProcess process = new(StreamKey.Create(1, "benchmark"), 0, 10, NakagamiFading.Rayleigh, new ShannonRate(3.5, 7.4), 0.01);
    private readonly double[] snr = new double[Blocks];
    private readonly double[] values = new double[Blocks];

    private long block;

    [GlobalSetup]
    public void Setup() => process.FillSnr(0, snr);

    [Benchmark(OperationsPerInvoke = Blocks)]
    public void ManyEfficiencies()
    {
        snr.CopyTo(values, 0);
        rate.SpectralEfficiencies(values);
    }

    [Benchmark(OperationsPerInvoke = Blocks)]
    public double SingleEfficiencies()
    {
        var sum = 0.0;
        foreach (var value in snr)
        {
            sum += rate.SpectralEfficiency(value);
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = Blocks)]
    public void BlockFading() => process.Fill(block += Blocks, values);
}
