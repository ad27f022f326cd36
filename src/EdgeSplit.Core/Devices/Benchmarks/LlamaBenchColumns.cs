using System.Collections.Frozen;
using System.Text;

namespace EdgeSplit.Core.Devices.Benchmarks;

/// <summary>Names of the columns of llama-bench, in its data formats of 2023 to 2026 and in its Markdown tables.</summary>
internal static class LlamaBenchColumns
{
    internal static readonly int Number = Enum.GetValues<LlamaBenchColumn>().Length;

    private const int LongestName = 32;

    private static readonly FrozenDictionary<string, LlamaBenchColumn> Names = new Dictionary<string, LlamaBenchColumn>
    {
        ["build_commit"] = LlamaBenchColumn.BuildCommit,
        ["build_number"] = LlamaBenchColumn.BuildNumber,
        ["cpu_info"] = LlamaBenchColumn.CpuInfo,
        ["gpu_info"] = LlamaBenchColumn.GpuInfo,
        ["backend"] = LlamaBenchColumn.Backend,
        ["backends"] = LlamaBenchColumn.Backends,
        ["cuda"] = LlamaBenchColumn.Cuda,
        ["vulkan"] = LlamaBenchColumn.Vulkan,
        ["kompute"] = LlamaBenchColumn.Kompute,
        ["metal"] = LlamaBenchColumn.Metal,
        ["sycl"] = LlamaBenchColumn.Sycl,
        ["opencl"] = LlamaBenchColumn.OpenCl,
        ["gpu_blas"] = LlamaBenchColumn.GpuBlas,
        ["blas"] = LlamaBenchColumn.Blas,
        ["model_filename"] = LlamaBenchColumn.ModelFileName,
        ["model_type"] = LlamaBenchColumn.ModelType,
        ["model_size"] = LlamaBenchColumn.ModelSize,
        ["model_n_params"] = LlamaBenchColumn.ModelParameters,
        ["n_batch"] = LlamaBenchColumn.BatchTokens,
        ["n_ubatch"] = LlamaBenchColumn.MicroBatchTokens,
        ["n_threads"] = LlamaBenchColumn.Threads,
        ["type_k"] = LlamaBenchColumn.KeyType,
        ["type_v"] = LlamaBenchColumn.ValueType,
        ["f16_kv"] = LlamaBenchColumn.HalfPrecisionCache,
        ["n_gpu_layers"] = LlamaBenchColumn.GpuLayers,
        ["n_cpu_moe"] = LlamaBenchColumn.CpuExpertLayers,
        ["split_mode"] = LlamaBenchColumn.SplitMode,
        ["main_gpu"] = LlamaBenchColumn.MainGpu,
        ["no_kv_offload"] = LlamaBenchColumn.NoCacheOffload,
        ["flash_attn"] = LlamaBenchColumn.FlashAttention,
        ["devices"] = LlamaBenchColumn.Devices,
        ["tensor_split"] = LlamaBenchColumn.TensorSplit,
        ["tensor_buft_overrides"] = LlamaBenchColumn.TensorOverrides,
        ["embeddings"] = LlamaBenchColumn.Embeddings,
        ["n_prompt"] = LlamaBenchColumn.Prompt,
        ["n_gen"] = LlamaBenchColumn.Generated,
        ["n_depth"] = LlamaBenchColumn.Depth,
        ["avg_ns"] = LlamaBenchColumn.AverageNanoseconds,
        ["avg_ts"] = LlamaBenchColumn.AverageRate,
        ["stddev_ts"] = LlamaBenchColumn.RateDeviation,
        ["samples_ns"] = LlamaBenchColumn.SampleNanoseconds,
        ["samples_ts"] = LlamaBenchColumn.SampleRates,
        ["model"] = LlamaBenchColumn.ShownModel,
        ["size"] = LlamaBenchColumn.ShownSize,
        ["params"] = LlamaBenchColumn.ShownParameters,
        ["threads"] = LlamaBenchColumn.ShownThreads,
        ["ngl"] = LlamaBenchColumn.ShownGpuLayers,
        ["ncmoe"] = LlamaBenchColumn.ShownCpuExpertLayers,
        ["sm"] = LlamaBenchColumn.ShownSplitMode,
        ["mg"] = LlamaBenchColumn.ShownMainGpu,
        ["nkvo"] = LlamaBenchColumn.ShownNoCacheOffload,
        ["fa"] = LlamaBenchColumn.ShownFlashAttention,
        ["dev"] = LlamaBenchColumn.ShownDevices,
        ["ts"] = LlamaBenchColumn.ShownTensorSplit,
        ["ot"] = LlamaBenchColumn.ShownTensorOverrides,
        ["embd"] = LlamaBenchColumn.ShownEmbeddings,
        ["test"] = LlamaBenchColumn.ShownTest,
        ["t/s"] = LlamaBenchColumn.ShownRate,
        ["tok/s"] = LlamaBenchColumn.ShownRate,
        ["tokens/s"] = LlamaBenchColumn.ShownRate,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, LlamaBenchColumn>.AlternateLookup<ReadOnlySpan<char>> Spans =
        Names.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The column's name in the files.</summary>
    internal static string NameOf(LlamaBenchColumn column) => Names.Where(pair => pair.Value == column).Select(pair => pair.Key).Min(StringComparer.Ordinal)!;

    internal static bool TryFind(ReadOnlySpan<char> name, out LlamaBenchColumn column) => Spans.TryGetValue(name, out column);

    internal static bool TryFind(ReadOnlySpan<byte> name, out LlamaBenchColumn column)
    {
        Span<char> wide = stackalloc char[LongestName];
        if (name.Length <= LongestName && Ascii.ToUtf16(name, wide, out var length) == System.Buffers.OperationStatus.Done)
        {
            return TryFind(wide[..length], out column);
        }

        column = default;
        return false;
    }

    /// <summary>Whether the columns say which test it was and how fast.</summary>
    internal static bool AreEnough(IEnumerable<LlamaBenchColumn> columns)
    {
        var names = columns.ToHashSet();
        var isTest = names.Contains(LlamaBenchColumn.ShownTest) || (names.Contains(LlamaBenchColumn.Prompt) && names.Contains(LlamaBenchColumn.Generated));
        var isSpeed = names.Contains(LlamaBenchColumn.AverageRate) || names.Contains(LlamaBenchColumn.AverageNanoseconds) || names.Contains(LlamaBenchColumn.ShownRate);
        return isTest && isSpeed && (names.Contains(LlamaBenchColumn.ModelType) || names.Contains(LlamaBenchColumn.ShownModel));
    }
}
