using System.CommandLine;
using EdgeSplit.Cli.Rendering;
using EdgeSplit.Core.Devices.Benchmarks;
using EdgeSplit.Core.Devices.Calibration;

namespace EdgeSplit.Cli.Verbs;

/// <summary><c>edgesplit validate FILE</c>: predicted against measured speed.</summary>
internal static class ValidateVerb
{
    private static readonly string[] OptionsOfSpeeds = ["--basis", "--device", "--plot", "--sheet", "--engine", "--select"];

    private static readonly Dictionary<string, ValidationBasis> Bases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["catalogue"] = ValidationBasis.Catalogue,
        ["sheet"] = ValidationBasis.DataSheet,
        ["leave-one-out"] = ValidationBasis.LeaveOneDeviceOut,
        ["halves"] = ValidationBasis.HalfCalibrated,
        ["roofline"] = ValidationBasis.Roofline,
    };

    internal static Command Create(ToolConsole console)
    {
        var file = new Argument<string>("FILE") { Description = "Measured speeds: CSV with the columns model, quant, device, backend, phase, tokens_per_s, or any output of llama-bench; or measured times of single operations." };
        var basis = new Option<string>("--basis")
        {
            Description = "What is known of a device: catalogue (fitted to rows of it where there were some), sheet (its data sheet only), leave-one-out (sheet, and engine defaults fitted to all other devices of this file), halves (calibrated on every other row, judged on the rest), roofline (the plain roofline).",
            DefaultValueFactory = _ => "catalogue",
            HelpName = string.Join("|", Bases.Keys),
        };
        var device = new Option<string?>("--device") { Description = "A file written by edgesplit calibrate, for the rows of its device and engine.", HelpName = "FILE.json" };
        var worst = Arguments.Whole("--worst", "How many of the worst rows to show; 10 where omitted.", 0, 100_000);
        var plot = new Option<string?>("--plot") { Description = "Draw predicted against measured speed into this SVG file.", HelpName = "FILE.svg" };
        var input = new BenchmarkInput();
        var format = Arguments.Format();
        var command = new Command("validate", "Predicted against measured speed: errors by kind of device, phase and weight format, the worst rows, and the rows that no catalogue matches.")
        {
            file, basis, device, worst, plot, format,
        };
        input.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            var path = parsed.GetRequiredValue(file);
            if (LayerTimes(path) is { } times)
            {
                foreach (var option in OptionsOfSpeeds)
                {
                    if (parsed.GetResult(option) is System.CommandLine.Parsing.OptionResult { Implicit: false })
                    {
                        throw new BadInputException($"{option}: found beside a file of times of single operations; allowed: a file of speeds.");
                    }
                }

                LayerTimeOutput.Write(console, parsed.GetValue(format), times, parsed.GetValue(worst) ?? 10);
                return Task.FromResult(ExitCodes.Done);
            }

            var text = parsed.GetRequiredValue(basis);
            if (!Bases.TryGetValue(text, out var known))
            {
                throw new BadInputException($"--basis: found \"{text}\"; allowed: {string.Join(", ", Bases.Keys)}.");
            }

            var calibrated = parsed.GetValue(device) is { } json ? Calibrated(json, known) : null;
            var content = BenchmarkInput.Load(path);
            var matches = input.Match(content.Rows, parsed);
            var samples = matches.Select(match => match.Sample).OfType<SpeedSample>().ToArray();
            cancellation.ThrowIfCancellationRequested();
            var predictions = SpeedValidation.Predict(samples, known, calibrated);
            var plain = SpeedValidation.Predict([.. predictions.Select(row => row.Sample)], ValidationBasis.Roofline);
            if (parsed.GetValue(plot) is { } svg)
            {
                if (predictions.Count == 0)
                {
                    throw new BadInputException("--plot: found no row that could be predicted; allowed: a file with at least one.");
                }

                using var drawing = CompleteFile.Begin("--plot", svg);
                drawing.Writer.Write(ParityPlot.Svg($"{Path.GetFileName(path)}, {text}", predictions));
                drawing.Complete();
            }

            ValidationOutput.Write(console, parsed.GetValue(format), content, matches, predictions, plain, parsed.GetValue(worst) ?? 10);
            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }

    // A file is tried as times of operations first: its header is unlike any other, and what else is wrong the readers of speeds say.
    private static LayerTimeFileContent? LayerTimes(string path)
    {
        try
        {
            return string.IsNullOrWhiteSpace(path) ? null : LayerTimeFile.Read(path);
        }
        catch (BenchmarkFileException)
        {
            return null;
        }
    }

    private static DeviceCalibration Calibrated(string path, ValidationBasis basis)
    {
        if (basis != ValidationBasis.Catalogue)
        {
            throw new BadInputException("--device: found beside another --basis than catalogue; allowed: --basis catalogue.");
        }

        try
        {
            return CalibrationFile.Load(path);
        }
        catch (BenchmarkFileException error)
        {
            throw new BadInputException("--device: " + error.Message);
        }
    }
}
