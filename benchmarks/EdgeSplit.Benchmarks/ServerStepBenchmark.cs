using BenchmarkDotNet.Attributes;
using EdgeSplit.Core.Devices;
using EdgeSplit.Core.Devices.Batching;
using EdgeSplit.Core.Devices.Thermal;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Benchmarks;

/// <summary>Time of one step of a batching server, and ten minutes of a phone that throttles.</summary>
[MemoryDiagnoser]
public class ServerStepBenchmark
{
    private BatchStep step = null!;
    private BatchSequence[] batch = [];
    private ThermalEnvelope phone = null!;

    [Params(1, 16, 128)]
    public int Sequences { get; set; } = 16;

    [GlobalSetup]
    public void Setup()
    {
        var shape = ModelCatalog.Find("llama-3.1-8b").Shape;
        step = new BatchStep(shape, DeviceCatalog.Find("a100-sxm-80gb-vllm").Profile, NumberFormat.F16);
        batch = [.. Enumerable.Range(0, Sequences).Select(i =>
            BatchSequence.CutAt(new ForwardPass(i % 8 == 7 ? 256 : 1, i * 97 % 4000), i * 5 % shape.Layers, shape.Layers))];
        phone = ThermalCatalog.Find("phone").Envelope;
    }

    /// <summary>Sequences at different contexts and cuts.</summary>
    [Benchmark(Baseline = true)]
    public double MixedStep() => step.Seconds(batch);

    /// <summary>Equal decoders.</summary>
    [Benchmark]
    public double EqualDecoders() => step.DecodeSeconds(Sequences, 1000, 8);

    /// <summary>Ten minutes of work from cold.</summary>
    [Benchmark]
    public double ThermalRun() => phone.Work(phone.Model.Cold, 0.8, 12, 600).WorkSeconds;
}
