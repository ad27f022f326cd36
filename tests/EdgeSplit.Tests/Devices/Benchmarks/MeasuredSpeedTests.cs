using EdgeSplit.Core.Devices.Benchmarks;

namespace EdgeSplit.Tests.Devices.Benchmarks;

/// <summary>Tables of published speeds: what columns and words mean.</summary>
public sealed class MeasuredSpeedTests
{
    [Fact]
    public void The_columns_and_notes_become_a_row()
    {
        var rows = BenchmarkFile.Parse(BenchmarkSamples.Measured, "sample").Rows;

        Assert.Equal([32768, null, 2048, 0, 0], rows.Select(row => row.DepthTokens));
        Assert.Equal([null, 4096, null, null, null], rows.Select(row => row.CompiledContextTokens));
        Assert.Equal([512, null, null, null, 512], rows.Select(row => row.PromptTokens));
        Assert.Equal([null, null, 128, 128, null], rows.Select(row => row.GeneratedTokens));
        Assert.Equal([4, 1, 2, 1, 1], rows.Select(row => row.Devices));
        Assert.Equal([1, 1, 8, 1, 1], rows.Select(row => row.Batch));
        Assert.Equal([null, null, null, 16, null], rows.Select(row => row.Threads));
        Assert.Equal([null, null, null, null, 4], rows.Select(row => row.MicroBatchTokens));
        Assert.Equal([false, false, false, true, false], rows.Select(row => row.IsOutlier));
        Assert.Equal([false, false, true, false, false], rows.Select(row => row.IsMixed));
        Assert.Equal(("3090 24GB * 4", 4661000000.0, "made-up", "table"), (rows[0].Device, rows[0].WeightBytes, rows[0].Source, rows[0].Confidence));
        Assert.Equal(300.0, rows[2].Watts);
    }

    [Fact]
    public void The_header_decides_whatever_the_order_and_the_needed_columns_are_enough()
    {
        const string text = "extra;tokens_per_s;phase;backend;device;format;model\nx;12.5;Decode;MLX;\"Phone; the \"\"big\"\" one\";4bit;Gemma\n";

        var row = Assert.Single(BenchmarkFile.Parse(text, "sample").Rows);

        Assert.Equal(("Gemma", "4bit", "Phone; the \"big\" one", "MLX", 12.5), (row.Model, row.Format, row.Device, row.Backend, row.TokensPerSecond));
        Assert.Equal((null, null, null, 1, 1), (row.DepthTokens, row.GeneratedTokens, row.Watts, row.Batch, row.Devices));
    }

    [Theory]
    [InlineData("3090 24GB * 4", 4)]
    [InlineData("A100 x2", 2)]
    [InlineData("Raspberry Pi 4B 8GB x8 (GbE switch)", 8)]
    [InlineData("Raspberry Pi CM5 Cluster (10x 16GB)", 10)]
    [InlineData("Mainboard Cluster (512GB)", 2)]
    [InlineData("2x RTX 3090", 2)]
    [InlineData("4 x A100 80GB", 4)]
    [InlineData("Dual RTX 4090", 2)]
    [InlineData("Box (RTX 4090 x2)", 2)]
    [InlineData("RTX 4090 x1", 1)]
    [InlineData("RX 7900 XTX", 1)]
    [InlineData("AmpereOne A192-32X (512GB)", 1)]
    [InlineData("Desktop (2x 16GB DDR5)", 1)]
    [InlineData("Card on PCIe x16", 1)]
    [InlineData("Some x86 box", 1)]
    [InlineData("Dual-core board", 1)]
    [InlineData("Cix CP8180 board", 1)]
    [InlineData("", 1)]
    public void The_device_says_how_many_there_are(string device, int count)
    {
        Assert.Equal(count, Row(device: device).Devices);
        Assert.Equal(device, Row(device: device).Device);
    }

    [Theory]
    [InlineData("CPU 16t", "llama.cpp CPU", 16)]
    [InlineData("Ryzen 9 7950X", "llama.cpp CPU AVX2 4t", 4)]
    [InlineData("Ryzen 9 7950X", "llama.cpp CPU", null)]
    [InlineData("Board 8 threads", "CPU", 8)]
    public void The_suffix_names_the_threads(string device, string backend, int? threads)
    {
        Assert.Equal(threads, Row(device: device, backend: backend).Threads);
    }

