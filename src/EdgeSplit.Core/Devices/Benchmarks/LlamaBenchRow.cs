using System.Globalization;

namespace EdgeSplit.Core.Devices.Benchmarks;

/// <summary>Turns the cells of a llama-bench row into a measured speed.</summary>
internal static class LlamaBenchRow
{
    private const int DefaultMicroBatchTokens = 512;

    /// <summary>Whether the cells look like a row of llama-bench at all.</summary>
    internal static bool IsRow(LlamaBenchRecord record) =>
        record[LlamaBenchColumn.Prompt, LlamaBenchColumn.Generated] is not null
        || record[LlamaBenchColumn.ShownTest, LlamaBenchColumn.AverageRate] is not null
        || record[LlamaBenchColumn.AverageNanoseconds, LlamaBenchColumn.ModelType] is not null;

    /// <summary>The row; null with a reason where it gives no speed of one phase.</summary>
    internal static BenchmarkRow? From(LlamaBenchRecord record, string location, out string reason)
    {
        if (record.Twice is { } twice)
        {
            reason = $"{LlamaBenchColumns.NameOf(twice)} stands twice";
            return null;
        }

        if ((record[LlamaBenchColumn.ModelType, LlamaBenchColumn.ShownModel] ?? "").Trim() is not { Length: > 0 } modelType)
        {
            reason = "no model type";
            return null;
        }

        var cells = new LlamaBenchCells(record);
        if (Test(record, cells, out reason) is not { } test || LlamaBenchSpeed.From(record, cells, test, out reason) is not { } speed)
        {
            return null;
        }

        var backend = Backend(record, cells);
        var layers = cells.Whole(LlamaBenchColumn.GpuLayers, LlamaBenchColumn.ShownGpuLayers);
        var (device, devices) = Device(record, cells, backend, layers);
        var (model, format) = ModelTypeText.Apart(modelType);
        var row = new BenchmarkRow
        {
            Location = location,
            Model = model,
            ModelFile = FileName(record[LlamaBenchColumn.ModelFileName] ?? ""),
            Format = format,
            Device = device,
            Backend = backend,
            Phase = test.Phase,
            TokensPerSecond = speed.Rate,
            StandardDeviation = speed.Deviation,
            PromptTokens = test.Phase == BenchmarkPhase.Prefill ? test.Tokens : null,
            GeneratedTokens = test.Phase == BenchmarkPhase.Decode ? test.Tokens : null,
            DepthTokens = test.DepthTokens,
            MicroBatchTokens = MicroBatch(cells, test),
            Threads = Positive(cells.Whole(LlamaBenchColumn.Threads, LlamaBenchColumn.ShownThreads)),
            Devices = devices,
            GpuLayers = layers is >= 0 ? layers : null,
            FlashAttention = cells.Flag(LlamaBenchColumn.FlashAttention, LlamaBenchColumn.ShownFlashAttention),
            KeyFormat = CacheFormat(record, cells, LlamaBenchColumn.KeyType),
            ValueFormat = CacheFormat(record, cells, LlamaBenchColumn.ValueType),
            WeightBytes = cells.Quantity(LlamaBenchColumn.ModelSize, LlamaBenchColumn.ShownSize, isSize: true),
            Parameters = cells.Quantity(LlamaBenchColumn.ModelParameters, LlamaBenchColumn.ShownParameters, isSize: false),
            Notes = Notes(record, cells),
            Source = Source(record[LlamaBenchColumn.BuildCommit], record[LlamaBenchColumn.BuildNumber]),
        };
        reason = cells.Error ?? "";
        return cells.Error is null ? row : null;
    }

    /// <summary><c>llama-bench</c> with its build where that is stated.</summary>
    internal static string Source(string? commit, string? number)
    {
        var build = string.IsNullOrWhiteSpace(commit) ? "" : $" {commit.Trim()}";
        return string.IsNullOrWhiteSpace(number) ? $"llama-bench{build}" : $"llama-bench{build} ({number.Trim()})";
    }

    private static LlamaBenchTest? Test(LlamaBenchRecord record, LlamaBenchCells cells, out string reason)
    {
        if (record[LlamaBenchColumn.Prompt, LlamaBenchColumn.Generated] is null)
        {
            if (record[LlamaBenchColumn.ShownTest] is { } text)
            {
                return LlamaBenchTest.From(text, out reason);
            }

            reason = "neither n_prompt nor n_gen";
            return null;
        }

        var prompt = cells.Whole(LlamaBenchColumn.Prompt) ?? 0;
        var generated = cells.Whole(LlamaBenchColumn.Generated) ?? 0;
        var depth = cells.Whole(LlamaBenchColumn.Depth) ?? 0;
        if (cells.Error is { } error)
        {
            reason = error;
            return null;
        }

        return LlamaBenchTest.From(prompt, generated, depth, out reason);
    }

