using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using EdgeSplit.Agents.Evaluation;
using EdgeSplit.Core.Simulation;

namespace EdgeSplit.Benchmarks;

/// <summary>The main job: all policies on the main scenario, 10 seeds of 2,000 requests, on two threads. Floor: 30 s.</summary>
[MemoryDiagnoser]
[SimpleJob(RunStrategy.Monitoring, launchCount: 1, warmupCount: 0, iterationCount: 3)]
public class ComparisonBenchmark
{
    private Scenario scenario = null!;

    [GlobalSetup]
    public void Load()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "EdgeSplit.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("EdgeSplit.sln not found above " + AppContext.BaseDirectory);
        }

        scenario = ScenarioFile.Load(Path.Combine(folder.FullName, "scenarios", "llama2-7b-phone-5g.json"), [("simulation.seeds", "10")]);
    }

    [Benchmark]
    public double Compare() => PolicyComparison.Run(scenario, new ComparisonOptions { MaximumThreads = 2 }).Headroom.Fraction.Mean;
}
