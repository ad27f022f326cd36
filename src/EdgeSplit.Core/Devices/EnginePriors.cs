using static EdgeSplit.Core.Devices.InferenceEngine;
using static EdgeSplit.Core.Devices.ProcessorClass;

namespace EdgeSplit.Core.Devices;

/// <summary>What is assumed of engines on kinds of processors: round numbers, from which fits over many devices start.</summary>
/// <remarks>
/// <para>They, and the form of the model, were chosen with published speeds in view. Leaving a device out of the fits thus measures how the fits carry over to it, not how blind the choice of the form was.</para>
/// <para>Reasons. llama.cpp of 2024 does not fuse attention (scores are written, read, normalised, written as 16 bits and read: about 20 bytes each), turns packed weights into 16 bits ahead
/// of a product on cards with matrix units (2 bytes written, most of them read again from a cache), and accumulates in 16 bits. Serving engines fuse attention and replay recorded launches.
/// Neural processors run prompts in compiled chunks of 128 tokens. Processor cores and graphics units without matrix units unpack in the arithmetic units: some 4 operations a weight with wide integer instructions, some 20 without.</para>
/// <para>Values are wide of any one device; what fits make of them is <see cref="EngineDefaults"/>.</para>
/// </remarks>
internal static class EnginePriors
{
    private const double Micro = 1e-6;
    private const double Milli = 1e-3;

    /// <summary>Standard deviations of the logarithms over kinds of processors: how far a fit over many devices may move a value above.</summary>
    internal static IReadOnlyList<double> Width { get; } = Array.AsReadOnly<double>([0.7, 0.7, 0.25, 0.2, 0.3, 0.8, 0.5, 0.7, 0.3, 0.4, 0.5, 0.6]);

    /// <summary>Standard deviations of the logarithms from device to device of a kind, engine versions included.</summary>
    internal static IReadOnlyList<double> Spread { get; } = Array.AsReadOnly<double>([0.3, 0.3, 0.15, 0.15, 0.2, 0.6, 0.4, 0.4, 0.2, 0.4, 0.6, 0.7]);

