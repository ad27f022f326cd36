using System.Globalization;
using System.Text;
using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Traces;

namespace EdgeSplit.Tests.Wireless.Traces;

/// <summary>The rules for readers of section 20.5 of the wireless reference: what is taken, and what is refused with file, line, field and text.</summary>
public sealed class TraceReaderLaws
{
    private static readonly TraceColumns Columns = new("rate") { TimeColumn = "time", SnrDbColumn = "snr" };

    [Theory]
    [InlineData("10\n20\n20\n35\n")]
    [InlineData("10\r\n20\r\n20\r\n35\r\n")]
    [InlineData("\uFEFF10\n20\n20\n35\n")]
    [InlineData("\uFEFF010\r\n20\n0020\n35\n\n\r\n")]
    public void Mahimahi_takes_CRLF_a_byte_order_mark_and_empty_lines_after_the_last_row(string text) =>
        Assert.Equal([10u, 20u, 20u, 35u], TraceText.Mahimahi(text).Milliseconds);

    [Theory]
    [InlineData("", 0, "no rows")]
    [InlineData("\n\n", 0, "no rows")]
    [InlineData("0\n0\n", 0, "period of 0")]
    [InlineData("1\nNaN\n", 2, "milliseconds: found 'NaN'")]
    [InlineData("1\nInfinity\n", 2, "'Infinity'")]
    [InlineData("1\n2\n-3\n", 3, "'-3'")]
    [InlineData("1\n2.5\n", 2, "'2.5'")]
    [InlineData("1\n2.0\n", 2, "'2.0'")]
    [InlineData("1\n2,5\n", 2, "'2,5'")]
    [InlineData("1\n2 3\n", 2, "'2 3'")]
    [InlineData("1\n1e3\n", 2, "'1e3'")]
    [InlineData("5\n7\n6\n", 3, "'6'; allowed: values that never decrease (the line before has 7)")]
    [InlineData("5\n\n6\n", 2, "an empty line")]
    [InlineData("5\n4294967296\n", 2, "'4294967296'")]
    [InlineData("5\n99999999999999999999999\n", 2, "'99999999999999999999999'")]
    [InlineData("5\n120002\n12000", 3, "'12000' without a line end")]
    [InlineData("milliseconds\n5\n", 1, "'milliseconds'")]
    [InlineData("5\n\0\u0007\n", 2, "\\u0000\\u0007")]
    public void Mahimahi_refuses_with_line_and_text(string text, long line, string message) => Refuses(() => TraceText.Mahimahi(text), line, message);

    [Theory]
    [InlineData("0 10\n1 0\n1 3\n2.5 20\n")]
    [InlineData("0 10\r\n1 0\r\n1 3\r\n2.5 20\r\n")]
    [InlineData("\uFEFF0\t10\n1\t0\n1\t3\n2.5\t20\n")]
    [InlineData("  0   10 \n1.0\t 0.0\n1e0 3E0\n+2.50\t2e1\t\n\n")]
    public void Time_and_rate_take_CRLF_a_byte_order_mark_spaces_or_tabs_repeated_times_and_zero_rates(string text)
    {
        var trace = TraceText.Rate(text);
        Assert.Equal([0, 1, 1, 2.5], trace.RowStartsSeconds);
        Assert.Equal([10e6, 0, 3e6, 20e6], trace.RowRatesBitsPerSecond);
        Assert.Equal((4.0, 3e6), (trace.DurationSeconds, trace.RateAt(1)));
    }

