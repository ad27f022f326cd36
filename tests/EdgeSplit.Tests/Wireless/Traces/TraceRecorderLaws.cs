using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Fading;
using EdgeSplit.Core.Wireless.LinkAdaptation;
using EdgeSplit.Core.Wireless.Traces;
using EdgeSplit.Core.Wireless.Transfers;

namespace EdgeSplit.Tests.Wireless.Traces;

public sealed class TraceRecorderLaws : IDisposable
{
    private const int Blocks = 2500; // not a whole number of batches

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgesplit");

    private string File => Path.Combine(_folder.FullName, "link.csv");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_recorded_link_replays_efficiency_SNR_and_losses_bit_for_bit()
    {
        var link = Fading();
        var losses = Losses();
        TraceRecorder.Record(File, link, Blocks, losses);
        var replay = RecordedLink.Load(File);
        var (expected, actual) = (new double[Blocks], new double[Blocks]);
        link.Fill(0, expected);
        replay.Fill(0, actual);
        Assert.Equal(Bits(expected), Bits(actual));
        link.FillSnr(0, expected);
        replay.FillSnr(0, actual);
        Assert.Equal(Bits(expected), Bits(actual));
        Assert.Equal(losses, replay.Losses);
        Assert.Equal((BitConverter.DoubleToInt64Bits(link.BlockSeconds), Blocks), (BitConverter.DoubleToInt64Bits(replay.BlockSeconds), replay.Blocks));
    }

    [Fact]
    public void Transfers_over_the_replay_end_at_the_same_bits_of_time()
    {
        var link = Fading();
        TraceRecorder.Record(File, link, Blocks);
        var (live, replayed) = (new LinkTimeline(link), new LinkTimeline(RecordedLink.Load(File)));
        foreach (var (start, bits) in TraceText.Transfers(300, 40, 30))
        {
            Assert.Equal(live.CompletionSeconds(start, bits), replayed.CompletionSeconds(start, bits));
        }
    }

    [Fact]
    public void A_recording_of_a_recording_is_the_same_file()
    {
        TraceRecorder.Record(File, Fading(), Blocks, Losses());
        var again = File + ".again";
        var replay = RecordedLink.Load(File);
        TraceRecorder.Record(again, replay, Blocks, replay.Losses);
        Assert.Equal(System.IO.File.ReadAllBytes(File), System.IO.File.ReadAllBytes(again));
    }

    [Fact]
    public void A_link_without_SNR_is_recorded_without_SNR()
    {
        TraceRecorder.Record(File, new PiecewiseEfficiencyProcess(0.1, [1.0 / 3, 0, double.Epsilon, 1e300]), 4);
        var replay = RecordedLink.Load(File);
        Assert.False(replay.HasSnr);
        Assert.True(replay.Losses.IsEmpty);
        Assert.Throws<InvalidOperationException>(() => replay.FillSnr(0, new double[1]));
        var values = new double[4];
        replay.Fill(0, values);
        Assert.Equal([1.0 / 3, 0, double.Epsilon, 1e300], values);
        TraceRecorder.Record(File, replay, 4); // a recording is an ISnrProcess that may have none
        Assert.False(RecordedLink.Load(File).HasSnr);
    }

    [Theory]
    [InlineData(TraceEnd.Wrap, 1, 2)]
    [InlineData(TraceEnd.Hold, 3, 3)]
    [InlineData(TraceEnd.Stop, 0, 0)]
    public void After_the_last_block_it_wraps_holds_or_stops(TraceEnd end, double fourth, double fifth)
    {
        TraceRecorder.Record(File, new PiecewiseEfficiencyProcess(1, [1, 2, 3]), 3);
        var values = new double[3];
        RecordedLink.Load(File, end).Fill(2, values);
        Assert.Equal([3, fourth, fifth], values);
    }

