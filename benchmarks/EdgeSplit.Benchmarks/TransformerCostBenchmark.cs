using BenchmarkDotNet.Attributes;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Benchmarks;

/// <summary>The cost of one unit in one forward pass, from prepared coefficients: the innermost step of pricing a placement.</summary>
[MemoryDiagnoser]
public class TransformerCostBenchmark
{
    private UnitCostModel _attention;
    private UnitCostModel _windowed;
    private UnitCostModel _feedForward;
    private UnitCostModel _experts;
    private ForwardPass _prefill;
    private ForwardPass _decode;
    private TransformerShape _shape = null!;

    [GlobalSetup]
    public void Setup()
    {
        _shape = ModelCatalog.Find("llama-2-7b").Shape;
        _attention = Prepare(_shape, TransformerUnit.Attention);
        _feedForward = Prepare(_shape, TransformerUnit.FeedForward);
        _windowed = Prepare(ModelCatalog.Find("gemma-2-2b").Shape, TransformerUnit.Attention);
        _experts = Prepare(ModelCatalog.Find("qwen3-30b-a3b").Shape, TransformerUnit.FeedForward);
        (_prefill, _decode) = (new ForwardPass(6000, 100), new ForwardPass(1, 6100));
    }

    [Benchmark(Baseline = true)]
    public UnitCost Attention_decode() => _attention.Evaluate(_decode);

    [Benchmark]
    public UnitCost Attention_prefill_with_window() => _windowed.Evaluate(_prefill);

    [Benchmark]
    public UnitCost FeedForward_decode() => _feedForward.Evaluate(_decode);

    [Benchmark]
    public UnitCost Experts_prefill() => _experts.Evaluate(_prefill);

    [Benchmark]
    public UnitCostModel Preparation() => Prepare(_shape, TransformerUnit.Attention);

    private static UnitCostModel Prepare(TransformerShape shape, TransformerUnit unit) =>
        TransformerCost.Prepare(shape, unit, 0, NumberFormat.Q4_K_M, NumberFormat.F16, NumberFormat.F16);
}
