using System.Globalization;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Quality;
using EdgeSplit.Core.Simulation;
using EdgeSplit.Core.Wireless;

namespace EdgeSplit.Cli.Rendering;

/// <summary>What a sweep means, in sentences.</summary>
internal static class SweepText
{
    internal static string Request(SplitSweep sweep)
    {
        var request = sweep.Request;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"request: {request.PromptTokens} prompt + {request.ContextTokens} context tokens, {request.OutputTokens:0.#} output tokens (at most {request.MaximumOutputTokens}); {(sweep.Scenario.Link is LinkParameters ? "mean uplink SNR" : "level of the recorded uplink")} {request.LevelDb:0.0} dB: {sweep.Point.UplinkBitsPerSecond / 1e6:0.00} Mbit/s up, {sweep.Point.DownlinkBitsPerSecond / 1e6:0.00} Mbit/s down; {request.OtherJobs:0.##} other jobs: server share {sweep.Point.ServerShare:0.00}");
    }

    internal static IEnumerable<string> Conclusions(SplitSweep sweep)
    {
        var masked = InfeasibleRange.Describe(new SplitProfile(sweep.Scenario.System, sweep.Scenario.Limits), sweep.Request.Work);
        if (sweep.Best < 0)
        {
            yield return "best split: none is feasible";
            yield return "masked: " + masked;
            yield break;
        }

        var layers = sweep.Scenario.System.Layers;
        var side = sweep.Best == 0 ? " (server only)" : sweep.Best == layers ? " (device only)" : "";
        yield return string.Create(CultureInfo.InvariantCulture, $"best split: k = {sweep.Best}{side}, cost {sweep.Rows[sweep.Best].Cost:0.000} s");
        yield return "masked: " + masked;
        yield return Reason(sweep);
        yield return "Pareto (latency, device energy, server GPU time, quality, leakage): k = " + Ranges([.. sweep.Rows.Where(row => row.IsPareto).Select(row => row.Breakdown.SplitPoint)]);
    }

    /// <summary>Writes where quality and leakage come from, one line each.</summary>
    internal static void WriteSources(TextWriter output, Scenario scenario)
    {
        foreach (var (what, source, warning) in Sources(scenario))
        {
            output.WriteLine($"{what}: {source}" + (warning is null ? "" : " WARNING: " + warning));
        }
    }

    /// <summary>Where quality and leakage come from, and what to beware of.</summary>
    internal static IEnumerable<(string What, string Source, string? Warning)> Sources(Scenario scenario)
    {
        var system = scenario.System;
        foreach (var (side, weights) in new[] { ("device", system.DeviceWeights), ("server", system.ServerWeights) })
        {
            var provenance = system.FormatLoss is PublishedFormatLoss published ? published.ProvenanceOf(weights) : system.FormatLoss.Provenance;
            yield return ($"quality of {weights} on the {side}", Words(provenance), Warning(provenance, system.Shape.Name));
        }

        yield return ("leakage", Words(system.Leakage.Provenance), Warning(system.Leakage.Provenance, system.Shape.Name));
        yield return ("token counts", scenario.Workload.Source, null);
    }

    // The source stands beside the warning already.
    private static string? Warning(QualityProvenance provenance, string model) =>
        provenance.WarningFor(model)?.Replace($" ({provenance.Source})", "", StringComparison.Ordinal);

    private static string Words(QualityProvenance provenance) => $"{provenance.Kind.ToString().ToLowerInvariant()}, {provenance.Source}.";

    private static string Reason(SplitSweep sweep)
    {
        var reason = sweep.Reason;
        if (!reason.IsMiddle)
        {
            return "why: an end of the range wins";
        }

        var decisive = reason.Decisive.Select(removal => string.Create(CultureInfo.InvariantCulture, $"{removal.What} (without it k = {removal.BestWithout})")).ToArray();
        var moving = reason.Removals.Where(removal => !removal.IsDecisive && removal.BestWithout != reason.Best)
            .Select(removal => string.Create(CultureInfo.InvariantCulture, $"{removal.What} (without it k = {removal.BestWithout})")).ToArray();
        return (decisive.Length > 0 ? "why: a middle cut wins only because of " + string.Join(", and of ", decisive) : "why: a middle cut wins, and no single term or limit decides")
            + (moving.Length > 0 ? "; moved by " + string.Join(", ", moving) : "");
    }

    private static string Ranges(int[] points)
    {
        var parts = new List<string>();
        for (var i = 0; i < points.Length;)
        {
            var end = i;
            while (end + 1 < points.Length && points[end + 1] == points[end] + 1)
            {
                end++;
            }

            parts.Add(i == end ? points[i].ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{points[i]}..{points[end]}"));
            i = end + 1;
        }

        return string.Join(", ", parts);
    }
}
