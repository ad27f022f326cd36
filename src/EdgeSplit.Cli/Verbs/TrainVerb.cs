using System.CommandLine;
using System.Globalization;
using EdgeSplit.Agents.Evaluation;
using EdgeSplit.Agents.Learning;
using EdgeSplit.Cli.Rendering;
using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Simulation;

namespace EdgeSplit.Cli.Verbs;

/// <summary><c>edgesplit train SCENARIO --agent NAME --out FILE</c>: learns once in the request stream, for use later.</summary>
internal static class TrainVerb
{
    private const int MostRequests = 1_000_000_000;

    internal static Command Create(ToolConsole console)
    {
        var scenario = Arguments.Scenario();
        var agent = new Option<string>("--agent") { Description = "The learner: one of edgesplit list agents.", HelpName = "NAME", Required = true };
        var output = new Option<string>("--out") { Description = "Write the trained agent to this file.", HelpName = "FILE.agent", Required = true };
        var set = Arguments.Set("Set a field of the scenario before it is read; repeatable, one value each.");
        var usual = new StreamTrainingOptions();
        var requests = Arguments.Whole("--requests", FormattableString.Invariant($"Requests to serve; {usual.Requests} where omitted. The last conversation is finished."), 1, MostRequests);
        var seed = Arguments.Seed("--seed", FormattableString.Invariant($"Seed of the agent and of the worlds; {StreamTrainingOptions.UsualSeed} where omitted, far from those of compare and evaluate."));
        var perWorld = Arguments.Whole("--conversations-per-world", "Conversations with one device and its hidden errors before the next; 1 where omitted.", 1, MostRequests);
        var stopWindow = Arguments.Whole("--stop-window", "Stop where the mean cost over so many requests is not 1 % below the least of all such windows before it.", 1, MostRequests);
        var checkpoint = new Option<string?>("--checkpoint") { Description = "Write checkpoints to this file, one at the end and one on Ctrl-C in any case.", HelpName = "FILE" };
        var every = Arguments.Whole("--checkpoint-every", "Requests between two checkpoints.", 1, MostRequests);
        var resume = new Option<bool>("--resume") { Description = "Go on from the checkpoint: bit for bit as if the training had not been ended." };
        var format = Arguments.Format();
        var command = new Command("train", "Trains an agent in the request stream and writes it to a file, for evaluate. Without --resume it begins anew.")
        {
            scenario, agent, output, set, requests, seed, perWorld, stopWindow, checkpoint, every, resume, format,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var given = ScenarioInput.Read(parsed.GetRequiredValue(scenario), SetGrid.Parse(parsed.GetValue(set) ?? []), null, null);
            SweepText.WarnOfOtherModel(console, [given]);
            var checkpointPath = parsed.GetValue(checkpoint);
            if (checkpointPath is null && (parsed.GetValue(resume) || parsed.GetValue(every) is not null))
            {
                throw new BadInputException($"{(parsed.GetValue(resume) ? "--resume" : "--checkpoint-every")}: found no --checkpoint beside it; allowed: with --checkpoint FILE.");
            }

            var options = new StreamTrainingOptions
            {
                Requests = parsed.GetValue(requests) ?? usual.Requests,
                Seed = parsed.GetValue(seed) ?? usual.Seed,
                ConversationsPerWorld = parsed.GetValue(perWorld) ?? usual.ConversationsPerWorld,
                StopWindow = parsed.GetValue(stopWindow) ?? usual.StopWindow,
                CheckpointPath = checkpointPath,
                CheckpointEvery = parsed.GetValue(every) ?? usual.CheckpointEvery,
            };
            var policy = SavedPolicies.Create("--agent", parsed.GetRequiredValue(agent), given, options.Seed);
            var outputPath = parsed.GetRequiredValue(output);
            CheckWritable("--out", outputPath);
            if (checkpointPath is not null)
            {
                CheckWritable("--checkpoint", checkpointPath);
            }

            var training = new StreamTraining(given, policy, options);
            if (parsed.GetValue(resume))
            {
                training.Resume(checkpointPath!);
            }

            var progress = console.IsErrorTerminal ? new ProgressLine(console.Error) : null;
            StreamTrainingResult result;
            try
            {
                result = training.Run(progress, cancellation);
            }
            finally
            {
                progress?.Clear();
            }

            AgentFile.Write(outputPath, (ISavedAgent)policy);
            Write(console, parsed.GetValue(format), new Row(policy, given, options, result, outputPath));
            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }

    private static void Write(ToolConsole console, ResultFormat format, Row row)
    {
        Column<Row>[] columns =
        [
            new("agent", "agent", r => r.Policy.Name),
            new("scenario", null, r => r.Scenario.Name),
            new("seed", null, r => r.Options.Seed),
            new("requests", "requests", r => r.Result.Requests),
            new("conversations", "conversations", r => r.Result.Conversations),
            new("meanCostSeconds", "mean cost s", r => r.Result.MeanCost, "0.000"),
            new("stoppedEarly", "stopped early", r => r.Result.StoppedEarly),
            new("file", "file", r => r.File),
        ];
        switch (format)
        {
            case ResultFormat.Json:
                JsonOutput.Write(console.Output, JsonOutput.Row(columns, row));
                break;
            case ResultFormat.Csv:
                CsvOutput.Write(console.Output, columns, [row]);
                break;
            default:
                TableOutput.Write(console, columns, [row]);
                console.Output.WriteLine();
                console.Output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{row.Scenario.Name}, worlds from seed {row.Options.Seed}, {row.Options.ConversationsPerWorld} conversation{(row.Options.ConversationsPerWorld == 1 ? "" : "s")} in each. The mean cost is over all requests, learning included."));
                break;
        }
    }

    private static void CheckWritable(string option, string path)
    {
        using var file = CompleteFile.Begin(option, path);
    }

    private sealed record Row(ISplitPolicy Policy, Scenario Scenario, StreamTrainingOptions Options, StreamTrainingResult Result, string File);
}
