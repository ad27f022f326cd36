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

    /// <summary>Name of what the hidden state crosses as.</summary>
    internal static string Codec(SplitSystem system) => system.Codec?.Name ?? system.Activations.Name;

    /// <summary>How the hidden state crosses, where that is not the plain way.</summary>
    internal static IEnumerable<string> HiddenState(SplitSystem system)
    {
        if (system.HasCodecWork)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"codec: {Codec(system)}, {system.HiddenStateBits(1) / system.Shape.HiddenSize:0.###} bits per value of one token, {system.HiddenStateBitsPerToken / system.Shape.HiddenSize:0.###} of each further one");
        }

        if (system.UplinkErasure is { } erasure)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"unreliable uplink: {erasure.Loss.LossProbability:0.####} of the packets lost on average ({erasure.PacketBytes} bytes, {system.PacketValues} values; {Word(erasure.Pattern)}, recovery {Word(erasure.Recovery)}); token ids and keys and values are sent {erasure.SendingsOfReliable:0.##} times");
        }
    }

    /// <summary>The decision at half and twice the quality loss, in a sentence.</summary>
    internal static string Quality(SplitSweep sweep, QualityShift shift)
    {
        string At(string factor, int best, double loss) => best < 0 ? $"at {factor} the loss nothing is feasible"
            : best == sweep.Best ? $"at {factor} the loss still k = {best.ToString(CultureInfo.InvariantCulture)}"
            : string.Create(CultureInfo.InvariantCulture, $"at {factor} the loss k = {best} (keeping k = {sweep.Best} {(double.IsFinite(loss) ? string.Create(CultureInfo.InvariantCulture, $"costs {loss:0.000} s more") : "breaks a limit")})");
        return $"quality loss: {At("half", shift.BestAtHalf, shift.LossAtHalf)}; {At("twice", shift.BestAtTwice, shift.LossAtTwice)}";
    }

    /// <summary>Warns on the error stream where losses were measured on another model than the one that is split.</summary>
    internal static void WarnOfOtherModel(ToolConsole console, IEnumerable<Scenario> scenarios)
    {
        foreach (var warning in scenarios.SelectMany(Measured).Distinct(StringComparer.Ordinal))
        {
            console.Error.WriteLine("WARNING: " + warning);
        }
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
            var provenance = system.SplitLoss is { } measured ? measured.WeightProvenance(weights) : system.FormatLoss is PublishedFormatLoss published ? published.ProvenanceOf(weights) : system.FormatLoss.Provenance;
            yield return ($"quality of {weights} on the {side}", Words(provenance), Warning(provenance, system.Shape.Name));
        }

        var damage = system.Damage(system.MeanErasedShare);
        if (system.SplitLoss is { } source && !damage.IsNone)
        {
            var provenance = source.HiddenStateProvenance(system.Shape, damage);
            yield return ("quality of the hidden state that arrives", Words(provenance), Warning(provenance, system.Shape.Name));
        }

        yield return ("leakage", Words(system.Leakage.Provenance), Warning(system.Leakage.Provenance, system.Shape.Name));
        yield return ("token counts", scenario.Workload.Source, null);
    }

    private static IEnumerable<string> Measured(Scenario scenario)
    {
        var system = scenario.System;
        var damage = system.Damage(system.MeanErasedShare);
        var provenances = new List<QualityProvenance> { system.Leakage.Provenance };
        if (system.SplitLoss is { } source)
        {
            provenances.AddRange([source.WeightProvenance(system.DeviceWeights), source.WeightProvenance(system.ServerWeights)]);
            provenances.AddRange(damage.IsNone ? [] : [source.HiddenStateProvenance(system.Shape, damage)]);
        }

        return provenances.Where(provenance => provenance.Kind == QualityKind.Measured).Select(provenance => provenance.WarningFor(system.Shape.Name)).OfType<string>();
    }

    private static string Word<T>(T value)
        where T : struct, Enum => char.ToLowerInvariant(value.ToString()[0]) + value.ToString()[1..];

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
