using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Core.Devices;

/// <summary>Desktop and workstation graphics cards of the catalogue.</summary>
internal static class GraphicsCardRows
{
    internal static IReadOnlyList<DeviceRow> All { get; } =
    [
        new("apple-m2-ultra", "Apple M2 Ultra, 76-core GPU (llama.cpp Metal)", DeviceKind.DesktopGpu, NumberFormat.Q4_K_M)
        {
            PeakTera = new(13.6, 27.2, 27.2, 27.2),
            Peak = new(DeviceEntry.PeakRate, ParameterOrigin.DataSheet, "GPU shader; 32-bit taken as half [huggingface.js hardware list; public bandwidth tables in code]"),
            BandwidthGiga = 800,
            Bandwidth = new(DeviceEntry.NominalBandwidth, ParameterOrigin.DataSheet, "memory bandwidth [huggingface.js hardware list; public bandwidth tables in code]"),
            Efficiency = new(0.767, 0.767, 0.601, 0.601), Attention = 0.26, Read = 0.804, KeyValueRead = 0.226, OverheadMicroseconds = 13.1,
            Fitted = FittedParameters.Bits16 | FittedParameters.LowBit | FittedParameters.Attention | FittedParameters.Bandwidth | FittedParameters.KeyValue | FittedParameters.Overhead,
            Rows = "fitted to 15 decode and 13 prefill rows: XiongjieDai/GPU-Benchmarks (llama.cpp, May 2024)",
            MemoryGibi = 192, UsableShare = 0.75,
            Memory = new(DeviceEntry.Memory, ParameterOrigin.DataSheet, "memory; usable share a class value [huggingface.js hardware list; public bandwidth tables in code]"),
            IdleWatts = 15, WattsAboveIdle = 100,
            Power = new(DeviceEntry.Power, ParameterOrigin.ClassValue, "no figure found: twice a laptop part"),
        },
        new("rtx-3070", "GeForce RTX 3070 (llama.cpp CUDA)", DeviceKind.DesktopGpu, NumberFormat.Q4_K_M)
        {
            PeakTera = new(20.3, 40.6, 40.6, 40.6),
            Peak = new(DeviceEntry.PeakRate, ParameterOrigin.DataSheet, "tensor or matrix FP16, dense, FP32 accumulate on GeForce; weight-only 8-bit and low-bit products run at that rate; 32-bit as TF32, half [vendor-known; commonly published, to be verified]"),
            BandwidthGiga = 448,
            Bandwidth = new(DeviceEntry.NominalBandwidth, ParameterOrigin.DataSheet, "memory bandwidth [vendor-known; commonly published, to be verified]"),
            Efficiency = new(0.986, 0.986, 0.918, 0.918), Attention = 0.165, Read = 0.915, KeyValueRead = 0.37, OverheadMicroseconds = 5.77,
            Fitted = FittedParameters.LowBit | FittedParameters.Attention | FittedParameters.Bandwidth | FittedParameters.KeyValue | FittedParameters.Overhead,
            Rows = "fitted to 4 decode and 2 prefill rows: XiongjieDai/GPU-Benchmarks (llama.cpp, May 2024)",
            MemoryGibi = 8, UsableShare = 0.9,
            Memory = new(DeviceEntry.Memory, ParameterOrigin.DataSheet, "memory; usable share a class value [vendor-known; commonly published, to be verified]"),
            IdleWatts = 15, WattsAboveIdle = 205,
            Power = new(DeviceEntry.Power, ParameterOrigin.DataSheet, "TDP as busy power, an upper bound in decode; idle a class value of 5 to 15 % of TDP [vendor-known; commonly published, to be verified]"),
        },
        new("rtx-3080-10gb", "GeForce RTX 3080 10GB (llama.cpp CUDA)", DeviceKind.DesktopGpu, NumberFormat.Q4_K_M)
        {
            PeakTera = new(29.75, 59.5, 59.5, 59.5),
            Peak = new(DeviceEntry.PeakRate, ParameterOrigin.DataSheet, "tensor or matrix FP16, dense, FP32 accumulate on GeForce; weight-only 8-bit and low-bit products run at that rate; 32-bit as TF32, half [vendor-known; commonly published, to be verified]"),
            BandwidthGiga = 760,
            Bandwidth = new(DeviceEntry.NominalBandwidth, ParameterOrigin.DataSheet, "memory bandwidth [vendor-known; commonly published, to be verified]"),
            Efficiency = new(0.986, 0.986, 0.989, 0.989), Attention = 0.176, Read = 0.885, KeyValueRead = 0.355, OverheadMicroseconds = 5.8,
            Fitted = FittedParameters.LowBit | FittedParameters.Attention | FittedParameters.Bandwidth | FittedParameters.KeyValue | FittedParameters.Overhead,
            Rows = "fitted to 3 decode and 3 prefill rows: XiongjieDai/GPU-Benchmarks (llama.cpp, May 2024)",
            MemoryGibi = 10, UsableShare = 0.9,
            Memory = new(DeviceEntry.Memory, ParameterOrigin.DataSheet, "memory; usable share a class value [vendor-known; commonly published, to be verified]"),
            IdleWatts = 20, WattsAboveIdle = 300,
            Power = new(DeviceEntry.Power, ParameterOrigin.DataSheet, "TDP as busy power, an upper bound in decode; idle a class value of 5 to 15 % of TDP [vendor-known; commonly published, to be verified]"),
        },
        new("rtx-4070-ti", "GeForce RTX 4070 Ti (llama.cpp CUDA)", DeviceKind.DesktopGpu, NumberFormat.Q4_K_M)
        {
            PeakTera = new(40.1, 80.2, 80.2, 80.2),
            Peak = new(DeviceEntry.PeakRate, ParameterOrigin.DataSheet, "tensor or matrix FP16, dense, FP32 accumulate on GeForce; weight-only 8-bit and low-bit products run at that rate; 32-bit as TF32, half [vendor-known; commonly published, to be verified]"),
            BandwidthGiga = 504,
            Bandwidth = new(DeviceEntry.NominalBandwidth, ParameterOrigin.DataSheet, "memory bandwidth [vendor-known; commonly published, to be verified]"),
            Efficiency = new(0.986, 0.986, 0.778, 0.778), Attention = 0.119, Read = 0.965, KeyValueRead = 0.385, OverheadMicroseconds = 5.46,
            Fitted = FittedParameters.LowBit | FittedParameters.Attention | FittedParameters.Bandwidth | FittedParameters.KeyValue | FittedParameters.Overhead,
            Rows = "fitted to 5 decode and 3 prefill rows: XiongjieDai/GPU-Benchmarks (llama.cpp, May 2024), geerlingguy/ai-benchmarks",
            MemoryGibi = 12, UsableShare = 0.9,
            Memory = new(DeviceEntry.Memory, ParameterOrigin.DataSheet, "memory; usable share a class value [vendor-known; commonly published, to be verified]"),
            IdleWatts = 15, WattsAboveIdle = 270,
            Power = new(DeviceEntry.Power, ParameterOrigin.DataSheet, "TDP as busy power, an upper bound in decode; idle a class value of 5 to 15 % of TDP [vendor-known; commonly published, to be verified]"),
        },
        new("rtx-4080", "GeForce RTX 4080 (llama.cpp CUDA)", DeviceKind.DesktopGpu, NumberFormat.F16)
        {
            PeakTera = new(48.75, 97.5, 97.5, 97.5),
            Peak = new(DeviceEntry.PeakRate, ParameterOrigin.DataSheet, "tensor or matrix FP16, dense, FP32 accumulate on GeForce; weight-only 8-bit and low-bit products run at that rate; 32-bit as TF32, half [vendor-known; commonly published, to be verified]"),
            BandwidthGiga = 717,
            Bandwidth = new(DeviceEntry.NominalBandwidth, ParameterOrigin.DataSheet, "unverified [vendor-known; commonly published, to be verified]"),
            Efficiency = new(1.01, 1.01, 0.841, 0.841), Attention = 0.164, Read = 0.95, KeyValueRead = 0.365, OverheadMicroseconds = 5.5,
            Fitted = FittedParameters.Bits16 | FittedParameters.LowBit | FittedParameters.Attention | FittedParameters.Bandwidth | FittedParameters.KeyValue | FittedParameters.Overhead,
            Rows = "fitted to 7 decode and 7 prefill rows: XiongjieDai/GPU-Benchmarks (llama.cpp, May 2024), geerlingguy/ai-benchmarks",
            MemoryGibi = 16, UsableShare = 0.9,
            Memory = new(DeviceEntry.Memory, ParameterOrigin.DataSheet, "memory; usable share a class value [vendor-known; commonly published, to be verified]"),
            IdleWatts = 20, WattsAboveIdle = 300,
            Power = new(DeviceEntry.Power, ParameterOrigin.DataSheet, "TDP as busy power, an upper bound in decode; idle a class value of 5 to 15 % of TDP [vendor-known; commonly published, to be verified]"),
        },
        new("rtx-3090", "GeForce RTX 3090 (llama.cpp CUDA)", DeviceKind.DesktopGpu, NumberFormat.F16)
        {
            PeakTera = new(35.5, 71, 71, 71),
            Peak = new(DeviceEntry.PeakRate, ParameterOrigin.DataSheet, "tensor or matrix FP16, dense, FP32 accumulate on GeForce; weight-only 8-bit and low-bit products run at that rate; 32-bit as TF32, half [hmc-tech GPU database page; public bandwidth tables in code]"),
            BandwidthGiga = 936,
            Bandwidth = new(DeviceEntry.NominalBandwidth, ParameterOrigin.DataSheet, "memory bandwidth [hmc-tech GPU database page; public bandwidth tables in code]"),
            Efficiency = new(0.999, 0.999, 0.89, 0.89), Attention = 0.18, Read = 0.851, KeyValueRead = 0.307, OverheadMicroseconds = 7.14,
            Fitted = FittedParameters.Bits16 | FittedParameters.LowBit | FittedParameters.Attention | FittedParameters.Bandwidth | FittedParameters.KeyValue | FittedParameters.Overhead,
            Rows = "fitted to 7 decode and 7 prefill rows: XiongjieDai/GPU-Benchmarks (llama.cpp, May 2024)",
            MemoryGibi = 24, UsableShare = 0.92,
            Memory = new(DeviceEntry.Memory, ParameterOrigin.DataSheet, "memory; usable share a class value [hmc-tech GPU database page; public bandwidth tables in code]"),
            IdleWatts = 25, WattsAboveIdle = 325,
            Power = new(DeviceEntry.Power, ParameterOrigin.DataSheet, "TDP as busy power, an upper bound in decode; idle a class value of 5 to 15 % of TDP [hmc-tech GPU database page; public bandwidth tables in code]"),
        },
        new("rtx-4090", "GeForce RTX 4090 (llama.cpp CUDA)", DeviceKind.DesktopGpu, NumberFormat.F16)
        {
            PeakTera = new(82.6, 165.2, 165.2, 165.2),
            Peak = new(DeviceEntry.PeakRate, ParameterOrigin.DataSheet, "tensor or matrix FP16, dense, FP32 accumulate on GeForce; weight-only 8-bit and low-bit products run at that rate; 32-bit as TF32, half [hmc-tech GPU database page; public bandwidth tables in code]"),
            BandwidthGiga = 1008,
            Bandwidth = new(DeviceEntry.NominalBandwidth, ParameterOrigin.DataSheet, "memory bandwidth [hmc-tech GPU database page; public bandwidth tables in code]"),
            Efficiency = new(0.986, 0.986, 0.704, 0.704), Attention = 0.119, Read = 0.93, KeyValueRead = 0.35, OverheadMicroseconds = 6.26,
            Fitted = FittedParameters.Bits16 | FittedParameters.LowBit | FittedParameters.Attention | FittedParameters.Bandwidth | FittedParameters.KeyValue | FittedParameters.Overhead,
            Rows = "fitted to 9 decode and 7 prefill rows: XiongjieDai/GPU-Benchmarks (llama.cpp, May 2024), geerlingguy/ai-benchmarks",
            MemoryGibi = 24, UsableShare = 0.92,
            Memory = new(DeviceEntry.Memory, ParameterOrigin.DataSheet, "memory; usable share a class value [hmc-tech GPU database page; public bandwidth tables in code]"),
            IdleWatts = 25, WattsAboveIdle = 425,
            Power = new(DeviceEntry.Power, ParameterOrigin.DataSheet, "TDP as busy power, an upper bound in decode; idle a class value of 5 to 15 % of TDP [hmc-tech GPU database page; public bandwidth tables in code]"),
        },
        new("a6000", "RTX A6000 (llama.cpp CUDA)", DeviceKind.DesktopGpu, NumberFormat.F16)
        {
            PeakTera = new(77.4, 154.8, 154.8, 154.8),
            Peak = new(DeviceEntry.PeakRate, ParameterOrigin.DataSheet, "tensor or matrix FP16, dense, FP32 accumulate on GeForce; weight-only 8-bit and low-bit products run at that rate; 32-bit as TF32, half [LLM-Viewer hardware_params.py]"),
            BandwidthGiga = 768,
            Bandwidth = new(DeviceEntry.NominalBandwidth, ParameterOrigin.DataSheet, "memory bandwidth [LLM-Viewer hardware_params.py]"),
            Efficiency = new(0.465, 0.465, 0.426, 0.426), Attention = 0.0864, Read = 0.883, KeyValueRead = 0.34, OverheadMicroseconds = 6.2,
            Fitted = FittedParameters.Bits16 | FittedParameters.LowBit | FittedParameters.Attention | FittedParameters.Bandwidth | FittedParameters.KeyValue | FittedParameters.Overhead,
            Rows = "fitted to 11 decode and 10 prefill rows: XiongjieDai/GPU-Benchmarks (llama.cpp, May 2024)",
            MemoryGibi = 48, UsableShare = 0.92,
            Memory = new(DeviceEntry.Memory, ParameterOrigin.DataSheet, "memory; usable share a class value [LLM-Viewer hardware_params.py]"),
            IdleWatts = 25, WattsAboveIdle = 275,
            Power = new(DeviceEntry.Power, ParameterOrigin.DataSheet, "TDP as busy power, an upper bound in decode; idle a class value of 5 to 15 % of TDP [LLM-Viewer hardware_params.py]"),
        },
    ];
}
