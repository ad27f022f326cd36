using EdgeSplit.Core.Devices.Benchmarks;
using EdgeSplit.Core.Devices.Matching;
using EdgeSplit.Core.Devices.Sheets;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Core.Devices.Calibration;

/// <summary>A row of a benchmark file, matched to the catalogues or not.</summary>
/// <param name="Row">The row.</param>
/// <param name="Sample">What it measured; null where it could not be matched.</param>
/// <param name="Reason">Why it could not be matched; null where it was.</param>
public sealed record BenchmarkMatch(BenchmarkRow Row, SpeedSample? Sample, string? Reason);

/// <summary>Finds the device, the engine, the model and the format that a row of a benchmark file names, and prepares the work that it measured.</summary>
/// <remarks>
/// <para>Left out, with the reason: rows flagged as outliers, several devices or machines, runs of which a part stayed on the processor cores, models that skip work (activation sparsity), and names that no catalogue holds.
/// A row that does not say so had a prompt of 256 tokens, or generated 128 tokens into an empty cache. A generation with a compiled cache reads all of it in every step. A speed that counts generated tokens
/// over the time of prompt and generation is predicted so.</para>
/// <para>Pure; safe to call from several threads.</para>
/// </remarks>
public static class BenchmarkMatcher
{
    private const int UnstatedPromptTokens = 256;
    private const int UnstatedGeneratedTokens = 128;
    private const int MostPromptOfStaticCache = 1024;
    private const double LeastTokensPerSecond = 1e-4;
    private const double MostTokensPerSecond = 1e8;
    private const int MostBatch = 65_536;
    private const int MostTokens = 10_000_000;
    private const int MostPasses = 4096; // each is prepared and kept: a row of a hostile file must not fill the memory

    /// <summary>Matches one row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="sheet">The device, whatever the row says; found by the row's text where omitted.</param>
    /// <param name="engine">The engine, whatever the row says; found by the row's text where omitted.</param>
    /// <exception cref="ArgumentNullException"><paramref name="row"/> is null.</exception>
    public static BenchmarkMatch Match(BenchmarkRow row, DeviceSheet? sheet = null, InferenceEngine? engine = null)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (row.IsOutlier)
        {
            return new(row, null, "flagged as an outlier");
        }

        if (row.Notes.Contains("sparse", StringComparison.OrdinalIgnoreCase) || row.Format.Contains("sparse", StringComparison.OrdinalIgnoreCase))
        {
            return new(row, null, "a model that skips work (activation sparsity)");
        }

        if (row.Notes.Contains("n_cpu_moe", StringComparison.Ordinal) || row.Notes.Contains("tensor_buft_overrides", StringComparison.Ordinal) || row.Notes.Contains("no_kv_offload", StringComparison.Ordinal))
        {
            return new(row, null, "a part of the model or of the cache stayed on processor cores");
        }

        if (row.Devices > 1)
        {
            return new(row, null, "several devices");
        }

        var device = DeviceMatcher.Match(row.Device, row.Backend);
        var found = sheet ?? device.Sheet;
        if (found is null)
        {
            return new(row, null, device.Reason ?? "unknown device");
        }

        if (sheet is null && device.Devices > 1)
        {
            return new(row, null, "several devices");
        }

        if (!ModelNames.TryFind(row.Model, row.Parameters, out var model, out var why))
        {
            return new(row, null, why ?? "unknown model");
        }

        if (!NumberFormatNames.TryFind(WrittenFormat(row, device.Engine), model.Shape, out var weights))
        {
            return new(row, null, $"unknown weight format \"{row.Format}\"");
        }

        if (row.GpuLayers is { } onGpu && onGpu > 0 && onGpu < model.Shape.Layers && found.Cores == 0)
        {
            return new(row, null, $"{onGpu} of {model.Shape.Layers} layers on the GPU, the others on processor cores");
        }

        if ((row.PromptTokens ?? 0) > MostTokens || (row.GeneratedTokens ?? 0) > MostTokens || (row.DepthTokens ?? 0) > MostTokens)
        {
            return new(row, null, $"more than {MostTokens} tokens");
        }

        if (!(row.TokensPerSecond is >= LeastTokensPerSecond and <= MostTokensPerSecond) || row.Batch > MostBatch)
        {
            return new(row, null, FormattableString.Invariant($"{row.TokensPerSecond:G4} tokens/s in a batch of {row.Batch}; believed are {LeastTokensPerSecond} to {MostTokensPerSecond} tokens/s and batches to {MostBatch}"));
        }

