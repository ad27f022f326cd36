using EdgeSplit.Core.Wireless.Traces;

namespace EdgeSplit.Tests.Wireless.Traces;

public sealed class FrameReceptionLaws
{
    [Theory]
    [InlineData("0 31\n2 255\n3 0\n")]
    [InlineData("\uFEFF3\t0\r\n0 31\r\n2  255\r\n\r\n")] // out of order, CRLF, byte order mark
    public void A_number_that_no_row_names_is_a_loss_and_rows_may_come_in_any_order(string text)
    {
        var trace = Parse(text, 5);
        Assert.Equal([false, true, false, false, true], trace.Losses);
        Assert.Equal((31, null, -1, 0, null), (trace.Rssi(0), trace.Rssi(1), trace.Rssi(2), trace.Rssi(3), trace.Rssi(4)));
        Assert.Empty(trace.Warnings);
    }

    [Fact]
    public void What_is_ignored_is_reported_and_never_grows_the_window()
    {
        var trace = Parse("0 10\n1 128\n0 20\n4 7\n5 7\n2 129\n", 4);
        Assert.Equal([false, true, false, true], trace.Losses);
        Assert.Equal((4, 2, 1, 1), (trace.Frames, trace.IgnoredFrames, trace.DuplicateFrames, trace.ReadingErrors));
        Assert.Equal((10, null, -127), (trace.Rssi(0), trace.Rssi(1), trace.Rssi(2))); // a repeated number counts once, its first row
        Assert.Equal(
            [
                "file: line 4: the first of 2 rows outside the window 0..3, ignored",
                "file: line 3: a row with a sequence number that had occurred, counted once",
                "file: line 2: a row with the reading error 128 as RSSI, counted as lost",
            ],
            trace.Warnings);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("\uFEFF")]
    public void An_empty_file_of_a_known_window_lost_everything(string text)
    {
        var trace = Parse(text, 300);
        Assert.Equal(300, trace.Losses.Count(true));
        Assert.Equal(new LossStatistics(1, 0, 0, double.PositiveInfinity, double.PositiveInfinity), trace.Statistics);
    }

    [Theory]
    [InlineData("0 1\n-1 5\n", 2, "sequence: found '-1'")]
    [InlineData("0 1\n1.5 5\n", 2, "sequence: found '1.5'")]
    [InlineData("0 1\n1 5.0\n", 2, "rssi: found '5.0'")]
    [InlineData("0 1\n1 256\n", 2, "rssi: found '256'")]
    [InlineData("0 1\n1 -1\n", 2, "rssi: found '-1'")]
    [InlineData("0 1\n1 NaN\n", 2, "rssi: found 'NaN'")]
    [InlineData("0 1\n1\n", 2, "found '1'; allowed: two columns")]
    [InlineData("0 1\n1 2 3\n", 2, "found '1 2 3'")]
    [InlineData("0,1\n", 1, "found '0,1'")]
    [InlineData("0 1\n\n1 2\n", 2, "an empty line")]
    [InlineData("0 1\n99999999999999999999 2\n", 2, "sequence: found '99999999999999999999'")]
    [InlineData("0 27\n1 2", 2, "'1 2' without a line end")]
    public void Bad_rows_are_refused_with_line_field_and_text(string text, long line, string message)
    {
        var error = Assert.Throws<TraceException>(() => Parse(text, 300));
        Assert.Equal(line, error.Line);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Statistics_count_transitions_between_neighbours()
    {
        var statistics = LossStatistics.Of([false, true, true, false, false, true]);
        Assert.Equal((0.5, 2.0 / 3, 0.5, 2.0, 1.0), (statistics.Loss, statistics.GoodToBad, statistics.BadToGood, statistics.MeanBurstFrames, statistics.BurstRatio));
        Assert.Equal(new LossStatistics(0, 0, 0, 0, 0), LossStatistics.Of([false, false]));
        Assert.Throws<ArgumentException>(() => LossStatistics.Of([]));
        Assert.Equal("frames", Assert.Throws<ArgumentOutOfRangeException>(() => Parse("", 0)).ParamName);
        Assert.Throws<ArgumentOutOfRangeException>(() => Parse("", 3).Rssi(3));
    }

    private static FrameReceptionTrace Parse(string text, int frames) => FrameReceptionTrace.Parse(TraceText.Stream(text), "file", frames);
}
