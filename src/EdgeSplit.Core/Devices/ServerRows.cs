using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Core.Devices;

/// <summary>Data-centre graphics cards of the catalogue.</summary>
internal static class ServerRows
{
    internal static IReadOnlyList<DeviceRow> All { get; } =
    [
        new("a40", "A40 (llama.cpp CUDA)", DeviceKind.ServerGpu, NumberFormat.F16)
        {
            PeakTera = new(74.85, 149.7, 149.7, 149.7),
            Peak = new(DeviceEntry.PeakRate, ParameterOrigin.DataSheet, "tensor or matrix FP16, dense, FP32 accumulate on GeForce; weight-only 8-bit and low-bit products run at that rate; 32-bit as TF32, half [LLM-Viewer hardware_params.py]"),
            BandwidthGiga = 696,
            Bandwidth = new(DeviceEntry.NominalBandwidth, ParameterOrigin.DataSheet, "memory bandwidth [LLM-Viewer hardware_params.py]"),
            Efficiency = new(0.432, 0.432, 0.27, 0.27), Attention = 0.119, Read = 0.794, KeyValueRead = 0.307, OverheadMicroseconds = 5.83,
            Fitted = FittedParameters.Bits16 | FittedParameters.LowBit | FittedParameters.Attention | FittedParameters.Bandwidth | FittedParameters.KeyValue | FittedParameters.Overhead,
            Rows = "fitted to 8 decode and 10 prefill rows: XiongjieDai/GPU-Benchmarks (llama.cpp, May 2024)",
            MemoryGibi = 48, UsableShare = 0.92,
            Memory = new(DeviceEntry.Memory, ParameterOrigin.DataSheet, "memory; usable share a class value [LLM-Viewer hardware_params.py]"),
            IdleWatts = 30, WattsAboveIdle = 270,
            Power = new(DeviceEntry.Power, ParameterOrigin.DataSheet, "TDP as busy power, an upper bound in decode; idle a class value of 5 to 15 % of TDP [LLM-Viewer hardware_params.py]"),
        },
        new("a100-pcie-80gb", "A100 PCIe 80GB (llama.cpp CUDA)", DeviceKind.ServerGpu, NumberFormat.F16)
        {
            PeakTera = new(156, 312, 312, 312),
            Peak = new(DeviceEntry.PeakRate, ParameterOrigin.DataSheet, "tensor or matrix FP16, dense, FP32 accumulate on GeForce; weight-only 8-bit and low-bit products run at that rate; 32-bit as TF32, half [LLM-Viewer; llm-analysis; GenZ]"),
            BandwidthGiga = 1935,
            Bandwidth = new(DeviceEntry.NominalBandwidth, ParameterOrigin.DataSheet, "A100 PCIe 80GB data sheet: 1935 GB/s"),
            Efficiency = new(0.421, 0.421, 0.333, 0.333), Attention = 0.0773, Read = 0.543, KeyValueRead = 0.284, OverheadMicroseconds = 6.89,
            Fitted = FittedParameters.Bits16 | FittedParameters.LowBit | FittedParameters.Attention | FittedParameters.Bandwidth | FittedParameters.KeyValue | FittedParameters.Overhead,
            Rows = "fitted to 11 decode and 10 prefill rows: XiongjieDai/GPU-Benchmarks (llama.cpp, May 2024)",
            MemoryGibi = 80, UsableShare = 0.92,
            Memory = new(DeviceEntry.Memory, ParameterOrigin.DataSheet, "memory; usable share a class value [LLM-Viewer; llm-analysis; GenZ]"),
            IdleWatts = 45, WattsAboveIdle = 255,
            Power = new(DeviceEntry.Power, ParameterOrigin.DataSheet, "TDP as busy power, an upper bound in decode; idle a class value of 5 to 15 % of TDP [LLM-Viewer; llm-analysis; GenZ]"),
        },
        new("a100-sxm-80gb", "A100 SXM 80GB (llama.cpp CUDA, TinyChat)", DeviceKind.ServerGpu, NumberFormat.F16)
        {
            PeakTera = new(156, 312, 312, 312),
            Peak = new(DeviceEntry.PeakRate, ParameterOrigin.DataSheet, "tensor or matrix FP16, dense, FP32 accumulate on GeForce; weight-only 8-bit and low-bit products run at that rate; 32-bit as TF32, half [LLM-Viewer; llm-analysis; GenZ]"),
            BandwidthGiga = 2039,
            Bandwidth = new(DeviceEntry.NominalBandwidth, ParameterOrigin.DataSheet, "memory bandwidth [LLM-Viewer; llm-analysis; GenZ]"),
            Efficiency = new(0.421, 0.421, 0.311, 0.311), Attention = 0.0972, Read = 0.6, KeyValueRead = 0.23, OverheadMicroseconds = 7.67,
            Fitted = FittedParameters.LowBit | FittedParameters.Attention | FittedParameters.Bandwidth | FittedParameters.KeyValue | FittedParameters.Overhead,
            Rows = "fitted to 17 decode and 4 prefill rows: XiongjieDai/GPU-Benchmarks (llama.cpp, May 2024; broken F16 prefill rows left out), mit-han-lab/llm-awq",
            MemoryGibi = 80, UsableShare = 0.92,
            Memory = new(DeviceEntry.Memory, ParameterOrigin.DataSheet, "memory; usable share a class value [LLM-Viewer; llm-analysis; GenZ]"),
            IdleWatts = 55, WattsAboveIdle = 345,
            Power = new(DeviceEntry.Power, ParameterOrigin.DataSheet, "TDP as busy power, an upper bound in decode; idle a class value of 5 to 15 % of TDP [LLM-Viewer; llm-analysis; GenZ]"),
        },
        new("l40s", "L40S (llama.cpp CUDA)", DeviceKind.ServerGpu, NumberFormat.F16)
        {
            PeakTera = new(181, 362, 362, 362),
            Peak = new(DeviceEntry.PeakRate, ParameterOrigin.DataSheet, "tensor or matrix FP16, dense, FP32 accumulate on GeForce; weight-only 8-bit and low-bit products run at that rate; 32-bit as TF32, half [vendor-known; commonly published, to be verified]"),
            BandwidthGiga = 864,
            Bandwidth = new(DeviceEntry.NominalBandwidth, ParameterOrigin.DataSheet, "memory bandwidth [vendor-known; commonly published, to be verified]"),
            Efficiency = new(0.421, 0.421, 0.311, 0.311), Attention = 0.0972, Read = 0.828, KeyValueRead = 0.306, OverheadMicroseconds = 6.24,
            Fitted = FittedParameters.Bandwidth | FittedParameters.KeyValue | FittedParameters.Overhead,
            Rows = "fitted to 13 decode and 0 prefill rows: XiongjieDai/GPU-Benchmarks, decode of four cards in sequence; broken F16 prefill rows left out",
            MemoryGibi = 48, UsableShare = 0.92,
            Memory = new(DeviceEntry.Memory, ParameterOrigin.DataSheet, "memory; usable share a class value [vendor-known; commonly published, to be verified]"),
            IdleWatts = 35, WattsAboveIdle = 315,
            Power = new(DeviceEntry.Power, ParameterOrigin.DataSheet, "TDP as busy power, an upper bound in decode; idle a class value of 5 to 15 % of TDP [vendor-known; commonly published, to be verified]"),
        },
        new("h100-pcie", "H100 PCIe (llama.cpp CUDA)", DeviceKind.ServerGpu, NumberFormat.F16)
        {
            PeakTera = new(378.25, 756.5, 756.5, 756.5),
            Peak = new(DeviceEntry.PeakRate, ParameterOrigin.DataSheet, "tensor or matrix FP16, dense, FP32 accumulate on GeForce; weight-only 8-bit and low-bit products run at that rate; 32-bit as TF32, half [LLM-Viewer hardware_params.py]"),
            BandwidthGiga = 2048,
            Bandwidth = new(DeviceEntry.NominalBandwidth, ParameterOrigin.DataSheet, "memory bandwidth [LLM-Viewer hardware_params.py]"),
            Efficiency = new(0.311, 0.311, 0.311, 0.311), Attention = 0.0972, Read = 0.73, KeyValueRead = 0.281, OverheadMicroseconds = 11.6,
            Fitted = FittedParameters.Bits16 | FittedParameters.Bandwidth | FittedParameters.KeyValue | FittedParameters.Overhead,
            Rows = "fitted to 14 decode and 2 prefill rows: XiongjieDai/GPU-Benchmarks, four cards in sequence: decode, and prefill of 512 tokens only",
            MemoryGibi = 80, UsableShare = 0.92,
            Memory = new(DeviceEntry.Memory, ParameterOrigin.DataSheet, "memory; usable share a class value [LLM-Viewer hardware_params.py]"),
            IdleWatts = 50, WattsAboveIdle = 300,
            Power = new(DeviceEntry.Power, ParameterOrigin.DataSheet, "TDP as busy power, an upper bound in decode; idle a class value of 5 to 15 % of TDP [LLM-Viewer hardware_params.py]"),
        },
        new("a40-vllm", "A40, kernels of a serving engine (Vidur profile)", DeviceKind.ServerGpu, NumberFormat.F16)
        {
            PeakTera = new(74.85, 149.7, 149.7, 149.7),
            Peak = new(DeviceEntry.PeakRate, ParameterOrigin.DataSheet, "tensor or matrix FP16, dense, FP32 accumulate on GeForce; weight-only 8-bit and low-bit products run at that rate; 32-bit as TF32, half [LLM-Viewer hardware_params.py]"),
            BandwidthGiga = 696,
            Bandwidth = new(DeviceEntry.NominalBandwidth, ParameterOrigin.DataSheet, "memory bandwidth [LLM-Viewer hardware_params.py]"),
            Efficiency = PerFormat.Uniform(0.745), Attention = 0.6, Read = 0.767, KeyValueRead = 0.75, OverheadMicroseconds = 6.38,
            Fitted = FittedParameters.Bits16 | FittedParameters.Bandwidth | FittedParameters.Overhead,
            Rows = "fitted to 136 per-operation rows in F16 of microsoft/vidur, 1 to 4096 tokens, A40 48GB: Llama-2-70B, phi-2; attention and KV cache after RTX 4090 attention kernels of casys-kaist/LLMServingSim",
            MemoryGibi = 48, UsableShare = 0.92,
            Memory = new(DeviceEntry.Memory, ParameterOrigin.DataSheet, "memory; usable share a class value [LLM-Viewer hardware_params.py]"),
            IdleWatts = 30, WattsAboveIdle = 270,
            Power = new(DeviceEntry.Power, ParameterOrigin.DataSheet, "TDP as busy power, an upper bound in decode; idle a class value of 5 to 15 % of TDP [LLM-Viewer hardware_params.py]"),
        },
        new("a100-sxm-80gb-vllm", "A100 SXM 80GB, kernels of a serving engine (Vidur profile)", DeviceKind.ServerGpu, NumberFormat.F16)
        {
            PeakTera = new(156, 312, 312, 312),
            Peak = new(DeviceEntry.PeakRate, ParameterOrigin.DataSheet, "tensor or matrix FP16, dense, FP32 accumulate on GeForce; weight-only 8-bit and low-bit products run at that rate; 32-bit as TF32, half [LLM-Viewer; llm-analysis; GenZ]"),
            BandwidthGiga = 2039,
            Bandwidth = new(DeviceEntry.NominalBandwidth, ParameterOrigin.DataSheet, "memory bandwidth [LLM-Viewer; llm-analysis; GenZ]"),
            Efficiency = PerFormat.Uniform(0.712), Attention = 0.6, Read = 0.769, KeyValueRead = 0.75, OverheadMicroseconds = 6.21,
            Fitted = FittedParameters.Bits16 | FittedParameters.Bandwidth | FittedParameters.Overhead,
            Rows = "fitted to 272 per-operation rows in F16 of microsoft/vidur, 1 to 4096 tokens, A100 80GB: Llama-2-7B, Llama-2-70B, Llama-3-70B, phi-2; attention and KV cache after RTX 4090 attention kernels of casys-kaist/LLMServingSim",
            MemoryGibi = 80, UsableShare = 0.92,
            Memory = new(DeviceEntry.Memory, ParameterOrigin.DataSheet, "memory; usable share a class value [LLM-Viewer; llm-analysis; GenZ]"),
            IdleWatts = 55, WattsAboveIdle = 345,
            Power = new(DeviceEntry.Power, ParameterOrigin.DataSheet, "TDP as busy power, an upper bound in decode; idle a class value of 5 to 15 % of TDP [LLM-Viewer; llm-analysis; GenZ]"),
        },
        new("h100-sxm-80gb-vllm", "H100 SXM 80GB, kernels of a serving engine (Vidur profile)", DeviceKind.ServerGpu, NumberFormat.F16)
        {
            PeakTera = new(494.75, 989.5, 989.5, 989.5),
            Peak = new(DeviceEntry.PeakRate, ParameterOrigin.DataSheet, "tensor or matrix FP16, dense, FP32 accumulate on GeForce; weight-only 8-bit and low-bit products run at that rate; 32-bit as TF32, half [LLM-Viewer (lists 3072); llm-analysis 3350]"),
            BandwidthGiga = 3350,
            Bandwidth = new(DeviceEntry.NominalBandwidth, ParameterOrigin.DataSheet, "memory bandwidth [LLM-Viewer (lists 3072); llm-analysis 3350]"),
            Efficiency = PerFormat.Uniform(0.715), Attention = 0.6, Read = 0.91, KeyValueRead = 0.75, OverheadMicroseconds = 6.21,
            Fitted = FittedParameters.Bits16 | FittedParameters.Bandwidth | FittedParameters.Overhead,
            Rows = "fitted to 204 per-operation rows in F16 of microsoft/vidur, 1 to 4096 tokens, H100 80GB: Llama-2-7B, Llama-2-70B, phi-2; attention and KV cache after RTX 4090 attention kernels of casys-kaist/LLMServingSim",
            MemoryGibi = 80, UsableShare = 0.92,
            Memory = new(DeviceEntry.Memory, ParameterOrigin.DataSheet, "memory; usable share a class value [LLM-Viewer (lists 3072); llm-analysis 3350]"),
            IdleWatts = 70, WattsAboveIdle = 630,
            Power = new(DeviceEntry.Power, ParameterOrigin.DataSheet, "TDP as busy power, an upper bound in decode; idle a class value of 5 to 15 % of TDP [LLM-Viewer (lists 3072); llm-analysis 3350]"),
        },
    ];
}
