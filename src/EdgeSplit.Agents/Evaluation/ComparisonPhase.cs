using EdgeSplit.Core.Simulation;

namespace EdgeSplit.Agents.Evaluation;

/// <summary>A window of requests beside a change of regime.</summary>
/// <param name="Name">What it is: "before", "first 500 after" or "later", with the request of the change.</param>
/// <param name="FirstRequest">Its first request.</param>
/// <param name="EndRequest">The request after its last one.</param>
public sealed record ComparisonPhase(string Name, int FirstRequest, int EndRequest)
{
    /// <summary>Requests of the windows before and right after a change.</summary>
    public const int Window = 500;

    /// <summary>The windows of a scenario: for each change of regime the last 500 requests before it, the first 500 after it, and the rest until the next change. Empty ones are left out.</summary>
    /// <param name="settings">The settings, with the changes.</param>
    /// <param name="requests">Requests of a run.</param>
    /// <exception cref="ArgumentNullException">The settings are null.</exception>
    public static IReadOnlyList<ComparisonPhase> Of(SimulationSettings settings, int requests)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var phases = new List<ComparisonPhase>();
        var changes = settings.RegimeChanges;
        for (var i = 0; i < changes.Count; i++)
        {
            var (start, change) = (i == 0 ? 0 : changes[i - 1].Request, Math.Min(changes[i].Request, requests));
            var end = i + 1 < changes.Count ? Math.Min(changes[i + 1].Request, requests) : requests;
            var settled = Math.Min(changes[i].Request + Window, end);
            ComparisonPhase[] windows =
            [
                new(FormattableString.Invariant($"before {changes[i].Request}"), Math.Max(start, change - Window), change),
                new(FormattableString.Invariant($"first {Window} from {changes[i].Request}"), change, settled),
                new(FormattableString.Invariant($"from {changes[i].Request + Window}"), settled, end),
            ];
            phases.AddRange(windows.Where(window => window.FirstRequest < window.EndRequest));
        }

        return phases;
    }
}
