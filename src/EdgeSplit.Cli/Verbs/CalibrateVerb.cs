using System.CommandLine;
using EdgeSplit.Cli.Rendering;
using EdgeSplit.Core.Devices;
using EdgeSplit.Core.Devices.Calibration;
using EdgeSplit.Core.Devices.Sheets;

namespace EdgeSplit.Cli.Verbs;

/// <summary><c>edgesplit calibrate FILE...</c>: a device profile from measured speeds.</summary>
internal static class CalibrateVerb
{
    private static readonly Dictionary<string, DeviceKind> Kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["phone"] = DeviceKind.Phone,
        ["jetson"] = DeviceKind.Jetson,
        ["laptop"] = DeviceKind.Laptop,
        ["cpu"] = DeviceKind.Cpu,
        ["desktop-gpu"] = DeviceKind.DesktopGpu,
        ["server-gpu"] = DeviceKind.ServerGpu,
    };

    internal static Command Create(ToolConsole console)
    {
        var files = new Argument<string[]>("FILE") { Description = "Outputs of llama-bench (json, jsonl, csv, md, sql, console captures), or CSV with the columns model, quant, device, backend, phase, tokens_per_s.", Arity = ArgumentArity.OneOrMore };
        var name = new Option<string>("--name") { Description = "Name of the calibrated device.", HelpName = "NAME", Required = true };
        var output = new Option<string>("--out") { Description = "Where to write it; scenarios name this file as a profile.", HelpName = "FILE.json", Required = true };
        var input = new BenchmarkInput();
        var kind = new Option<string?>("--kind") { Description = "For a device of no catalogue: " + string.Join(", ", Kinds.Keys) + "; with the figures of its data sheet below.", HelpName = "KIND" };
        var peak = Arguments.Number("--peak-tflops", "X", "Peak rate of 16-bit matrix products, 10^12 FLOP/s.", 1e-6, 1e6);
        var bandwidth = Arguments.Number("--bandwidth-gb", "X", "Memory bandwidth, 10^9 bytes/s.", 1e-3, 1e6);
        var memory = Arguments.Number("--memory-gib", "X", "Memory, 2^30 bytes.", 1e-3, 1e5);
        var busy = Arguments.Number("--busy-watts", "W", "Power while it computes; 0 where omitted.", 0, 1e5);
        var idle = Arguments.Number("--idle-watts", "W", "Power while it waits; 0 where omitted.", 0, 1e5);
        var format = Arguments.Format();
        var command = new Command("calibrate", "Fit a device profile to measured speeds: parameters with standard errors, residual of every row, and what the rows cannot tell.")
        {
            files, name, output, kind, peak, bandwidth, memory, busy, idle, format,
        };
        input.AddTo(command);
        command.SetAction(parsed =>
        {
            var title = parsed.GetRequiredValue(name).Trim();
            if (title.Length is 0 or > 100 || title.Any(char.IsControl))
            {
                throw new BadInputException($"--name: found \"{title}\"; allowed: 1 to 100 visible characters.");
            }

            if (!CalibrationFile.IsFileName(parsed.GetRequiredValue(output)))
            {
                throw new BadInputException($"--out: found \"{parsed.GetRequiredValue(output)}\"; allowed: a file name that ends in .json, by which scenarios know it.");
            }

            var contents = parsed.GetRequiredValue(files).Select(BenchmarkInput.Load).ToArray();
            var sheet = Own(title, parsed.GetValue(kind), parsed.GetValue(peak), parsed.GetValue(bandwidth), parsed.GetValue(memory), parsed.GetValue(busy), parsed.GetValue(idle));
            RefuseOverInput(parsed.GetRequiredValue(files), parsed.GetRequiredValue(output));
            if (sheet is not null && parsed.GetResult("--sheet") is not null)
            {
                throw new BadInputException("--sheet: found a data sheet of the catalogue beside --kind; allowed: one of both.");
            }

            var matches = input.Match(contents.SelectMany(content => content.Rows), parsed, sheet);
            using var file = CompleteFile.Begin("--out", parsed.GetRequiredValue(output));
            DeviceCalibration calibration;
            try
            {
                calibration = DeviceCalibration.Run(title, [.. matches.Select(match => match.Sample).OfType<SpeedSample>()]);
            }
            catch (CalibrationException error)
            {
                throw new BadInputException(string.Join(", ", contents.Select(content => content.Name)) + ": " + error.Message + Unmatched(matches));
            }

            file.Writer.Write(CalibrationFile.ToJson(calibration));
            file.Complete();
            CalibrationOutput.Write(console, parsed.GetValue(format), calibration, matches, [.. contents.SelectMany(content => content.Skipped)]);
            return ExitCodes.Done;
        });
        return command;
    }

    private static void RefuseOverInput(string[] files, string output)
    {
        if (files.Any(file => string.Equals(Path.GetFullPath(file), Path.GetFullPath(output), StringComparison.Ordinal)))
        {
            throw new BadInputException($"--out: found \"{output}\", which is one of the files to read; allowed: another file.");
        }
    }

    private static string Unmatched(IReadOnlyList<BenchmarkMatch> matches)
    {
        var reasons = matches.Where(match => match.Sample is null).GroupBy(match => match.Reason).OrderByDescending(group => group.Count()).Take(3).Select(group => $"{group.Count()} x {group.Key}").ToArray();
        return reasons.Length == 0 ? "" : $" Rows that could not be used: {string.Join("; ", reasons)}. (--sheet, --engine and --select choose; --kind describes a device of your own.)";
    }

    private static DeviceSheet? Own(string name, string? kind, double? peakTera, double? bandwidthGiga, double? memoryGibi, double? busyWatts, double? idleWatts)
    {
        if (kind is null)
        {
            return peakTera is null && bandwidthGiga is null && memoryGibi is null && busyWatts is null && idleWatts is null ? null
                : throw new BadInputException("--kind: found figures of a data sheet without it; allowed: " + string.Join(", ", Kinds.Keys) + " beside them.");
        }

        if (!Kinds.TryGetValue(kind, out var known))
        {
            throw new BadInputException($"--kind: found \"{kind}\"; allowed: {string.Join(", ", Kinds.Keys)}.");
        }

        double Required(double? value, string option) => value ?? throw new BadInputException($"{option}: found nothing beside --kind; allowed: the figure of the data sheet.");
        var peak = 1e12 * Required(peakTera, "--peak-tflops");
        if ((busyWatts ?? 0) < (idleWatts ?? 0))
        {
            throw new BadInputException(FormattableString.Invariant($"--busy-watts: found {busyWatts ?? 0} W; allowed: at least the idle power, {idleWatts} W."));
        }

        return new DeviceSheet
        {
            Name = name,
            Title = name,
            Platform = name,
            Kind = known,
            Processor = DataSheetProfile.UsualProcessor(known),
            PeakMatrixFlopPerSecond = new PerFormat(peak / 2, peak, peak, peak),
            PeakBytesPerSecond = 1e9 * Required(bandwidthGiga, "--bandwidth-gb"),
            MemoryBytes = Math.ScaleB(Required(memoryGibi, "--memory-gib"), 30),
            UsableMemoryShare = DataSheetProfile.UsualMemoryShare(known),
            IdleWatts = idleWatts ?? 0,
            BusyWatts = busyWatts ?? 0,
            Sources = [new ParameterSource("sheet", ParameterOrigin.DataSheet, "given on the command line")],
        };
    }
}
