using EdgeSplit.Core.Devices;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Quality;
using EdgeSplit.Core.Transformers;
using EdgeSplit.Core.Wireless.Energy;
using EdgeSplit.Core.Wireless.Transfers;

namespace EdgeSplit.Tests.Placements;

/// <summary>Systems, requests and operating points that the tests of placements and simulation share.</summary>
internal static class TestSystems
{
    /// <summary>Models that differ in what matters to a split: grouped queries, windows, kinds of layers, experts, tied embeddings, few layers.</summary>
    internal static readonly string[] Models =
    [
        "llama-2-7b", "llama-2-70b", "llama-3-8b", "gemma-2-2b", "gemma-3-1b", "mixtral-8x7b", "llama-3.2-1b", "gpt2", "phi-3-mini-4k", "three-layers", "one-layer",
    ];

    internal static readonly RadioEnergyModel Radio = new()
    {
        Name = "test",
        Source = "round numbers",
        TransmitActiveWatts = 3.2,
        ReceiveActiveWatts = 3.1,
        JoulesPerBitUp = 32e-9,
        JoulesPerBitDown = 12e-9,
        TailWatts = 1.06,
        TailSeconds = 11.5,
        IncludedIdleWatts = 0.25,
    };

    internal static readonly MessageDelay UplinkDelay = new(0.005, 0.0025, 0.0005);

    internal static readonly MessageDelay DownlinkDelay = new(0.0005, 0.0025, 0.0005);

    internal static TransformerShape Shape(string model) => model switch
    {
        "three-layers" => ModelCatalog.Find("llama-3.2-1b").Shape with { Name = model, Layers = 3, TiedEmbeddings = false },
        "one-layer" => ModelCatalog.Find("llama-2-7b").Shape with { Name = model, Layers = 1 },
        _ => ModelCatalog.Find(model).Shape,
    };

    internal static SplitSystem System(string model, string device = "snapdragon-8-gen-3", string server = "a100-sxm-80gb-vllm") => new()
    {
        Shape = Shape(model),
        Device = DeviceCatalog.Find(device).Profile,
        Server = DeviceCatalog.Find(server).Profile,
        DeviceWeights = NumberFormat.Q4_K_M,
        UplinkDelay = UplinkDelay,
        DownlinkDelay = DownlinkDelay,
        Radio = Radio,
        FormatLoss = PublishedFormatLoss.Llama7B,
        Leakage = PublishedLeakageCurve.Instance,
    };

    /// <summary>A system whose memories hold everything.</summary>
    internal static SplitSystem Roomy(string model) => System(model) is var system
        ? system with
        {
            Device = (RooflineProfile)system.Device with { MemoryBytes = 1e15 },
            Server = (RooflineProfile)system.Server with { MemoryBytes = 1e15 },
        }
        : throw new InvalidOperationException();

    /// <summary>The naive evaluation of one split: unit by unit, token by token.</summary>
    internal static PlacementCost Naive(SplitSystem system, int splitPoint, in TurnWork work, OperatingPoint point, int tailLayers = 0) =>
        PlacementEvaluator.Evaluate(
            system.Shape,
            Placement.Split(system.Shape, splitPoint, system.DeviceWeights, system.ServerWeights, tailLayers),
            [system.Device, system.Server],
            [1, point.ServerShare],
            (from, _) => from == Placement.DeviceNode
                ? new HopLink(point.UplinkBitsPerSecond, system.UplinkDelay.TotalSeconds)
                : new HopLink(point.DownlinkBitsPerSecond, system.DownlinkDelay.TotalSeconds),
            (system.Activations, system.KeyValues, system.TokenIdBits),
            work,
            system.HasCodecWork ? system.Codec : null);

    /// <summary>Equal to a relative tolerance; zero only to zero (or to rounding beside a scale).</summary>
    internal static void Near(double expected, double actual, double relative = 1e-12, double scale = 0, string? where = null) =>
        Assert.True(
            Math.Abs(expected - actual) <= relative * Math.Max(scale, Math.Max(Math.Abs(expected), Math.Abs(actual))),
            $"{where}: expected {expected:R}, found {actual:R}");
}
