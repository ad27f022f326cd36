using System.CommandLine;
using EdgeSplit.Core;
using EdgeSplit.Core.Devices;
using EdgeSplit.Core.Devices.Benchmarks;
using EdgeSplit.Core.Devices.Calibration;
using EdgeSplit.Core.Devices.Sheets;

namespace EdgeSplit.Cli.Verbs;

/// <summary>The options that say whose speeds a benchmark file holds where its text does not.</summary>
internal sealed class BenchmarkInput
{
    private readonly Option<string?> device = new("--sheet") { Description = "Data sheet of the device, by its catalogue name, where the file names no device or another one.", HelpName = "NAME" };
    private readonly Option<string?> engine = new("--engine") { Description = "Engine of the runs, where the file names none: " + string.Join(", ", Engines.Keys) + ".", HelpName = "NAME" };
    private readonly Option<string?> select = new("--select") { Description = "Only rows whose device or backend contains this text.", HelpName = "TEXT" };

    internal static IReadOnlyDictionary<string, InferenceEngine> Engines { get; } =
        Enum.GetValues<InferenceEngine>().ToDictionary(value => char.ToLowerInvariant(value.ToString()[0]) + value.ToString()[1..], StringComparer.OrdinalIgnoreCase);

    internal void AddTo(Command command)
    {
        command.Options.Add(device);
        command.Options.Add(engine);
        command.Options.Add(select);
    }

    internal static BenchmarkFileContent Load(string file)
    {
        if (string.IsNullOrWhiteSpace(file))
        {
            throw new BadInputException($"FILE: found \"{file}\"; allowed: the path of a benchmark file.");
        }

        try
        {
            return BenchmarkFile.Read(file);
        }
        catch (BenchmarkFileException error)
        {
            throw new BadInputException(error.Message);
        }
    }

    internal IReadOnlyList<BenchmarkMatch> Match(IEnumerable<BenchmarkRow> rows, ParseResult parsed, DeviceSheet? own = null)
    {
        var sheet = own ?? Sheet(parsed.GetValue(device));
        var chosen = Engine(parsed.GetValue(engine));
        var text = parsed.GetValue(select);
        return [.. rows
            .Where(row => text is null || row.Device.Contains(text, StringComparison.OrdinalIgnoreCase) || row.Backend.Contains(text, StringComparison.OrdinalIgnoreCase))
            .Select(row => BenchmarkMatcher.Match(row, sheet, chosen))];
    }

    private static DeviceSheet? Sheet(string? name)
    {
        try
        {
            return name is null ? null : DeviceCatalog.Find(name).Sheet;
        }
        catch (UnknownNameException error)
        {
            throw new BadInputException($"--sheet: found \"{name}\"; allowed: {(error.Suggestion is { } near ? $"did you mean \"{near}\"? " : "")}{error.KnownText}.");
        }
    }

    private static InferenceEngine? Engine(string? name) => name is null ? null
        : Engines.TryGetValue(name, out var found) ? found
        : throw new BadInputException($"--engine: found \"{name}\"; allowed: {string.Join(", ", Engines.Keys)}.");
}
