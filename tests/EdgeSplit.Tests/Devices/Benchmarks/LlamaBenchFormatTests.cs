using EdgeSplit.Core.Devices.Benchmarks;

namespace EdgeSplit.Tests.Devices.Benchmarks;

/// <summary>The same llama-bench run in each format, old and new columns, devices and formats as the program writes them.</summary>
public sealed class LlamaBenchFormatTests
{
    public static TheoryData<string, string, string> Formats => new()
    {
        { "llama-bench json", BenchmarkSamples.Json, "$[0] $[1]" },
        { "llama-bench json", $$"""{ "host": "x", "runs": [ { "results": {{BenchmarkSamples.Json}} } ] }""", "$.runs[0].results[0] $.runs[0].results[1]" },
        { "llama-bench json", $"warming up\n[info] start\n{BenchmarkSamples.Json}", "$[0] $[1]" },
        { "llama-bench jsonl", BenchmarkSamples.JsonLines, "line 1 line 2" },
        { "llama-bench csv", BenchmarkSamples.Csv, "line 2 line 3" },
        { "llama-bench csv", BenchmarkSamples.Csv.Replace(',', ';').Replace("\n", "\r\n", StringComparison.Ordinal), "line 2 line 3" },
        { "llama-bench sql", BenchmarkSamples.Sql, "line 25 line 26" },
    };

    [Theory]
    [MemberData(nameof(Formats))]
    public void Every_format_gives_the_same_rows(string format, string text, string locations)
    {
        var content = BenchmarkFile.Parse(text, "sample");

        Assert.Equal(format, content.Format);
        Assert.Contains(format, BenchmarkFile.Formats);
        Assert.Empty(content.Skipped);
        Assert.Equal(locations, string.Join(' ', content.Rows.Select(row => row.Location)));
        var prefill = new BenchmarkRow
        {
            Location = "x",
            Model = "qwen2 7B",
            ModelFile = "Sample-7B-Q4_K_M.gguf",
            Format = "Q4_K - Medium",
            Device = "NVIDIA GeForce RTX 4080",
            Backend = "CUDA",
            Phase = BenchmarkPhase.Prefill,
            TokensPerSecond = 7300.5,
            StandardDeviation = 100.25,
            PromptTokens = 512,
            DepthTokens = 1024,
            MicroBatchTokens = 512,
            Threads = 8,
            GpuLayers = 99,
            FlashAttention = true,
            ValueFormat = "q8_0",
            WeightBytes = 4677120000,
            Parameters = 7615616512,
            Source = "llama-bench abc12345 (5000)",
        };
        var decode = prefill with { Phase = BenchmarkPhase.Decode, TokensPerSecond = 119.5, StandardDeviation = 0.5, PromptTokens = null, GeneratedTokens = 128 };
        Assert.Equal([prefill, decode], content.Rows.Select(row => row with { Location = "x" }));
    }

    [Fact]
    public void A_single_object_is_a_file_of_one_row()
    {
        Assert.Equal("$", Assert.Single(BenchmarkFile.Parse(BenchmarkSamples.JsonObject, "sample").Rows).Location);
    }

