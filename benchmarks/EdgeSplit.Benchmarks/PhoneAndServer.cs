using EdgeSplit.Core.Devices;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Quality;
using EdgeSplit.Core.Transformers;
using EdgeSplit.Core.Wireless.Energy;
using EdgeSplit.Core.Wireless.Transfers;

namespace EdgeSplit.Benchmarks;

/// <summary>The system that the benchmarks of placement and of its preparation share: a phone with 4-bit weights and a serving A100 over 5G.</summary>
internal static class PhoneAndServer
{
    internal static SplitSystem Of(TransformerShape shape) => new()
    {
        Shape = shape,
        Device = DeviceCatalog.Find("snapdragon-8-gen-3").Profile,
        Server = DeviceCatalog.Find("a100-sxm-80gb-vllm").Profile,
        DeviceWeights = NumberFormat.Q4_K_M,
        UplinkDelay = new MessageDelay(0.005, 0.0025, 0.0005),
        DownlinkDelay = new MessageDelay(0.0005, 0.0025, 0.0005),
        Radio = RadioEnergyModel.LowBand5G,
        FormatLoss = PublishedFormatLoss.Llama7B,
        Leakage = PublishedLeakageCurve.Instance,
    };
}