    [Fact]
    public void A_recording_is_also_a_channel_log()
    {
        TraceRecorder.Record(File, new PiecewiseEfficiencyProcess(0.25, [1, 0, 3]), 3, [false, true, false]);
        var log = ChannelTrace.Load(
            File, new TraceColumns("spectral_efficiency") { TimeColumn = "start_seconds", RateUnitBitsPerSecond = 20e6, LossColumn = "lost" });
        Assert.Equal([0, 0.25, 0.5], log.Rate.RowStartsSeconds);
        Assert.Equal([20e6, 0, 60e6], log.Rate.RowRatesBitsPerSecond);
        Assert.Equal((0.75, 1.0), (log.Rate.DurationSeconds, log.LossAt(0.3)));
    }

    [Fact]
    public void A_failure_leaves_the_old_file_and_nothing_else()
    {
        TraceRecorder.Record(File, Fading(), 10);
        var before = System.IO.File.ReadAllText(File);
        Assert.Throws<InvalidOperationException>(() => TraceRecorder.Record(File, new Broken(), 2000));
        Assert.Equal(before, System.IO.File.ReadAllText(File));
        Assert.Single(_folder.GetFiles());
    }

    [Theory]
    [InlineData("block,block_seconds,spectral_efficiency\n", 0, "a header without rows")]
    [InlineData("block,spectral_efficiency\n0,1\n", 1, "exactly one column 'block_seconds'")]
    [InlineData("block,block_seconds,spectral_efficiency\n0,1,1\n2,1,1\n", 3, "block: found '2'; allowed: the block 1")]
    [InlineData("block,block_seconds,spectral_efficiency\n0,1,1\n1,2,1\n", 3, "block_seconds: found '2'")]
    [InlineData("block,block_seconds,spectral_efficiency\n0,0,1\n", 2, "block_seconds: found '0'")]
    [InlineData("block,block_seconds,spectral_efficiency\n0,1,-1\n", 2, "spectral_efficiency: found '-1'")]
    [InlineData("block,block_seconds,spectral_efficiency,snr_linear\n0,1,1,NaN\n", 2, "snr_linear: found 'NaN'")]
    [InlineData("block,block_seconds,spectral_efficiency,lost\n0,1,1,2\n", 2, "lost: found '2'")]
    [InlineData("block,block_seconds,spectral_efficiency\n0,1,1\n1,1,1.", 3, "'1,1,1.' without a line end")]
    public void A_file_that_is_no_whole_recording_is_refused_with_line_column_and_text(string text, long line, string message)
    {
        var error = Assert.Throws<TraceException>(() => RecordedLink.Parse(TraceText.Stream(text), "file"));
        Assert.Equal(line, error.Line);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bad_arguments_are_named()
    {
        Assert.Equal("blocks", Assert.Throws<ArgumentOutOfRangeException>(() => TraceRecorder.Record(File, Fading(), 0)).ParamName);
        Assert.Equal("losses", Assert.Throws<ArgumentOutOfRangeException>(() => TraceRecorder.Record(File, Fading(), 2, [true])).ParamName);
        Assert.Throws<ArgumentNullException>(() => TraceRecorder.Record(File, null!, 1));
        Assert.Throws<ArgumentException>(() => TraceRecorder.Record(" ", Fading(), 1));
    }

    private static BlockFadingProcess Fading() =>
        new(StreamKey.Create(1, "recorded"), 3, 17.3, NakagamiFading.Rayleigh, new ShannonRate(3.5, 4.4), 0.0434785);

    private static bool[] Losses() => [.. Enumerable.Range(0, Blocks).Select(block => block % 7 == 0 || block % 11 == 3)];

    private static long[] Bits(double[] values) => [.. values.Select(BitConverter.DoubleToInt64Bits)];

    private sealed class Broken : IEfficiencyProcess
    {
        public double BlockSeconds => 1;

        public void Fill(long firstBlock, Span<double> spectralEfficiency) => spectralEfficiency.Fill(firstBlock > 0 ? double.NaN : 1);
    }
}
