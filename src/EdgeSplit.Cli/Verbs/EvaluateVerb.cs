using System.CommandLine;
using EdgeSplit.Agents.Evaluation;
using EdgeSplit.Cli.Rendering;
using EdgeSplit.Core.Simulation;

namespace EdgeSplit.Cli.Verbs;

/// <summary><c>edgesplit evaluate SCENARIO --agent FILE</c>: a trained agent in the worlds of compare, beside the references.</summary>
internal static class EvaluateVerb
{
    private const int MostThreads = 1024;

    internal static Command Create(ToolConsole console)
    {
        var scenario = Arguments.Scenario();
        var agent = new Option<string>("--agent") { Description = "The agent file, written by train.", HelpName = "FILE.agent", Required = true };
        var set = Arguments.Set("Set a field of the scenario before it is read; repeatable, one value each.");
        var seeds = Arguments.Whole("--seeds", "Number of seeds; the scenario's where omitted.", 1, 100_000);
        var requests = Arguments.Whole("--requests", "Requests per seed; the scenario's where omitted. Of fewer requests than the scenario evaluates, the second half is evaluated.", 2, 10_000_000);
        var threads = Arguments.Whole("--threads", "Threads; results do not depend on it. All processors where omitted.", 1, MostThreads);
        var frozen = new Option<bool>("--frozen") { Description = "Take the agent as it is, without learning or exploring: the default." };
        var learning = new Option<bool>("--learning") { Description = "Let the agent go on learning in each world, every time from the file." };
        var details = new Option<bool>("--details") { Description = "Also print regret to each reference, requests to learn, and limits met. JSON and CSV always have them." };
        var offPolicy = new Option<string?>("--off-policy") { Description = "Also estimate the agent's cost from a log of compare --log, without running it.", HelpName = "LOG.csv" };
        var loggedBy = new Option<string?>("--logged-by") { Description = "Whose decisions of the log to use, one that draws them; random where omitted.", HelpName = "NAME" };
        var format = Arguments.Format();
        var command = new Command("evaluate", "Runs a trained agent on the same worlds as compare, headroom and references first.")
        {
            scenario, agent, set, seeds, requests, threads, frozen, learning, details, offPolicy, loggedBy, format,
        };
        command.SetAction((parsed, cancellation) =>
        {
            if (parsed.GetValue(frozen) && parsed.GetValue(learning))
            {
                throw new BadInputException("--frozen: found --learning beside it; allowed: one of the two.");
            }

            if (parsed.GetValue(loggedBy) is { } unused && parsed.GetValue(offPolicy) is null)
            {
                throw new BadInputException($"--logged-by: found \"{unused}\" without --off-policy; allowed: with --off-policy LOG.csv.");
            }

            var given = ScenarioInput.Read(parsed.GetRequiredValue(scenario), SetGrid.Parse(parsed.GetValue(set) ?? []), parsed.GetValue(seeds), parsed.GetValue(requests));
            SweepText.WarnOfOtherModel(console, [given]);
            var path = parsed.GetRequiredValue(agent);
            var trained = TrainedAgent.Read(path, given, parsed.GetValue(learning));
            var logger = parsed.GetValue(loggedBy) ?? "random";
            var estimates = parsed.GetValue(offPolicy) is { } log ? OffPolicyEvaluation.Run(log, logger, given, TrainedAgent.Read(path, given, learns: false).Create) : null;
            var result = Compare(console, given, trained, parsed.GetValue(threads), cancellation);
            ComparisonOutput.Write(console, parsed.GetValue(format), result, parsed.GetValue(details), offPolicy: estimates);
            if (parsed.GetValue(format) == ResultFormat.Table)
            {
                console.Output.WriteLine($"{result.Policies[^1].Name}: from {path}, {(parsed.GetValue(learning) ? "learning on in each world from the state of the file" : "as it is, without learning or exploring")}.");
                if (estimates is not null)
                {
                    OffPolicyOutput.Write(console, result.Policies[^1].Name, logger, estimates);
                }
            }

            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }

    private static ComparisonResult Compare(ToolConsole console, Scenario scenario, TrainedAgent trained, int? threads, CancellationToken cancellation)
    {
        var options = new ComparisonOptions
        {
            MaximumThreads = threads ?? Environment.ProcessorCount,
            Agents = [AgentCatalog.Greedy],
            AdditionalPolicies = [_ => trained.Create()],
        };
        var progress = console.IsErrorTerminal ? new ProgressLine(console.Error) : null;
        try
        {
            return PolicyComparison.Run(scenario, options, progress, cancellation);
        }
        finally
        {
            progress?.Clear();
        }
    }
}
