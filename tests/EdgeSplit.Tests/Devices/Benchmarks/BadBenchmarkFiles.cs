using System.Text;
using EdgeSplit.Core.Devices.Benchmarks;

namespace EdgeSplit.Tests.Devices.Benchmarks;

/// <summary>Files that cannot be used, in part or at all: each says where and why.</summary>
public sealed class BadBenchmarkFiles
{
    [Theory]
    [InlineData("", "an empty file")]
    [InlineData(" \n\t\n", "an empty file")]
    [InlineData("hello\nworld\n", "none of the known formats, which starts with \"hello\"")]
    [InlineData("[]", "no row")]
    [InlineData("[", "damaged or ends too early")]
    [InlineData("{", "damaged or ends too early")]
    [InlineData("[1, \"x\"]", "none of the known formats")]
    [InlineData("[{\"a\": 1}]", "$[0]: an object without n_prompt and n_gen")]
    [InlineData("[{\"n_prompt\": 1, \"n_gen\": 0, \"avg_ts\": 5}]", "no model type")]
    [InlineData("a,b\0c", "a NUL")]
    [InlineData("model,quant,device,backend,phase\n", "a header without tokens_per_s")]
    [InlineData("model,quant,device,backend,phase,tokens_per_s\n", "no row")]
    [InlineData("model,quant,device,backend,phase,tokens_per_s,Model\n", "several columns of one meaning")]
    [InlineData("n_prompt,n_gen,avg_ts,n_batch\n512,0,1,1\n", "a llama-bench header without its model, its test or its speed")]
    [InlineData("INSERT INTO test", "damaged or ends too early")]
    [InlineData("CREATE TABLE test (a TEXT);", "no row")]
    [InlineData("| model | test | t/s |\n", "no row")]
    public void A_file_without_rows_says_what_was_found(string text, string found)
    {
        var error = Assert.Throws<BenchmarkFileException>(() => BenchmarkFile.Parse(text, "bad.txt"));

        Assert.Contains(found, error.Found, StringComparison.Ordinal);
        Assert.Equal($"bad.txt: {error.Location}: found {error.Found}; allowed: {error.Allowed}.", error.Message);
        Assert.Equal("bad.txt", error.File);
    }