    private static string Backend(LlamaBenchRecord record, LlamaBenchCells cells)
    {
        if ((record[LlamaBenchColumn.Backends, LlamaBenchColumn.Backend] ?? "").Trim() is { Length: > 0 } stated)
        {
            return stated;
        }

        ReadOnlySpan<(LlamaBenchColumn Column, string Name)> flags =
        [
            (LlamaBenchColumn.Cuda, "CUDA"), (LlamaBenchColumn.OpenCl, "OpenCL"), (LlamaBenchColumn.Vulkan, "Vulkan"), (LlamaBenchColumn.Kompute, "Kompute"),
            (LlamaBenchColumn.Metal, "Metal"), (LlamaBenchColumn.Sycl, "SYCL"), (LlamaBenchColumn.GpuBlas, "GPU BLAS"), (LlamaBenchColumn.Blas, "BLAS"),
        ];
        var any = false;
        foreach (var (column, name) in flags)
        {
            any |= record[column] is not null;
            if (cells.Flag(column) == true)
            {
                return name;
            }
        }

        return any ? "CPU" : "";
    }

    private static (string Device, int Count) Device(LlamaBenchRecord record, LlamaBenchCells cells, string backend, int? layers)
    {
        var chosen = record[LlamaBenchColumn.Devices, LlamaBenchColumn.ShownDevices];
        var isGpu = backend.Length > 0 ? LlamaBenchDevices.IsGpu(backend) : !string.IsNullOrWhiteSpace(record[LlamaBenchColumn.GpuInfo]);
        if (isGpu && layers != 0 && !string.Equals(chosen?.Trim(), "none", StringComparison.OrdinalIgnoreCase))
        {
            var (gpu, count) = LlamaBenchDevices.Gpus(
                record[LlamaBenchColumn.GpuInfo],
                chosen,
                record[LlamaBenchColumn.SplitMode, LlamaBenchColumn.ShownSplitMode],
                cells.Whole(LlamaBenchColumn.MainGpu, LlamaBenchColumn.ShownMainGpu) ?? 0,
                record[LlamaBenchColumn.TensorSplit, LlamaBenchColumn.ShownTensorSplit]);

            // Builds that leave an integrated GPU out of gpu_info name the chip as processor.
            return (gpu.Length > 0 ? gpu : LlamaBenchDevices.Processor(record[LlamaBenchColumn.CpuInfo]), count);
        }

        return (LlamaBenchDevices.Processor(record[LlamaBenchColumn.CpuInfo]), 1);
    }

    /// <summary>Builds without micro-batches, which wrote <c>pp 512</c> in tables and no <c>n_ubatch</c> in data, ran the whole batch at once.</summary>
    private static int? MicroBatch(LlamaBenchCells cells, LlamaBenchTest test)
    {
        var micro = Positive(cells.Whole(LlamaBenchColumn.MicroBatchTokens));
        var batch = Positive(cells.Whole(LlamaBenchColumn.BatchTokens));
        if (micro is not null)
        {
            return batch is null ? micro : Math.Min(micro.Value, batch.Value);
        }

        return batch is null || cells.IsData || test.IsSpaced ? batch : Math.Min(batch.Value, DefaultMicroBatchTokens);
    }

    private static string? CacheFormat(LlamaBenchRecord record, LlamaBenchCells cells, LlamaBenchColumn column)
    {
        var text = record[column]?.Trim() ?? (cells.Flag(LlamaBenchColumn.HalfPrecisionCache) == false ? "f32" : "");
        var isHalf = text.Length == 0 || text.Equals("f16", StringComparison.OrdinalIgnoreCase) || text.Equals("bf16", StringComparison.OrdinalIgnoreCase);
        return isHalf ? null : text;
    }

    private static string Notes(LlamaBenchRecord record, LlamaBenchCells cells)
    {
        var notes = new List<string>(0);
        if (cells.Whole(LlamaBenchColumn.CpuExpertLayers, LlamaBenchColumn.ShownCpuExpertLayers) is > 0 and var experts)
        {
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"n_cpu_moe {experts}"));
        }

        if (cells.Flag(LlamaBenchColumn.NoCacheOffload, LlamaBenchColumn.ShownNoCacheOffload) == true)
        {
            notes.Add("no_kv_offload");
        }

        if (cells.Flag(LlamaBenchColumn.Embeddings, LlamaBenchColumn.ShownEmbeddings) == true)
        {
            notes.Add("embeddings");
        }

        if (record[LlamaBenchColumn.TensorOverrides, LlamaBenchColumn.ShownTensorOverrides] is { } overrides && !NumberText.IsUnstated(overrides))
        {
            notes.Add($"tensor_buft_overrides {overrides.Trim()}");
        }

        return notes.Count == 0 ? "" : string.Join("; ", notes);
    }

    private static int? Positive(int? value) => value is > 0 ? value : null;

    private static string FileName(string path) => path[(path.AsSpan().LastIndexOfAny('/', '\\') + 1)..].Trim();
}
