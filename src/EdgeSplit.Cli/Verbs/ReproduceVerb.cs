using System.CommandLine;
using EdgeSplit.Agents.Evaluation.AdaptiveLayerSplitting;
using EdgeSplit.Cli.Rendering;
using EdgeSplit.Core.Inference;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Cli.Verbs;

/// <summary><c>edgesplit reproduce NAME</c>: a published experiment, with references, more learners and more seeds.</summary>
internal static class ReproduceVerb
{
    private const int MostThreads = 1024;
    private const int LeastSteps = 400;
    private static readonly string[] Names = ["adaptive-layer-splitting"];
    private static readonly (string Name, SplittingParts Part)[] Parts =
        [("returns", SplittingParts.Returns), ("splits", SplittingParts.ChosenSplits), ("measured", SplittingParts.Measured), ("quality", SplittingParts.Quality)];

    internal static Command Create(ToolConsole console)
    {
        var name = new Argument<string>("NAME") { Description = "Which experiment: " + string.Join(", ", Names) + " (arXiv 2406.02616)." };
        var seeds = Arguments.Whole("--seeds", "Seeds of every learner; 10 where omitted.", 1, 10_000);
        var steps = Arguments.Whole("--steps", "Training steps of a model-free learner; 240000 where omitted.", LeastSteps, 100_000_000);
        var threads = Arguments.Whole("--threads", "Threads; results do not depend on it. All processors where omitted.", 1, MostThreads);
        var final = new Option<bool>("--final-ends") { Description = "Let learners take the end after five steps as final, as the paper's released code does; a limit on time where omitted." };
        var only = new Option<string?>("--only") { Description = "Run one part: " + string.Join(", ", Parts.Select(part => part.Name)) + ".", HelpName = "PART" };
        var time = new Option<bool>("--time") { Description = "Measure processor time, on one thread; this alone differs from run to run." };
        var model = new Option<string?>("--model") { Description = "With --time: a checkpoint, of whose perplexity one evaluation is timed.", HelpName = "FOLDER" };
        var format = Arguments.Format();
        var command = new Command("reproduce", "Run a published experiment again, and say which of its claims hold.") { name, seeds, steps, threads, final, only, time, model, format };
        command.SetAction((parsed, cancellation) =>
        {
            CheckName(parsed.GetRequiredValue(name));
            var times = parsed.GetValue(time) ? new TrainingTimes(() => Environment.CpuUsage.UserTime) : null;
            var options = new SplittingExperimentOptions
            {
                Seeds = parsed.GetValue(seeds) ?? 10,
                Steps = parsed.GetValue(steps) ?? 240_000,
                MaximumThreads = ThreadsOf(parsed.GetValue(threads), times is not null),
                EndsAreFinal = parsed.GetValue(final),
                Parts = PartsOf(parsed.GetValue(only)),
                Observer = times is null ? null : times.Watch,
            };
            TimeSteps(times, parsed.GetValue(model), cancellation);
            var progress = console.IsErrorTerminal ? new ProgressLine(console.Error) : null;
            SplittingResult result;
            try
            {
                result = SplittingExperiment.Run(options, progress, cancellation);
            }
            finally
            {
                progress?.Clear();
            }

            ReproductionOutput.Write(console, parsed.GetValue(format), result, times);
            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }

    private static void CheckName(string name)
    {
        if (!Names.Contains(name, StringComparer.Ordinal))
        {
            throw new BadInputException($"reproduce: found the unknown experiment \"{name}\"; allowed: {string.Join(", ", Names)}.");
        }
    }

    private static SplittingParts PartsOf(string? only)
    {
        if (only is null)
        {
            return SplittingParts.All;
        }

        var part = Array.Find(Parts, part => part.Name == only);
        return part.Part != SplittingParts.None ? part.Part : throw new BadInputException($"--only: found \"{only}\"; allowed: {string.Join(", ", Parts.Select(known => known.Name))}.");
    }

    private static int ThreadsOf(int? threads, bool isTimed) => (threads, isTimed) switch
    {
        ( > 1, true) => throw new BadInputException(FormattableString.Invariant($"--threads: found {threads} with --time; allowed: 1, for the processor time of one training is that of the whole process.")),
        (_, true) => 1,
        var (given, _) => given ?? Environment.ProcessorCount,
    };

    private static void TimeSteps(TrainingTimes? times, string? model, CancellationToken cancellation)
    {
        if (times is null)
        {
            if (model is not null)
            {
                throw new BadInputException("--model: found without --time; allowed: with --time only, since nothing but its evaluation is timed.");
            }

            return;
        }

        try
        {
            times.TimeSteps(model, cancellation);
        }
        catch (Exception error) when (error is CheckpointException or TransformerConfigException)
        {
            throw new BadInputException(error.Message);
        }
    }
}
