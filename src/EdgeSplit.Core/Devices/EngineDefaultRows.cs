using static EdgeSplit.Core.Devices.InferenceEngine;
using static EdgeSplit.Core.Devices.ProcessorClass;

namespace EdgeSplit.Core.Devices;

/// <summary>The fits behind <see cref="EngineDefaults"/>: what <see cref="Calibration.EngineFit"/> makes of the published speeds; a test refits them.</summary>
internal static class EngineDefaultRows
{
    private const int WholePrompt = int.MaxValue;

    internal static IReadOnlyList<EngineModel> All { get; } = Array.AsReadOnly<EngineModel>(
    [
        // matrix, packed, read, packed read, stacked, unpack FLOP, unpack bytes, KV, attention, score, µs per operation, ms per pass, micro-batch, 16-bit sums, log errors of prefill and decode
        New(TensorGpu, LlamaCpp, 0.5224, 0.5434, 0.8713, 0.936, 0.5462, 0, 2.836, 0.3557, 0.5013, 19.75, 3.139, 0.3198, 512, true, 0.296, 0.199, "21 devices, 183 rows"),
        New(TensorGpu, LlamaCppVulkan, 0.25, 0.1246, 0.8747, 1.048, 0.7, 2.125, 0, 0.3098, 0.3, 20, 5.219, 0.706, 512, false, 0.579, 0.532, "6 devices, 14 rows"),
        New(TensorGpu, Early, 0.3, 0.1983, 0.6915, 0.6646, 0.6, 0, 2.5, 0.2978, 0.3, 20, 10.41, 2.044, 512, false, 0.500, 0.307, "1 device, 1 row"),
        New(TensorGpu, Serving, 0.75, 0.65, 0.82, 0.9, 1, 0, 0, 0.75, 0.45, 0, 4, 0.5, WholePrompt, false, 0.250, 0.250, "times of single operations on A100, H100, A40 and RTX PRO 6000 (Vidur, LLMServingSim); what an engine adds to them is assumed"),
        New(TensorGpu, Compiled, 0.45, 0.8424, 0.8593, 0.7967, 0.791, 0, 0.9518, 0.4995, 0.3006, 3.997, 3.306, 0.5393, WholePrompt, false, 0.481, 0.306, "2 devices, 4 rows"),
        New(TensorGpu, Eager, 0.5001, 0.3, 0.8928, 0.5, 1.054, 0, 2, 0.501, 0.3, 8, 9.772, 0.9385, WholePrompt, false, 0.500, 0.314, "1 device, 2 rows"),
        New(ShaderGpu, LlamaCpp, 0.5, 0.9026, 0.849, 1.171, 1, 26.47, 0, 0.3265, 0.3039, 20.96, 5.145, 0.7084, 512, false, 0.480, 0.313, "6 devices, 16 rows"),
        New(ShaderGpu, LlamaCppVulkan, 0.3, 0.2491, 0.506, 0.9376, 0.8, 19.4, 0, 0.3061, 0.3003, 23.28, 15.51, 1.085, 512, false, 0.618, 1.108, "8 devices, 13 rows"),
        New(ShaderGpu, Compiled, 0.4, 0.4, 0.7, 0.9, 1, 20, 0, 0.4, 0.3, 8, 8, 1, WholePrompt, false, 0.500, 0.350, "assumption"),
        New(AppleGpu, LlamaCpp, 0.7258, 0.6229, 0.8395, 1.129, 1, 19.15, 0, 0.1948, 0.4992, 19.03, 6.536, 0.9434, 512, false, 0.329, 0.223, "7 devices, 80 rows"),
        New(AppleGpu, Early, 0.3, 0.1135, 0.9376, 0.9673, 1, 6.807, 0, 0.2494, 0.5002, 20.1, 9.451, 1.7, 512, false, 0.425, 0.335, "3 devices, 18 rows"),
        New(AppleGpu, Compiled, 0.7, 0.65, 0.85, 1, 1, 10, 0, 0.5, 0.5, 8, 8, 0.8, WholePrompt, false, 0.500, 0.350, "assumption"),
        New(EmbeddedGpu, LlamaCpp, 0.5, 0.3987, 0.6177, 0.8397, 1, 0, 2.504, 0.32, 0.4, 20, 11.12, 1.041, 512, true, 0.500, 0.299, "2 devices, 7 rows"),
        New(EmbeddedGpu, Serving, 0.6, 0.4628, 0.7564, 0.9057, 1, 0, 0, 0.5178, 0.3, 0, 8.59, 1.008, WholePrompt, false, 0.500, 0.533, "2 devices, 19 rows"),
        New(EmbeddedGpu, Compiled, 0.5, 0.6728, 0.8246, 0.9452, 1, 0, 0, 0.4976, 0.3105, 3.857, 8.437, 1.029, WholePrompt, false, 0.443, 0.296, "2 devices, 15 rows"),
        New(EmbeddedGpu, Eager, 0.5942, 0.4, 0.8541, 0.6, 1, 0, 2, 0.5021, 0.3031, 7.836, 23.72, 1.97, WholePrompt, false, 0.446, 0.307, "1 device, 9 rows"),
        New(IntegratedGpu, LlamaCpp, 0.35, 0.06074, 0.8306, 1.169, 1, 29.34, 0, 0.306, 0.2998, 20, 9.553, 0.8528, 512, false, 0.667, 0.475, "2 devices, 5 rows"),
        New(IntegratedGpu, LlamaCppVulkan, 0.25, 0.1155, 0.6581, 1.061, 1, 53.42, 0, 0.2988, 0.2999, 20.01, 19.03, 0.9951, 512, false, 0.465, 0.322, "2 devices, 3 rows"),
        New(IntegratedGpu, Early, 0.1, 0.004194, 0.3778, 0.4822, 1, 21.89, 0, 0.298, 0.3, 20, 30.59, 5.056, 512, false, 0.877, 0.404, "1 device, 2 rows"),
        New(IntegratedGpu, Compiled, 0.3, 0.25, 0.6, 0.9, 1, 20, 0, 0.3, 0.3, 8, 20, 2, WholePrompt, false, 0.500, 0.350, "assumption"),
        New(NeuralProcessor, VendorRuntime, 0.2, 0.1574, 0.5891, 1.177, 1, 0, 0, 0.564, 0.2352, 0, 20.6, 3.902, 128, false, 0.701, 0.724, "8 devices, 81 rows"),
        New(NeuralProcessor, LlamaCpp, 0.1, 0.006706, 0.5286, 0.9995, 1, 0, 0, 0.3104, 0.04996, 0, 14.09, 2.061, 512, false, 0.728, 0.301, "2 devices, 4 rows"),
        New(MobileCpu, LlamaCpp, 0.45, 0.1691, 0.5378, 0.8385, 1, 3.68, 0, 0.4087, 0.1664, 8.136, 20.83, 1.033, 512, false, 0.425, 0.408, "10 devices, 30 rows"),
        New(MobileCpu, MobileRuntime, 0.2178, 0.1172, 0.7219, 1.17, 1, 2.026, 0, 0.4292, 0.1653, 8.163, 29.31, 1.095, 512, false, 0.473, 0.280, "4 devices, 46 rows"),
        New(MobileCpu, LookupTable, 0.45, 0.7376, 0.8947, 1.118, 1, 1.111, 0, 0.4961, 0.2, 7.994, 29.38, 1.075, 512, false, 0.500, 0.410, "3 devices, 10 rows"),
        New(DesktopCpu, LlamaCpp, 0.5, 0.1772, 0.6684, 0.9583, 1, 3.384, 0, 0.404, 0.2442, 7.941, 3.59, 0.5358, 512, false, 0.816, 0.491, "14 devices, 33 rows"),
        New(DesktopCpu, Early, 0.3, 0.09594, 0.8563, 1.136, 1, 1.269, 0, 0.4458, 0.2456, 8.036, 10.41, 0.9522, 512, false, 0.462, 0.478, "1 device, 8 rows"),
        New(DesktopCpu, MobileRuntime, 0.5, 0.25, 0.65, 0.95, 1, 4, 0, 0.4, 0.25, 8, 8, 0.5, 512, false, 0.500, 0.350, "assumption"),
        New(DesktopCpu, LookupTable, 0.5, 0.2356, 0.6493, 0.9514, 1, 0.5919, 0, 0.4283, 0.2483, 8.009, 6.824, 0.5424, 512, false, 0.490, 0.315, "3 devices, 11 rows"),
    ]);

    private static EngineModel New(
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
        int microBatch,
        bool half,
        double prefillLogError,
        double decodeLogError,
        string basis) =>
        EnginePriors.New(processor, engine, matrix, packed, read, packedRead, stacked, unpackFlop, unpackBytes, keyValue, attention, score, operationMicroseconds, passMilliseconds, microBatch, half) with
        {
            PrefillLogError = prefillLogError,
            DecodeLogError = decodeLogError,
            Basis = basis,
        };
}
