using BenchmarkDotNet.Attributes;
using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Fading;

namespace EdgeSplit.Benchmarks;

/// <summary>Hot paths of small-scale fading: one gain of independent blocks, of a Clarke and of an autoregressive channel, in order and at random places; one subband of a wideband channel.</summary>
[MemoryDiagnoser]
public class FadingBenchmark
{
    private const int Blocks = 1024;
    private const int Subbands = 13;

    private static readonly StreamKey Key = StreamKey.Create(1, "benchmark");

    private readonly double[] gains = new double[Blocks];
    private readonly double[] wide = new double[Blocks * Subbands];
    private readonly double[] one = new double[1];
    private readonly NakagamiFading shape15 = new(1.5);
    private readonly NakagamiFading shape05 = new(0.5);
    private readonly NakagamiFading shape37 = new(3.7);
    private readonly RicianFading rice = new(4);
    private readonly ClarkeFading clarke = new(Key, 0, NakagamiFading.Rayleigh, 0.001, 50);
    private readonly ClarkeFading clarkeCopula = new(Key, 0, new NakagamiFading(3.7), 0.001, 50);
    private readonly AutoregressiveFading chain = new AutoregressiveEvolution().Create(Key, 0, NakagamiFading.Rayleigh, 0.001, 50);
    private readonly WidebandFading wideband = new(
        Key, 0, PowerDelayProfile.Exponential(100e-9, 8), WidebandFading.SubbandCentresHz(20e6, Subbands), new ClarkeEvolution(), NakagamiFading.Rayleigh, 0.001, 50);

    private long block;

    [Benchmark(OperationsPerInvoke = Blocks)]
    public void IndependentRayleigh() => NakagamiFading.Rayleigh.FillGains(Key, 0, (ulong)Next(), gains);

    [Benchmark(OperationsPerInvoke = Blocks)]
    public void IndependentNakagami15() => shape15.FillGains(Key, 0, (ulong)Next(), gains);

    [Benchmark(OperationsPerInvoke = Blocks)]
    public void IndependentNakagami05() => shape05.FillGains(Key, 0, (ulong)Next(), gains);

    [Benchmark(OperationsPerInvoke = Blocks)]
    public void IndependentNakagami37() => shape37.FillGains(Key, 0, (ulong)Next(), gains);

    [Benchmark(OperationsPerInvoke = Blocks)]
    public void IndependentRice() => rice.FillGains(Key, 0, (ulong)Next(), gains);

    [Benchmark(OperationsPerInvoke = Blocks)]
    public void Clarke16InOrder() => clarke.FillGains(Next(), gains);

    [Benchmark(OperationsPerInvoke = Blocks)]
    public void Clarke16CopulaInOrder() => clarkeCopula.FillGains(Next(), gains);

    [Benchmark]
    public void Clarke16AtRandom() => clarke.FillGains(Scattered(), one);

    [Benchmark(OperationsPerInvoke = Blocks)]
    public void AutoregressiveInOrder() => chain.FillGains(Next(), gains);

    [Benchmark]
    public void AutoregressiveAtRandom() => chain.FillGains(Scattered(), one);

    /// <summary>Per subband and block: eight taps, thirteen subbands.</summary>
    [Benchmark(OperationsPerInvoke = Blocks * Subbands)]
    public void WidebandInOrder() => wideband.FillGains(Next(), wide);

    private long Next() => block += Blocks;

    private long Scattered() => (long)(((ulong)++block * 0x9E3779B97F4A7C15) >> 36);
}