    [Theory]
    [InlineData("\"n_prompt\": 512", "\"n_prompt\": \"many\"", "n_prompt \"many\" is no whole number")]
    [InlineData("\"n_prompt\": 512", "\"n_prompt\": 5.5", "is no whole number")]
    [InlineData("\"n_prompt\": 512", "\"n_prompt\": 1e999", "is no whole number")]
    [InlineData("\"n_prompt\": 512", "\"n_prompt\": -512", "none may be negative")]
    [InlineData("\"n_prompt\": 512", "\"n_prompt\": 99999999999999999999", "is no whole number")]
    [InlineData("\"n_prompt\": 512", "\"n_prompt\": 512, \"n_prompt\": 128", "n_prompt stands twice")]
    [InlineData("\"n_prompt\": 512", "\"n_prompt\": 0", "neither prompt nor generated")]
    [InlineData("\"n_gen\": 0", "\"n_gen\": 128", "mixes prefill and decode")]
    [InlineData("\"avg_ts\": 7300.5", "\"avg_ts\": 0", "not positive")]
    [InlineData("\"avg_ts\": 7300.5", "\"avg_ts\": 1e999", "no finite number")]
    [InlineData("\"avg_ts\": 7300.5", "\"avg_ts\": \"NaN\"", "no finite number")]
    [InlineData("\"avg_ts\": 7300.5", "\"avg_ts\": true", "no finite number")]
    [InlineData("\"model_type\": \"qwen2 7B Q4_K - Medium\"", "\"model_type\": \"\"", "no model type")]
    [InlineData("\"model_type\": \"qwen2", "\"model_type\": \"\\ud800", "no valid Unicode")]
    [InlineData("\"n_gpu_layers\": 99", "\"n_gpu_layers\": \"all\"", "n_gpu_layers \"all\"")]
    [InlineData("\"cpu_info\": \"Made-up", "\"cpu_info\": \"Made-up \n", "damaged or ends too early")]
    public void A_row_of_wrong_values_is_skipped_with_the_reason_and_the_others_kept(string from, string to, string reason)
    {
        Assert.Contains(from, BenchmarkSamples.JsonRow, StringComparison.Ordinal);

        var content = BenchmarkFile.Parse($"[{BenchmarkSamples.DecodeRow}, {BenchmarkSamples.JsonRow.Replace(from, to, StringComparison.Ordinal)}]", "sample");

        Assert.Single(content.Rows);
        Assert.Contains(reason, Assert.Single(content.Skipped).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_line_costs_that_line()
    {
        var content = BenchmarkFile.Parse($"{{\"n_prompt\": \n{BenchmarkSamples.JsonRow}\nload_model: ok\n[log] text\n{BenchmarkSamples.DecodeRow}\n{BenchmarkSamples.JsonRow[..200]}", "sample");

        Assert.Equal(["line 2", "line 5"], content.Rows.Select(row => row.Location));
        Assert.Equal(["line 1", "line 3", "line 4", "line 6"], content.Skipped.Select(row => row.Location));
    }

    [Fact]
    public void A_broken_off_run_keeps_its_finished_rows()
    {
        foreach (var text in new[] { BenchmarkSamples.Json, BenchmarkSamples.Sql, BenchmarkSamples.JsonLines })
        {
            var content = BenchmarkFile.Parse(text[..(text.LastIndexOf("119.5", StringComparison.Ordinal) + 3)], "sample");

            Assert.Single(content.Rows);
            Assert.Contains("ends too early", Assert.Single(content.Skipped).Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Deep_nesting_is_refused_without_harm()
    {
        var text = $"{BenchmarkSamples.JsonRow}\n{string.Concat(Enumerable.Repeat("{\"a\":", 100_000))}";
        var array = $"[{BenchmarkSamples.JsonRow}, {string.Concat(Enumerable.Repeat("[", 100_000))}";

        Assert.Single(BenchmarkFile.Parse(text, "sample").Rows);
        Assert.Single(BenchmarkFile.Parse(array, "sample").Rows);
        Assert.Throws<BenchmarkFileException>(() => BenchmarkFile.Parse(string.Concat(Enumerable.Repeat("[", 100_000)), "sample"));
    }

    [Fact]
    public void A_row_of_more_than_a_mebibyte_is_skipped_in_every_format()
    {
        var filler = new string('x', (1 << 20) + 1);
        foreach (var (text, mark) in new[]
        {
            (BenchmarkSamples.Json, "Made-up"), (BenchmarkSamples.JsonLines, "Made-up"), (BenchmarkSamples.Csv, "Made-up"), (BenchmarkSamples.Sql, "Made-up"),
            (BenchmarkSamples.Console, "llama 8B"), (BenchmarkSamples.Measured, "Llama-3-8B"),
        })
        {
            var at = text.IndexOf(mark, StringComparison.Ordinal);

            var content = BenchmarkFile.Parse(text.Insert(at, filler), "sample");

            Assert.Contains("a row of more than 1048576 bytes", content.Skipped.Select(row => row.Reason));
            Assert.Equal(BenchmarkFile.Parse(text, "sample").Rows.Count - 1, content.Rows.Count);
        }
    }

    [Fact]
    public void A_file_that_is_too_large_is_refused()
    {
        var path = Path.GetTempFileName();
        try
        {
            using (var file = new FileStream(path, FileMode.Open))
            {
                file.SetLength((256L << 20) + 1);
            }

            Assert.Contains("256 MiB", Assert.Throws<BenchmarkFileException>(() => BenchmarkFile.Read(path)).Allowed, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_file_of_too_many_bad_rows_is_refused()
    {
        var text = $"{BenchmarkSamples.JsonRow}\n{new StringBuilder().Insert(0, "0\n", 100_001)}";

        var error = Assert.Throws<BenchmarkFileException>(() => BenchmarkFile.Parse(text, "sample"));

        Assert.Equal(("line 100002", "at most 100000 such rows"), (error.Location, error.Allowed));
    }

    [Fact]
    public void Missing_files_folders_and_empty_names_are_refused()
    {
        var missing = Path.Combine(Path.GetTempPath(), "edgesplit-no-such-file.json");
        Assert.Equal("no such file", Assert.Throws<BenchmarkFileException>(() => BenchmarkFile.Read(missing)).Found);
        Assert.Equal("a folder", Assert.Throws<BenchmarkFileException>(() => BenchmarkFile.Read(Path.GetTempPath())).Found);
        Assert.Throws<BenchmarkFileException>(() => BenchmarkFile.Read("a\0b"));
        Assert.Throws<BenchmarkFileException>(() => LayerTimeFile.Read(missing));
        Assert.Throws<ArgumentException>(() => BenchmarkFile.Read(" "));
        Assert.Throws<ArgumentException>(() => BenchmarkFile.Parse("x", ""));
        Assert.Throws<ArgumentNullException>(() => BenchmarkFile.Parse((string)null!, "x"));
        Assert.Throws<ArgumentNullException>(() => BenchmarkFile.Parse((Stream)null!, "x"));
    }

    [Fact]
    public void Utf16_needs_its_byte_order_mark_and_other_code_pages_lose_only_their_signs()
    {
        var expected = BenchmarkFile.Parse(BenchmarkSamples.Console, "sample").Rows;
        foreach (var encoding in new Encoding[] { Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode })
        {
            using var marked = new MemoryStream([.. encoding.GetPreamble(), .. encoding.GetBytes(BenchmarkSamples.Console)]);
            Assert.Equal(expected, BenchmarkFile.Parse(marked, "sample").Rows);
        }

        using var bare = new MemoryStream(Encoding.Unicode.GetBytes(BenchmarkSamples.Console));
        Assert.Contains("UTF-16", Assert.Throws<BenchmarkFileException>(() => BenchmarkFile.Parse(bare, "sample")).Found, StringComparison.Ordinal);
        using var latin = new MemoryStream(Encoding.Latin1.GetBytes(BenchmarkSamples.Console));
        Assert.Equal(expected, BenchmarkFile.Parse(latin, "sample").Rows);
    }

    [Fact]
    public void Text_that_a_spreadsheet_would_run_stays_text_and_control_characters_are_not_shown()
    {
        var content = BenchmarkFile.Parse("model,quant,device,backend,phase,tokens_per_s\n=1+1,@SUM(A1),+x,-y,decode,5\nm,q,d,b,\u001b[31mred\u0007,5\n", "sample");

        Assert.Equal(("=1+1", "@SUM(A1)", "+x", "-y"), (content.Rows[0].Model, content.Rows[0].Format, content.Rows[0].Device, content.Rows[0].Backend));
        Assert.Equal("the phase \"?[31mred?\" is neither prefill nor decode", Assert.Single(content.Skipped).Reason);
    }

    [Fact]
    public void Two_formats_in_one_file_keep_the_first_and_report_the_second()
    {
        var content = BenchmarkFile.Parse($"{BenchmarkSamples.Csv}\n{BenchmarkSamples.JsonLines}", "sample");

        Assert.Equal("llama-bench csv", content.Format);
        Assert.Equal((2, 2), (content.Rows.Count, content.Skipped.Count));
        var other = BenchmarkFile.Parse($"{BenchmarkSamples.Json}\n{BenchmarkSamples.Csv}", "sample");
        Assert.Equal(("llama-bench json", 2, 1), (other.Format, other.Rows.Count, other.Skipped.Count));
    }

    [Fact]
    public void A_row_refuses_values_out_of_range()
    {
        var row = BenchmarkFile.Parse(BenchmarkSamples.JsonRow, "sample").Rows[0];

        Assert.Throws<ArgumentOutOfRangeException>(() => row with { TokensPerSecond = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => row with { StandardDeviation = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => row with { DepthTokens = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => row with { PromptTokens = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => row with { Watts = double.PositiveInfinity });
        Assert.Throws<ArgumentOutOfRangeException>(() => row with { Devices = 0 });
        Assert.Throws<ArgumentException>(() => row with { Model = " " });
    }
}
