using BenchmarkDotNet.Attributes;
using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Fading;
using EdgeSplit.Core.Wireless.LinkAdaptation;
using EdgeSplit.Core.Wireless.Transfers;

namespace EdgeSplit.Benchmarks;

/// <summary>Hot paths of the wireless room: one message on a timeline, one block of fading, one ergodic rate.</summary>
[MemoryDiagnoser]
public class WirelessBenchmark
{
    private const int Messages = 1000;

    private readonly BlockFadingProcess _fading = new(
        StreamKey.Create(1, "benchmark"), 0, 20, NakagamiFading.Rayleigh, new ShannonRate(3.5, 4.4), 0.0434785);

    private readonly NakagamiFading _nakagami = new(1.5);
    private readonly ShannonRate _rate = new(3.5, 4.4);
    private readonly double[] _blocks = new double[1024];
    private LinkTimeline _timeline = null!;
    private SharedLink _whole = null!;
    private SharedLink _changing = null!;

    [GlobalSetup]
    public void Setup()
    {
        _timeline = new LinkTimeline(_fading);
        _whole = new SharedLink(_fading, 20e6, ConstantShare.Whole);
        _changing = new SharedLink(_fading, 20e6, new PiecewiseShare(0.01, [1, 0.5, 0.25], PiecewiseExtension.Wrap));
    }

    /// <summary>Small messages within one block, one after the other.</summary>
    [Benchmark(OperationsPerInvoke = Messages)]
    public double SmallMessageWithinItsBlock()
    {
        var time = 0.0;
        for (var i = 0; i < Messages; i++)
        {
            time = _timeline.CompletionSeconds(time, 1e-7);
        }

        return time;
    }

    /// <summary>Decoded tokens, 16 kbit each on 20 MHz, with 30 ms of computing between: nearly every one in a new block.</summary>
    [Benchmark(OperationsPerInvoke = Messages)]
    public double TokenByTokenOverManyBlocks()
    {
        var time = 0.0;
        for (var i = 0; i < Messages; i++)
        {
            time = _timeline.CompletionSeconds(time, 0.0008) + 0.03;
        }

        return time;
    }

    /// <summary>A prompt over some 40 blocks that have been read before, at changing starts.</summary>
    [Benchmark(OperationsPerInvoke = Messages)]
    public double PromptOverFortyBlocks()
    {
        var sum = 0.0;
        for (var i = 0; i < Messages; i++)
        {
            sum += _timeline.CompletionSeconds(0.01 * i, 4.0);
        }

        return sum;
    }

    /// <summary>Transfers over some 500 blocks that have been read before, at changing starts.</summary>
    [Benchmark(OperationsPerInvoke = Messages)]
    public double TransferOverFiveHundredBlocks()
    {
        var sum = 0.0;
        for (var i = 0; i < Messages; i++)
        {
            sum += _timeline.CompletionSeconds(0.0434785 * (i % 100), 55.0);
        }

        return sum;
    }

    /// <summary>A transfer over some 20,000 blocks that have been read before.</summary>
    [Benchmark]
    public double TransferOverTwentyThousandBlocks() => _timeline.CompletionSeconds(1.0, 2200.0);

    [Benchmark(OperationsPerInvoke = Messages)]
    public double SmallMessageOnASharedLink()
    {
        var time = 0.0;
        for (var i = 0; i < Messages; i++)
        {
            time = _whole.CompletionSeconds(time, 2.0);
        }

        return time;
    }

    [Benchmark(OperationsPerInvoke = Messages)]
    public double TokensOnALinkWhoseShareChanges()
    {
        var time = 0.0;
        for (var i = 0; i < Messages; i++)
        {
            time = _changing.CompletionSeconds(time, 16_384) + 0.002;
        }

        return time;
    }

    /// <summary>One block of Rayleigh fading: draw, SNR, efficiency.</summary>
    [Benchmark(OperationsPerInvoke = 1024)]
    public double FadingBlock()
    {
        _fading.Fill(0, _blocks);
        return _blocks[5];
    }

    [Benchmark]
    public double ErgodicRate() => _nakagami.ErgodicSpectralEfficiency(20, _rate);
}