    [Theory]
    [InlineData("prefill", "512", "0", "512", "", 0)]
    [InlineData("prefill", "512", "0", "256", "", 0)]
    [InlineData("prefill", "512", "0", "33280", "pp512 at depth 32768", 32768)]
    [InlineData("prefill", "512", "0", "", "pp512 at depth 32768", 32768)]
    [InlineData("prefill", "512", "0", "", "", null)]
    [InlineData("prefill", "", "0", "1280", "KV cache 1280", null)]
    [InlineData("prefill", "512", "0", "1280", "KV cache 1280", null)]
    [InlineData("decode", "0", "1024", "1024", "", 0)]
    [InlineData("decode", "7", "256", "263", "", 7)]
    [InlineData("decode", "", "", "2048", "", 2048)]
    [InlineData("decode", "64", "", "", "", 64)]
    [InlineData("decode", "0", "", "", "", null)]
    [InlineData("decode", "", "", "4096", "KV context compiled to 4096", null)]
    public void The_context_gives_the_tokens_before_the_measured_ones(string phase, string prompt, string generated, string context, string notes, int? depth)
    {
        Assert.Equal(depth, Row(phase: phase, prompt: prompt, generated: generated, context: context, notes: notes).DepthTokens);
    }

    [Theory]
    [InlineData("file 1550 MB; KV cache 1280", 1.55e9, 1280)]
    [InlineData("model size 1127 MiB; prompt 64", 1127.0 * 1024 * 1024, null)]
    [InlineData("file 7124 MB; KV cache ", 7.124e9, null)]
    [InlineData("profile 12 MB", null, null)]
    public void The_notes_name_the_size_of_the_file_and_of_the_cache(string notes, double? bytes, int? compiled)
    {
        var row = Row(notes: notes);

        Assert.Equal((bytes, compiled), (row.WeightBytes, row.CompiledContextTokens));
    }

    [Theory]
    [InlineData("", "no speed")]
    [InlineData("0", "not positive")]
    [InlineData("-3", "not positive")]
    [InlineData("NaN", "not positive and finite")]
    [InlineData("Infinity", "not positive and finite")]
    [InlineData("1e999", "not positive and finite")]
    [InlineData("12,5", "not positive and finite")]
    [InlineData("fast", "\"fast\"")]
    [InlineData("=1+1", "\"=1+1\"")]
    public void A_speed_that_is_none_is_skipped_with_the_reason(string speed, string reason)
    {
        var content = BenchmarkFile.Parse(Text(speed: $"\"{speed}\"") + Text().Split('\n')[1] + "\n", "sample");

        Assert.Single(content.Rows);
        var skipped = Assert.Single(content.Skipped);
        Assert.Equal("line 2", skipped.Location);
        Assert.Contains(reason, skipped.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_that_do_not_fit_the_header_are_skipped_and_the_others_kept()
    {
        var good = Text().Split('\n')[1];
        var text = Text() + "a,b\n" + good.Replace("decode", "training", StringComparison.Ordinal) + "\n\n\"never closed," + good + "\n" + good.Replace("Some model", "", StringComparison.Ordinal)
            + "\n" + Text().Split('\n')[0] + "\n" + good.Replace("decode,,", "decode,many,", StringComparison.Ordinal) + "\n" + good + "\n";

        var content = BenchmarkFile.Parse(text, "sample");

        Assert.Equal(["line 2", "line 10"], content.Rows.Select(row => row.Location));
        Assert.Equal(
            ["line 3: 2 fields where the header has 12", "line 4: the phase \"training\" is neither prefill nor decode", "line 6: a quote that is not closed", "line 7: no model", "line 9: prompt_tokens \"many\" is no whole number of at least 0"],
            content.Skipped.Select(row => $"{row.Location}: {row.Reason}").Order(StringComparer.Ordinal));
    }

    private static BenchmarkRow Row(
        string device = "Some device", string backend = "engine", string phase = "decode", string prompt = "", string generated = "", string context = "", string notes = "") =>
        Assert.Single(BenchmarkFile.Parse(Text(device, backend, phase, prompt, generated, context, notes), "sample").Rows);

    private static string Text(
        string device = "Some device", string backend = "engine", string phase = "decode", string prompt = "", string generated = "", string context = "", string notes = "", string speed = "12.5") =>
        "model,quant,device,backend,phase,prompt_tokens,gen_tokens,context,batch,tokens_per_s,power_w,notes\n"
        + $"Some model,Q4_0,{device},{backend},{phase},{prompt},{generated},{context},1,{speed},,{notes}\n";
}
