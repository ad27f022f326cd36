using EdgeSplit.Core.Devices.Benchmarks;

namespace EdgeSplit.Tests.Devices.Benchmarks;

/// <summary>Files that other people published, in every format.</summary>
public sealed class RealBenchmarkFiles
{
    private const string Folder = "data/llama-bench/";

    private static readonly (string File, string Format, int Rows, string First, string Last)[] Files =
    [
        ("7900xtx-rocm-gpt-oss-20b.json", "llama-bench json", 84, "gpt-oss 20B|MXFP4 MoE|AMD Radeon RX 7900 XTX|1|128||0|737.300172", "gpt-oss 20B|MXFP4 MoE|AMD Radeon RX 7900 XTX|1||8192|8192|143.785704"),
        ("7900xtx-vulkan-20251211_072744.txt", "llama-bench md", 12, "llama 7B|Q4_0|AMD Radeon RX 7900 XTX (RADV NAVI31)|1|512||0|490.97", "llama 7B|Q4_0|AMD Radeon RX 7900 XTX (RADV NAVI31)|2||128|0|105.24"),
        ("8060s-gpt-oss-20b-hip.jsonl", "llama-bench jsonl", 10, "gpt-oss 20B|F16|Radeon 8060S Graphics|1|512||0|1472.012844", "gpt-oss 20B|F16|Radeon 8060S Graphics|1||128|65536|34.758679"),
        ("8060s-llama-2-7b-rocm.log", "llama-bench md", 2, "llama 7B|Q4_0|AMD Radeon 8060S Graphics|1|512||0|1545.36", "llama 7B|Q4_0|AMD Radeon 8060S Graphics|1||128|0|50.59"),
        ("8060s-llama-2-7b-vulkan-depth32768.log", "llama-bench md", 2, "llama 7B|Q4_0|AMD Radeon 8060S Graphics|1|2048||32768|155.9", "llama 7B|Q4_0|AMD Radeon 8060S Graphics|1||32|32768|9.42"),
        ("8060s-llama-3.2-1b-rocwmma.jsonl", "llama-bench jsonl", 10, "llama 1B|Q4_K - Medium|Radeon 8060S Graphics|1|512||0|4884.423568", "llama 1B|Q4_K - Medium|Radeon 8060S Graphics|1||128|65536|27.345715"),
        ("upstream-2025-batch.md", "llama-bench md", 4, "llama 7B|Q4_0||1|1024||0|1436.51", "llama 7B|Q4_0||1|1024||0|2498.61"),
        ("upstream-2025-default.md", "llama-bench md", 2, "llama 7B|Q4_0||1|512||0|2368.8", "llama 7B|Q4_0||1||128|0|131.42"),
        ("upstream-2025-depth.md", "llama-bench md", 4, "qwen2 7B|Q4_K - Medium||1|512||0|7340.2", "qwen2 7B|Q4_K - Medium||1||128|512|116.71"),
        ("upstream-2025-layers.md", "llama-bench md", 16, "llama 7B|Q4_0||1|512||0|373.36", "llama 7B|Q4_0||1||128|0|131.66"),
        ("upstream-2025-models.md", "llama-bench md", 6, "llama 7B|Q4_0||1||128|0|132.19", "llama 13B|Q4_0||1||512|0|78.08"),
        ("upstream-2025-threads.md", "llama-bench md", 12, "llama 7B|Q4_0||1|64||0|6.17", "llama 7B|Q4_0||1||16|0|16.41"),
        ("upstream-2025.csv", "llama-bench csv", 2, "qwen2 7B|Q4_K - Medium|NVIDIA GeForce RTX 4080|1|512||0|7285.676949", "qwen2 7B|Q4_K - Medium|NVIDIA GeForce RTX 4080|1||128|0|119.915244"),
        ("upstream-2025.json", "llama-bench json", 2, "qwen2 7B|Q4_K - Medium|NVIDIA GeForce RTX 4080|1|512||0|7100.002165", "qwen2 7B|Q4_K - Medium|NVIDIA GeForce RTX 4080|1||128|0|118.881588"),
        ("upstream-2025.jsonl", "llama-bench jsonl", 2, "qwen2 7B|Q4_K - Medium|NVIDIA GeForce RTX 4080|1|512||0|7263.609157", "qwen2 7B|Q4_K - Medium|NVIDIA GeForce RTX 4080|1||128|0|119.844681"),
        ("upstream-2025.sql", "llama-bench sql", 2, "qwen2 7B|Q4_K - Medium|NVIDIA GeForce RTX 4080|1|512||0|7324.546977", "qwen2 7B|Q4_K - Medium|NVIDIA GeForce RTX 4080|1||128|0|120.346696"),
    ];

