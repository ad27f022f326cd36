using System.CommandLine;
using EdgeSplit.Cli.Rendering;
using EdgeSplit.Core;
using EdgeSplit.Core.Devices;
using EdgeSplit.Core.Devices.Thermal;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Cli.Verbs;

/// <summary><c>edgesplit devices MODEL</c>: the devices of the catalogue compared for one model.</summary>
internal static class DevicesVerb
{
    internal static Command Create(ToolConsole console)
    {
        var model = new Argument<string>("MODEL") { Description = "A model of the catalogue." };
        var weights = new Option<string?>("--weights") { Description = "Format of the weights; what is usual on each device where omitted.", HelpName = "FORMAT" };
        var prompt = Arguments.Whole("--prompt", "Prompt tokens; 512 where omitted, or what the model has positions for.", 1, 10_000_000);
        var context = Arguments.Whole("--context", "Tokens in the cache while it generates, and for which memory must hold; 2048 where omitted, or what the model has positions for.", 1, 10_000_000);
        var only = new Option<string?>("--only") { Description = "Only devices whose name, title or kind contains this text.", HelpName = "TEXT" };
        var cooling = new Option<string?>("--cooling") { Description = "Also the speed that remains after minutes of generating in such a case, from cold: " + string.Join(", ", ThermalCatalog.All.Select(entry => entry.Name)) + ".", HelpName = "CASE" };
        var minutes = Arguments.Number("--minutes", "X", "Minutes of generating beside --cooling; 10 where omitted.", 0.01, 10_000);
        var measured = new Option<bool>("--measured") { Description = "Only devices whose speeds were fitted to measured rows of the device." };
        var format = Arguments.Format();
        var command = new Command("devices", "Devices compared for one model: tokens per second with bands, whether it fits the memory, energy per token.") { model, weights, prompt, context, only, measured, cooling, minutes, format };
        command.SetAction(parsed =>
        {
            var entry = Found("MODEL", () => ModelCatalog.Find(parsed.GetRequiredValue(model)));
            var chosen = parsed.GetValue(weights) is { } name ? Found("--weights", () => NumberFormat.Parse(name)) : null;
            var text = parsed.GetValue(only);
            DeviceEntry[] devices =
            [
                .. DeviceCatalog.All.Where(device => (!parsed.GetValue(measured) || device.Rows > 0)
                    && (text is null || new[] { device.Name, device.Title, device.Kind.ToString() }.Any(part => part.Contains(text, StringComparison.OrdinalIgnoreCase)))),
            ];
            if (devices.Length == 0)
            {
                var which = parsed.GetValue(measured) ? "device with measured rows" : "device of the catalogue";
                throw new BadInputException($"--only: found \"{text}\", which no {which} contains; allowed: a part of a name of edgesplit list devices.");
            }

            if (parsed.GetValue(cooling) is null && parsed.GetValue(minutes) is not null)
            {
                throw new BadInputException("--minutes: found without --cooling; allowed: beside it.");
            }

            var cooled = parsed.GetValue(cooling) is { } kind ? Found("--cooling", () => ThermalCatalog.Find(kind)) : null;
            DevicesOutput.Write(console, parsed.GetValue(format), entry, chosen, devices, Tokens("--prompt", parsed.GetValue(prompt), 512, entry), Tokens("--context", parsed.GetValue(context), 2048, entry), cooled, 60 * (parsed.GetValue(minutes) ?? 10));
            return ExitCodes.Done;
        });
        return command;
    }

    private static int Tokens(string option, int? given, int usual, ModelEntry model)
    {
        var positions = model.Shape.MaximumPositions;
        return given is null ? Math.Min(usual, positions)
            : given <= positions ? given.Value
            : throw new BadInputException(FormattableString.Invariant($"{option}: found {given}; allowed: at most the {positions} positions of {model.Name}."));
    }

    private static T Found<T>(string option, Func<T> find)
    {
        try
        {
            return find();
        }
        catch (UnknownNameException error)
        {
            throw new BadInputException($"{option}: found \"{error.Wanted}\"; allowed: {(error.Suggestion is { } near ? $"did you mean \"{near}\"? " : "")}{error.KnownText}.");
        }
    }
}
