using BenchmarkDotNet.Attributes;
using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Traces;

namespace EdgeSplit.Benchmarks;

/// <summary>Queries of a trace: transfers, bits, blocks of a process.</summary>
[MemoryDiagnoser]
public class TraceBenchmark
{
    private const int Messages = 1000;

    private readonly double[] _starts = new double[Messages];
    private readonly double[] _blocks = new double[1024];
    private RateTrace _rows = null!;
    private MahimahiTrace _opportunities = null!;
    private TraceProcess _process = null!;

    [GlobalSetup]
    public void Setup()
    {
        var random = new RandomSource(StreamKey.Create(1, "benchmark"));
        var (times, rates) = (new double[2000], new double[2000]);
        for (var i = 0; i < times.Length; i++)
        {
            times[i] = i == 0 ? 0 : times[i - 1] + random.NextUniform();
            rates[i] = random.NextUniform() < 0.1 ? 0 : 100e6 * random.NextUniform();
        }

        _rows = new RateTrace(times, rates);
        var stamps = new uint[50_000];
        for (var i = 0; i < stamps.Length; i++)
        {
            stamps[i] = (i == 0 ? 1 : stamps[i - 1]) + (random.NextUniform() < 0.3 ? 4u : 0u);
        }

        _opportunities = new MahimahiTrace(stamps);
        _process = new TraceProcess(_rows, 17.3, 0.043, 20e6);
        for (var i = 0; i < Messages; i++)
        {
            _starts[i] = 3000.0 * random.NextUniform();
        }
    }

    /// <summary>A transfer over some 500 rows of time and rate, at random starts.</summary>
    [Benchmark(OperationsPerInvoke = Messages)]
    public double TransferOverFiveHundredRows() => Transfers(_rows, 11e9);

    /// <summary>A transfer of some ten periods.</summary>
    [Benchmark(OperationsPerInvoke = Messages)]
    public double TransferOverTenPeriods() => Transfers(_rows, 450e9);

    /// <summary>A message of 16 kbit: mostly within one row.</summary>
    [Benchmark(OperationsPerInvoke = Messages)]
    public double TokenOnARateTrace() => Transfers(_rows, 16_384);

    /// <summary>A message over some 500 opportunities.</summary>
    [Benchmark(OperationsPerInvoke = Messages)]
    public double TransferOverFiveHundredOpportunities() => Transfers(_opportunities, 6e6);

    [Benchmark(OperationsPerInvoke = Messages)]
    public double BitsOfAWindow()
    {
        var sum = 0.0;
        foreach (var start in _starts)
        {
            sum += _rows.Bits(start, start + 250);
        }

        return sum;
    }

    /// <summary>One block of a link over a trace.</summary>
    [Benchmark(OperationsPerInvoke = 1024)]
    public double ProcessBlock()
    {
        _process.Fill(0, _blocks);
        return _blocks[5];
    }

    private double Transfers(ICapacityTrace trace, double bits)
    {
        var sum = 0.0;
        foreach (var start in _starts)
        {
            sum += trace.CompletionSeconds(start, bits);
        }

        return sum;
    }
}
