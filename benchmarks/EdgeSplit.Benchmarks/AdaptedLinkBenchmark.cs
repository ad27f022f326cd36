using BenchmarkDotNet.Attributes;
using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Fading;
using EdgeSplit.Core.Wireless.LinkAdaptation;
using EdgeSplit.Core.Wireless.Transfers;
using EdgeSplit.Core.Wireless.Transport;

namespace EdgeSplit.Benchmarks;

/// <summary>A link simulated slot by slot with reports, HARQ and RLC: slots, messages, random access.</summary>
[MemoryDiagnoser]
public class AdaptedLinkBenchmark
{
    private const int Slots = 20_480;
    private const int Messages = 100;

    private readonly StreamKey _key = StreamKey.Create(1, "adapted-link-benchmark");
    private readonly double[] _efficiency = new double[64];
    private BlockFadingProcess _snr = null!;
    private AdaptedLinkOptions _options = null!;
    private AdaptedLink _link = null!;
    private ReliableTransfer _transfer = null!;

    [Params(false, true)]
    public bool TimeDivision { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _snr = new BlockFadingProcess(_key, 0, 20, NakagamiFading.Rayleigh, ShannonRate.Capacity, 10e-3);
        _options = new AdaptedLinkOptions(new BlockErrorModel(McsTable.Qam64), 20e6, 51);
        _options = TimeDivision ? _options with { Duplexing = new TimeDivisionPattern("DDDDDDDSUU") } : _options;
        _link = new AdaptedLink(_options, _snr, _key, 0);
        _transfer = new ReliableTransfer(_link, new MessageDelay(2e-3, 1e-3, 0));
        _link.Statistics(0, 200_000);
    }

    /// <summary>One slot after the other, from a fresh start.</summary>
    [Benchmark(OperationsPerInvoke = Slots)]
    public double SlotInOrder()
    {
        _link.Reset(_snr, _key, 0);
        for (var first = 0; first < Slots; first += _efficiency.Length)
        {
            _link.Fill(first, _efficiency);
        }

        return _efficiency[0];
    }

    /// <summary>Decoded tokens, 16 kbit each, 30 ms apart.</summary>
    [Benchmark(OperationsPerInvoke = Messages)]
    public double TokenMessage()
    {
        var time = 0.0;
        for (var i = 0; i < Messages; i++)
        {
            time = _transfer.Send(time, 16_384).CompletionSeconds + 0.03;
        }

        return time;
    }

    /// <summary>A prompt of 2 Mbit.</summary>
    [Benchmark]
    public double PromptMessage() => _transfer.Send(1.0, 2e6).CompletionSeconds;

    /// <summary>64 slots anywhere in what has been simulated before.</summary>
    [Benchmark]
    public double RandomAccess()
    {
        _link.Fill(17 * 64, _efficiency);
        _link.Fill(250 * 64, _efficiency);
        return _efficiency[0];
    }

    /// <summary>The prepared tables of a new link.</summary>
    [Benchmark]
    public AdaptedLink NewLink() => new(_options, _snr, _key, 0);
}
