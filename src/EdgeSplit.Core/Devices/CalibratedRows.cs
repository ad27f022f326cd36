namespace EdgeSplit.Core.Devices;

/// <summary>Fits to published speeds, device by device: what <see cref="Calibration.DeviceCalibration"/> makes of them; a test refits them.</summary>
/// <remarks>Sources of the speeds: XiongjieDai/GPU-Benchmarks-on-LLM-Inference (llama.cpp, May 2024), geerlingguy/ai-benchmarks, mit-han-lab/llm-awq, NVIDIA-AI-IOT/jetson-generative-ai-playground, quic/ai-hub-models,
/// powerserve-project/PowerServe, pytorch/executorch, litert-community model cards, microsoft/T-MAC, airockchip/rknn-llm, wangzhaode/mnn-llm, ggml-org/llama.cpp issues and pull requests.</remarks>
internal static class CalibratedRows
{
    // Sheet, engine, usual weights, rows, log errors of prefill and decode, parameters in the order of EngineParameter (seconds for overheads).
    internal static IReadOnlyList<CalibratedRow> All { get; } = Array.AsReadOnly<CalibratedRow>(
    [
        new("rtx-3070", InferenceEngine.LlamaCpp, "Q4_K_M", 6, 0.077, 0.042, new(0.5224, 0.6092, 0.892, 0.9622, 0.5462, 0, 2.657, 0.4841, 0.4972, 22.14, 2.988E-06, 0.0003145)),
        new("rtx-3080-10gb", InferenceEngine.LlamaCpp, "Q4_K_M", 6, 0.067, 0.046, new(0.5224, 0.6443, 0.8632, 0.9386, 0.5462, 0, 2.593, 0.382, 0.4952, 24.19, 3.091E-06, 0.0003182)),
        new("rtx-3080-ti", InferenceEngine.LlamaCpp, "Q4_K_M", 9, 0.059, 0.051, new(0.5224, 0.5439, 0.7647, 0.8291, 0.5462, 0, 2.833, 0.2156, 0.4998, 21.26, 9.221E-07, 0.0001453)),
        new("rtx-4070-ti", InferenceEngine.LlamaCpp, "Q4_K_M", 8, 0.067, 0.061, new(0.5224, 0.5941, 0.8934, 0.9492, 0.5462, 0, 2.188, 0.5205, 0.4973, 24.6, 1.251E-06, 0.0001867)),
        new("rtx-4080", InferenceEngine.LlamaCpp, "Q4_K_M", 14, 0.048, 0.035, new(0.7404, 0.6762, 0.9229, 0.9601, 0.5462, 0, 2.369, 0.5122, 0.4972, 23.85, 3.637E-06, 0.0003429)),
        new("rtx-3090", InferenceEngine.LlamaCpp, "Q4_K_M", 19, 0.191, 0.042, new(0.4798, 0.6736, 0.8056, 0.8349, 0.5462, 0, 4.609, 0.1801, 0.506, 17.93, 1.503E-06, 0.0002218)),
        new("rtx-4090", InferenceEngine.LlamaCpp, "Q4_K_M", 15, 0.048, 0.033, new(0.559, 0.5551, 0.9611, 0.9735, 0.5462, 0, 2.781, 0.3964, 0.4985, 23.36, 5.553E-06, 0.0003903)),
        new("rtx-4000-ada", InferenceEngine.LlamaCpp, "F16", 15, 0.046, 0.034, new(0.5421, 0.5566, 0.9111, 0.9403, 0.5462, 0, 2.777, 0.5459, 0.4972, 24.11, 3.025E-06, 0.0003158)),
        new("a6000", InferenceEngine.LlamaCpp, "Q4_K_M", 21, 0.061, 0.028, new(0.4975, 0.6085, 0.8907, 0.9847, 0.5462, 0, 2.64, 0.3444, 0.4957, 25.83, 5.081E-06, 0.0003767)),
        new("a40", InferenceEngine.LlamaCpp, "Q4_K_M", 18, 0.155, 0.034, new(0.4625, 0.3946, 0.7989, 0.9512, 0.5462, 0, 3.482, 0.3691, 0.5075, 15.71, 4.061E-06, 0.0003455)),
        new("a100-pcie-80gb", InferenceEngine.LlamaCpp, "Q4_K_M", 21, 0.054, 0.031, new(0.4539, 0.5078, 0.8902, 1.093, 0.5674, 0, 3.001, 0.1848, 0.5046, 18.27, 5.502E-06, 0.0004038)),
        new("a100-sxm-80gb", InferenceEngine.LlamaCpp, "Q4_K_M", 16, 0.089, 0.031, new(0.5224, 0.4567, 0.8838, 1.255, 0.5602, 0, 3.254, 0.2016, 0.51, 15.28, 7.606E-06, 0.0004553)),
        new("apple-m1-max", InferenceEngine.LlamaCpp, "Q4_K_M", 22, 0.132, 0.160, new(0.6121, 0.4972, 0.7785, 1.127, 1, 20.54, 0, 0.1351, 0.5115, 18.42, 1.004E-05, 0.001247)),
        new("apple-m2-ultra", InferenceEngine.LlamaCpp, "F16", 28, 0.064, 0.038, new(0.7492, 0.601, 0.8497, 1.152, 1, 15.47, 0, 0.1047, 0.6016, 12.66, 7.824E-06, 0.001056)),
        new("apple-m3-max", InferenceEngine.LlamaCpp, "Q4_K_M", 20, 0.059, 0.039, new(0.7903, 0.7183, 0.9864, 1.183, 1, 12.46, 0, 0.1669, 0.4557, 25.84, 1.162E-05, 0.0013)),
        new("jetson-agx-orin-64gb", InferenceEngine.Eager, "F16", 9, 0.122, 0.072, new(0.557, 0.4, 0.872, 0.6, 1, 0, 2, 0.5048, 0.3342, 5.565, 2.376E-05, 0.001918)),
        new("jetson-agx-orin-64gb", InferenceEngine.Compiled, "INT4-G128", 8, 0.085, 0.068, new(0.5, 0.6521, 0.8739, 0.9539, 1, 0, 0, 0.497, 0.3745, 2.702, 9.491E-06, 0.001073)),
        new("a100-sxm-80gb", InferenceEngine.Compiled, "INT4-G128", 3, 0.481, 0.075, new(0.45, 0.8426, 0.9365, 0.8682, 0.9217, 0, 0.9518, 0.5044, 0.3006, 3.997, 4.494E-06, 0.001265)),
        new("jetson-agx-orin-64gb", InferenceEngine.LlamaCpp, "Q4_0", 5, 0.500, 0.205, new(0.5, 0.3977, 0.6873, 0.935, 1, 0, 2.508, 0.286, 0.4, 20.01, 3.34E-05, 0.001502)),
        new("snapdragon-x-elite", InferenceEngine.VendorRuntime, "INT4", 20, 0.198, 0.197, new(0.2, 0.435, 0.7211, 1.418, 1, 0, 0, 0.4583, 0.2559, 0, 0.0001484, 0.004879)),
        new("jetson-agx-thor", InferenceEngine.Serving, "INT4", 11, 0.500, 0.105, new(0.6, 0.4597, 0.8685, 1.035, 1, 0, 0, 0.7347, 0.3, 0, 6.645E-06, 0.003947)),
        new("jetson-agx-orin-64gb", InferenceEngine.Serving, "INT4", 8, 0.500, 0.404, new(0.6, 0.4207, 0.5739, 0.694, 1, 0, 0, 0.6103, 0.3, 0, 9.464E-06, 0.0007253)),
        new("jetson-orin-nano", InferenceEngine.Compiled, "INT4-G32", 7, 0.443, 0.187, new(0.5, 0.6732, 0.9308, 1.067, 1, 0, 0, 0.5282, 0.3105, 3.854, 2.613E-05, 0.001089)),
        new("apple-m3-ultra", InferenceEngine.LlamaCpp, "Q4_K_M", 4, 0.329, 0.055, new(0.7258, 0.6167, 0.8333, 1.119, 1, 22.85, 0, 0.1976, 0.4993, 19.01, 2.832E-06, 0.001228)),
        new("rtx-4070-ti", InferenceEngine.LlamaCppVulkan, "Q4_K_M", 3, 0.579, 0.122, new(0.25, 0.1254, 0.9034, 1.082, 0.7, 2.113, 0, 0.3128, 0.3, 20, 3.805E-06, 0.0005797)),
        new("rtx-3060", InferenceEngine.LlamaCpp, "Q4_K_M", 3, 0.296, 0.068, new(0.5224, 0.5439, 0.8135, 0.915, 0.5462, 0, 3.905, 0.378, 0.5013, 19.83, 1.965E-06, 0.0002437)),
        new("rtx-3060", InferenceEngine.LlamaCppVulkan, "Q4_K_M", 3, 0.579, 0.134, new(0.25, 0.1278, 0.8277, 0.9923, 0.7, 2.02, 0, 0.3167, 0.3, 20.03, 4.65E-06, 0.0006414)),
        new("radeon-pro-w7700", InferenceEngine.LlamaCppVulkan, "Q4_K_M", 3, 0.618, 0.306, new(0.3, 0.2483, 0.4695, 0.8701, 0.8, 20.03, 0, 0.3061, 0.3003, 23.28, 1.582E-05, 0.001032)),
        new("cix-cp8180", InferenceEngine.LlamaCpp, "Q4_K_M", 5, 0.113, 0.093, new(0.45, 0.166, 0.5108, 0.808, 1, 4.194, 0, 0.4087, 0.1165, 8.931, 3.793E-05, 0.001074)),
        new("raspberry-pi-5", InferenceEngine.LlamaCpp, "Q4_K_M", 5, 0.425, 0.091, new(0.45, 0.1801, 0.66, 1.03, 1, 3.186, 0, 0.3942, 0.1664, 8.138, 3.084E-05, 0.001106)),
        new("ampereone-a192-32x", InferenceEngine.LlamaCpp, "Q4_K_M", 4, 0.816, 0.106, new(0.5, 0.1787, 0.7306, 1.048, 1, 3.318, 0, 0.4046, 0.2441, 7.941, 3.903E-06, 0.0005266)),
        new("snapdragon-8-gen-3", InferenceEngine.VendorRuntime, "INT4", 9, 0.185, 0.151, new(0.2, 0.1778, 0.6305, 1.276, 1, 0, 0, 0.7872, 0.2871, 0, 1.977E-05, 0.01206)),
        new("snapdragon-8-elite", InferenceEngine.VendorRuntime, "INT4", 12, 0.198, 0.159, new(0.2, 0.1388, 0.4935, 1.082, 1, 0, 0, 0.5665, 0.233, 0, 8.966E-06, 0.001769)),
        new("snapdragon-8-elite-gen-5", InferenceEngine.VendorRuntime, "INT4", 16, 0.366, 0.160, new(0.2, 0.9006, 0.8068, 1.336, 1, 0, 0, 0.4003, 0.3996, 0, 1.282E-05, 0.003183)),
        new("sa8295p", InferenceEngine.VendorRuntime, "INT4", 3, 0.193, 0.230, new(0.2, 0.08937, 0.5787, 1.177, 1, 0, 0, 0.5721, 0.2127, 0, 2.322E-05, 0.07007)),
        new("iphone-11-cpu", InferenceEngine.MobileRuntime, "INT4-G32", 4, 0.142, 0.082, new(0.2178, 0.1445, 0.841, 1.362, 1, 4.48, 0, 0.4238, 0.166, 8.158, 4.714E-05, 0.001151)),
        new("iphone-14-pro-cpu", InferenceEngine.MobileRuntime, "INT4-G32", 4, 0.121, 0.077, new(0.2178, 0.09406, 0.8105, 1.314, 1, 1.792, 0, 0.4369, 0.1648, 8.167, 1.921E-05, 0.0009961)),
        new("iphone-15-pro-cpu", InferenceEngine.MobileRuntime, "INT4-G32", 6, 0.272, 0.082, new(0.2178, 0.09167, 0.5931, 0.9789, 1, 2.805, 0, 0.3843, 0.1594, 8.412, 2.33E-05, 0.001116)),
        new("rk3576", InferenceEngine.VendorRuntime, "INT4", 18, 0.268, 0.101, new(0.2, 0.09491, 0.6171, 1.42, 1, 0, 0, 0.5623, 0.232, 0, 2.979E-05, 0.005072)),
        new("snapdragon-8-elite-gen-5", InferenceEngine.LlamaCpp, "Q4_0", 3, 0.228, 0.105, new(0.1, 0.006001, 0.4899, 0.9242, 1, 0, 0, 0.3333, 0.04996, 0, 6.761E-06, 0.001067)),
        new("snapdragon-8-gen-3-cpu", InferenceEngine.MobileRuntime, "INT8", 32, 0.243, 0.125, new(0.2018, 0.1867, 0.6949, 1.682, 1, 2.262, 0, 0.267, 0.08039, 8.744, 5.443E-05, 0.0006343)),
        new("apple-m1-ultra", InferenceEngine.LlamaCpp, "Q4_K_M", 4, 0.077, 0.073, new(0.7258, 0.6029, 0.8591, 1.133, 1, 17.62, 0, 0.1949, 0.5321, 15.56, 6.384E-06, 0.0009464)),
        new("apple-m2-max-cpu", InferenceEngine.LlamaCpp, "IQ4_KT", 3, 0.271, 0.162, new(0.5, 0.1754, 0.6657, 0.9543, 1, 22.98, 0, 0.404, 0.2436, 7.943, 3.793E-06, 0.000545)),
        new("tesla-p40", InferenceEngine.LlamaCpp, "Q4_0", 8, 0.109, 0.229, new(0.5, 1.119, 0.9537, 1.311, 1, 22.23, 0, 0.3315, 0.305, 20.83, 4.101E-06, 0.0006323)),
        new("dragon-q8b", InferenceEngine.LlamaCpp, "Q4_K_M", 5, 0.090, 0.130, new(0.45, 0.1954, 0.5603, 0.8933, 1, 3.394, 0, 0.4087, 0.152, 9.278, 1.599E-05, 0.0009591)),
        new("jetson-nano", InferenceEngine.LlamaCpp, "Q1_0-G128", 4, 0.176, 0.163, new(0.35, 0.059, 0.83, 1.169, 1, 28.35, 0, 0.304, 0.2996, 20.02, 1.022E-05, 0.0008651)),
    ]);
}
