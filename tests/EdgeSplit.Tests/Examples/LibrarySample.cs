using EdgeSplit.Agents.Evaluation;
using EdgeSplit.Core.Simulation;

namespace EdgeSplit.Tests.Examples;

/// <summary>The library sample of the README, compiled and run.</summary>
internal static class LibrarySample
{
    internal static void Run()
    {
        // sample
        var scenario = ScenarioFile.Load("scenarios/llama2-7b-phone-5g.json");

        // What would every split of a typical request cost?
        var sweep = SplitSweep.Run(scenario);
        foreach (var row in sweep.Rows.Where(r => r.IsFeasible).OrderBy(r => r.Cost).Take(3))
        {
            Console.WriteLine($"k = {row.Breakdown.SplitPoint}: cost {row.Cost:F1} s, latency {row.Breakdown.Latency.TotalSeconds:F1} s, {row.Breakdown.Energy.DeviceJoules:F0} J");
        }

        // Is choosing per request worth it?
        var quick = scenario with { Settings = scenario.Settings with { Seeds = 2, Requests = 200, EvaluatedRequests = 100 } };
        var result = PolicyComparison.Run(quick);
        Console.WriteLine($"headroom {100 * result.Headroom.Fraction.Mean:F0} %");
        foreach (var policy in result.Policies)
        {
            Console.WriteLine($"{policy.Name}: {policy.Summary.MeanCost:F1}");
        }

        // end of sample
    }
}
