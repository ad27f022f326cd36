using EdgeSplit.Core.Devices.Sheets;

namespace EdgeSplit.Core.Devices.Operations;

/// <summary>Time of a single operation on a graphics card with matrix units, from its data sheet: what profilers of serving engines measure.</summary>
/// <remarks>
/// <para>A product takes a launch, its activations at full bandwidth, and (compute^p + memory^p)^(1/p). An elementwise operation takes the root of the sum of squares of a floor and of its bytes at a share of the bandwidth;
/// attention a floor and the slower of computing and reading the cache, where a short prompt fills the machine to t / (t + 180) only. Floors are those of launches: of an eager framework one kernel for
/// each step of the operation, of a serving engine fused ones.</para>
/// <para>Constants fitted to 5,105 published times: Vidur (microsoft/vidur, Llama-2-7B and 70B, Llama-3-70B, phi-2 on A100, H100, A40; tensor parallel 1 to 8), LLMServingSim (casys-kaist, Llama-3.1-8B and
/// Qwen3-32B on RTX PRO 6000), LLMCompass (Princeton, products on MI210). Errors with each device left out: <c>docs/cost-model.md</c>.</para>
/// <para>Pure; safe to call from several threads.</para>
/// </remarks>
public static class LayerOperationTime
{
    private const double Micro = 1e-6;
    private const double MatrixEfficiency = 0.77;
    private const double WeightBandwidth = 0.81;
    private const double MatrixLaunchSeconds = 4.3 * Micro;
    private const double OverlapExponent = 1.88;
    private const double AttentionFloorSeconds = 11.2 * Micro;
    private const double AttentionEfficiency = 0.575;
    private const double AttentionHalfTokens = 184;
    private const double CacheBandwidth = 0.75;

    /// <summary>Time of an operation, seconds.</summary>
    /// <param name="sheet">The data sheet.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="engine">Serving (fused kernels) or eager (one kernel for each step).</param>
    /// <exception cref="ArgumentNullException"><paramref name="sheet"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The operation is not defined.</exception>
    public static double Seconds(DeviceSheet sheet, in LayerOperation operation, InferenceEngine engine = InferenceEngine.Serving)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        var (peak, bandwidth) = (sheet.PeakMatrixFlopPerSecond.Bits16, sheet.PeakBytesPerSecond);
        switch (operation.Kind)
        {
            case LayerOperationKind.Matrix:
                var compute = operation.Flop / (peak * MatrixEfficiency);
                var memory = operation.WeightBytes / (bandwidth * WeightBandwidth);
                return MatrixLaunchSeconds + (operation.MovedBytes / bandwidth)
                    + Math.Pow(Math.Pow(compute, OverlapExponent) + Math.Pow(memory, OverlapExponent), 1 / OverlapExponent);
            case LayerOperationKind.Attention:
                var filled = operation.QueryTokens > 1 ? operation.QueryTokens / (operation.QueryTokens + AttentionHalfTokens) : 1;
                return AttentionFloorSeconds + Math.Max(
                    operation.QueryTokens > 1 ? operation.Flop / (peak * AttentionEfficiency * filled) : 0, operation.MovedBytes / (bandwidth * CacheBandwidth));
            default:
                var (eager, fused, share, stacked) = Elementwise(operation.Kind);
                var floor = engine == InferenceEngine.Eager ? eager : fused;
                var moved = operation.MovedBytes / (bandwidth * share * (sheet.HighBandwidthMemory ? stacked : 1));
                return Math.Sqrt((floor * floor) + (moved * moved));
        }
    }

    // Floors in an eager framework and in a serving engine, share of the bandwidth, and the factor on it for stacked memory.
    private static (double EagerSeconds, double FusedSeconds, double Share, double Stacked) Elementwise(LayerOperationKind kind) => kind switch
    {
        LayerOperationKind.Norm => (5.4 * Micro, 2.5 * Micro, 0.64, 0.57),
        LayerOperationKind.Activation => (3.9 * Micro, 3.4 * Micro, 0.82, 0.61),
        LayerOperationKind.Add => (1.9 * Micro, 2.5 * Micro, 0.85, 1.07),
        LayerOperationKind.Rotary => (3.3 * Micro, 3.1 * Micro, 0.81, 0.53),
        LayerOperationKind.Embedding => (4.3 * Micro, 3.3 * Micro, 0.51, 0.31),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Must be a defined operation."),
    };
}