    [Fact]
    public void A_stream_and_a_file_give_what_their_text_gives()
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(BenchmarkSamples.Console);
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, bytes);
            using var stream = new MemoryStream(bytes);

            var expected = BenchmarkFile.Parse(BenchmarkSamples.Console, "sample").Rows;

            Assert.Equal(expected, BenchmarkFile.Parse(stream, "sample").Rows);
            Assert.Equal(expected, BenchmarkFile.Read(path).Rows);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("llama 7B mostly Q4_0", "llama 7B", "Q4_0")]
    [InlineData("llama 7B all F32", "llama 7B", "F32")]
    [InlineData("qwen2 7B Q4_K - Medium", "qwen2 7B", "Q4_K - Medium")]
    [InlineData("gpt-oss 20B MXFP4 MoE", "gpt-oss 20B", "MXFP4 MoE")]
    [InlineData("qwen3moe 30B.A3B Q4_K - Small", "qwen3moe 30B.A3B", "Q4_K - Small")]
    [InlineData("llama 8B IQ2_XXS - 2.0625 bpw", "llama 8B", "IQ2_XXS - 2.0625 bpw")]
    [InlineData("bitnet 2B TQ1_0 - 1.69 bpw ternary", "bitnet 2B", "TQ1_0 - 1.69 bpw ternary")]
    [InlineData("gemma3n E4B BF16", "gemma3n E4B", "BF16")]
    [InlineData("llama 8x7B mostly Q4_1, some F16", "llama 8x7B", "Q4_1, some F16")]
    [InlineData("llama ?B (guessed) Q8_0", "llama ?B", "Q8_0")]
    [InlineData("falcon 7B unknown, may not work", "falcon 7B", "")]
    [InlineData("q4model", "q4model", "")]
    public void The_model_type_is_model_and_format(string type, string model, string format)
    {
        var row = Row("\"qwen2 7B Q4_K - Medium\"", $"\"{type}\"");

        Assert.Equal((model, format), (row.Model, row.Format));
    }

    [Theory]
    [InlineData("NVIDIA RTX A, NVIDIA RTX A", "auto", "layer", "0.00", "NVIDIA RTX A", 2)]
    [InlineData("NVIDIA RTX A/NVIDIA RTX A/NVIDIA RTX A", "auto", "layer", "0.00", "NVIDIA RTX A", 3)]
    [InlineData("AMD Radeon RX 6800/6800 XT", "auto", "layer", "0.00", "AMD Radeon RX 6800/6800 XT", 1)]
    [InlineData("RTX A, RTX B", "auto", "layer", "0.00", "RTX A, RTX B", 2)]
    [InlineData("RTX A, RTX B", "auto", "none", "0.00", "RTX A", 1)]
    [InlineData("RTX A, RTX B", "auto", "layer", "0.00/1.00", "RTX B", 1)]
    [InlineData("RTX A, RTX B", "auto", "row", "1.00/1.00", "RTX A, RTX B", 2)]
    [InlineData("RTX A, RTX B", "CUDA1", "layer", "0.00", "RTX B", 1)]
    [InlineData("RTX A, RTX A, RTX A", "CUDA0/CUDA2", "layer", "0.00", "RTX A", 2)]
    [InlineData("", "auto", "layer", "0.00", "Made-up 8-Core Processor", 1)]
    [InlineData("RTX A", "none", "layer", "0.00", "Made-up 8-Core Processor", 1)]
    public void The_devices_are_those_that_share_the_model(string gpus, string devices, string split, string shares, string device, int count)
    {
        var text = BenchmarkSamples.JsonRow
            .Replace("NVIDIA GeForce RTX 4080", gpus, StringComparison.Ordinal)
            .Replace("\"split_mode\": \"layer\"", $"\"split_mode\": \"{split}\", \"devices\": \"{devices}\"", StringComparison.Ordinal)
            .Replace("\"tensor_split\": \"0.00\"", $"\"tensor_split\": \"{shares}\"", StringComparison.Ordinal);

        var row = Assert.Single(BenchmarkFile.Parse(text, "sample").Rows);

        Assert.Equal((device, count), (row.Device, row.Devices));
    }

    [Theory]
    [InlineData("\"n_gpu_layers\": 99", "\"n_gpu_layers\": 0", "Made-up 8-Core Processor")]
    [InlineData("\"backends\": \"CUDA\"", "\"backends\": \"BLAS,CPU\"", "Made-up 8-Core Processor")]
    [InlineData("\"backends\": \"CUDA\"", "\"backends\": \"MTL,BLAS\"", "NVIDIA GeForce RTX 4080")]
    [InlineData("\"n_gpu_layers\": 99", "\"n_gpu_layers\": -1", "NVIDIA GeForce RTX 4080")]
    public void The_device_is_the_gpu_only_where_layers_run_there(string from, string to, string device)
    {
        Assert.Equal(device, Row(from, to).Device);
    }

    [Fact]
    public void The_columns_of_2023_are_understood()
    {
        const string text = """
            [ { "build_commit": "3469684", "build_number": 1275, "cuda": false, "opencl": false, "metal": true, "gpu_blas": true, "blas": true,
                "cpu_info": "Apple M2 Max", "gpu_info": "", "model_filename": "C:\\models\\llama-7b.gguf", "model_type": "llama 7B mostly Q4_0",
                "model_size": 3825065984, "model_n_params": 6738415616, "n_batch": 256, "n_threads": 4, "f16_kv": false, "n_gpu_layers": 1,
                "main_gpu": 0, "mul_mat_q": true, "tensor_split": "0.00", "n_prompt": 0, "n_gen": 64, "avg_ns": 2000000000 } ]
            """;

        var row = Assert.Single(BenchmarkFile.Parse(text, "old").Rows);

        // 64 tokens in 2 s; builds without micro-batches ran the whole batch at once.
        Assert.Equal(("Metal", "Apple M2 Max", "Q4_0", 32.0, 0), (row.Backend, row.Device, row.Format, row.TokensPerSecond, row.DepthTokens));
        Assert.Equal(("f32", "f32", 256, 4, "llama-7b.gguf"), (row.KeyFormat, row.ValueFormat, row.MicroBatchTokens, row.Threads, row.ModelFile));
    }

    [Theory]
    [InlineData("\"avg_ts\": 7300.5, ", "", 7300.0)]
    [InlineData("\"avg_ts\": 7300.5,", "\"avg_ts\": null,", 7300.0)]
    public void A_missing_mean_is_that_of_the_repetitions(string from, string to, double rate)
    {
        Assert.Equal(rate, Row(from, to).TokensPerSecond, 1e-9);
    }

    [Fact]
    public void A_missing_mean_without_speeds_comes_from_the_times()
    {
        var text = BenchmarkSamples.JsonRow
            .Replace("\"avg_ts\": 7300.5,", "", StringComparison.Ordinal)
            .Replace("\"samples_ts\": [ 7400.0, 7200.0 ]", "\"samples_ts\": []", StringComparison.Ordinal);

        // 512 tokens in 70 ms.
        Assert.Equal(512 / 0.07, Assert.Single(BenchmarkFile.Parse(text, "sample").Rows).TokensPerSecond, 1e-6);
    }

    [Fact]
    public void Settings_that_no_property_holds_are_noted()
    {
        var row = Row("\"no_kv_offload\": false", "\"no_kv_offload\": true, \"n_cpu_moe\": 20, \"tensor_buft_overrides\": \"exps=CPU\"");

        Assert.Equal("n_cpu_moe 20; no_kv_offload; tensor_buft_overrides exps=CPU", row.Notes);
        Assert.Equal("", Row("\"no_kv_offload\": false", "\"n_cpu_moe\": 0, \"tensor_buft_overrides\": \"none\"").Notes);
    }

    [Fact]
    public void Sql_takes_several_rows_quotes_within_texts_and_the_columns_of_the_table()
    {
        const string text = """
            -- a dump
            CREATE TABLE "test" (model_type TEXT, cpu_info TEXT DEFAULT ('x'), backends TEXT, n_prompt INTEGER, n_gen INTEGER, avg_ts REAL);
            BEGIN TRANSACTION;
            INSERT INTO test VALUES ('llama 7B Q4_0', 'Bob''s CPU; (fast)', 'CPU', 512, 0, 30.5), ('llama 7B Q4_0', NULL, 'CPU', 0, 16, 4.5) /* done */;
            INSERT INTO test (n_gen, n_prompt, avg_ts, model_type) VALUES (8, 0, 2.5e0, 'llama 7B F16');
            COMMIT;
            """;

        var content = BenchmarkFile.Parse(text, "dump");

        Assert.Empty(content.Skipped);
        Assert.Equal([("Bob's CPU; (fast)", 30.5, "Q4_0"), ("", 4.5, "Q4_0"), ("", 2.5, "F16")], content.Rows.Select(row => (row.Device, row.TokensPerSecond, row.Format)));
        Assert.Equal([512, null, null], content.Rows.Select(row => row.PromptTokens));
    }

    [Fact]
    public void Csv_with_the_short_names_of_the_tables_is_read_as_well()
    {
        const string text = "model,size,params,backend,ngl,test,t/s\nllama 7B Q4_0,3.56 GiB,6.74 B,CPU,0,tg64,12.5 ± 0.5\n";

        var row = Assert.Single(BenchmarkFile.Parse(text, "sample").Rows);

        Assert.Equal((64, 12.5, 0.5, 3.56 * 1024 * 1024 * 1024, 6.74e9), (row.GeneratedTokens, row.TokensPerSecond, row.StandardDeviation, row.WeightBytes, row.Parameters));
    }

    private static BenchmarkRow Row(string from, string to)
    {
        Assert.Contains(from, BenchmarkSamples.JsonRow, StringComparison.Ordinal);
        return Assert.Single(BenchmarkFile.Parse(BenchmarkSamples.JsonRow.Replace(from, to, StringComparison.Ordinal), "sample").Rows);
    }
}