        var runs = engine ?? EngineOf(row, device.Engine);
        var usual = EngineDefaults.Find(found.Processor, runs);
        if ((row.PromptTokens ?? 0) / Math.Max(1, row.MicroBatchTokens ?? usual.MicroBatchTokens) > MostPasses)
        {
            return new(row, null, $"a prompt of more than {MostPasses} micro-batches");
        }

        return new(row, new SpeedSample
        {
            Row = row,
            Sheet = found,
            Engine = runs,
            Threads = found.Cores > 0 ? row.Threads ?? device.Threads : null,
            Model = model.Name,
            Format = weights.Name,
            Work = WorkOf(row, model.Shape, Stored(row, model.Shape, weights), row.MicroBatchTokens ?? usual.MicroBatchTokens),
        }, null);
    }

    // Tables of table look-up engines write the bits of a format for llama.cpp's nearest one too.
    private static string WrittenFormat(BenchmarkRow row, InferenceEngine engine) => (row.Format, engine) switch
    {
        ("W2", InferenceEngine.LlamaCpp) => "Q2_K",
        ("W4", InferenceEngine.LlamaCpp) => "Q4_0",
        _ => row.Format,
    };

    // Where the file says how large the weights were, its bits count rather than those of the format's name: mixtures changed over the years.
    private static NumberFormat Stored(BenchmarkRow row, TransformerShape shape, NumberFormat weights)
    {
        var ratio = (row.WeightBytes ?? 0) / shape.FileBytes(weights);
        return ratio is > 0.7 and < 1.4 && Math.Abs(ratio - 1) > 0.02
            ? new NumberFormat(weights.Name, weights.BitsPerValue * ratio, weights.HeadBitsPerValue * ratio, weights.EmbeddingBitsPerValue * ratio, weights.ExpertBitsPerValue * ratio)
            : weights;
    }

    // What the backend and the notes say beyond the engine's name.
    private static InferenceEngine EngineOf(BenchmarkRow row, InferenceEngine engine)
    {
        bool Says(string text) => row.Backend.Contains(text, StringComparison.OrdinalIgnoreCase) || row.Notes.Contains(text, StringComparison.OrdinalIgnoreCase);
        return Says("2023") || Says("first MoE build") || row.Confidence.Equals("early", StringComparison.OrdinalIgnoreCase) ? InferenceEngine.Early
            : engine == InferenceEngine.LlamaCpp && (Says("Vulkan") || Says("OpenCL")) ? InferenceEngine.LlamaCppVulkan
            : engine;
    }

    private static int? StaticCacheTokens(BenchmarkRow row)
    {
        const string words = "KV cache ";
        var start = row.Notes.IndexOf(words, StringComparison.OrdinalIgnoreCase);
        var digits = start < 0 ? "" : string.Concat(row.Notes[(start + words.Length)..].TakeWhile(char.IsAsciiDigit));
        return int.TryParse(digits, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var tokens) && tokens is > 1 and <= MostTokens ? tokens : null;
    }

    private static ModelWork WorkOf(BenchmarkRow row, TransformerShape shape, NumberFormat weights, int microBatch)
    {
        if (row.Phase == BenchmarkPhase.Prefill && row.PromptTokens is null && StaticCacheTokens(row) is { } cache)
        {
            // Runtimes with a compiled cache attend to all of it, masked or not; their benchmarks fill it but for an answer of 256 tokens, at most with 1,024.
            var tokens = Math.Clamp(cache - UnstatedPromptTokens, 1, MostPromptOfStaticCache);
            return ModelWork.Prefill(shape, weights, tokens, cache - tokens, microBatch, row.Batch);
        }

        if (row.Phase == BenchmarkPhase.Prefill)
        {
            return ModelWork.Prefill(shape, weights, Math.Max(1, row.PromptTokens ?? UnstatedPromptTokens), row.DepthTokens ?? 0, microBatch, row.Batch);
        }

        if (row.CompiledContextTokens is { } compiled and > 0)
        {
            return ModelWork.Decode(shape, weights, compiled - 1, 1, row.Batch);
        }

        var steps = Math.Max(1, row.GeneratedTokens ?? UnstatedGeneratedTokens);
        var decode = ModelWork.Decode(shape, weights, row.DepthTokens ?? 0, steps, row.Batch);
        return row.IsMixed && row.PromptTokens is { } prompt and > 0 ? decode.After(ModelWork.Prefill(shape, weights, prompt, 0, microBatch, row.Batch)) : decode;
    }
}
