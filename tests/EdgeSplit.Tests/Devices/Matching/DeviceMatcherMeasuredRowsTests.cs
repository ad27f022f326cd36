using EdgeSplit.Core.Devices;
using EdgeSplit.Core.Devices.Matching;

namespace EdgeSplit.Tests.Devices.Matching;

public sealed class DeviceMatcherMeasuredRowsTests
{
    // Devices and backends of measured_llm_speed.csv with what they mean, read by hand.
    [Theory]
    [InlineData("3070 8GB", "llama.cpp CUDA", "rtx-3070", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("3080 10GB", "llama.cpp CUDA", "rtx-3080-10gb", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("3080 Ti 12GB", "llama.cpp CUDA", "rtx-3080-ti", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("4070 Ti 12GB", "llama.cpp CUDA", "rtx-4070-ti", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("4080 16GB", "llama.cpp CUDA", "rtx-4080", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("3090 24GB", "llama.cpp CUDA", "rtx-3090", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("4090 24GB", "llama.cpp CUDA", "rtx-4090", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("3090 24GB * 4", "llama.cpp CUDA", "rtx-3090", InferenceEngine.LlamaCpp, null, 4)]
    [InlineData("3090 24GB * 6", "llama.cpp CUDA", "rtx-3090", InferenceEngine.LlamaCpp, null, 6)]
    [InlineData("4090 24GB * 8", "llama.cpp CUDA", "rtx-4090", InferenceEngine.LlamaCpp, null, 8)]
    [InlineData("RTX 4000 Ada 20GB", "llama.cpp CUDA", "rtx-4000-ada", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("RTX A6000 48GB", "llama.cpp CUDA", "a6000", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("A40 48GB", "llama.cpp CUDA", "a40", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("RTX 4000 Ada 20GB * 4", "llama.cpp CUDA", "rtx-4000-ada", InferenceEngine.LlamaCpp, null, 4)]
    [InlineData("A100 PCIe 80GB", "llama.cpp CUDA", "a100-pcie-80gb", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("A100 SXM 80GB", "llama.cpp CUDA", "a100-sxm-80gb", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("RTX A6000 48GB * 4", "llama.cpp CUDA", "a6000", InferenceEngine.LlamaCpp, null, 4)]
    [InlineData("A40 48GB * 4", "llama.cpp CUDA", "a40", InferenceEngine.LlamaCpp, null, 4)]
    [InlineData("L40S 48GB * 4", "llama.cpp CUDA", "l40s", InferenceEngine.LlamaCpp, null, 4)]
    [InlineData("A100 SXM 80GB * 4", "llama.cpp CUDA", "a100-sxm-80gb", InferenceEngine.LlamaCpp, null, 4)]
    [InlineData("H100 PCIe 80GB * 4", "llama.cpp CUDA", "h100-pcie", InferenceEngine.LlamaCpp, null, 4)]
    [InlineData("M1 Max 32\u2011Core GPU 64GB", "llama.cpp Metal", "apple-m1-max", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("M2 Ultra 76-Core GPU 192GB", "llama.cpp Metal", "apple-m2-ultra", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("M3 Max 40\u2011Core GPU 64GB", "llama.cpp Metal", "apple-m3-max", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Jetson Orin (AGX assumed)", "HF transformers (TinyChat README)", "jetson-agx-orin-64gb", InferenceEngine.Eager, null, 1)]
    [InlineData("Jetson Orin (AGX assumed)", "TinyChat", "jetson-agx-orin-64gb", InferenceEngine.Compiled, null, 1)]
    [InlineData("A100 (80GB assumed)", "HF transformers (TinyChat README)", "a100-sxm-80gb", InferenceEngine.Eager, null, 1)]
    [InlineData("A100 (80GB assumed)", "TinyChat", "a100-sxm-80gb", InferenceEngine.Compiled, null, 1)]
    [InlineData("M2-Ultra", "llama.cpp CPU 1t", "apple-m2-ultra-cpu", InferenceEngine.LlamaCpp, 1, 1)]
    [InlineData("M2-Ultra", "T-MAC CPU 1t", "apple-m2-ultra-cpu", InferenceEngine.LookupTable, 1, 1)]
    [InlineData("Raspberry Pi 5", "llama.cpp CPU 1t", "raspberry-pi-5", InferenceEngine.LlamaCpp, 1, 1)]
    [InlineData("Raspberry Pi 5", "T-MAC CPU 1t", "raspberry-pi-5", InferenceEngine.LookupTable, 1, 1)]
    [InlineData("Surface Book 3", "llama.cpp CPU 1t", "core-i7-1065g7", InferenceEngine.LlamaCpp, 1, 1)]
    [InlineData("Surface Book 3", "T-MAC CPU 1t", "core-i7-1065g7", InferenceEngine.LookupTable, 1, 1)]
    [InlineData("Surface Laptop 7 (Snapdragon X Elite)", "T-MAC CPU 4t", "snapdragon-x-elite-cpu", InferenceEngine.LookupTable, 4, 1)]
    [InlineData("Surface Laptop 7 (Snapdragon X Elite)", "llama.cpp CPU 8t", "snapdragon-x-elite-cpu", InferenceEngine.LlamaCpp, 8, 1)]
    [InlineData("Jetson AGX Orin 64GB", "llama.cpp CPU", "jetson-agx-orin-cpu", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Jetson AGX Orin 64GB", "llama.cpp GPU", "jetson-agx-orin-64gb", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Jetson AGX Orin 64GB", "T-MAC CPU", "jetson-agx-orin-cpu", InferenceEngine.LookupTable, null, 1)]
    [InlineData("Surface Laptop 7 (Snapdragon X Elite)", "Qualcomm NPU", "snapdragon-x-elite", InferenceEngine.VendorRuntime, null, 1)]
    [InlineData("A100 x2", "MLC-LLM TP", "a100-sxm-80gb", InferenceEngine.Compiled, null, 2)]
    [InlineData("A100 x2", "llama.cpp", "a100-sxm-80gb", InferenceEngine.LlamaCpp, null, 2)]
    [InlineData("A100 x4", "llama.cpp", "a100-sxm-80gb", InferenceEngine.LlamaCpp, null, 4)]
    [InlineData("A100 x4", "vLLM TP", "a100-sxm-80gb", InferenceEngine.Serving, null, 4)]
    [InlineData("A100 x8", "MLC-LLM TP", "a100-sxm-80gb", InferenceEngine.Compiled, null, 8)]
    [InlineData("A100 x8", "llama.cpp", "a100-sxm-80gb", InferenceEngine.LlamaCpp, null, 8)]
    [InlineData("A100 x8", "vLLM TP", "a100-sxm-80gb", InferenceEngine.Serving, null, 8)]
    [InlineData("A10G x8", "MLC-LLM TP", "a10g", InferenceEngine.Compiled, null, 8)]
    [InlineData("A10G x8", "llama.cpp", "a10g", InferenceEngine.LlamaCpp, null, 8)]
    [InlineData("A10G x8", "vLLM TP", "a10g", InferenceEngine.Serving, null, 8)]
    [InlineData("A100 x2", "vLLM TP", "a100-sxm-80gb", InferenceEngine.Serving, null, 2)]
    [InlineData("A100 x4", "MLC-LLM TP", "a100-sxm-80gb", InferenceEngine.Compiled, null, 4)]
    [InlineData("A10G x2", "ExLlama", "a10g", InferenceEngine.Compiled, null, 2)]
    [InlineData("A10G x2", "llama.cpp", "a10g", InferenceEngine.LlamaCpp, null, 2)]
    [InlineData("A10G x2", "vLLM TP", "a10g", InferenceEngine.Serving, null, 2)]
    [InlineData("RTX 4090 x2", "MLC-LLM TP", "rtx-4090", InferenceEngine.Compiled, null, 2)]
    [InlineData("RTX 4090 x2", "llama.cpp", "rtx-4090", InferenceEngine.LlamaCpp, null, 2)]
    [InlineData("RTX 4090 x2", "vLLM TP", "rtx-4090", InferenceEngine.Serving, null, 2)]
    [InlineData("RX 7900 XTX x2", "MLC-LLM TP", "rx-7900-xtx", InferenceEngine.Compiled, null, 2)]
    [InlineData("Jetson AGX Thor", "vLLM", "jetson-agx-thor", InferenceEngine.Serving, null, 1)]
    [InlineData("Jetson AGX Orin 64GB", "vLLM", "jetson-agx-orin-64gb", InferenceEngine.Serving, null, 1)]
    [InlineData("Jetson Orin Nano 8GB", "MLC-LLM", "jetson-orin-nano", InferenceEngine.Compiled, null, 1)]
    [InlineData("Pi CM5 - 16GB (Nvidia RTX 4090)", "llama.cpp Vulkan GPU", "rtx-4090", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Pi CM5 - 16GB (Nvidia RTX 3080 Ti)", "llama.cpp Vulkan GPU", "rtx-3080-ti", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Radxa Orion O6 - 16GB (Nvidia RTX 3080 Ti)", "Ollama/llama.cpp GPU", "rtx-3080-ti", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Intel 265K Custom PC (AMD Radeon AI Pro R9700)", "Ollama/llama.cpp GPU", "radeon-ai-pro-r9700", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Mac Studio (M3 Ultra 512GB)", "Ollama/llama.cpp GPU", "apple-m3-ultra", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Pi CM5 - 16GB (Nvidia RTX 4070 Ti)", "llama.cpp Vulkan GPU", "rtx-4070-ti", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Intel 265K Custom PC (Nvidia RTX 2080 Ti)", "Ollama/llama.cpp GPU", "rtx-2080-ti", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Pi CM5 - 16GB (Nvidia RTX 2080 Ti)", "llama.cpp Vulkan GPU", "rtx-2080-ti", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Intel 265K Custom PC (Nvidia RTX 3060)", "Ollama/llama.cpp GPU", "rtx-3060", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Pi CM5 - 16GB (Nvidia RTX 3060)", "llama.cpp Vulkan GPU", "rtx-3060", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Pi 5 - 16GB (AMD Pro W7700)", "llama.cpp Vulkan GPU", "radeon-pro-w7700", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Framework Mainboard (128GB)", "Ollama/llama.cpp CPU", "ryzen-ai-max-395-cpu", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Minisforum MS-R1", "Ollama/llama.cpp CPU", "cix-cp8180", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("GMKtek G3 Plus (Intel N150) - 16GB", "Ollama/llama.cpp CPU", "intel-n150", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Pi 5 - 16GB", "Ollama/llama.cpp CPU", "raspberry-pi-5", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("AmpereOne A192-32X - 512GB", "Ollama/llama.cpp CPU", "ampereone-a192-32x", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Intel 265K Custom PC (Nvidia RTX 4070 Ti)", "Ollama/llama.cpp GPU", "rtx-4070-ti", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Intel 265K Custom PC (Nvidia RTX A4000)", "Ollama/llama.cpp GPU", "rtx-a4000", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Pi CM5 - 16GB (AMD Radeon AI Pro R9700)", "llama.cpp Vulkan GPU", "radeon-ai-pro-r9700", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Intel 265K Custom PC (Nvidia RTX 3080 Ti)", "Ollama/llama.cpp GPU", "rtx-3080-ti", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Intel 13900K (Nvidia 4090)", "Ollama/llama.cpp GPU", "rtx-4090", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Ryzen 9 7950X (Nvidia 4080)", "Ollama/llama.cpp GPU", "rtx-4080", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Ryzen 9 5950X (Nvidia 4070)", "Ollama/llama.cpp GPU", "rtx-4070", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("M1 Ultra (48 GPU Core) 64GB", "Ollama/llama.cpp GPU", "apple-m1-ultra-48c", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("System76 Thelio Astra (AMD Pro W7700)", "llama.cpp Vulkan GPU", "radeon-pro-w7700", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Framework Mainboard (128GB)", "Ollama/llama.cpp GPU", "radeon-8060s", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Minisforum MS-R1 (Nvidia RTX A2000)", "Ollama/llama.cpp GPU", "rtx-a2000", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("M1 Max Mac Studio (10 core - 64GB)", "Ollama/llama.cpp GPU", "apple-m1-max", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Pi 5 - 8GB (AMD Pro W7700)", "llama.cpp Vulkan GPU", "radeon-pro-w7700", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("HiFive Premier P550 (AMD RX 580)", "Ollama/llama.cpp GPU", "rx-580", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("AmpereOne A192-32X (512GB)", "Ollama/llama.cpp CPU", "ampereone-a192-32x", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Framework 13 (Ryzen AI 5 340)", "Ollama/llama.cpp CPU", "ryzen-ai-5-340", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Pi 500+ - 16GB (Intel Arc A310 ECO)", "llama.cpp Vulkan GPU", "arc-a310", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("GMKtec G3 Plus (Intel N150) - 16GB", "Ollama/llama.cpp CPU", "intel-n150", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Pi 5 - 8GB", "Ollama/llama.cpp CPU", "raspberry-pi-5", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Pi 400 - 4GB", "Ollama/llama.cpp CPU", "raspberry-pi-400", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Dell Optiplex 780 (C2Q Q8400)", "Ollama/llama.cpp CPU", "core-2-quad-q8400", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("HiFive Premier P550 (4-core RISC-V)", "Ollama/llama.cpp CPU", "eic7700x", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Snapdragon 8 Gen 3 phone", "PowerServe QNN NPU", "snapdragon-8-gen-3", InferenceEngine.VendorRuntime, null, 1)]
    [InlineData("Snapdragon 8 Elite phone", "PowerServe QNN NPU", "snapdragon-8-elite", InferenceEngine.VendorRuntime, null, 1)]
    [InlineData("Snapdragon 8 Elite Gen 5 QRD", "genie", "snapdragon-8-elite-gen-5", InferenceEngine.VendorRuntime, null, 1)]
    [InlineData("Snapdragon X Elite CRD", "genie", "snapdragon-x-elite", InferenceEngine.VendorRuntime, null, 1)]
    [InlineData("Samsung Galaxy S24", "qnn_context_binary", "snapdragon-8-gen-3", InferenceEngine.VendorRuntime, null, 1)]
    [InlineData("SA8295P ADP", "genie", "sa8295p", InferenceEngine.VendorRuntime, null, 1)]
    [InlineData("Core i9-13900HX", "llama.cpp CPU", "core-i9-13900hx", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Raspberry Pi 4 8GB", "llama.cpp CPU", "raspberry-pi-4", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("RTX 4070 Laptop", "llama.cpp CUDA", "rtx-4070-laptop", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("RX 7900 XTX", "llama.cpp ROCm", "rx-7900-xtx", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Jetson Orin Nano 8GB", "llama.cpp CUDA", "jetson-orin-nano", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Jetson Orin Nano 8GB", "llama.cpp CPU", "jetson-orin-nano-cpu", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("iPhone 11", "MNN", "iphone-11-cpu", InferenceEngine.MobileRuntime, null, 1)]
    [InlineData("iPhone 14 Pro", "MNN", "iphone-14-pro-cpu", InferenceEngine.MobileRuntime, null, 1)]
    [InlineData("iPhone 15 Pro", "MNN", "iphone-15-pro-cpu", InferenceEngine.MobileRuntime, null, 1)]
    [InlineData("iPhone 17 Pro (A19 Pro)", "CoreML ANE", "iphone-17-pro-ane", InferenceEngine.VendorRuntime, null, 1)]
    [InlineData("Raspberry Pi 4B 8GB x2 (GbE switch)", "distributed-llama TP", "raspberry-pi-4", InferenceEngine.LlamaCpp, null, 2)]
    [InlineData("Raspberry Pi 4B 8GB x4 (GbE switch)", "distributed-llama TP", "raspberry-pi-4", InferenceEngine.LlamaCpp, null, 4)]
    [InlineData("Raspberry Pi 4B 8GB x8 (GbE switch)", "distributed-llama TP", "raspberry-pi-4", InferenceEngine.LlamaCpp, null, 8)]
    [InlineData("RK3576", "RKLLM NPU", "rk3576", InferenceEngine.VendorRuntime, null, 1)]
    [InlineData("RK3562", "RKLLM NPU", "rk3562", InferenceEngine.VendorRuntime, null, 1)]
    [InlineData("Snapdragon 8 Elite phone (HTP v79)", "llama.cpp Hexagon NPU", "snapdragon-8-elite", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Snapdragon 8 Elite Gen 5 phone (HTP v81)", "llama.cpp Hexagon NPU", "snapdragon-8-elite-gen-5", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("OnePlus 12 (Snapdragon 8 Gen 3)", "llama.cpp Hexagon NPU", "snapdragon-8-gen-3", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("OnePlus 15 (SM8850)", "llama.cpp OpenCL", "snapdragon-8-elite-gen-5-gpu", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("OnePlus 15 (SM8850)", "llama.cpp Hexagon NPU", "snapdragon-8-elite-gen-5", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("OnePlus 15 (SM8850)", "llama.cpp CPU", "snapdragon-8-elite-gen-5-cpu", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("OnePlus 12 (Snapdragon 8 Gen 3)", "T-MAC CPU 1t", "snapdragon-8-gen-3-cpu", InferenceEngine.LookupTable, 1, 1)]
    [InlineData("OnePlus 12 (Snapdragon 8 Gen 3)", "llama.cpp CPU 1t", "snapdragon-8-gen-3-cpu", InferenceEngine.LlamaCpp, 1, 1)]
    [InlineData("OnePlus 12 (Snapdragon 8 Gen 3)", "ExecuTorch XNNPACK CPU", "snapdragon-8-gen-3-cpu", InferenceEngine.MobileRuntime, null, 1)]
    [InlineData("Galaxy S24 (Snapdragon 8 Gen 3)", "ExecuTorch XNNPACK CPU", "snapdragon-8-gen-3-cpu", InferenceEngine.MobileRuntime, null, 1)]
    [InlineData("Galaxy S24 Ultra (Snapdragon 8 Gen 3)", "LiteRT CPU", "snapdragon-8-gen-3-cpu", InferenceEngine.MobileRuntime, null, 1)]
    [InlineData("iPhone 13 Pro", "MLC-LLM (2023)", "iphone-13-pro", InferenceEngine.Compiled, null, 1)]
    [InlineData("iPad Pro M2", "MLC-LLM (2023)", "apple-m2", InferenceEngine.Compiled, null, 1)]
    [InlineData("MacBook Air M2", "MLC-LLM (2023)", "apple-m2", InferenceEngine.Compiled, null, 1)]
    [InlineData("Xiaomi 12S (Snapdragon 8+ Gen 1)", "MLC-LLM (2023)", "snapdragon-8-plus-gen-1-gpu", InferenceEngine.Compiled, null, 1)]
    [InlineData("RTX 4050 Laptop", "see paper", "rtx-4050-laptop", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Raspberry Pi 5 + Hailo-10H", "see paper", "hailo-10h", InferenceEngine.VendorRuntime, null, 1)]
    [InlineData("iPhone 17 Pro", "MLX", "iphone-17-pro", InferenceEngine.Compiled, null, 1)]
    [InlineData("Apple M1 Ultra 64c", "llama.cpp Metal", "apple-m1-ultra", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Mac mini M4 16GB", "llama.cpp Metal", "apple-m4", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Apple M1 Max 64GB", "llama.cpp Metal", "apple-m1-max", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Intel Arc A770", "llama.cpp Vulkan", "arc-a770", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Apple M2 Max", "ik_llama CPU", "apple-m2-max-cpu", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Apple M2 Max 38c", "llama.cpp Metal (first MoE build)", "apple-m2-max", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Tesla P40", "llama.cpp CUDA", "tesla-p40", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("RTX 3090", "llama.cpp CUDA", "rtx-3090", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("RTX 5090", "llama.cpp CUDA", "rtx-5090", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("RTX 4060 Laptop", "Ollama", "rtx-4060-laptop", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("RTX 3060", "ExLlama", "rtx-3060", InferenceEngine.Compiled, null, 1)]
    [InlineData("RTX 3060", "llama.cpp CUDA (mid-2023)", "rtx-3060", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("IGX/AGX Orin iGPU", "llama.cpp CUDA", "jetson-agx-orin-64gb", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Jetson AGX Orin 64GB", "MLC-LLM", "jetson-agx-orin-64gb", InferenceEngine.Compiled, null, 1)]
    [InlineData("Jetson AGX Orin", "llama.cpp CUDA", "jetson-agx-orin-64gb", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("RTX 2070", "llama.cpp Vulkan", "rtx-2070", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("RX 6700 XT", "llama.cpp Vulkan", "rx-6700-xt", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("RX 6800 XT", "llama.cpp Vulkan", "rx-6800-xt", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("RX 580 (on HiFive P550)", "llama.cpp Vulkan", "rx-580", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("RX 9070 XT (on Pi 500+)", "llama.cpp Vulkan", "rx-9070-xt", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Core i9-13900K DDR5-6400", "llama.cpp CPU 4t", "core-i9-13900k", InferenceEngine.LlamaCpp, 4, 1)]
    [InlineData("Core i5-6500", "llama.cpp CPU 4t", "core-i5-6500", InferenceEngine.LlamaCpp, 4, 1)]
    [InlineData("Core i7-1165G7", "llama.cpp Vulkan iGPU", "core-i7-1165g7-gpu", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Core i7-1165G7", "llama.cpp CPU AVX2 4t", "core-i7-1165g7", InferenceEngine.LlamaCpp, 4, 1)]
    [InlineData("Apple M2 Max 8t", "ik_llama CPU", "apple-m2-max-cpu", InferenceEngine.LlamaCpp, 8, 1)]
    [InlineData("Ryzen 9 7950X 16t", "ik_llama CPU", "ryzen-9-7950x", InferenceEngine.LlamaCpp, 16, 1)]
    [InlineData("Threadripper 5975WX 32t", "ik_llama CPU", "threadripper-pro-5975wx", InferenceEngine.LlamaCpp, 32, 1)]
    [InlineData("Radxa Dragon Q8B", "llama.cpp CPU", "dragon-q8b", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Cix CP8180 board", "llama.cpp CPU", "cix-cp8180", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Raspberry Pi 5 16GB", "Ollama CPU", "raspberry-pi-5", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Raspberry Pi 5 8GB x1", "distributed-llama TP", "raspberry-pi-5", InferenceEngine.LlamaCpp, null, 1)]
    [InlineData("Raspberry Pi 5 8GB x2", "distributed-llama TP", "raspberry-pi-5", InferenceEngine.LlamaCpp, null, 2)]
    [InlineData("Jetson Nano 4GB", "llama.cpp fork", "jetson-nano", InferenceEngine.LlamaCpp, null, 1)]
    public void A_measured_row_means_this_processor(string device, string backend, string sheet, InferenceEngine engine, int? threads, int devices)
    {
        var match = DeviceMatcher.Match(device, backend);
        Assert.True(match.Reason is null, match.Reason);
        Assert.Equal((sheet, engine, threads, devices), (match.Sheet!.Name, match.Engine, match.Threads, match.Devices));
    }

    private static readonly HashSet<(string Device, string Backend)> Refused =
    [
        ("Jetson AGX-class (unnamed)", "Ollama"),
        ("Ryzen 9 7900X (Nvidia 4090)", "Ollama/llama.cpp GPU/CPU"),
        ("Raspberry Pi CM5 Cluster (10x 16GB)", "Ollama/llama.cpp CPU"),
        ("Framework Mainboard Cluster (512GB)", "Ollama/llama.cpp GPU"),
        ("OnePlus 12 (24GB)", "PowerInfer-2"),
    ];

    [SharedDataFact]
    public void Every_measured_row_matches_or_is_known_to_leave_a_doubt()
    {
        var rows = MeasuredCsv.Read("data/measured_llm_speed.csv").Select(row => (Device: row["device"], Backend: row["backend"])).Distinct().ToList();
        Assert.True(rows.Count > 150);
        foreach (var (device, backend) in rows)
        {
            var match = DeviceMatcher.Match(device, backend);
            Assert.True(match.Reason is null != Refused.Contains((device, backend)), $"{device} | {backend}: {match.Sheet?.Name} {match.Reason}");
        }
    }

    [SharedDataFact]
    public void Every_device_of_the_measured_layer_times_matches()
    {
        var devices = MeasuredCsv.Read("data/measured_layer_times.csv").Select(row => row["device"]).Distinct().ToList();
        Assert.Equal(
            ["A100 80GB=a100-sxm-80gb", "A40 48GB=a40", "H100 80GB=h100-sxm-80gb", "MI210=mi210", "RTXPRO6000=rtx-pro-6000"],
            devices.Select(device => $"{device}={DeviceMatcher.Match(device, "vLLM").Sheet?.Name}").Order(StringComparer.Ordinal));
    }
}
