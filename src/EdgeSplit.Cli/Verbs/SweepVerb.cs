using System.CommandLine;
using EdgeSplit.Cli.Rendering;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Simulation;

namespace EdgeSplit.Cli.Verbs;

/// <summary><c>edgesplit sweep SCENARIO</c>: the cost of every split point of one request.</summary>
internal static class SweepVerb
{
    internal static Command Create(ToolConsole console)
    {
        var scenario = Arguments.Scenario();
        var set = Arguments.Set("Set a field of the scenario; several values, or several --set, make a grid.");
        var prompt = Arguments.Whole("--prompt", "Prompt tokens; the workload's median where omitted.", 1, 10_000_000);
        var output = Arguments.Number("--output", "N", "Output tokens; the workload's expected number where omitted.", 1, 10_000_000);
        var context = Arguments.Whole("--context", "Tokens of earlier turns in the KV cache, lying where each split needs them; none where omitted.", 0, 10_000_000);
        var snr = Arguments.Number("--snr", "DB", "Mean uplink SNR in dB; the median over the cell where omitted.", -60, 80);
        var jobs = Arguments.Number("--jobs", "N", "Other jobs on the server; the mean where omitted.", 0, 1000);
        var plot = new Option<string?>("--plot") { Description = "Draw the cost of every split as stacked bars into this SVG file; not for grids.", HelpName = "FILE.svg" };
        var format = Arguments.Format();
        var command = new Command("sweep", "Cost of every split point of a typical request: latency, energy, memory, payload, quality, leakage, feasibility, and why the best split wins.")
        {
            scenario, set, prompt, output, context, snr, jobs, plot, format,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var grid = SetGrid.Parse(parsed.GetValue(set) ?? []);
            var file = parsed.GetValue(plot);
            if (file is not null && grid.Cells().Count > 1)
            {
                throw new BadInputException("--plot: found a grid; allowed: one value for each --set.");
            }

            var cells = Run(
                parsed.GetRequiredValue(scenario),
                grid,
                typical => Chosen(typical, parsed.GetValue(prompt), parsed.GetValue(output), parsed.GetValue(context), parsed.GetValue(snr), parsed.GetValue(jobs)),
                cancellation);
            if (file is not null)
            {
                using var svg = CompleteFile.Begin("--plot", file);
                svg.Writer.Write(SplitPlot.Svg(cells[0].Sweep.Scenario.Name, SweepOutput.Bars(cells[0].Sweep)));
                svg.Complete();
            }

            SweepText.WarnOfOtherModel(console, cells.Select(cell => cell.Sweep.Scenario));
            SweepOutput.Write(console, parsed.GetValue(format), grid.Paths, cells);
            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }

    // Cells are independent: they run in parallel and stand in the grid's order.
    private static SweepCell[] Run(string file, SetGrid grid, Func<TypicalRequest, TypicalRequest> choose, CancellationToken cancellation)
    {
        var settings = grid.Cells();
        var cells = new SweepCell[settings.Count];
        var failures = new Exception?[settings.Count];
        Parallel.For(0, settings.Count, new ParallelOptions { CancellationToken = cancellation }, i =>
        {
            try
            {
                // A grid may well contain cells that nothing fits; a single scenario that nothing fits is a mistake.
                var scenario = ScenarioFile.Load(file, settings[i], allowInfeasible: settings.Count > 1);
                var request = choose(TypicalRequest.Of(scenario));
                cells[i] = new SweepCell(settings[i], SplitSweep.Run(scenario, request));
                if (settings.Count == 1 && cells[i].Sweep.Best < 0)
                {
                    throw new BadInputException($"{file}: no split is feasible for a request of {request.PromptTokens} prompt, {request.ContextTokens} context and at most {request.MaximumOutputTokens} output tokens: {InfeasibleRange.Describe(new SplitProfile(scenario.System, scenario.Limits), request.Work)}.");
                }
            }
            catch (Exception failure) when (failure is BadInputException or ScenarioException or ArgumentException or InvalidOperationException)
            {
                failures[i] = failure;
            }
        });

        // The first cell's failure, whatever thread met it first.
        return failures.FirstOrDefault(failure => failure is not null) is { } first ? throw first : cells;
    }

    private static TypicalRequest Chosen(TypicalRequest typical, int? prompt, double? output, int? context, double? snr, double? jobs) => typical with
    {
        PromptTokens = prompt ?? typical.PromptTokens,
        OutputTokens = output ?? typical.OutputTokens,
        MaximumOutputTokens = Math.Max(typical.MaximumOutputTokens, (int)Math.Ceiling(output ?? 1)),
        ContextTokens = context ?? typical.ContextTokens,
        LevelDb = snr ?? typical.LevelDb,
        OtherJobs = jobs ?? typical.OtherJobs,
    };
}
