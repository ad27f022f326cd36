using EdgeSplit.Agents.ModelBased;
using EdgeSplit.Agents.Policies;
using EdgeSplit.Agents.Surrogates;
using EdgeSplit.Core;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Simulation;

namespace EdgeSplit.Agents.Evaluation;

/// <summary>Every reference, policy and learner by name: the one list from which comparisons, training and evaluation take them.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public static partial class AgentCatalog
{
    /// <summary>Name of the reference that knows the future.</summary>
    public const string Clairvoyant = "clairvoyant";

    /// <summary>Name of the best fixed split in hindsight.</summary>
    public const string BestFixed = "best-fixed";

    /// <summary>Name of the reference that knows the present truth.</summary>
    public const string StateOracle = "state-oracle";

    /// <summary>Name of the rule against which everything is measured.</summary>
    public const string Greedy = "greedy-on-belief";

    /// <summary>All entries, references first.</summary>
    public static IReadOnlyList<AgentEntry> All { get; } = Array.AsReadOnly<AgentEntry>([.. References(), .. Deployable(), .. Learners()]);

    /// <summary>Names of the policies that a comparison runs where none are named.</summary>
    public static IReadOnlyList<string> Usual { get; } = Array.AsReadOnly([Greedy, "model-based", "server-only", "device-only", "random"]);

    /// <summary>Finds an entry by its name, without regard to case.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    /// <exception cref="UnknownNameException">There is no such entry; the error names the nearest.</exception>
    public static AgentEntry Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var wanted = name.Trim();
        return All.FirstOrDefault(entry => string.Equals(entry.Name, wanted, StringComparison.OrdinalIgnoreCase))
            ?? throw new UnknownNameException("agent", name, All.Select(entry => entry.Name));
    }

    private static IEnumerable<AgentEntry> References() =>
    [
        new(Clairvoyant, "dynamic programming over each conversation with the true future; nothing beats it", "reference of this library",
            world => new ReplayedSplits(Clairvoyant, new Policies.Clairvoyant(world).Plan())),
        new(BestFixed, "the one split that was cheapest in hindsight on the evaluated requests of the same seed", "reference of this library",
            world => new FixedSplit(FixedSplitSweep.Run(world).Best(Math.Min(world.Scenario.Settings.EvaluatedRequests, world.Schedule.Turns.Length)), BestFixed)),
        new(StateOracle, "knows world and present state, takes the split of least expected cost over the possible futures", "reference of this library",
            world => new Policies.StateOracle(world)),
    ];

    private static IEnumerable<AgentEntry> Deployable() =>
    [
        new(Greedy, "predicts every split from the public profile and takes the cheapest", "Kang et al., \"Neurosurgeon\", ASPLOS 2017, with this library's predictor",
            (scenario, _, _) => new GreedyOnBelief(scenario.Objective, new SplitProfile(scenario.System, scenario.Limits)), usesPrior: true),
        new("model-based", "learns what outcomes differ from the public profile's prediction, with an ensemble for the uncertainty, and decides on a draw of it", "this library; randomised priors: Osband et al., NeurIPS 2018",
            (scenario, seed, learns) => Of(new ModelBasedAgent(new Belief(scenario), seed, new ModelBasedOptions { Surrogate = Surrogate(scenario) }), learns), learns: true),
        new("model-based-ppo", "the same surrogate; a policy network is trained inside it by PPO, on imagined conversations", "Chen et al., \"Adaptive layer splitting\", arXiv 2406.02616; short rollouts: Janner et al., NeurIPS 2019",
            (scenario, seed, learns) => Of(new SurrogatePpoAgent(new Belief(scenario), seed, new SurrogatePpoOptions { Surrogate = Surrogate(scenario) }), learns), learns: true),
        new("server-only", "always k = 0, or the nearest feasible split", "baseline", (_, _, _) => FixedSplit.ServerOnly()),
        new("device-only", "always k = L, or the nearest feasible split", "baseline", (scenario, _, _) => FixedSplit.DeviceOnly(scenario.System.Layers)),
        new("random", "a feasible split at random, uniformly", "baseline", (_, seed, _) => new RandomSplit(seed)),
    ];

    private static SurrogateOptions Surrogate(Scenario scenario) => scenario.Settings.IsPriorAbsent ? SurrogateOptions.WithoutPrior : new SurrogateOptions();
}
