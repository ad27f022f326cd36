using EdgeSplit.Core.Devices;
using EdgeSplit.Core.Devices.Matching;

namespace EdgeSplit.Tests.Devices.Matching;

public sealed class DeviceMatcherTests
{
    // Spellings of benchmark tools, of drivers and of people.
    [Theory]
    [InlineData("Intel 265K Custom PC (Nvidia RTX 4090)", "Ollama GPU", "rtx-4090", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Dell Pro Max with GB10 (Nvidia Spark)", "Ollama GPU", "dgx-spark", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Pi 5 - 8GB (AMD RX 6700 XT) 12GB", "llama.cpp Vulkan", "rx-6700-xt", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Framework 13 (Ryzen AI 5 340 16GB)", "CPU", "ryzen-ai-5-340", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("M4 Mac mini (10 core - 32GB)", "GPU", "apple-m4", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Ryzen 9 9950X (AMD 7900 XT)", "GPU", "rx-7900-xt", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("System76 Thelio Astra (Nvidia A400)", "GPU", "rtx-a400", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Framework Desktop Mainboard (395+)", "GPU", "radeon-8060s", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("DC-ROMA Mainboard II (8-core RISC-V)", "CPU", "eic7702x", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("M1 7\u2011Core GPU 8GB", "llama.cpp Metal", "apple-m1-7c", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("NVIDIA GeForce RTX 4080", "CUDA", "rtx-4080", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("AMD Ryzen 7 7800X3D 8-Core Processor", "CPU", "ryzen-7-7800x3d", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("AMD Radeon RX 7900 XTX (RADV NAVI31)", "Vulkan", "rx-7900-xtx", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Radeon 8060S Graphics", "ROCm", "radeon-8060s", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("AMD Radeon 8060S Graphics (AMD open-source driver)", "Vulkan", "radeon-8060s", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("AMD Eng Sample: 100-000001243-50_Y", "CPU", "ryzen-ai-max-395-cpu", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("AMD RYZEN AI MAX+ 395 w/ Radeon 8060S", "ROCm", "radeon-8060s", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("AMD RYZEN AI MAX+ 395 w/ Radeon 8060S", "CPU", "ryzen-ai-max-395-cpu", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Intel(R) Core(TM) i7-9700K CPU @ 3.60GHz", "CPU", "core-i7-9700k", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Intel(R) Core(TM) i9-14900K", "BLAS", "core-i9-14900k", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Apple M2 Max", "MTL,BLAS", "apple-m2-max", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Apple M2 Pro", "Metal", "apple-m2-pro", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Apple M4 Max", "Metal,BLAS", "apple-m4-max", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Quadro RTX 4000", "CUDA", "quadro-rtx-4000", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("NVIDIA RTX 6000 Ada Generation", "CUDA", "rtx-6000-ada", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("NVIDIA RTX A6000", "CUDA", "a6000", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Tesla V100-SXM2-32GB", "CUDA", "v100-sxm-32gb", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Tesla V100-PCIE-16GB", "CUDA", "v100-pcie-16gb", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("NVIDIA A100-SXM4-40GB", "CUDA", "a100-sxm-40gb", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("NVIDIA A100 80GB PCIe", "CUDA", "a100-pcie-80gb", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("NVIDIA H100 80GB HBM3", "CUDA", "h100-sxm-80gb", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("NVIDIA H100 PCIe", "CUDA", "h100-pcie", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("NVIDIA L40S", "CUDA", "l40s", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("NVIDIA GH200 480GB", "CUDA", "gh200-96gb", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("NVIDIA GB10", "CUDA", "dgx-spark", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("NVIDIA GeForce RTX 4060 Laptop GPU", "CUDA", "rtx-4060-laptop", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("NVIDIA GeForce RTX 3080 Ti Laptop GPU", "CUDA", "rtx-3080-ti-laptop", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("RTX 4090 D 24GB", "CUDA", "rtx-4090-d", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("RTX 3060 8GB", "CUDA", "rtx-3060-8gb", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("RTX 4060 Ti 16GB", "CUDA", "rtx-4060-ti-16gb", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("RTX 5060 Ti", "CUDA", "rtx-5060-ti", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("2x RTX 3090", "vLLM", "rtx-3090", InferenceEngine.Serving, null, 2)]
    [InlineData("2 x 3090 + NVLink", "vLLM TP2", "rtx-3090", InferenceEngine.Serving, null, 2)]
    [InlineData("NVIDIA GeForce RTX 3090, NVIDIA GeForce RTX 3090", "CUDA", "rtx-3090", InferenceEngine.LlamaCpp, null, 2)]
    [InlineData("NVIDIA GeForce RTX 3090/NVIDIA GeForce RTX 3090", "CUDA", "rtx-3090", InferenceEngine.LlamaCpp, null, 2)]
    [InlineData("RTX 3090 (NVIDIA GeForce RTX 3090)", "CUDA", "rtx-3090", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("3090x2", "ExLlamaV2", "rtx-3090", InferenceEngine.Compiled, null, 2)]
    [InlineData("RTX3090Ti", "CUDA", "rtx-3090-ti", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("GTX1080Ti", "CUDA", "gtx-1080-ti", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Orange Pi 5 Plus 16GB", "RKLLM", "rk3588", InferenceEngine.VendorRuntime, null, 1)]
    [InlineData("Orange Pi 5", "llama.cpp", "rk3588-cpu", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Raspberry Pi 4 Model B Rev 1.4", "CPU", "raspberry-pi-4", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Raspberry Pi 4B 4GB", "CPU", "raspberry-pi-4", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Raspberry Pi 3 Model B+", "CPU", "raspberry-pi-3b-plus", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Raspberry Pi 5 Model B Rev 1.0", "llama.cpp", "raspberry-pi-5", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Pixel 8 Pro", "MediaPipe GPU", "tensor-g3-gpu", InferenceEngine.MobileRuntime, null, 1)]
    [InlineData("Pixel 8 (Tensor G3)", "ExecuTorch XNNPACK", "tensor-g3-cpu", InferenceEngine.MobileRuntime, null, 1)]
    [InlineData("Google Pixel 7", "llama.cpp", "tensor-g2-cpu", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Samsung Galaxy S24 (Exynos 2400)", "llama.cpp CPU", "exynos-2400-cpu", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Galaxy S24+", "CPU", "snapdragon-8-gen-3-cpu", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Samsung Galaxy S25 Ultra", "qnn_context_binary", "snapdragon-8-elite", InferenceEngine.VendorRuntime, null, 1)]
    [InlineData("Samsung S25 Ultra", "LiteRT GPU", "snapdragon-8-elite-gpu", InferenceEngine.MobileRuntime, null, 1)]
    [InlineData("Samsung S24 Ultra", "LiteRT CPU", "snapdragon-8-gen-3-cpu", InferenceEngine.MobileRuntime, null, 1)]
    [InlineData("Xiaomi 14 (Snapdragon 8 Gen 3)", "MNN OpenCL", "snapdragon-8-gen-3-gpu", InferenceEngine.MobileRuntime, null, 1)]
    [InlineData("Dimensity 9300", "llama.cpp", "dimensity-9300-cpu", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("OnePlus 13", "MLC-LLM", "snapdragon-8-elite-gpu", InferenceEngine.Compiled, null, 1)]
    [InlineData("OnePlus 13 (Snapdragon 8 Elite)", "ExecuTorch QNN", "snapdragon-8-elite", InferenceEngine.VendorRuntime, null, 1)]
    [InlineData("Snapdragon 8 Gen 3", "MNN CPU", "snapdragon-8-gen-3-cpu", InferenceEngine.MobileRuntime, null, 1)]
    [InlineData("Snapdragon 8 Elite QRD", "genie", "snapdragon-8-elite", InferenceEngine.VendorRuntime, null, 1)]
    [InlineData("Snapdragon X Plus 8-Core CRD", "genie", "snapdragon-x-plus-8-core", InferenceEngine.VendorRuntime, null, 1)]
    [InlineData("Snapdragon X2 Elite CRD", "genie", "snapdragon-x2-elite", InferenceEngine.VendorRuntime, null, 1)]
    [InlineData("QCS8550 (Proxy)", "genie", "qcs8550", InferenceEngine.VendorRuntime, null, 1)]
    [InlineData("SA8775P ADP", "genie", "sa8775p", InferenceEngine.VendorRuntime, null, 1)]
    [InlineData("QCS9075 (Proxy)", "qnn_context_binary", "qcs9075", InferenceEngine.VendorRuntime, null, 1)]
    [InlineData("QUALCOMM Adreno(TM) 750", "OpenCL", "snapdragon-8-gen-3-gpu", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Adreno (TM) 830", "OpenCL", "snapdragon-8-elite-gpu", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("iPhone 16 Pro Max", "MLX", "iphone-16-pro", InferenceEngine.Compiled, null, 1)]
    [InlineData("iPhone 15 Pro Max", "llama.cpp Metal", "iphone-15-pro", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("iPhone 14", "MLC", "iphone-13-pro", InferenceEngine.Compiled, null, 1)]
    [InlineData("iPhone 13", "MLC", "iphone-13", InferenceEngine.Compiled, null, 1)]
    [InlineData("iPad Pro M4", "MLX", "apple-m4", InferenceEngine.Compiled, null, 1)]
    [InlineData("iPad Air M2", "MLX", "apple-m2", InferenceEngine.Compiled, null, 1)]
    [InlineData("A17 Pro", "CoreML", "iphone-15-pro-ane", InferenceEngine.VendorRuntime, null, 1)]
    [InlineData("Apple A16", "GPU", "iphone-14-pro", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("NVIDIA A16", "CUDA", "nvidia-a16", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("A10", "vLLM", "a10", InferenceEngine.Serving, null, 1)]
    [InlineData("A10G", "vLLM", "a10g", InferenceEngine.Serving, null, 1)]
    [InlineData("A30", "TensorRT-LLM", "a30", InferenceEngine.Serving, null, 1)]
    [InlineData("L4", "vLLM", "l4", InferenceEngine.Serving, null, 1)]
    [InlineData("T4", "vLLM", "t4", InferenceEngine.Serving, null, 1)]
    [InlineData("Tesla T4 16GB", "llama.cpp", "t4", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Jetson Orin NX 8GB", "llama.cpp", "jetson-orin-nx-8gb", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Jetson Orin NX", "MLC", "jetson-orin-nx-16gb", InferenceEngine.Compiled, null, 1)]
    [InlineData("Jetson Orin Nano Super", "Ollama", "jetson-orin-nano-super", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Jetson Orin Nano 4GB", "MLC", "jetson-orin-nano-4gb", InferenceEngine.Compiled, null, 1)]
    [InlineData("Jetson AGX Orin 32GB", "MLC", "jetson-agx-orin-32gb", InferenceEngine.Compiled, null, 1)]
    [InlineData("Jetson Xavier NX", "llama.cpp CUDA", "jetson-xavier-nx", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("NVIDIA Jetson Thor", "vLLM", "jetson-agx-thor", InferenceEngine.Serving, null, 1)]
    [InlineData("MI300X x8", "vLLM", "mi300x", InferenceEngine.Serving, null, 8)]
    [InlineData("8x H100", "vLLM", "h100-sxm-80gb", InferenceEngine.Serving, null, 8)]
    [InlineData("8xH100-SXM", "SGLang", "h100-sxm-80gb", InferenceEngine.Serving, null, 8)]
    [InlineData("H100 SXM", "TensorRT-LLM", "h100-sxm-80gb", InferenceEngine.Serving, null, 1)]
    [InlineData("Instinct MI210", "vLLM", "mi210", InferenceEngine.Serving, null, 1)]
    [InlineData("AMD Instinct MI50 32GB", "ROCm", "mi50-32gb", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("RTX PRO 6000 Blackwell Workstation Edition", "CUDA", "rtx-pro-6000", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("RTXPRO6000", "vLLM", "rtx-pro-6000", InferenceEngine.Serving, null, 1)]
    [InlineData("NVIDIA RTX PRO 6000 Blackwell Max-Q Workstation Edition", "CUDA", "rtx-pro-6000-max-q", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("EPYC 9654", "llama.cpp CPU", "epyc-9654", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("AMD EPYC 7763 64-Core Processor", "CPU", "epyc-7763", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("2x EPYC 7763", "CPU", "epyc-7763", InferenceEngine.LlamaCpp, null, 2)]
    [InlineData("Dual EPYC 9654", "CPU", "epyc-9654", InferenceEngine.LlamaCpp, null, 2)]
    [InlineData("AWS c7g.16xlarge (Graviton3)", "llama.cpp CPU", "graviton-3", InferenceEngine.LlamaCpp, null, 16)]
    [InlineData("Intel(R) Xeon(R) Platinum 8480+", "llama.cpp AMX", "xeon-platinum-8480", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Intel(R) Xeon(R) CPU E5-2680 v4 @ 2.40GHz", "CPU", "xeon-e5-2680-v4", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Xeon E5-2680v4", "CPU", "xeon-e5-2680-v4", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Core Ultra 7 155H", "OpenVINO GPU", "core-ultra-7-155h-gpu", InferenceEngine.VendorRuntime, null, 1)]
    [InlineData("Intel(R) Core(TM) Ultra 7 258V", "OpenVINO NPU", "core-ultra-7-258v-npu", InferenceEngine.VendorRuntime, null, 1)]
    [InlineData("Intel(R) Arc(TM) A770 Graphics", "SYCL", "arc-a770", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Intel(R) Arc(TM) B580 Graphics", "SYCL", "arc-b580", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Arc 140V", "SYCL", "core-ultra-7-258v-gpu", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Intel(R) Iris(R) Xe Graphics", "Vulkan", "iris-xe", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("AMD Radeon 780M Graphics (RADV PHOENIX)", "Vulkan", "ryzen-7-7840hs-gpu", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Ryzen 7 7840HS (780M)", "llama.cpp Vulkan", "ryzen-7-7840hs-gpu", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Ryzen AI 9 HX 370", "NPU", "ryzen-ai-9-hx-370-npu", InferenceEngine.VendorRuntime, null, 1)]
    [InlineData("Ryzen AI 9 HX 370", "Lemonade", "ryzen-ai-9-hx-370-npu", InferenceEngine.VendorRuntime, null, 1)]
    [InlineData("Radeon RX 6600", "ROCm", "rx-6600", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Raspberry Pi 5 with M.2 SSD", "CPU", "raspberry-pi-5", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("PCIe 4.0 x4 RTX 3060", "CUDA", "rtx-3060", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Ryzen 5 5600X (RTX 3060 12GB)", "CPU", "ryzen-5-5600x", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Ryzen 5 5600X (RTX 3060 12GB)", "CUDA", "rtx-3060", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("MacBook Pro M3 Max 36GB", "Metal", "apple-m3-max-30c", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("MacBook Pro (M1 Pro, 16GB)", "MLX", "apple-m1-pro", InferenceEngine.Compiled, null, 1)]
    [InlineData("MacBook Pro 14\" M2 Pro 10-core CPU 16-core GPU 16GB", "Metal", "apple-m2-pro-16c", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("M2 Ultra (60-core GPU)", "Metal", "apple-m2-ultra-60c", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("M3 Ultra 80c", "Metal", "apple-m3-ultra", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("M4 Pro 20-core GPU", "MLX", "apple-m4-pro", InferenceEngine.Compiled, null, 1)]
    [InlineData("Quadro P6000", "CUDA", "quadro-p6000", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Titan RTX", "CUDA", "titan-rtx", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("GTX 1060 3GB", "CUDA", "gtx-1060-3gb", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Hailo-8", "Hailo", "hailo-8", InferenceEngine.VendorRuntime, null, 1)]
    [InlineData("Rock 5B (RK3588)", "RKLLM", "rk3588", InferenceEngine.VendorRuntime, null, 1)]
    [InlineData("RK3588S", "RKLLM", "rk3588", InferenceEngine.VendorRuntime, null, 1)]
    [InlineData("Kirin 9000", "MNN", "kirin-9000-cpu", InferenceEngine.MobileRuntime, null, 1)]
    public void A_spelling_means_this_processor(string device, string backend, string sheet, InferenceEngine engine, int? threads, int devices)
    {
        var match = DeviceMatcher.Match(device, backend);
        Assert.True(match.Reason is null, match.Reason);
        Assert.Equal((sheet, engine, threads, devices), (match.Sheet!.Name, match.Engine, match.Threads, match.Devices));
    }

    // Each is near a device that has a sheet, and is another one, or two.
    [Theory]
    [InlineData("RTX 3090 + RTX 3060", "llama.cpp CUDA", "several devices")]
    [InlineData("RTX 4090 48GB", "CUDA", "has 24 GB")]
    [InlineData("Lenovo Legion laptop RTX 4060", "CUDA", "laptop")]
    [InlineData("NVIDIA GeForce RTX 3070 with Max-Q Design", "CUDA", "laptop")]
    [InlineData("RTX 4000", "CUDA", "no sheet")]
    [InlineData("Orange Pi 4", "llama.cpp CPU", "no sheet")]
    [InlineData("Banana Pi 5", "llama.cpp CPU", "")]
    [InlineData("Samsung Galaxy S24 FE", "CPU", "no sheet")]
    [InlineData("Xiaomi 14T", "MNN", "no sheet")]
    [InlineData("A16", "CUDA", "no device")]
    [InlineData("M2 Mini Pro (12/19/32)", "Metal", "another device")]
    [InlineData("M3 Max 32-core GPU", "Metal", "no version")]
    [InlineData("M6 Max", "Metal", "no sheet")]
    [InlineData("STM32 Cortex-M4", "CPU", "another device")]
    [InlineData("M.2 SSD", "", "no device")]
    [InlineData("Ryzen 5 5600G", "CPU", "another device")]
    [InlineData("RX 7900", "ROCm", "no device")]
    [InlineData("RX 7900 x2", "ROCm", "no device")]
    [InlineData("RX 6800M", "Vulkan", "no sheet")]
    [InlineData("Jetson AGX Orin 12GB", "vLLM", "the text says 12")]
    [InlineData("RTX 4090", "llama.cpp CPU", "another processor")]
    [InlineData("AMD Ryzen 7 7800X3D", "CUDA", "no GPU sheet")]
    [InlineData("RTX 4090", "T-MAC", "another processor")]
    [InlineData("Adreno 750", "llama.cpp CPU", "another processor")]
    [InlineData("RTX 3090", "llama.cpp GPU + CPU", "more than one processor")]
    [InlineData("RTX 3090", "KTransformers", "spreads")]
    [InlineData("RTX 3090", "vLLM EAGLE", "speculative")]
    [InlineData("RTX 3090 x2 x4", "vLLM", "number of devices")]
    [InlineData("4 nodes of Raspberry Pi 5", "llama.cpp", "cluster")]
    [InlineData("", "", "no device")]
    public void A_doubt_is_no_match_but_a_reason(string device, string backend, string reason)
    {
        var match = DeviceMatcher.Match(device, backend);
        Assert.Null(match.Sheet);
        Assert.Contains(reason, match.Reason, StringComparison.Ordinal);
        Assert.True(match.Devices >= 1);
    }

    [Fact]
    public void A_name_that_nearly_fits_is_suggested() =>
        Assert.Contains("nearest: rx-7900-xt, rx-7900-gre, rx-7900-xtx", DeviceMatcher.Match("RX 7900", "").Reason, StringComparison.Ordinal);

    // The longer name is another device.
    [Theory]
    [InlineData("4070 Ti", "4070")]
    [InlineData("4070 Ti Super", "4070 Ti")]
    [InlineData("RTX 4060 Laptop", "RTX 4060")]
    [InlineData("M1 Max", "M1")]
    [InlineData("Orin Nano Super", "Orin Nano")]
    [InlineData("A100", "A10")]
    [InlineData("A10G", "A10")]
    [InlineData("L40S", "L40")]
    [InlineData("RX 7900 XTX", "RX 7900 XT")]
    [InlineData("Snapdragon 8 Elite Gen 5", "Snapdragon 8 Elite")]
    [InlineData("Snapdragon 8+ Gen 1", "Snapdragon 8 Gen 1")]
    [InlineData("A18 Pro", "A18")]
    [InlineData("Ryzen 9 7950X3D", "Ryzen 9 7950X")]
    [InlineData("Pi 400", "Pi 4")]
    public void The_longest_name_wins(string longer, string shorter)
    {
        var (first, second) = (DeviceMatcher.Match(longer, ""), DeviceMatcher.Match(shorter, ""));
        Assert.NotNull(first.Sheet);
        Assert.NotNull(second.Sheet);
        Assert.NotEqual(first.Sheet.Name, second.Sheet.Name);
    }

    [Theory]
    [InlineData("", "snapdragon-8-gen-3", InferenceEngine.VendorRuntime)]
    [InlineData("llama.cpp", "snapdragon-8-gen-3-cpu", InferenceEngine.LlamaCpp)]
    [InlineData("llama.cpp Hexagon NPU", "snapdragon-8-gen-3", InferenceEngine.LlamaCpp)]
    [InlineData("llama.cpp OpenCL", "snapdragon-8-gen-3-gpu", InferenceEngine.LlamaCpp)]
    [InlineData("MLC-LLM", "snapdragon-8-gen-3-gpu", InferenceEngine.Compiled)]
    [InlineData("LiteRT GPU", "snapdragon-8-gen-3-gpu", InferenceEngine.MobileRuntime)]
    [InlineData("LiteRT", "snapdragon-8-gen-3-cpu", InferenceEngine.MobileRuntime)]
    [InlineData("ExecuTorch QNN", "snapdragon-8-gen-3", InferenceEngine.VendorRuntime)]
    [InlineData("T-MAC 4t", "snapdragon-8-gen-3-cpu", InferenceEngine.LookupTable)]
    [InlineData("genie", "snapdragon-8-gen-3", InferenceEngine.VendorRuntime)]
    public void The_backend_decides_which_processor_of_a_chip_computes(string backend, string sheet, InferenceEngine engine)
    {
        var match = DeviceMatcher.Match("Snapdragon 8 Gen 3", backend);
        Assert.Equal((sheet, engine), (match.Sheet?.Name, match.Engine));
    }

    [Fact]
    public void A_card_is_meant_beside_a_computer_unless_the_backend_names_the_cores()
    {
        Assert.Equal("rtx-4090", DeviceMatcher.Match("Intel 13900K (Nvidia 4090)", "Ollama").Sheet?.Name);
        Assert.Equal("core-i9-13900k", DeviceMatcher.Match("Intel 13900K (Nvidia 4090)", "Ollama CPU").Sheet?.Name);
        Assert.Equal("hailo-10h", DeviceMatcher.Match("Raspberry Pi 5 + Hailo-10H", "").Sheet?.Name);
        Assert.Equal("raspberry-pi-5", DeviceMatcher.Match("Raspberry Pi 5 + Hailo-10H", "llama.cpp CPU").Sheet?.Name);
    }

    [Theory]
    [InlineData("llama.cpp CPU 16t", 16)]
    [InlineData("llama.cpp CPU, 16 threads", 16)]
    [InlineData("llama.cpp CPU -t 16", 16)]
    [InlineData("llama.cpp CPU threads=16", 16)]
    [InlineData("llama.cpp CPU", null)]
    public void Threads_are_read_where_a_processor_has_cores(string backend, int? threads)
    {
        Assert.Equal(threads, DeviceMatcher.Match("Ryzen 9 7950X", backend).Threads);
        Assert.Null(DeviceMatcher.Match("RTX 4090", "llama.cpp CUDA -t 16").Threads);
    }

    [Fact]
    public void Null_is_refused_by_name()
    {
        Assert.Equal("device", Assert.Throws<ArgumentNullException>(() => DeviceMatcher.Match(null!, "")).ParamName);
        Assert.Equal("backend", Assert.Throws<ArgumentNullException>(() => DeviceMatcher.Match("", null!)).ParamName);
    }
}
