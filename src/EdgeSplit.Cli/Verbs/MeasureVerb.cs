using System.CommandLine;
using System.Globalization;
using EdgeSplit.Cli.Rendering;
using EdgeSplit.Core.Inference;
using EdgeSplit.Core.Quality;
using EdgeSplit.Core.Quality.Leakage;
using EdgeSplit.Core.Quality.Measurement;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Cli.Verbs;

/// <summary><c>edgesplit measure CHECKPOINT</c>: quality and leakage of a checkpoint by split and damage, as a quality table.</summary>
internal static class MeasureVerb
{
    private const int MostThreads = 256;
    private const int MostWindows = 1_000_000;
    private const int UsualContext = 128;
    private const int UsualWindows = 400;
    private const int FewestTrainingWindows = 5;

    internal static Command Create(ToolConsole console)
    {
        var checkpoint = new Argument<string>("CHECKPOINT") { Description = "Folder with config.json and model.safetensors (or its shards), or a safetensors file: Llama, Mistral, Qwen." };
        var text = new Option<string?>("--text") { Description = "Text to measure on, UTF-8; tokens by the checkpoint's tokenizer.json, or bytes for a byte-level model. The model's own writing where omitted.", HelpName = "FILE" };
        var tokens = new Option<string?>("--tokens") { Description = "Token ids to measure on: text, or .npy of 32-bit integers.", HelpName = "FILE" };
        var output = new Option<string?>("--out") { Description = "Write the quality table to this file; scenarios name it. A run that was ended goes on from FILE.partial.", HelpName = "FILE.json" };
        var plot = new Option<string?>("--plot") { Description = "Draw perplexity and leakage against the split.", HelpName = "FILE.svg" };
        var name = new Option<string?>("--name") { Description = "Name of the model in the table; that of its folder where omitted.", HelpName = "NAME" };
        var windows = Arguments.Whole("--windows", FormattableString.Invariant($"Windows of the text; {UsualWindows} where omitted, or as many as the text has."), 2, MostWindows);
        var context = Arguments.Whole("--context", FormattableString.Invariant($"Tokens of a window; {UsualContext} where omitted."), 2, MostWindows);
        var seed = Arguments.Whole("--seed", "Seed of the model's own text, erasures and noise; 1 where omitted.", 0, int.MaxValue);
        var threads = Arguments.Whole("--threads", "Threads; results do not depend on it. All processors where omitted.", 1, MostThreads);
        var restart = new Option<bool>("--restart") { Description = "Discard what an earlier run has left in FILE.partial." };
        var noLeakage = new Option<bool>("--no-leakage") { Description = "Leave out the attacks on the prompt: in large models they take longest." };
        var grid = new GridOptions();
        var format = Arguments.Format();
        var command = new Command("measure", "Perplexity, divergence, agreement and leakage of a checkpoint by split, erasure, noise and bits, as a quality table for scenarios.")
        {
            checkpoint, text, tokens, output, plot, name, windows, context, seed, noLeakage, threads, restart, format,
        };
        grid.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            var request = new Request(
                parsed.GetRequiredValue(checkpoint), parsed.GetValue(text), parsed.GetValue(tokens), parsed.GetValue(output), parsed.GetValue(windows), parsed.GetValue(context), !parsed.GetValue(noLeakage));
            CheckFiles(request, parsed.GetValue(plot));
            var options = new MeasurementOptions
            {
                Seed = (ulong)(parsed.GetValue(seed) ?? 1),
                ModelName = NameOf(parsed.GetValue(name)),
                Threads = parsed.GetValue(threads) ?? Math.Min(MostThreads, Environment.ProcessorCount),
                JournalPath = request.Output is { } path ? path + ".partial" : null,
                Restart = parsed.GetValue(restart),
            };
            using var drawing = parsed.GetValue(plot) is { } svg ? CompleteFile.Begin("--plot", svg) : null;
            QualityTable table;
            try
            {
                table = Measure(console, request, grid.Read(parsed), options, cancellation);
            }
            catch (Exception error) when (error is CheckpointException or TransformerConfigException or MeasurementJournalException)
            {
                throw new BadInputException(error.Message);
            }
            catch (OperationCanceledException) when (options.JournalPath is { } journal && File.Exists(journal))
            {
                console.Error.WriteLine($"edgesplit: what is finished is kept in {journal}; the same command goes on from there");
                throw;
            }

            if (drawing is not null)
            {
                drawing.Writer.Write(QualityPlot.Svg(table));
                drawing.Complete();
            }

            MeasureOutput.Write(console, parsed.GetValue(format), table);
            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }

    private static QualityTable Measure(ToolConsole console, Request request, QualityGrid grid, MeasurementOptions options, CancellationToken cancellation)
    {
        using var model = LlamaModel.Load(request.Checkpoint);
        GridOptions.RefuseSplits(grid, model.Layers);
        var progress = console.IsErrorTerminal ? new ProgressLine(console.Error) : null;
        try
        {
            var text = Text(request, model, options, progress);
            var plan = grid.Plan(model.Layers, model.HiddenSize);
            var leakage = request.HasLeakage ? Leakage(request, model, text, plan, options) : null;
            var table = QualityMeasurement.Run(model, text, plan, leakage, options, progress, cancellation);
            if (request.Output is { } path)
            {
                using var file = CompleteFile.Begin("--out", path);
                file.Writer.Write(table.ToJson());
                file.Complete();
                File.Delete(options.JournalPath!); // the table is safe now
            }

            return table;
        }
        finally
        {
            progress?.Clear();
        }
    }