    internal static IReadOnlyList<EngineModel> All { get; } = Array.AsReadOnly<EngineModel>(
    [
        //   matrix, packed, read, packed read, stacked, unpack FLOP, unpack bytes, KV, attention, score, µs per operation, ms per pass
        New(TensorGpu, LlamaCpp, 0.5, 0.5, 0.85, 1, 0.6, 0, 2.5, 0.4, 0.5, 20, 5, 0.5, 512, half: true),
        New(TensorGpu, LlamaCppVulkan, 0.25, 0.2, 0.75, 0.95, 0.7, 2, 0, 0.3, 0.3, 20, 10, 1, 512),
        New(TensorGpu, Early, 0.3, 0.2, 0.75, 0.7, 0.6, 0, 2.5, 0.3, 0.3, 20, 10, 2, 512),
        New(TensorGpu, Serving, 0.75, 0.65, 0.82, 0.9, 1, 0, 0, 0.75, 0.45, 0, 4, 0.5) with
        {
            PrefillLogError = 0.25,
            DecodeLogError = 0.25,
            Basis = "times of single operations on A100, H100, A40 and RTX PRO 6000 (Vidur, LLMServingSim); what an engine adds to them is assumed",
        },
        New(TensorGpu, Compiled, 0.45, 0.4, 0.85, 0.8, 0.8, 0, 1, 0.5, 0.3, 4, 3, 0.5),
        New(TensorGpu, Eager, 0.5, 0.3, 0.8, 0.5, 0.9, 0, 2, 0.5, 0.3, 8, 12, 1),
        New(ShaderGpu, LlamaCpp, 0.5, 0.45, 0.7, 1, 1, 20, 0, 0.3, 0.3, 20, 10, 1, 512),
        New(ShaderGpu, LlamaCppVulkan, 0.3, 0.3, 0.65, 1, 0.8, 20, 0, 0.3, 0.3, 20, 12, 1, 512),
        New(ShaderGpu, Compiled, 0.4, 0.4, 0.7, 0.9, 1, 20, 0, 0.4, 0.3, 8, 8, 1),
        New(AppleGpu, LlamaCpp, 0.7, 0.6, 0.85, 1, 1, 20, 0, 0.3, 0.5, 20, 8, 1, 512),
        New(AppleGpu, Early, 0.3, 0.2, 0.7, 0.8, 1, 20, 0, 0.3, 0.5, 20, 15, 2, 512),
        New(AppleGpu, Compiled, 0.7, 0.65, 0.85, 1, 1, 10, 0, 0.5, 0.5, 8, 8, 0.8),
        New(EmbeddedGpu, LlamaCpp, 0.5, 0.4, 0.75, 0.95, 1, 0, 2.5, 0.35, 0.4, 20, 10, 1, 512, half: true),
        New(EmbeddedGpu, Serving, 0.6, 0.5, 0.75, 0.9, 1, 0, 0, 0.6, 0.3, 0, 8, 1),
        New(EmbeddedGpu, Compiled, 0.5, 0.5, 0.75, 0.9, 1, 0, 0, 0.5, 0.3, 4, 8, 1),
        New(EmbeddedGpu, Eager, 0.5, 0.4, 0.75, 0.6, 1, 0, 2, 0.5, 0.3, 8, 25, 2),
        New(IntegratedGpu, LlamaCpp, 0.35, 0.3, 0.65, 1, 1, 20, 0, 0.3, 0.3, 20, 15, 1, 512),
        New(IntegratedGpu, LlamaCppVulkan, 0.25, 0.2, 0.6, 1, 1, 20, 0, 0.3, 0.3, 20, 20, 1, 512),
        New(IntegratedGpu, Early, 0.1, 0.05, 0.4, 0.5, 1, 20, 0, 0.3, 0.3, 20, 30, 5, 512),
        New(IntegratedGpu, Compiled, 0.3, 0.25, 0.6, 0.9, 1, 20, 0, 0.3, 0.3, 8, 20, 2),
        New(NeuralProcessor, VendorRuntime, 0.2, 0.2, 0.6, 1, 1, 0, 0, 0.5, 0.1, 0, 8, 2, 128),
        New(NeuralProcessor, LlamaCpp, 0.1, 0.05, 0.45, 0.9, 1, 0, 0, 0.3, 0.05, 0, 20, 3, 512),
        New(MobileCpu, LlamaCpp, 0.45, 0.2, 0.6, 0.9, 1, 4, 0, 0.4, 0.2, 8, 10, 1, 512),
        New(MobileCpu, MobileRuntime, 0.45, 0.2, 0.6, 0.9, 1, 4, 0, 0.4, 0.2, 8, 15, 1, 512),
        New(MobileCpu, LookupTable, 0.45, 0.2, 0.6, 0.9, 1, 4, 0, 0.4, 0.2, 8, 10, 1, 512),
        New(DesktopCpu, LlamaCpp, 0.5, 0.25, 0.65, 0.95, 1, 4, 0, 0.4, 0.25, 8, 5, 0.5, 512),
        New(DesktopCpu, Early, 0.3, 0.12, 0.6, 0.9, 1, 8, 0, 0.4, 0.25, 8, 10, 1, 512),
        New(DesktopCpu, MobileRuntime, 0.5, 0.25, 0.65, 0.95, 1, 4, 0, 0.4, 0.25, 8, 8, 0.5, 512),
        New(DesktopCpu, LookupTable, 0.5, 0.25, 0.65, 0.95, 1, 4, 0, 0.4, 0.25, 8, 5, 0.5, 512),
    ]);

    /// <summary>A model in the units of the tables: microseconds per operation, milliseconds per pass; <paramref name="half"/>: 16-bit sums. An assumption until a fit says otherwise.</summary>
    internal static EngineModel New(
        ProcessorClass processor,
        InferenceEngine engine,
        double matrix,
        double packed,
        double read,
        double packedRead,
        double stacked,
        double unpackFlop,
        double unpackBytes,
        double keyValue,
        double attention,
        double score,
        double operationMicroseconds,
        double passMilliseconds,
        int microBatch = int.MaxValue,
        bool half = false) => new()
        {
            Processor = processor,
            Engine = engine,
            Parameters = new EngineParameters(
                matrix, packed, read, packedRead, stacked, unpackFlop, unpackBytes, keyValue, attention, score, operationMicroseconds * Micro, passMilliseconds * Milli),
            Spread = Spread,
            MicroBatchTokens = microBatch,
            HalfPrecisionAccumulation = half,
            PrefillLogError = 0.5,
            DecodeLogError = 0.35,
            Basis = "assumption",
        };
}
