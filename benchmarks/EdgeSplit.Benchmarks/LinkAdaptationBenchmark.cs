using BenchmarkDotNet.Attributes;
using EdgeSplit.Core.Wireless.LinkAdaptation;

namespace EdgeSplit.Benchmarks;

/// <summary>Hot paths of link adaptation: choice of a scheme, error rate of a block, effective SINR, goodput of many blocks.</summary>
[MemoryDiagnoser]
public class LinkAdaptationBenchmark
{
    private const int Blocks = 1024;

    private readonly BlockErrorModel _errors = new(McsTable.Qam256);
    private readonly AdaptiveModulationRate _rate = new(new(McsTable.Qam256), 150 * 50);
    private readonly double[] _snr = new double[Blocks];
    private readonly double[] _values = new double[Blocks];

    [GlobalSetup]
    public void Setup()
    {
        // SNRs from -10 to 30 dB in a scattered order.
        for (var i = 0; i < Blocks; i++)
        {
            _snr[i] = Math.Pow(10, (-10 + (40.0 * (i * 389 % Blocks) / Blocks)) / 10);
        }
    }

    [Benchmark(OperationsPerInvoke = Blocks)]
    public int SelectMcs()
    {
        var sum = 0;
        foreach (var snr in _snr)
        {
            sum += _errors.SelectMcs(snr, 30_000, 0.1);
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = Blocks)]
    public int SelectMcsForResources()
    {
        var sum = 0;
        foreach (var snr in _snr)
        {
            sum += _errors.SelectMcsForResources(snr, 7500, 0.1);
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = Blocks)]
    public double TransportBlockErrorRate()
    {
        var sum = 0.0;
        foreach (var snr in _snr)
        {
            sum += _errors.TransportBlockErrorRate(11, snr, 30_000);
        }

        return sum;
    }

    [Benchmark]
    public double ExponentialEffectiveSinrOverFiftySubbands() => EffectiveSinr.Exponential(_snr.AsSpan(0, 50), 10.97);

    [Benchmark]
    public double MutualInformationEffectiveSinrOverFiftySubbands() => EffectiveSinr.MutualInformation(_snr.AsSpan(0, 50), 6);

    [Benchmark]
    public double CapacityEffectiveSinrOverFiftySubbands() => EffectiveSinr.Capacity(_snr.AsSpan(0, 50));

    [Benchmark(OperationsPerInvoke = Blocks)]
    public double ConstellationCapacityOfOneSnr()
    {
        var sum = 0.0;
        foreach (var snr in _snr)
        {
            sum += ConstellationCapacity.BitsPerSymbol(6, snr);
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = Blocks)]
    public double AdaptiveModulationRate()
    {
        _snr.CopyTo(_values, 0);
        _rate.SpectralEfficiencies(_values);
        return _values[5];
    }

    [Benchmark(OperationsPerInvoke = Blocks)]
    public int QuantiseToCqi()
    {
        var sum = 0;
        foreach (var snr in _snr)
        {
            sum += CqiTable.Qam256.Quantise(snr, _errors);
        }

        return sum;
    }

    [Benchmark]
    public AdaptiveModulationRate NewAdaptiveModulationRate() => new(_errors, 7500);
}
