using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Core.Devices;

/// <summary>Phones, Jetson modules and single-board computers of the catalogue.</summary>
internal static class HandheldRows
{
    internal static IReadOnlyList<DeviceRow> All { get; } =
    [
        new("snapdragon-8-gen-3", "Snapdragon 8 Gen 3 phone, neural processor (PowerServe QNN)", DeviceKind.Phone, NumberFormat.Int4)
        {
            PeakTera = new(5.6, 22.5, 45, 45),
            Peak = new(DeviceEntry.PeakRate, ParameterOrigin.ClassValue, "the vendor publishes no dense peak: 45 TOPS as third parties quote it for the Snapdragon 8 Elite, half of it for 16 bits, an eighth for 32 bits; the efficiencies are relative to this figure"),
            BandwidthGiga = 76.8,
            Bandwidth = new(DeviceEntry.NominalBandwidth, ParameterOrigin.DataSheet, "memory bandwidth [LPDDR5X-4800 x 64 bit (public posts)]"),
            Efficiency = new(0.305, 0.168, 0.229, 0.12), Attention = 0.148, Read = 0.591, KeyValueRead = 0.423, OverheadMicroseconds = 12.6,
            Fitted = FittedParameters.LowBit | FittedParameters.Attention | FittedParameters.Bandwidth | FittedParameters.KeyValue | FittedParameters.Overhead,
            Rows = "fitted to 4 decode and 4 prefill rows: PowerServe README (QNN) on Llama-3.2-1B, Qwen2-0.5B, Qwen2.5-3B, Llama-3.1-8B; Qualcomm AI Hub on Galaxy S24",
            MemoryGibi = 12, UsableShare = 0.5,
            Memory = new(DeviceEntry.Memory, ParameterOrigin.DataSheet, "usual configuration; usable share a class value: the system and other apps hold the rest [LPDDR5X-4800 x 64 bit (public posts)]"),
            IdleWatts = 0.8, WattsAboveIdle = 4,
            Power = new(DeviceEntry.Power, ParameterOrigin.ClassValue, "no measured row: assumed sustained draw that a handheld case can shed, and idle with screen off"),
        },
        new("snapdragon-8-gen-3-cpu", "Snapdragon 8 Gen 3 phone, processor cores (ExecuTorch XNNPACK, LiteRT)", DeviceKind.Phone, NumberFormat.Int4Group128)
        {
            PeakTera = new(0.36, 0.72, 2.9, 2.9),
            Peak = new(DeviceEntry.PeakRate, ParameterOrigin.ClassValue, "by hand, clocks from public posts: one Cortex-X4 at 3.3 GHz with 32 and five Cortex-A720 at about 3.1 GHz with 16 FP32 FLOP per cycle; FP16 twice, INT8 eight times"),
            BandwidthGiga = 76.8,
            Bandwidth = new(DeviceEntry.NominalBandwidth, ParameterOrigin.DataSheet, "memory bandwidth [LPDDR5X-4800 x 64 bit (public posts)]"),
            Efficiency = new(0.305, 0.168, 0.273, 0.182), Attention = 0.0629, Read = 0.582, KeyValueRead = 0.402, OverheadMicroseconds = 25.5,
            Fitted = FittedParameters.Bits32 | FittedParameters.Bits16 | FittedParameters.Bits8 | FittedParameters.LowBit | FittedParameters.Attention | FittedParameters.Bandwidth | FittedParameters.KeyValue | FittedParameters.Overhead,
            Rows = "fitted to 20 decode and 12 prefill rows: pytorch/executorch README and pull 2929 (OnePlus 12, Galaxy S24), LiteRT model cards (Galaxy S24 Ultra)",
            MemoryGibi = 12, UsableShare = 0.5,
            Memory = new(DeviceEntry.Memory, ParameterOrigin.DataSheet, "usual configuration; usable share a class value: the system and other apps hold the rest [LPDDR5X-4800 x 64 bit (public posts)]"),
            IdleWatts = 0.8, WattsAboveIdle = 6,
            Power = new(DeviceEntry.Power, ParameterOrigin.ClassValue, "no measured row: assumed sustained draw that a handheld case can shed, and idle with screen off"),
        },
        new("snapdragon-8-elite", "Snapdragon 8 Elite phone, neural processor (PowerServe QNN)", DeviceKind.Phone, NumberFormat.Int4)
        {
            PeakTera = new(5.6, 22.5, 45, 45),
            Peak = new(DeviceEntry.PeakRate, ParameterOrigin.ClassValue, "the vendor publishes no dense peak: 45 TOPS as third parties quote it for the Snapdragon 8 Elite, half of it for 16 bits, an eighth for 32 bits; the efficiencies are relative to this figure"),
            BandwidthGiga = 84.8,
            Bandwidth = new(DeviceEntry.NominalBandwidth, ParameterOrigin.DataSheet, "memory bandwidth [LPDDR5X-5300 x 64 bit (public posts)]"),
            Efficiency = new(0.305, 0.168, 0.229, 0.131), Attention = 0.105, Read = 0.512, KeyValueRead = 0.4, OverheadMicroseconds = 11.5,
            Fitted = FittedParameters.LowBit | FittedParameters.Bandwidth | FittedParameters.KeyValue | FittedParameters.Overhead,
            Rows = "fitted to 6 decode and 5 prefill rows: PowerServe README (QNN), llama.cpp docs (Hexagon)",
            MemoryGibi = 12, UsableShare = 0.5,
            Memory = new(DeviceEntry.Memory, ParameterOrigin.DataSheet, "usual configuration; usable share a class value: the system and other apps hold the rest [LPDDR5X-5300 x 64 bit (public posts)]"),
            IdleWatts = 0.8, WattsAboveIdle = 4,
            Power = new(DeviceEntry.Power, ParameterOrigin.ClassValue, "no measured row: assumed sustained draw that a handheld case can shed, and idle with screen off"),
        },
        new("snapdragon-8-elite-gen-5", "Snapdragon 8 Elite Gen 5 phone, neural processor (Qualcomm Genie)", DeviceKind.Phone, NumberFormat.Int4)
        {
            PeakTera = new(5.6, 22.5, 45, 45),
            Peak = new(DeviceEntry.PeakRate, ParameterOrigin.ClassValue, "the vendor publishes no dense peak: 45 TOPS as third parties quote it for the Snapdragon 8 Elite, half of it for 16 bits, an eighth for 32 bits; the efficiencies are relative to this figure"),
            BandwidthGiga = 84.8,
            Bandwidth = new(DeviceEntry.NominalBandwidth, ParameterOrigin.ClassValue, "not found for this phone: the Snapdragon 8 Elite's LPDDR5X-5300 x 64 bit"),
            Efficiency = new(0.305, 0.168, 0.229, 0.694), Attention = 0.105, Read = 0.719, KeyValueRead = 0.626, OverheadMicroseconds = 12.3,
            Fitted = FittedParameters.LowBit | FittedParameters.Bandwidth | FittedParameters.KeyValue | FittedParameters.Overhead,
            Rows = "fitted to 11 decode and 7 prefill rows: Qualcomm AI Hub (Genie, QRD board), llama.cpp issue 27677 (OnePlus 15)",
            MemoryGibi = 12, UsableShare = 0.5,
            Memory = new(DeviceEntry.Memory, ParameterOrigin.DataSheet, "usual configuration; usable share a class value: the system and other apps hold the rest [LPDDR5X-5300 x 64 bit (public posts)]"),
            IdleWatts = 0.8, WattsAboveIdle = 4,
            Power = new(DeviceEntry.Power, ParameterOrigin.ClassValue, "no measured row: assumed sustained draw that a handheld case can shed, and idle with screen off"),
        },
        new("iphone-15-pro", "iPhone 15 Pro, Apple A17 Pro (MNN, ExecuTorch)", DeviceKind.Phone, NumberFormat.Int4)
        {
            PeakTera = new(1.075, 2.15, 2.15, 2.15),
            Peak = new(DeviceEntry.PeakRate, ParameterOrigin.DataSheet, "Apple A17 Pro GPU, FP32 as listed (unverified); 32-bit taken as half [vendor-known; commonly published, to be verified]"),
            BandwidthGiga = 51.2,
            Bandwidth = new(DeviceEntry.NominalBandwidth, ParameterOrigin.DataSheet, "memory bandwidth [vendor-known; commonly published, to be verified]"),
            Efficiency = new(0.305, 0.168, 0.229, 0.106), Attention = 0.105, Read = 0.428, KeyValueRead = 0.412, OverheadMicroseconds = 17.5,
            Fitted = FittedParameters.LowBit | FittedParameters.Bandwidth | FittedParameters.Overhead,
            Rows = "fitted to 4 decode and 2 prefill rows: mnn-llm ios README, pytorch/executorch pull 2929",
            MemoryGibi = 8, UsableShare = 0.5,
            Memory = new(DeviceEntry.Memory, ParameterOrigin.DataSheet, "usual configuration; usable share a class value: the system and other apps hold the rest [vendor-known; commonly published, to be verified]"),
            IdleWatts = 0.8, WattsAboveIdle = 5,
            Power = new(DeviceEntry.Power, ParameterOrigin.ClassValue, "no measured row: assumed sustained draw that a handheld case can shed, and idle with screen off"),
        },
        new("iphone-14-pro", "iPhone 14 Pro, Apple A16 (MNN)", DeviceKind.Phone, NumberFormat.Int4)
        {
            PeakTera = new(0.715, 1.43, 1.43, 1.43),
            Peak = new(DeviceEntry.PeakRate, ParameterOrigin.DataSheet, "Apple A16 GPU, FP16 as listed; 32-bit taken as half [hmc-tech GPU database page + vendor-known; commonly published, to be verified]"),
            BandwidthGiga = 51.2,
            Bandwidth = new(DeviceEntry.NominalBandwidth, ParameterOrigin.DataSheet, "memory bandwidth [hmc-tech GPU database page + vendor-known; commonly published, to be verified]"),
            Efficiency = new(0.305, 0.168, 0.186, 0.176), Attention = 0.105, Read = 0.71, KeyValueRead = 0.412, OverheadMicroseconds = 10.5,
            Fitted = FittedParameters.Bits8 | FittedParameters.LowBit | FittedParameters.Bandwidth | FittedParameters.Overhead,
            Rows = "fitted to 2 decode and 2 prefill rows: mnn-llm ios README",
            MemoryGibi = 6, UsableShare = 0.5,
            Memory = new(DeviceEntry.Memory, ParameterOrigin.DataSheet, "usual configuration; usable share a class value: the system and other apps hold the rest [hmc-tech GPU database page + vendor-known; commonly published, to be verified]"),
            IdleWatts = 0.8, WattsAboveIdle = 5,
            Power = new(DeviceEntry.Power, ParameterOrigin.ClassValue, "no measured row: assumed sustained draw that a handheld case can shed, and idle with screen off"),
        },
        new("raspberry-pi-5", "Raspberry Pi 5, 4 cores (llama.cpp)", DeviceKind.Cpu, NumberFormat.Q4_0)
        {
            PeakTera = new(0.077, 0.154, 0.154, 0.154),
            Peak = new(DeviceEntry.PeakRate, ParameterOrigin.DataSheet, "by hand: 4 Cortex-A76 at 2.4 GHz, two 128-bit FP16 FMA each [LPDDR4X-4267 x 32 bit; wall power 11.9-13.9 W under LLM load (geerlingguy/ai-benchmarks)]"),
            BandwidthGiga = 17.1,
            Bandwidth = new(DeviceEntry.NominalBandwidth, ParameterOrigin.DataSheet, "memory bandwidth [LPDDR4X-4267 x 32 bit; wall power 11.9-13.9 W under LLM load (geerlingguy/ai-benchmarks)]"),
            Efficiency = new(0.5, 0.5, 0.35, 0.35), Attention = 0.2, Read = 0.58, KeyValueRead = 0.5, OverheadMicroseconds = 10.1,
            Fitted = FittedParameters.Bandwidth | FittedParameters.Overhead,
            Rows = "fitted to 4 decode and 0 prefill rows: geerlingguy/ai-benchmarks, distributed-llama on one node",
            MemoryGibi = 8, UsableShare = 0.85,
            Memory = new(DeviceEntry.Memory, ParameterOrigin.DataSheet, "memory; usable share a class value [LPDDR4X-4267 x 32 bit; wall power 11.9-13.9 W under LLM load (geerlingguy/ai-benchmarks)]"),
            IdleWatts = 3, WattsAboveIdle = 9.9,
            Power = new(DeviceEntry.Power, ParameterOrigin.Measured, "wall power 11.9 to 13.9 W under LLM load (geerlingguy/ai-benchmarks); idle about 3 W, approximate [LPDDR4X-4267 x 32 bit; wall power 11.9-13.9 W under LLM load (geerlingguy/ai-benchmarks)]"),
        },
        new("jetson-orin-nano", "Jetson Orin Nano 8GB, 15 W mode (MLC-LLM)", DeviceKind.Jetson, NumberFormat.Int4)
        {
            PeakTera = new(5, 10, 10, 10),
            Peak = new(DeviceEntry.PeakRate, ParameterOrigin.DataSheet, "tensor dense FP16 as quoted; GEMM measured 7 to 10.2 [ericxliu notes; zzc0721 issue 110; datasheet 40 sparse INT8 TOPS (dense = half)]"),
            BandwidthGiga = 68,
            Bandwidth = new(DeviceEntry.NominalBandwidth, ParameterOrigin.DataSheet, "memory bandwidth [ericxliu notes; zzc0721 issue 110; datasheet 40 sparse INT8 TOPS (dense = half)]"),
            Efficiency = new(0.549, 0.549, 0.667, 0.667), Attention = 0.24, Read = 0.685, KeyValueRead = 0.372, OverheadMicroseconds = 11.8,
            Fitted = FittedParameters.Bandwidth | FittedParameters.Overhead,
            Rows = "fitted to 7 decode and 0 prefill rows: NVIDIA jetson-generative-ai-playground (MLC-LLM)",
            MemoryGibi = 8, UsableShare = 0.75,
            Memory = new(DeviceEntry.Memory, ParameterOrigin.DataSheet, "memory; usable share a class value [ericxliu notes; zzc0721 issue 110; datasheet 40 sparse INT8 TOPS (dense = half)]"),
            IdleWatts = 4, WattsAboveIdle = 11,
            Power = new(DeviceEntry.Power, ParameterOrigin.DataSheet, "15 W limit as busy power; idle a class value [ericxliu notes; zzc0721 issue 110; datasheet 40 sparse INT8 TOPS (dense = half)]"),
        },
        new("jetson-agx-orin-64gb", "Jetson AGX Orin 64GB (TinyChat, llama.cpp, vLLM)", DeviceKind.Jetson, NumberFormat.Int4Group128)
        {
            PeakTera = new(21.5, 43, 43, 43),
            Peak = new(DeviceEntry.PeakRate, ParameterOrigin.DataSheet, "tensor dense FP16 (85 with sparsity), unverified [huggingface.js hardware list; 275 sparse INT8 TOPS incl. DLA]"),
            BandwidthGiga = 204.8,
            Bandwidth = new(DeviceEntry.NominalBandwidth, ParameterOrigin.DataSheet, "memory bandwidth [huggingface.js hardware list; 275 sparse INT8 TOPS incl. DLA]"),
            Efficiency = new(0.549, 0.549, 0.667, 0.667), Attention = 0.24, Read = 0.707, KeyValueRead = 0.372, OverheadMicroseconds = 13.5,
            Fitted = FittedParameters.Bits16 | FittedParameters.LowBit | FittedParameters.Attention | FittedParameters.Bandwidth | FittedParameters.KeyValue | FittedParameters.Overhead,
            Rows = "fitted to 10 decode and 11 prefill rows: mit-han-lab/llm-awq (TinyChat), jetson-containers, holohub, vLLM",
            MemoryGibi = 64, UsableShare = 0.85,
            Memory = new(DeviceEntry.Memory, ParameterOrigin.DataSheet, "memory; usable share a class value [huggingface.js hardware list; 275 sparse INT8 TOPS incl. DLA]"),
            IdleWatts = 10, WattsAboveIdle = 20.8,
            Power = new(DeviceEntry.Power, ParameterOrigin.Measured, "microsoft/T-MAC README: 30.8 W with llama.cpp on the GPU, Llama-2-7B W2; idle a class value"),
        },
    ];
}
