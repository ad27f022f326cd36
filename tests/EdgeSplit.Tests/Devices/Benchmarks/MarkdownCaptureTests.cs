using EdgeSplit.Core.Devices.Benchmarks;

namespace EdgeSplit.Tests.Devices.Benchmarks;

/// <summary>Markdown tables of llama-bench, alone and among the lines of a console.</summary>
public sealed class MarkdownCaptureTests
{
    private const string Head = "| model | size | params | backend | ngl | test | t/s |\n| --- | ---: | ---: | --- | --: | ---: | ---: |\n";

    [Fact]
    public void A_console_names_devices_and_build()
    {
        var content = BenchmarkFile.Parse(BenchmarkSamples.Console, "capture.log");

        Assert.Equal("llama-bench md", content.Format);
        Assert.Equal(2, content.Rows.Count);
        var (prefill, decode) = (content.Rows[0], content.Rows[1]);
        Assert.Equal(("NVIDIA GeForce RTX 3090", 2, "llama-bench abc12345 (5000)", "line 6"), (prefill.Device, prefill.Devices, prefill.Source, prefill.Location));
        Assert.Equal((BenchmarkPhase.Prefill, 512, 0, 256, "q8_0", true), (prefill.Phase, prefill.PromptTokens, prefill.DepthTokens, prefill.MicroBatchTokens, prefill.ValueFormat, prefill.FlashAttention));
        Assert.Equal((BenchmarkPhase.Decode, 128, 2048, 100.5, 0.25), (decode.Phase, decode.GeneratedTokens, decode.DepthTokens, decode.TokensPerSecond, decode.StandardDeviation));
        var skipped = Assert.Single(content.Skipped);
        Assert.Equal("line 8", skipped.Location);
        Assert.Contains("mixes prefill and decode", skipped.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Vulkan", "ggml_vulkan: 0 = AMD Radeon RX 7900 XTX (RADV NAVI31) (radv) | uma: 0 | fp16: 1", "AMD Radeon RX 7900 XTX (RADV NAVI31)", 1)]
    [InlineData("Vulkan", "Vulkan0: Intel(R) Arc(tm) A770 (Intel open-source (Mesa) driver) | uma: 0 | fp16: 1", "Intel(R) Arc(tm) A770", 1)]
    [InlineData("Vulkan", "ggml_vulkan: 0 = Big (radv) | uma: 0 |\nggml_vulkan: 1 = Integrated (radv) | uma: 1 |", "Big", 1)]
    [InlineData("Metal", "ggml_metal_init: found device: Apple M2 Max\nggml_metal_init: picking default device: Apple M2 Max", "Apple M2 Max", 1)]
    [InlineData("Metal", "ggml_metal_device_init: GPU name:   Apple M4 Pro", "Apple M4 Pro", 1)]
    [InlineData("MTL,BLAS", "ggml_metal_device_init: GPU name:   MTL0 (Apple M5)", "Apple M5", 1)]
    [InlineData("ROCm", "  Device 0: AMD Radeon 8060S Graphics, gfx1151 (0x1151), VMM: no", "AMD Radeon 8060S Graphics", 1)]
    [InlineData("CUDA", "ggml_init_cublas: found 4 CUDA devices:", "", 4)]
    [InlineData("SYCL", "| 0| [level_zero:gpu:0]|  Intel Arc A770 Graphics|   12.55|   512| 1024|", "Intel Arc A770 Graphics", 1)]
    [InlineData("OpenCL", "ggml_opencl: device: 'QUALCOMM Adreno(TM) 750 (OpenCL 3.0 Adreno(TM) 750)'", "QUALCOMM Adreno(TM) 750", 1)]
    [InlineData("Vulkan", "\u001b[32mggml_vulkan: 0 = Coloured (radv) | uma: 0\u001b[0m", "Coloured", 1)]
    public void The_lines_of_each_backend_name_the_device(string backend, string lines, string device, int count)
    {
        var row = Assert.Single(BenchmarkFile.Parse($"{lines}\n{Head}| llama 7B Q4_0 | 3.56 GiB | 6.74 B | {backend} | 99 | pp512 | 10.50 ± 0.25 |\n", "capture").Rows);

        Assert.Equal((device, count), (row.Device, row.Devices));
    }

    [Fact]
    public void A_processor_runs_what_is_not_offloaded()
    {
        const string text = "Model name: Some Desktop CPU\nDevice 0: Card, compute capability 8.6\n" + Head
            + "| llama 7B Q4_0 | 3.56 GiB | 6.74 B | CUDA | 0 | tg 8 | 1.5 ± 0.0 |\n| llama 7B Q4_0 | 3.56 GiB | 6.74 B | CUDA | 9 | tg 8 | 2.5 ± 0.0 |\n";

        Assert.Equal(["Some Desktop CPU", "Card"], BenchmarkFile.Parse(text, "capture").Rows.Select(row => row.Device));
    }

    [Fact]
    public void Each_table_has_the_lines_before_it()
    {
        const string row = "| llama 7B Q4_0 | 3.56 GiB | 6.74 B | CUDA | 99 | tg128 | 10.5 ± 0.1 |\n";
        const string text = "Device 0: First, x\nllama-bench -m /models/first.gguf\n" + Head + row + row + "\nbuild: 1111111 (1)\n"
            + "Device 0: Second, x\nDevice 1: Second, x\n" + Head + row + "\nbuild: 2222222 (2)\n" + Head + row;

        var rows = BenchmarkFile.Parse(text, "capture").Rows;

        Assert.Equal(["First 1", "First 1", "Second 2", "Second 2"], rows.Select(r => $"{r.Device} {r.Devices}"));
        Assert.Equal(["llama-bench 1111111 (1)", "llama-bench 1111111 (1)", "llama-bench 2222222 (2)", "llama-bench"], rows.Select(r => r.Source));
        Assert.Equal("first.gguf", rows[0].ModelFile);
    }

    [Fact]
    public void A_weights_file_is_named_only_where_it_is_surely_the_tables()
    {
        const string rows = "| llama 7B Q4_0 | 3.56 GiB | 6.74 B | CPU | 0 | tg8 | 1.5 ± 0 |\n| llama 13B Q4_0 | 6.86 GiB | 13.02 B | CPU | 0 | tg8 | 1.5 ± 0 |\n";

        Assert.Equal(["a.gguf", ""], BenchmarkFile.Parse("model a.gguf\n" + Head + rows, "capture").Rows.Select(r => r.ModelFile));
        Assert.Equal(["", ""], BenchmarkFile.Parse("model a.gguf then b.gguf\n" + Head + rows, "capture").Rows.Select(r => r.ModelFile));
    }

    [Theory]
    [InlineData("pp 512", 128, 128)]
    [InlineData("pp 512", 1024, 1024)]
    [InlineData("pp512", 128, 128)]
    [InlineData("pp512", 1024, 512)]
    public void The_batch_bounds_the_micro_batch_of_its_time(string test, int batch, int microBatch)
    {
        // The space left the test column after micro-batches had come; until then the whole batch ran at once.
        var text = $"| model | size | params | backend | n_batch | test | t/s |\n| llama 7B Q4_0 | 3.56 GiB | 6.74 B | CUDA | {batch} | {test} | 10.5 ± 0.25 |\n";

        Assert.Equal(microBatch, Assert.Single(BenchmarkFile.Parse(text, "table").Rows).MicroBatchTokens);
    }

    [Theory]
    [InlineData("| llama 7B Q4_0 | 3.56 GiB | 6.74 B | CPU | 0 | tg 16 | 16.41 ± 0.79 ||")]
    [InlineData("> | llama 7B Q4_0 | 3.56 GiB | 6.74 B | CPU | 0 | tg16 | **16.41 ± 0.79** |")]
    [InlineData("| llama 7B Q4_0 | 3.56 GiB || 6.74 B | CPU | 0 | tg16 | 16.41 \ufffd 0.79 |")]
    [InlineData("| llama 7B Q4_0 | 3.56 GiB | 6.74 B | CPU | 0 | tg16 | 16.41 +/- 0.79 |")]
    [InlineData("llama-bench: benchmark 1/1\n| llama 7B Q4_0 | 3.56 GiB | 6.74 B | CPU | 0 | tg16 | 16.41 ± 0.79 |")]
    public void Doubled_bars_emphasis_quotes_and_broken_signs_do_no_harm(string line)
    {
        var row = Assert.Single(BenchmarkFile.Parse(Head + line + "\n", "table").Rows);

        Assert.Equal((16, 16.41, 0.79, 6.74e9), (row.GeneratedTokens, row.TokensPerSecond, row.StandardDeviation, row.Parameters));
    }

    [Theory]
    [InlineData("pg512,128", "mixes")]
    [InlineData("pp512+tg128", "mixes")]
    [InlineData("xx512", "neither ppN nor tgN")]
    [InlineData("pp", "neither ppN nor tgN")]
    [InlineData("pp0", "neither ppN nor tgN")]
    [InlineData("tg128 @ 512", "no depth")]
    [InlineData("pp99999999999", "neither ppN nor tgN")]
    public void A_test_that_cannot_be_used_says_why(string test, string reason)
    {
        var text = $"{Head}| llama 7B Q4_0 | 3.56 GiB | 6.74 B | CPU | 0 | {test} | 10.5 ± 0.25 |\n| llama 7B Q4_0 | 3.56 GiB | 6.74 B | CPU | 0 | tg8 | 1.5 ± 0 |\n";

        var skipped = Assert.Single(BenchmarkFile.Parse(text, "table").Skipped);

        Assert.Equal("line 3", skipped.Location);
        Assert.Contains(reason, skipped.Reason, StringComparison.Ordinal);
    }
}