    [Theory]
    [InlineData("", 0, "no rows")]
    [InlineData("time rate\n", 1, "time: found 'time'")]
    [InlineData("0 1\nNaN 1\n", 2, "time: found 'NaN'")]
    [InlineData("0 1\n1 nan\n", 2, "rate: found 'nan'")]
    [InlineData("0 1\nInfinity 1\n", 2, "time: found 'Infinity'")]
    [InlineData("0 1\n1 -Infinity\n", 2, "rate: found '-Infinity'")]
    [InlineData("0 1\n1 \u221E\n", 2, "rate: found '\u221E'")]
    [InlineData("-1 1\n", 1, "time: found '-1'")]
    [InlineData("0 1\n1 -0.5\n", 2, "rate: found '-0.5'")]
    [InlineData("0 1\n2 1\n1.5 1\n", 3, "time: found '1.5'; allowed: times that never go back (the row before has 2)")]
    [InlineData("0 1\n1\n", 2, "found '1'; allowed: two columns")]
    [InlineData("0 1\n1 2 3\n", 2, "found '1 2 3'; allowed: two columns")]
    [InlineData("0,1\n", 1, "found '0,1'; allowed: two columns, time and rate, separated by spaces or tabs")]
    [InlineData("0;1\n", 1, "found '0;1'")]
    [InlineData("0 1\n1 2,5\n", 2, "rate: found '2,5'")]
    [InlineData("0 1\n1,5 2\n", 2, "time: found '1,5'")]
    [InlineData("0 1\n1 24.2\n2 24", 3, "'2 24' without a line end")]
    [InlineData("0 1\n1", 2, "'1' without a line end")]
    [InlineData("0 1e999\n", 1, "rate: found '1e999'")]
    [InlineData("0 1e308\n", 1, "rate: found '1e308'")]
    [InlineData("0 1\n1e300 1\n", 2, "time: found '1e300'")]
    [InlineData("0 1\n\n1 1\n", 2, "an empty line")]
    [InlineData("0 0x10\n", 1, "rate: found '0x10'")]
    [InlineData("0 1.2.3\n", 1, "rate: found '1.2.3'")]
    [InlineData("0 .\n", 1, "rate: found '.'")]
    public void Time_and_rate_refuse_with_line_field_and_text(string text, long line, string message) => Refuses(() => TraceText.Rate(text), line, message);

    [Theory]
    [InlineData("time,rate,snr\n0,10,3\n1,-,-\n1,0,-2.5\n2,5,-\n")]
    [InlineData("\uFEFFsnr,x,rate,time\r\n3,?,10,0\r\n-,,-,1\r\n-2.5,,0,1\r\n-,,5,2\r\n")]
    [InlineData("\"time\",\"x,y\",\"rate\",\"snr\"\n0,\"a \"\"quoted\"\" b\",10,3\n1,\"\",\"-\",-\n1,,0,-2.5\n2,,5,\"-\"\n")]
    [InlineData("rate,time,snr,x\n10,0,3,\n-,1,-,\n0,1,-2.5,\n5,2,-,cut sho")] // the last field is not used, so the row is whole for us
    public void A_mapping_takes_columns_in_any_order_a_byte_order_mark_before_the_header_and_missing_values(string text)
    {
        var trace = TraceText.Channel(text, Columns);
        Assert.Equal([0, 1, 2], trace.Rate.RowStartsSeconds); // the row without a rate leaves the one before in force
        Assert.Equal([10e6, 0, 5e6], trace.Rate.RowRatesBitsPerSecond);
        Assert.Equal((1, 2, true, false), (trace.MissingRates, trace.MissingSnrs, trace.HasSnr, trace.HasLoss));
        Assert.Equal((3.0, -2.5, double.NaN, 3.0), (trace.SnrDbAt(0.5), trace.SnrDbAt(1), trace.SnrDbAt(2.5), trace.SnrDbAt(3.5)));
        Assert.Equal(double.NaN, trace.LossAt(0));
    }

