using System.Text.Json.Nodes;
using EdgeSplit.Agents.Environments;
using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Placements;

namespace EdgeSplit.Agents.Learning;

/// <summary>Turns a situation into an agent's observation: what the device sees, and what the public belief says of every split.</summary>
/// <remarks>
/// <para>The first <see cref="ObservationFeatures.Length"/> entries are those of <see cref="ObservationFeatures"/>. With the belief there follow the
/// logarithm of the least believed cost, and for each split point the logarithm of its believed cost over the least one, clipped at
/// <see cref="LargestLogRatio"/>; a masked split has that value too. So a learner knows what a rule that trusts the belief would do, and model-free and model-based agents are
/// told the same.</para>
/// <para>Owns a buffer: one instance per thread. Writing allocates nothing.</para>
/// </remarks>
public sealed class DecisionFeatures
{
    /// <summary>Largest logarithm of a split's believed cost over the least one; a masked split has this value.</summary>
    public const double LargestLogRatio = 3;

    // Costs below a microsecond-equivalent do not matter, and a cost of nothing at all has no logarithm.
    private const double LeastCost = 1e-6;
    private const double LogCostScale = 4;

    private readonly Objective objective;
    private readonly SplitProfile profile;
    private readonly double[] costs;

    /// <summary>Creates the features of a scenario.</summary>
    /// <param name="objective">What an outcome costs.</param>
    /// <param name="profile">The public profile, for quality and leakage by split.</param>
    /// <param name="includeBelief">Whether the belief's part is there; false where learning starts without a prior.</param>
    public DecisionFeatures(Objective objective, SplitProfile profile, bool includeBelief = true)
    {
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(profile);
        this.objective = objective;
        this.profile = profile;
        IncludesBelief = includeBelief;
        costs = new double[profile.Layers + 1];
        Space = CreateSpace();
    }

    /// <summary>Number of entries.</summary>
    public int Length => Space.Length;

    /// <summary>Number of actions, L + 1: action k is split point k.</summary>
    public int ActionCount => costs.Length;

    /// <summary>Whether the belief's part is there.</summary>
    public bool IncludesBelief { get; }

    /// <summary>The entries, with names and ranges.</summary>
    public BoxSpace Space { get; }

    /// <summary>Writes the observation of a situation.</summary>
    /// <param name="context">The situation, with the belief's prediction and mask.</param>
    /// <param name="destination">Receives the entries; shape [<see cref="Length"/>].</param>
    /// <exception cref="ArgumentOutOfRangeException">The destination has another length, or the situation another number of layers.</exception>
    public void Write(DecisionContext context, Span<double> destination)
    {
        ArgumentNullException.ThrowIfNull(context);
        Guard.SameLength(destination.Length, Length);
        ObservationFeatures.Write(context.Observation, profile.Layers, destination[..ObservationFeatures.Length]);
        if (!IncludesBelief)
        {
            return;
        }

        var best = objective.Best(profile, context.Belief, costs);
        var least = Math.Max(LeastCost, best < 0 ? 0 : costs[best]);
        destination[ObservationFeatures.Length] = LogCost(least);
        var ratios = destination[(ObservationFeatures.Length + 1)..];
        for (var k = 0; k < costs.Length; k++)
        {
            ratios[k] = Math.Clamp(Math.Log(costs[k] / least), 0, LargestLogRatio);
        }
    }

    /// <summary>The settings as JSON, for the description of an agent.</summary>
    internal JsonObject Describe() => new() { ["layers"] = profile.Layers, ["entries"] = Length, ["includeBelief"] = IncludesBelief };

    private static double LogCost(double cost) => Math.Log(cost) / LogCostScale;

    private BoxSpace CreateSpace()
    {
        var seen = ObservationFeatures.Space;
        if (!IncludesBelief)
        {
            return seen;
        }

        string[] names = [.. seen.Names, "leastBelievedCost", .. costs.Select((_, k) => FormattableString.Invariant($"believedCost{k}"))];
        return new BoxSpace(
            [.. seen.Low, LogCost(LeastCost), .. costs.Select(_ => 0.0)],
            [.. seen.High, LogCost(double.MaxValue), .. costs.Select(_ => LargestLogRatio)],
            names,
            [.. names.Select(_ => "1")]);
    }
}