    private static MeasurementText Text(Request request, LlamaModel model, MeasurementOptions options, ProgressLine? progress)
    {
        var positions = model.Configuration.MaximumPositions;
        var most = request.IsOwnText ? positions - 1 : positions; // of the model's own text the token behind the last input is written, too
        var context = request.Context ?? Math.Min(UsualContext, most);
        if (context > most)
        {
            throw new BadInputException(string.Create(CultureInfo.InvariantCulture, $"--context: found {context}; allowed: at most {most} for this model and text ({positions} positions)."));
        }

        var windows = request.Windows ?? UsualWindows;
        if (request.IsOwnText)
        {
            return MeasurementText.Sample(model, windows, context, options.Seed, options.Threads, share => progress?.Report(new MeasurementProgress(share, "writing the text")));
        }

        var text = request.Tokens is { } tokens
            ? MeasurementText.FromTokenFile(tokens, model.Vocabulary, windows, context)
            : MeasurementText.FromTextFile(request.Text!, Tokenizer(request.Checkpoint, model), model.Vocabulary, windows, context);
        return request.Windows is null || text.Windows == windows ? text
            : throw new BadInputException(string.Create(
                CultureInfo.InvariantCulture, $"--windows: found {windows}; allowed: at most {text.Windows}, as many windows of {context} tokens as {text.Provenance.Source} has."));
    }

    /// <summary>Attacks on the model's own writing, or on windows of the text given; what the attacker learns from is as much as there is, up to the usual.</summary>
    private static LeakageMeasurement Leakage(Request request, LlamaModel model, MeasurementText text, QualityPlan splits, MeasurementOptions options)
    {
        var usual = new LeakagePlan();
        var plan = usual with { Splits = splits.Splits, Positions = Math.Min(usual.Positions, model.Configuration.MaximumPositions), Seed = options.Seed };
        if (request.IsOwnText)
        {
            return new LeakageMeasurement(model, plan, LeakageText.Sample(model, plan, MeasurementText.FirstTokenOf(model.Configuration), new LlamaWorkspace(options.Threads)));
        }

        var training = Math.Min(plan.TrainingWindows, (text.Tokens.Length / plan.Positions) - plan.Windows);
        if (training < FewestTrainingWindows)
        {
            throw new BadInputException(string.Create(
                CultureInfo.InvariantCulture, $"{text.Provenance.Source}: found {text.Tokens.Length} tokens; allowed: at least {(plan.Windows + FewestTrainingWindows) * plan.Positions} to measure leakage, or --no-leakage."));
        }

        plan = plan with { TrainingWindows = training };
        return new LeakageMeasurement(model, plan, LeakageText.Cut(text.Tokens, plan));
    }

    private static ITokenizer Tokenizer(string checkpoint, LlamaModel model)
    {
        var folder = Directory.Exists(checkpoint) ? checkpoint : Path.GetDirectoryName(Path.GetFullPath(checkpoint))!;
        var file = Path.Combine(folder, "tokenizer.json");
        return File.Exists(file) ? BytePairTokenizer.Read(file)
            : model.Vocabulary == 256 ? new ByteTokenizer()
            : throw new BadInputException(string.Create(
                CultureInfo.InvariantCulture, $"--text: found no {file} and a vocabulary of {model.Vocabulary} tokens; allowed: a checkpoint with tokenizer.json, a byte-level one of 256 tokens, or --tokens FILE."));
    }

    private static string? NameOf(string? name) =>
        name is null || (name.Trim().Length is > 0 and <= 100 && !name.Any(char.IsControl)) ? name?.Trim()
            : throw new BadInputException($"--name: found \"{new string([.. name.Where(letter => !char.IsControl(letter))])}\"; allowed: 1 to 100 visible characters.");

    /// <summary>Refuses early what would otherwise be found out after minutes.</summary>
    private static void CheckFiles(Request request, string? plot)
    {
        if (request.Text is not null && request.Tokens is not null)
        {
            throw new BadInputException("--tokens: found a second text beside --text; allowed: one of both.");
        }

        foreach (var (option, written) in new[] { ("--out", request.Output), ("--plot", plot) })
        {
            if (!string.IsNullOrWhiteSpace(written) && IsOfCheckpoint(written))
            {
                throw new BadInputException($"{option}: found \"{written}\", which has the name of a file of a checkpoint; allowed: another name.");
            }
        }

        if (request.Output is not { } output)
        {
            return;
        }

        var folder = string.IsNullOrWhiteSpace(output) ? null : Path.GetDirectoryName(Path.GetFullPath(output));
        if (folder is null || Directory.Exists(output) || !Directory.Exists(folder))
        {
            throw new BadInputException($"--out: found \"{output}\"; allowed: a file in a folder that exists.");
        }

        foreach (var (option, other) in new[] { ("--text", request.Text), ("--tokens", request.Tokens), ("--plot", plot) })
        {
            if (other is not null && Path.GetFullPath(other) == Path.GetFullPath(output))
            {
                throw new BadInputException($"--out: found \"{output}\", which {option} names, too; allowed: another file.");
            }
        }
    }

    private static bool IsOfCheckpoint(string path) =>
        path.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase) || Path.GetFileName(path) is "config.json" or "tokenizer.json" or "model.safetensors.index.json";

    private sealed record Request(string Checkpoint, string? Text, string? Tokens, string? Output, int? Windows, int? Context, bool HasLeakage)
    {
        internal bool IsOwnText => Text is null && Tokens is null;
    }
}
