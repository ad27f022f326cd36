using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Core.Devices;

/// <summary>Laptops and desktop processors of the catalogue.</summary>
internal static class ComputerRows
{
    internal static IReadOnlyList<DeviceRow> All { get; } =
    [
        new("core-i9-13900k", "Core i9-13900K with DDR5-6400, processor cores (llama.cpp)", DeviceKind.Cpu, NumberFormat.Q4_0)
        {
            PeakTera = new(1.1, 2.2, 2.2, 2.2),
            Peak = new(DeviceEntry.PeakRate, ParameterOrigin.DataSheet, "by hand, FP32 AVX2; lower formats are decompressed to it; 32-bit taken as half, memory-bound anyway [LLM-Viewer hardware_params.py (bandwidth)]"),
            BandwidthGiga = 102.4,
            Bandwidth = new(DeviceEntry.NominalBandwidth, ParameterOrigin.DataSheet, "two channels of DDR5-6400, the memory of the measured machine"),
            Efficiency = new(0.5, 0.5, 0.251, 0.251), Attention = 0.2, Read = 0.618, KeyValueRead = 0.5, OverheadMicroseconds = 10.2,
            Fitted = FittedParameters.LowBit | FittedParameters.Bandwidth | FittedParameters.Overhead,
            Rows = "fitted to 4 decode and 4 prefill rows: ggml-org/llama.cpp issue 34 (2023 build, 4 to 32 threads)",
            MemoryGibi = 64, UsableShare = 0.85,
            Memory = new(DeviceEntry.Memory, ParameterOrigin.ClassValue, "a usual configuration; usable share a class value"),
            IdleWatts = 20, WattsAboveIdle = 180,
            Power = new(DeviceEntry.Power, ParameterOrigin.ClassValue, "no measured row: 200 W assumed under its 253 W limit"),
        },
        new("core-i5-6500", "Core i5-6500, processor cores (llama.cpp)", DeviceKind.Cpu, NumberFormat.Q4_0)
        {
            PeakTera = new(0.205, 0.41, 0.41, 0.41),
            Peak = new(DeviceEntry.PeakRate, ParameterOrigin.DataSheet, "by hand, FP32 AVX2; lower formats are decompressed to it; 32-bit taken as half, memory-bound anyway [llama.cpp issue 34: owner MEASURED 20.0 GB/s]"),
            BandwidthGiga = 34.1,
            Bandwidth = new(DeviceEntry.NominalBandwidth, ParameterOrigin.DataSheet, "memory bandwidth [llama.cpp issue 34: owner MEASURED 20.0 GB/s]"),
            Efficiency = new(0.5, 0.5, 0.448, 0.448), Attention = 0.2, Read = 0.599, KeyValueRead = 0.5, OverheadMicroseconds = 10.2,
            Fitted = FittedParameters.LowBit,
            Rows = "fitted to 0 decode and 1 prefill rows: ggml-org/llama.cpp issue 34",
            MemoryGibi = 16, UsableShare = 0.85,
            Memory = new(DeviceEntry.Memory, ParameterOrigin.ClassValue, "a usual configuration; usable share a class value"),
            IdleWatts = 10, WattsAboveIdle = 50,
            Power = new(DeviceEntry.Power, ParameterOrigin.ClassValue, "no measured row: 60 W assumed under its 65 W limit"),
        },
        new("snapdragon-x-elite", "Snapdragon X Elite laptop, neural processor (Qualcomm Genie)", DeviceKind.Laptop, NumberFormat.Int4)
        {
            PeakTera = new(5.6, 22.5, 45, 45),
            Peak = new(DeviceEntry.PeakRate, ParameterOrigin.DataSheet, "45 TOPS INT8, unverified; half of it for 16 bits, an eighth for 32 bits [vendor-known; commonly published, to be verified]"),
            BandwidthGiga = 135,
            Bandwidth = new(DeviceEntry.NominalBandwidth, ParameterOrigin.DataSheet, "memory bandwidth [vendor-known; commonly published, to be verified]"),
            Efficiency = new(0.731, 0.731, 0.394, 0.394), Attention = 0.226, Read = 0.867, KeyValueRead = 0.208, OverheadMicroseconds = 127,
            Fitted = FittedParameters.LowBit | FittedParameters.Bandwidth | FittedParameters.KeyValue | FittedParameters.Overhead,
            Rows = "fitted to 8 decode and 7 prefill rows: Qualcomm AI Hub (Genie, QNN)",
            MemoryGibi = 16, UsableShare = 0.6,
            Memory = new(DeviceEntry.Memory, ParameterOrigin.DataSheet, "memory; usable share a class value [vendor-known; commonly published, to be verified]"),
            IdleWatts = 3, WattsAboveIdle = 12,
            Power = new(DeviceEntry.Power, ParameterOrigin.ClassValue, "no measured row: 15 W assumed, below the 23 W that is the low end of the vendor's range"),
        },
        new("apple-m1-max", "Apple M1 Max, 32-core GPU (llama.cpp Metal)", DeviceKind.Laptop, NumberFormat.Q4_K_M)
        {
            PeakTera = new(5.2, 10.4, 10.4, 10.4),
            Peak = new(DeviceEntry.PeakRate, ParameterOrigin.DataSheet, "GPU shader; 32-bit taken as half [huggingface.js hardware list; public bandwidth tables in code]"),
            BandwidthGiga = 400,
            Bandwidth = new(DeviceEntry.NominalBandwidth, ParameterOrigin.DataSheet, "memory bandwidth [huggingface.js hardware list; public bandwidth tables in code]"),
            Efficiency = new(0.668, 0.668, 0.531, 0.531), Attention = 0.218, Read = 0.723, KeyValueRead = 0.262, OverheadMicroseconds = 25,
            Fitted = FittedParameters.Bits16 | FittedParameters.LowBit | FittedParameters.Attention | FittedParameters.Bandwidth | FittedParameters.KeyValue | FittedParameters.Overhead,
            Rows = "fitted to 11 decode and 11 prefill rows: XiongjieDai/GPU-Benchmarks (llama.cpp, May 2024), geerlingguy/ai-benchmarks, normiebench",
            MemoryGibi = 64, UsableShare = 0.75,
            Memory = new(DeviceEntry.Memory, ParameterOrigin.DataSheet, "memory; usable share a class value [huggingface.js hardware list; public bandwidth tables in code]"),
            IdleWatts = 8, WattsAboveIdle = 52,
            Power = new(DeviceEntry.Power, ParameterOrigin.DataSheet, "TDP 60 W, unverified, as busy power; idle a class value [huggingface.js hardware list; public bandwidth tables in code]"),
        },
        new("apple-m3-max", "Apple M3 Max, 40-core GPU (llama.cpp Metal)", DeviceKind.Laptop, NumberFormat.Q4_K_M)
        {
            PeakTera = new(7.1, 14.2, 14.2, 14.2),
            Peak = new(DeviceEntry.PeakRate, ParameterOrigin.DataSheet, "GPU shader; 32-bit taken as half [huggingface.js hardware list; public bandwidth tables in code]"),
            BandwidthGiga = 400,
            Bandwidth = new(DeviceEntry.NominalBandwidth, ParameterOrigin.DataSheet, "memory bandwidth [huggingface.js hardware list; public bandwidth tables in code]"),
            Efficiency = new(0.794, 0.794, 0.707, 0.707), Attention = 0.233, Read = 0.953, KeyValueRead = 0.266, OverheadMicroseconds = 19.4,
            Fitted = FittedParameters.Bits16 | FittedParameters.LowBit | FittedParameters.Attention | FittedParameters.Bandwidth | FittedParameters.KeyValue | FittedParameters.Overhead,
            Rows = "fitted to 9 decode and 11 prefill rows: XiongjieDai/GPU-Benchmarks (llama.cpp, May 2024)",
            MemoryGibi = 64, UsableShare = 0.75,
            Memory = new(DeviceEntry.Memory, ParameterOrigin.DataSheet, "memory; usable share a class value [huggingface.js hardware list; public bandwidth tables in code]"),
            IdleWatts = 8, WattsAboveIdle = 52,
            Power = new(DeviceEntry.Power, ParameterOrigin.ClassValue, "as the M1 Max: no figure found"),
        },
    ];
}