    [Theory]
    [InlineData("", 0, "an empty file")]
    [InlineData("time,rate,snr\n", 0, "a header without rows")]
    [InlineData("time,snr\n0,1\n", 1, "rate: found 'time,snr'; allowed: a header with exactly one column 'rate'")]
    [InlineData("time,rate,rate,snr\n0,1,2,3\n", 1, "exactly one column 'rate'")]
    [InlineData("time;rate;snr\n0;1;2\n", 1, "found 'time;rate;snr'; allowed: a header with exactly one column 'rate', separated by ','")]
    [InlineData("time\trate\tsnr\n", 1, "separated by ','")]
    [InlineData("time,rate,snr\n0,1\n", 2, "found '0,1'; allowed: 3 fields")]
    [InlineData("time,rate,snr\n0,1,2\n1,2,5,3\n", 3, "found '1,2,5,3'; allowed: 3 fields separated by ',', as in the header; here are 4")] // decimal comma
    [InlineData("time,rate,snr\n0,\"2,5\",3\n", 2, "rate: found '2,5'")]
    [InlineData("time,rate,snr\n0,,3\n", 2, "rate: found ''")]
    [InlineData("time,rate,snr\n0,NaN,3\n", 2, "rate: found 'NaN'")]
    [InlineData("time,rate,snr\n0,1,Infinity\n", 2, "snr: found 'Infinity'")]
    [InlineData("time,rate,snr\n0,-1,3\n", 2, "rate: found '-1'")]
    [InlineData("time,rate,snr\n-1,1,3\n", 2, "time: found '-1'")]
    [InlineData("time,rate,snr\n-,1,3\n", 2, "time: found '-'")]
    [InlineData("time,rate,snr\n5,1,3\n4,1,3\n", 3, "time: found '4'; allowed: times that never go back")]
    [InlineData("time,rate,snr\n0,1e20,3\n", 2, "rate: found '1e20'")]
    [InlineData("time,rate,snr\n0,1,3\n1,1,1", 3, "'1,1,1' without a line end")]
    [InlineData("time,rate,snr\n0,1,3\n1,1", 3, "'1,1' without a line end")]
    [InlineData("time,rate,snr\n0,-,3\n", 0, "no row with a value in column 'rate'")]
    [InlineData("time,rate,snr\n0,\"1,3\n", 2, "a closing quote")]
    public void A_mapping_refuses_with_line_column_and_text(string text, long line, string message) => Refuses(() => TraceText.Channel(text, Columns), line, message);

    [Theory]
    [InlineData("2019.12.16_12.27.05", true)]
    [InlineData("2020.02.29_23.59.59", true)]
    [InlineData("2019.02.29_12.27.05", false)]
    [InlineData("2019.13.16_12.27.05", false)]
    [InlineData("2019.12.16_24.27.05", false)]
    [InlineData("2019.12.16_12.60.05", false)]
    [InlineData("2019.12.16 12.27.05", false)]
    [InlineData("2019.12.16_12.27.5", false)]
    [InlineData("0000.00.00_00.00.00", false)]
    public void A_time_stamp_is_read_by_its_format_and_must_be_a_time(string stamp, bool valid)
    {
        var text = $"Timestamp,SNR,DL_bitrate,x\n{stamp},5.0,30,\n";
        if (valid)
        {
            var trace = TraceText.Channel(text, TraceColumns.Irish5G);
            var seconds = (DateTime.ParseExact(stamp, "yyyy.MM.dd_HH.mm.ss", CultureInfo.InvariantCulture) - DateTime.MinValue).TotalSeconds;
            Assert.Equal((seconds, 30e3, 5.0), (trace.Rate.OriginSeconds, trace.Rate.RateAt(0), trace.SnrDbAt(0)));
        }
        else
        {
            Refuses(() => TraceText.Channel(text, TraceColumns.Irish5G), 2, $"Timestamp: found '{stamp}'; allowed: a time written as yyyy.MM.dd_HH.mm.ss");
        }
    }

