using BenchmarkDotNet.Attributes;
using EdgeSplit.Core.Devices;
using EdgeSplit.Core.Quality;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Benchmarks;

/// <summary>Time of one unit on a device, and the quality look-ups of one split.</summary>
[MemoryDiagnoser]
public class DeviceBenchmark
{
    private readonly RooflineProfile device = DeviceCatalog.Find("snapdragon-8-gen-3").Profile;
    private readonly UnitCost cost = TransformerCost
        .Prepare(ModelCatalog.Find("llama-3.2-3b").Shape, TransformerUnit.Attention, 0, NumberFormat.Int4, NumberFormat.F16, NumberFormat.F16)
        .Evaluate(new ForwardPass(1, 512));

    [Params(5)]
    public int LayersOnDevice { get; set; }

    [Params(28)]
    public int Layers { get; set; }

    [Benchmark(Baseline = true)]
    public double Seconds() => device.Seconds(cost, NumberFormat.Int4);

    [Benchmark]
    public RooflineProfile Perturbed() => device.Perturbed(1.1, 0.9, 1.2);

    [Benchmark]
    public double SplitFormatLossNats() =>
        SplitFormatLoss.NegativeLogLikelihoodIncreaseNats(PublishedFormatLoss.Llama7B, LayersOnDevice, Layers, NumberFormat.Int4, NumberFormat.F16);

    [Benchmark]
    public double TokenRecoveryRate() => PublishedLeakageCurve.Instance.TokenRecoveryRate(LayersOnDevice, Layers);
}
