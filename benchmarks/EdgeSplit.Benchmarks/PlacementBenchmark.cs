using BenchmarkDotNet.Attributes;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Benchmarks;

/// <summary>Hot paths of the placement room: totals and mask of all splits, and the breakdown of one, each time for another request, rate and load.</summary>
[MemoryDiagnoser]
public class PlacementBenchmark
{
    private const int Requests = 1000;

    private SplitProfile profile = null!;
    private SplitTotals totals = null!;
    private TurnWork[] works = null!;
    private OperatingPoint[] points = null!;

    [Params("llama-2-70b", "llama-2-7b", "gemma-2-9b")]
    public string Model { get; set; } = "llama-2-70b";

    [GlobalSetup]
    public void Setup()
    {
        profile = new SplitProfile(PhoneAndServer.Of(ModelCatalog.Find(Model).Shape));
        totals = new SplitTotals(profile.Layers);
        works = [.. Enumerable.Range(0, Requests).Select(i => new TurnWork(20 + (i * 7 % 500), i % 3 == 0 ? 0 : i * 3 % 900, 1.5 + (i * 13 % 400), 512))];
        points = [.. Enumerable.Range(0, Requests).Select(i => new OperatingPoint(1e6 + (i * 1e5), 5e6 + (i * 2e5), 1.0 / (1 + (i % 6))))];
    }

    /// <summary>Totals and mask of all splits.</summary>
    [Benchmark(OperationsPerInvoke = Requests)]
    public double AllSplits()
    {
        var sum = 0.0;
        for (var i = 0; i < Requests; i++)
        {
            profile.Totals(works[i], points[i], totals);
            sum += totals.DeviceSeconds[3];
        }

        return sum;
    }

    /// <summary>Every part of one split.</summary>
    [Benchmark(OperationsPerInvoke = Requests)]
    public double OneBreakdown()
    {
        var sum = 0.0;
        for (var i = 0; i < Requests; i++)
        {
            sum += profile.Breakdown(i % (profile.Layers + 1), works[i], points[i]).Latency.TotalSeconds;
        }

        return sum;
    }
}