    [Fact]
    public void Units_steps_marks_and_delimiters_of_a_mapping_are_kept()
    {
        var columns = new TraceColumns("r") { RowSeconds = 0.5, RateUnitBitsPerSecond = 8e3, LossColumn = "l", MissingMark = "", Delimiter = ';' };
        var trace = TraceText.Channel("r;l;x\n1;0;\n;0.25;\n3;;\n", columns);
        Assert.Equal([0, 1], trace.Rate.RowStartsSeconds);
        Assert.Equal([8e3, 24e3], trace.Rate.RowRatesBitsPerSecond);
        Assert.Equal((0.0, 0.25, double.NaN), (trace.LossAt(0.4), trace.LossAt(0.5), trace.LossAt(1)));
        Refuses(() => TraceText.Channel("r;l;x\n1;1.5;\n", columns), 2, "l: found '1.5'; allowed: a fraction from 0 to 1");

        var stamped = TraceText.Channel("t,r,x\n01:00:59.500,1,\n01:01:00.250,2,\n", new TraceColumns("r") { TimeColumn = "t", TimeFormat = "HH:mm:ss.fff" });
        Assert.Equal([0, 0.75], stamped.Rate.RowStartsSeconds);
        Assert.Equal([0, 0.25], TraceText.Channel("t,r,x\n1000,1,\n1250,2,\n", new TraceColumns("r") { TimeColumn = "t", TimeUnitSeconds = 1e-3 }).Rate.RowStartsSeconds);
    }

    [Fact]
    public void A_mapping_names_what_is_wrong_with_it()
    {
        Assert.Equal("RateColumn", Assert.Throws<ArgumentException>(() => new TraceColumns(" ")).ParamName);
        Assert.Equal("TimeFormat", Assert.Throws<ArgumentException>(() => new TraceColumns("r") { TimeFormat = "--" }).ParamName);
        Assert.Equal("RowSeconds", Assert.Throws<ArgumentOutOfRangeException>(() => new TraceColumns("r") { RowSeconds = double.NaN }).ParamName);
        Assert.Equal("RateUnitBitsPerSecond", Assert.Throws<ArgumentOutOfRangeException>(() => new TraceColumns("r") { RateUnitBitsPerSecond = 0 }).ParamName);
        Assert.Equal("TimeUnitSeconds", Assert.Throws<ArgumentOutOfRangeException>(() => new TraceColumns("r") { TimeUnitSeconds = -1 }).ParamName);
        Assert.Equal("Delimiter", Assert.Throws<ArgumentOutOfRangeException>(() => new TraceColumns("r") { Delimiter = '.' }).ParamName);
        Assert.Equal("UL_bitrate", (TraceColumns.Irish5G with { RateColumn = "UL_bitrate" }).RateColumn);
    }

