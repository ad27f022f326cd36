using System.Globalization;
using EdgeSplit.Core.Devices;
using EdgeSplit.Core.Devices.Benchmarks;
using EdgeSplit.Core.Devices.Calibration;
using EdgeSplit.Core.Devices.Sheets;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Tests.Cli;

/// <summary>Benchmark files of made-up runs, in the layout of each format. The speeds are those of a card whose parameters are known.</summary>
internal static class MadeUpRuns
{
    private const string Header = "build_commit,build_number,cpu_info,gpu_info,backends,model_filename,model_type,model_size,model_n_params,n_batch,n_ubatch,n_threads,type_k,type_v,n_gpu_layers,flash_attn,n_prompt,n_gen,n_depth,avg_ts,stddev_ts";

    private const string Model = "llama-3.1-8b";

    private static readonly EngineModel Engine = EngineDefaults.Find(ProcessorClass.TensorGpu, InferenceEngine.LlamaCpp);

    internal static DeviceSheet Card { get; } = DeviceSheets.Find("rtx-4080");

    /// <summary>What is true of the card.</summary>
    internal static EngineParameters Truth { get; } = Engine.Parameters.With(EngineParameter.BandwidthEfficiency, 0.7).With(EngineParameter.MatrixEfficiency, 0.4);

    /// <summary>Two formats, three prompts and three depths of generation: twelve runs.</summary>
    internal static IReadOnlyList<Run> All { get; } =
    [
        .. new[] { NumberFormat.F16, NumberFormat.Q4_K_M }.SelectMany(weights => new[]
        {
            Of(weights, BenchmarkPhase.Prefill, 128, 0), Of(weights, BenchmarkPhase.Prefill, 512, 0), Of(weights, BenchmarkPhase.Prefill, 4096, 0),
            Of(weights, BenchmarkPhase.Decode, 128, 0), Of(weights, BenchmarkPhase.Decode, 64, 2048), Of(weights, BenchmarkPhase.Decode, 64, 8192),
        }),
    ];

    internal static string Csv(IEnumerable<Run> runs, string gpu = "NVIDIA GeForce RTX 4080") =>
        Header + "\n" + string.Concat(runs.Select(run => string.Create(
            CultureInfo.InvariantCulture,
            $"\"abc\",\"5000\",\"Made-up CPU\",\"{gpu}\",\"CUDA\",\"a.gguf\",\"{run.Type}\",\"{run.Bytes:0}\",\"{run.Parameters}\",\"2048\",\"512\",\"8\",\"f16\",\"f16\",\"99\",\"1\",\"{run.Prompt}\",\"{run.Generated}\",\"{run.Depth}\",\"{run.Speed:R}\",\"0.1\"\n")));

    internal static string Json(IEnumerable<Run> runs) =>
        "[\n" + string.Join(",\n", runs.Select(run => string.Create(
            CultureInfo.InvariantCulture,
            $$"""
              { "build_commit": "abc", "build_number": 5000, "cpu_info": "Made-up CPU", "gpu_info": "NVIDIA GeForce RTX 4080", "backends": "CUDA", "model_filename": "a.gguf",
                "model_type": "{{run.Type}}", "model_size": {{run.Bytes:0}}, "model_n_params": {{run.Parameters}}, "n_batch": 2048, "n_ubatch": 512, "n_threads": 8, "type_k": "f16", "type_v": "f16",
                "n_gpu_layers": 99, "flash_attn": true, "n_prompt": {{run.Prompt}}, "n_gen": {{run.Generated}}, "n_depth": {{run.Depth}}, "avg_ts": {{run.Speed:R}}, "stddev_ts": 0.1 }
            """))) + "\n]\n";

    internal static string Markdown(IEnumerable<Run> runs) =>
        "  Device 0: NVIDIA GeForce RTX 4080, compute capability 8.9, VMM: yes\n"
        + "| model | size | params | backend | ngl | n_ubatch | test | t/s |\n| --- | ---: | ---: | --- | --: | ---: | ---: | ---: |\n"
        + string.Concat(runs.Select(run => string.Create(
            CultureInfo.InvariantCulture, $"| {run.Type} | {run.Bytes / (1024.0 * 1024 * 1024):0.00} GiB | {run.Parameters / 1e9:0.00} B | CUDA | 99 | 512 | {run.Test} | {run.Speed:0.00} ± 0.10 |\n")));

    private static Run Of(NumberFormat weights, BenchmarkPhase phase, int tokens, int depth)
    {
        var shape = ModelCatalog.Find(Model).Shape;
        var work = phase == BenchmarkPhase.Prefill ? ModelWork.Prefill(shape, weights, tokens, depth, Engine.MicroBatchTokens) : ModelWork.Decode(shape, weights, depth, tokens);
        var type = "llama 8B " + (weights == NumberFormat.F16 ? "F16" : "Q4_K - Medium");
        var isPrompt = phase == BenchmarkPhase.Prefill;
        return new Run(type, shape.FileBytes(weights), shape.TotalParameters, isPrompt ? tokens : 0, isPrompt ? 0 : tokens, depth, work.TokensPerSecond(DataSheetProfile.Create(Card, Engine, Truth)));
    }

    internal sealed record Run(string Type, double Bytes, long Parameters, int Prompt, int Generated, int Depth, double Speed)
    {
        internal string Test => (Prompt > 0 ? $"pp{Prompt}" : $"tg{Generated}") + (Depth > 0 ? $" @ d{Depth}" : "");
    }
}
