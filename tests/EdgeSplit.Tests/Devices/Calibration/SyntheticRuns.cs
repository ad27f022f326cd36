using EdgeSplit.Core.Devices;
using EdgeSplit.Core.Devices.Benchmarks;
using EdgeSplit.Core.Devices.Calibration;
using EdgeSplit.Core.Devices.Sheets;
using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Tests.Devices.Calibration;

/// <summary>Made-up devices whose parameters are known, and the speeds that they would show.</summary>
internal static class SyntheticRuns
{
    internal static DeviceSheet Card { get; } = new()
    {
        Name = "made-up-card",
        Title = "Made-up card",
        Platform = "made-up-card",
        Kind = DeviceKind.DesktopGpu,
        Processor = ProcessorClass.TensorGpu,
        PeakMatrixFlopPerSecond = new(40e12, 80e12, 160e12, 80e12),
        PeakBytesPerSecond = 800e9,
        MemoryBytes = 24e9,
        UsableMemoryShare = 0.9,
        IdleWatts = 20,
        BusyWatts = 300,
        Sources = [new ParameterSource("sheet", ParameterOrigin.DataSheet, "made up")],
    };

    internal static EngineModel Engine { get; } = EngineDefaults.Find(ProcessorClass.TensorGpu, InferenceEngine.LlamaCpp);

    /// <summary>A full benchmark: two models, two formats, four lengths, both phases.</summary>
    internal static SpeedSample[] Full(EngineParameters truth, double logNoise, ulong seed = 1)
    {
        var rows = new List<SpeedSample>();
        foreach (var model in new[] { "llama-3-8b", "llama-3.2-1b" })
        {
            foreach (var weights in new[] { NumberFormat.F16, NumberFormat.Q4_K_M })
            {
                foreach (var tokens in new[] { 128, 512, 2048, 8192 })
                {
                    rows.Add(Run(truth, model, weights, BenchmarkPhase.Prefill, tokens, 0, logNoise, seed, rows.Count));
                    rows.Add(Run(truth, model, weights, BenchmarkPhase.Decode, 128, tokens, logNoise, seed, rows.Count));
                }
            }
        }

        return [.. rows];
    }

    internal static SpeedSample Run(
        EngineParameters truth, string model, NumberFormat weights, BenchmarkPhase phase, int tokens, int depth, double logNoise = 0, ulong seed = 1, int number = 0, DeviceSheet? sheet = null)
    {
        var shape = ModelCatalog.Find(model).Shape;
        var work = phase == BenchmarkPhase.Prefill
            ? ModelWork.Prefill(shape, weights, tokens, depth, Engine.MicroBatchTokens) : ModelWork.Decode(shape, weights, depth, tokens);
        var random = new RandomSource(StreamKey.Create(seed, "tests/benchmark"), (ulong)number);
        var speed = work.TokensPerSecond(DataSheetProfile.Create(sheet ?? Card, Engine, truth)) * Math.Exp(logNoise * new NormalDistribution(0, 1).Sample(ref random));
        return new SpeedSample
        {
            Row = new BenchmarkRow
            {
                Location = $"line {number + 2}",
                Model = model,
                Format = weights.Name,
                Device = "made up",
                Backend = "llama.cpp CUDA",
                Phase = phase,
                TokensPerSecond = speed,
                PromptTokens = phase == BenchmarkPhase.Prefill ? tokens : null,
                GeneratedTokens = phase == BenchmarkPhase.Decode ? tokens : null,
                DepthTokens = depth,
            },
            Sheet = sheet ?? Card,
            Engine = InferenceEngine.LlamaCpp,
            Model = model,
            Format = weights.Name,
            Work = work,
        };
    }
}