    [SharedDataFact]
    public void Every_published_file_is_read_whole()
    {
        foreach (var path in Directory.EnumerateFiles(SharedData.PathOf(Folder)).Where(path => !path.EndsWith("README.md", StringComparison.Ordinal)))
        {
            Assert.NotEmpty(BenchmarkFile.Read(path).Rows);
        }

        foreach (var (file, format, rows, first, last) in Files)
        {
            var content = BenchmarkFile.Read(SharedData.PathOf(Folder + file));

            Assert.Empty(content.Skipped);
            Assert.Equal((file, format, rows), (file, content.Format, content.Rows.Count));
            Assert.Equal((first, last), (Text(content.Rows[0]), Text(content.Rows[^1])));
        }
    }

    [SharedDataFact]
    public void The_same_tests_in_four_formats_agree_but_for_the_measured_numbers()
    {
        var files = new[] { "json", "jsonl", "csv", "sql" }
            .Select(ending => BenchmarkFile.Read(SharedData.PathOf($"{Folder}upstream-2025.{ending}")).Rows.Select(row => row with { Location = "x", TokensPerSecond = 1, StandardDeviation = 0 }).ToArray())
            .ToArray();

        Assert.All(files, rows => Assert.Equal(files[0], rows));
        var row = files[0][0];
        Assert.Equal(("Qwen2.5-7B-Instruct-Q4_K_M.gguf", 8, 512, false, 99), (row.ModelFile, row.Threads, row.MicroBatchTokens, row.FlashAttention, row.GpuLayers));
        Assert.Equal((4677120000.0, 7615616512.0, "llama-bench 8cf427ff (5163)"), (row.WeightBytes, row.Parameters, row.Source));
    }

    [SharedDataFact]
    public void Settings_of_published_files_are_kept()
    {
        var dashboard = Read("7900xtx-rocm-gpt-oss-20b.json")[0];
        Assert.Equal(("q8_0", "q8_0", 2048, "ROCm 7.12", "gpt-oss-20b-mxfp4.gguf"), (dashboard.KeyFormat, dashboard.ValueFormat, dashboard.MicroBatchTokens, dashboard.Backend, dashboard.ModelFile));
        Assert.Equal([1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2], Read("7900xtx-vulkan-20251211_072744.txt").Select(row => row.Devices));
        Assert.All(Read("7900xtx-vulkan-20251211_072744.txt"), row => Assert.Equal(("llama-2-7b.Q4_0.gguf", "llama-bench 34ce48d97 (7356)"), (row.ModelFile, row.Source)));
        Assert.Equal([128, 256, 512, 1024], Read("upstream-2025-batch.md").Select(row => row.MicroBatchTokens));
        Assert.Equal([1, 1, 2, 2, 4, 4, 8, 8, 16, 16, 32, 32], Read("upstream-2025-threads.md").Select(row => row.Threads));
        Assert.Equal([10, 20, 30, 31, 32, 33, 34, 35], Read("upstream-2025-layers.md").Select(row => row.GpuLayers).Distinct());
    }

    [SharedDataFact]
    public void The_published_speeds_are_read_whole()
    {
        var content = BenchmarkFile.Read(SharedData.PathOf("data/measured_llm_speed.csv"));
        var rows = content.Rows;

        Assert.Empty(content.Skipped);
        Assert.Equal("measured csv", content.Format);
        Assert.Equal((909, 566, 343), (rows.Count, rows.Count(row => row.Phase == BenchmarkPhase.Decode), rows.Count(row => row.Phase == BenchmarkPhase.Prefill)));
        Assert.Equal((144, 19, 19, 277), (rows.Select(row => row.Device).Distinct().Count(), rows.Count(row => row.IsOutlier), rows.Count(row => row.IsMixed), rows.Count(row => row.Devices > 1)));
        Assert.Equal((21, 4, 2, 27), (Compiled(4096), Compiled(1280), Compiled(1024), rows.Count(row => row.CompiledContextTokens is not null)));
        Assert.Equal((10, 5, 55, 527), (rows.Count(row => row.Batch == 8), rows.Count(row => row.MicroBatchTokens is not null), rows.Count(row => row.Watts is not null), rows.Count(row => row.WeightBytes is not null)));
        Assert.Equal(57, rows.Count(row => row.Threads is not null));
        Assert.Equal(32768, Assert.Single(rows, row => row.Notes.Contains("at depth", StringComparison.Ordinal)).DepthTokens);
        Assert.All(rows.Where(row => row.Source.StartsWith("github:XiongjieDai", StringComparison.Ordinal)), row => Assert.Equal(0, row.DepthTokens));

        int Compiled(int tokens) => rows.Count(row => row.CompiledContextTokens == tokens);
    }

    private static IReadOnlyList<BenchmarkRow> Read(string file) => BenchmarkFile.Read(SharedData.PathOf(Folder + file)).Rows;

    private static string Text(BenchmarkRow row) =>
        FormattableString.Invariant($"{row.Model}|{row.Format}|{row.Device}|{row.Devices}|{row.PromptTokens}|{row.GeneratedTokens}|{row.DepthTokens}|{row.TokensPerSecond}");
}