    [Fact]
    public void A_culture_with_a_decimal_comma_changes_nothing()
    {
        var before = CultureInfo.CurrentCulture;
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (comma.NumberFormat.NumberDecimalSeparator, comma.NumberFormat.NumberGroupSeparator, comma.NumberFormat.NegativeSign) = (",", ".", "~");
        try
        {
            CultureInfo.CurrentCulture = comma;
            Assert.Equal(1_250_000.0, TraceText.Rate("0.5 1.25\n1.5 2.123456789012345678901\n").RateAt(0));
            Assert.Equal(-2.5, TraceText.Channel("time,rate,snr,x\n0,1.5,-2.5,\n", Columns).SnrDbAt(0));
            Refuses(() => TraceText.Rate("0 1,25\n"), 1, "rate: found '1,25'");
            Refuses(() => TraceText.Rate("0 1\n0.5 1\n0.25 1\n"), 3, "(the row before has 0.5)");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_missing_or_unreadable_file_is_the_same_kind_of_error()
    {
        var folder = Directory.CreateTempSubdirectory("edgesplit");
        try
        {
            var missing = Path.Combine(folder.FullName, "missing.txt");
            foreach (var load in new Action<string>[]
            {
                path => MahimahiTrace.Load(path), path => RateTrace.Load(path), path => ChannelTrace.Load(path, TraceColumns.Irish5G),
                path => FrameReceptionTrace.Load(path, 300), path => RecordedLink.Load(path),
            })
            {
                var error = Assert.Throws<TraceException>(() => load(missing));
                Assert.Equal((missing, 0L, $"{missing}: found no such file; allowed: an existing file."), (error.File, error.Line, error.Message));
                Assert.Contains("cannot be read", Assert.Throws<TraceException>(() => load(folder.FullName)).Message, StringComparison.Ordinal);
                Assert.Throws<ArgumentException>(() => load(" "));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Lines_longer_than_the_buffer_and_streams_that_cannot_seek_are_read_and_endless_lines_refused()
    {
        var text = new StringBuilder("time,rate,snr,x\n");
        for (var row = 0; row < 3; row++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{row},{row + 1},0,{new string('a', 300_000)}\n");
        }

        using var drip = new Drip(Encoding.UTF8.GetBytes(text.ToString()));
        Assert.Equal([1e6, 2e6, 3e6], ChannelTrace.Parse(drip, "file", Columns).Rate.RowRatesBitsPerSecond);
        using var small = new Drip(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 5000).Select(row => $"{row} 1\r\n"))));
        Assert.Equal(5000, RateTrace.Parse(small, "file").Rows);
        using var many = new Drip(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(1, 9000).Select(row => $"{row}\n"))));
        Assert.Equal((9000, 9000L), (MahimahiTrace.Parse(many, "file") is var trace ? trace.Opportunities : 0, trace.LastMilliseconds));
        Refuses(() => TraceText.Mahimahi("1\n" + new string('2', 3_000_000)), 2, "'222222222222222222222222222222222222222222222222222222222222...' and has no end");
    }

    [Fact]
    public void Numbers_are_read_to_the_same_bits_as_by_the_run_time_library()
    {
        var random = new RandomSource(StreamKey.Create(1, "numbers"));
        var (texts, file) = (new List<string>(), new StringBuilder());
        for (var i = 0; i < 20_000; i++)
        {
            var value = random.NextUniform() * Math.Pow(10, random.NextInt32(20) - 5);
            texts.Add((i % 4) switch
            {
                0 => value.ToString("R", CultureInfo.InvariantCulture),
                1 => value.ToString("F6", CultureInfo.InvariantCulture),
                2 => "+" + value.ToString("E12", CultureInfo.InvariantCulture),
                _ => value.ToString("F20", CultureInfo.InvariantCulture),
            });
            file.Append(CultureInfo.InvariantCulture, $"{i} {texts[^1]}\n");
        }

        var trace = RateTrace.Parse(TraceText.Stream(file.ToString()), "file", rateUnitBitsPerSecond: 1.0);
        Assert.Equal(
            texts.Select(text => BitConverter.DoubleToInt64Bits(double.Parse(text, CultureInfo.InvariantCulture))),
            trace.RowRatesBitsPerSecond.ToArray().Select(BitConverter.DoubleToInt64Bits));

        foreach (var text in new[] { "-", "+", ".", "1e", "e1", "--1", "1-", "\u0661", "1_0", "1'0", "(1)", "$1", "nan", "inf", "0x1" })
        {
            Refuses(() => TraceText.Rate($"0 {text}\n"), 1, $"rate: found '{text}'");
        }
    }

    private static void Refuses(Action read, long line, string message)
    {
        var error = Assert.Throws<TraceException>(read);
        Assert.Equal(("file", line), (error.File, error.Line));
        Assert.StartsWith(line > 0 ? $"file: line {line}: " : "file: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(error.Allowed);
    }

    /// <summary>A stream that cannot seek and gives seven bytes at a time at most every other read, as a pipe may.</summary>
    private sealed class Drip(byte[] bytes) : Stream
    {
        private int _place;
        private int _reads;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var count = Math.Min(Math.Min(buffer.Length, bytes.Length - _place), _reads++ % 2 == 0 ? 7 : 1000);
            bytes.AsSpan(_place, count).CopyTo(buffer);
            _place += count;
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
