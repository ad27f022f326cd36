namespace EdgeSplit.Cli.Rendering;

/// <summary>One policy or reference that <c>compare</c> runs.</summary>
internal sealed record AgentEntry(string Name, bool IsReference, bool Learns, string Description, string Source)
{
    internal static IReadOnlyList<AgentEntry> All { get; } =
    [
        new("clairvoyant", true, false, "dynamic programming over each conversation with the true future; nothing beats it", "reference of this library"),
        new("best-fixed", true, false, "the one split that was cheapest in hindsight on the evaluated requests of the same seed", "reference of this library"),
        new("state-oracle", true, false, "knows world and present state, takes the split of least expected cost over the possible futures", "reference of this library"),
        new("greedy-on-belief", false, false, "predicts every split from the public profile and takes the cheapest", "Kang et al., \"Neurosurgeon\", ASPLOS 2017, with this library's predictor"),
        new("model-based", false, true, "learns what outcomes differ from the public profile's prediction, with an ensemble for the uncertainty, and decides on a draw of it", "this library; randomised priors: Osband et al., NeurIPS 2018"),
        new("server-only", false, false, "always k = 0, or the nearest feasible split", "baseline"),
        new("device-only", false, false, "always k = L, or the nearest feasible split", "baseline"),
        new("random", false, false, "a feasible split at random, uniformly", "baseline"),
    ];
}
