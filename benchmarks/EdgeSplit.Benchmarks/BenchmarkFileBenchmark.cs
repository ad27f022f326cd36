using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using EdgeSplit.Core.Devices.Benchmarks;

namespace EdgeSplit.Benchmarks;

/// <summary>Reading 10,000 rows of llama-bench, as one object a line and as a Markdown table.</summary>
[MemoryDiagnoser]
public class BenchmarkFileBenchmark
{
    private const int Rows = 10_000;

    private byte[] _lines = [];
    private byte[] _table = [];

    [GlobalSetup]
    public void Setup()
    {
        var lines = new StringBuilder();
        var table = new StringBuilder("| model | size | params | backend | ngl | test | t/s |\n| --- | --: | --: | --- | --: | --: | --: |\n");
        for (var i = 0; i < Rows; i++)
        {
            lines.Append(CultureInfo.InvariantCulture, $$"""
                {"build_commit": "abc12345", "build_number": 5000, "cpu_info": "Made-up processor", "gpu_info": "Made-up card", "backends": "CUDA", "model_filename": "models/made-up.gguf", "model_type": "llama 7B Q4_0", "model_size": 3825065984, "model_n_params": 6738415616, "n_batch": 2048, "n_ubatch": 512, "n_threads": 8, "cpu_mask": "0x0", "cpu_strict": false, "poll": 50, "type_k": "f16", "type_v": "f16", "n_gpu_layers": 99, "split_mode": "layer", "main_gpu": 0, "no_kv_offload": false, "flash_attn": true, "tensor_split": "0.00", "use_mmap": true, "embeddings": false, "n_prompt": 512, "n_gen": 0, "n_depth": {{i}}, "test_time": "2025-01-01T00:00:00Z", "avg_ns": 70000000, "stddev_ns": 1000, "avg_ts": {{7000.5 + i}}, "stddev_ts": 10.5, "samples_ns": [ 70000000, 70000000 ], "samples_ts": [ 7000.5, 7000.5 ]}

                """);
            table.Append(CultureInfo.InvariantCulture, $"| llama 7B Q4_0 | 3.56 GiB | 6.74 B | CUDA | 99 | pp512 @ d{i} | {7000.5 + i} ± 10.50 |\n");
        }

        _lines = Encoding.UTF8.GetBytes(lines.ToString());
        _table = Encoding.UTF8.GetBytes(table.ToString());
    }

    [Benchmark]
    public int JsonLines() => Read(_lines);

    [Benchmark]
    public int Markdown() => Read(_table);

    private static int Read(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return BenchmarkFile.Parse(stream, "made-up").Rows.Count;
    }
}
