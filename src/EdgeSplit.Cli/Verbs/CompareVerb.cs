using System.CommandLine;
using EdgeSplit.Agents.Evaluation;
using EdgeSplit.Cli.Rendering;

namespace EdgeSplit.Cli.Verbs;

/// <summary><c>edgesplit compare SCENARIO</c>: headroom, then all policies on the same worlds.</summary>
internal static class CompareVerb
{
    private const int MostThreads = 1024;

    internal static Command Create(ToolConsole console)
    {
        var scenario = Arguments.Scenario();
        var set = Arguments.Set("Set a field of the scenario before it is read; repeatable, one value each.");
        var seeds = Arguments.Whole("--seeds", "Number of seeds; the scenario's where omitted.", 1, 100_000);
        var requests = Arguments.Whole("--requests", "Requests per seed; the scenario's where omitted. Of fewer requests than the scenario evaluates, the second half is evaluated.", 2, 10_000_000);
        var threads = Arguments.Whole("--threads", "Threads; results do not depend on it. All processors where omitted.", 1, MostThreads);
        var clairvoyant = new Option<bool>("--clairvoyant") { Description = "Plan with the true future as well: slow on long conversations." };
        var log = new Option<string?>("--log") { Description = "Write one CSV row per request to this file.", HelpName = "FILE.csv" };
        var agents = new Option<string?>("--agents")
        {
            Description = "Policies to run, in the order of the table (edgesplit list agents); the best fixed split, the state oracle and greedy-on-belief always run.",
            HelpName = "NAME,NAME,...",
        };
        var details = new Option<bool>("--details") { Description = "Also print regret to each reference, requests to learn, and limits met. JSON and CSV always have them." };
        var curves = new Option<string?>("--curves") { Description = "Write the cost of every policy by blocks of requests to this file.", HelpName = "FILE.csv" };
        var curveBlock = Arguments.Whole("--curve-block", "Requests of a block of the curves; a twentieth of the run where omitted.", 1, 10_000_000);
        var decisionTime = new Option<bool>("--decision-time") { Description = "Measure how long each policy takes to decide; this alone differs from run to run." };
        var format = Arguments.Format();
        var command = new Command("compare", "Headroom first, then all policies on the same worlds, learning included, with paired 95 % intervals over seeds.")
        {
            scenario, set, seeds, requests, threads, agents, clairvoyant, details, curves, curveBlock, decisionTime, log, format,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var given = ScenarioInput.Read(parsed.GetRequiredValue(scenario), SetGrid.Parse(parsed.GetValue(set) ?? []), parsed.GetValue(seeds), parsed.GetValue(requests));
            SweepText.WarnOfOtherModel(console, [given]);
            var times = parsed.GetValue(decisionTime) ? new DecisionTimes(Clock) : null;
            var options = new ComparisonOptions
            {
                Agents = parsed.GetValue(agents) is { } names ? AgentNames.Read("--agents", names) : AgentCatalog.Usual,
                CurveBlock = parsed.GetValue(curveBlock) ?? 0,
                Observer = times is null ? null : times.Watch,
                MaximumThreads = parsed.GetValue(threads) ?? Environment.ProcessorCount,
                IncludeClairvoyant = parsed.GetValue(clairvoyant),
                KeepRecords = parsed.GetValue(log) is not null,
            };
            using var file = parsed.GetValue(log) is { } path ? CompleteFile.Begin("--log", path) : null;
            using var curveFile = parsed.GetValue(curves) is { } curvePath ? CompleteFile.Begin("--curves", curvePath) : null;
            var progress = console.IsErrorTerminal ? new ProgressLine(console.Error) : null;
            ComparisonResult result;
            try
            {
                result = PolicyComparison.Run(given, options, progress, cancellation);
            }
            finally
            {
                progress?.Clear();
            }

            if (file is not null)
            {
                RequestLog.Write(file.Writer, result, cancellation);
                file.Complete();
            }

            if (curveFile is not null)
            {
                CurveOutput.Write(curveFile.Writer, result);
                curveFile.Complete();
            }

            ComparisonOutput.Write(console, parsed.GetValue(format), result, parsed.GetValue(details), times);
            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }

#pragma warning disable RS0030 // Times of decisions are measured beside the results, on request only.
    private static TimeProvider Clock => TimeProvider.System;
#pragma warning restore RS0030
}
