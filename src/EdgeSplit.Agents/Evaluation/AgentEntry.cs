using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Simulation;

namespace EdgeSplit.Agents.Evaluation;

/// <summary>One policy, learner or reference of the <see cref="AgentCatalog"/>. Immutable and safe to share between threads.</summary>
public sealed class AgentEntry
{
    private readonly Func<World, ISplitPolicy>? createReference;
    private readonly Func<Scenario, ulong, bool, ISplitPolicy>? create;

    /// <summary>A reference: it is given the truth.</summary>
    internal AgentEntry(string name, string description, string source, Func<World, ISplitPolicy> create)
    {
        (Name, Description, Source, IsReference, createReference) = (name, description, source, true, create);
    }

    /// <summary>A policy that could be deployed: it is made of scenario, seed and whether it is to learn.</summary>
    internal AgentEntry(string name, string description, string source, Func<Scenario, ulong, bool, ISplitPolicy> create, bool learns = false, bool usesPrior = false)
    {
        (Name, Description, Source, Learns, UsesPrior, this.create) = (name, description, source, learns, usesPrior, create);
    }

    /// <summary>Name in tables, options and files.</summary>
    public string Name { get; }

    /// <summary>What it does, in one sentence.</summary>
    public string Description { get; }

    /// <summary>Where it is from.</summary>
    public string Source { get; }

    /// <summary>Whether it uses what no deployed policy can know.</summary>
    public bool IsReference { get; }

    /// <summary>Whether it learns from the requests that it serves.</summary>
    public bool Learns { get; }

    /// <summary>Whether it decides by the public profile's predictions also where the scenario says that there is no prior (<see cref="SimulationSettings.IsPriorAbsent"/>).</summary>
    public bool UsesPrior { get; }

    /// <summary>Makes it for a world, seeded with the world's seed.</summary>
    /// <param name="world">The world.</param>
    /// <exception cref="ArgumentNullException">The world is null.</exception>
    public ISplitPolicy Create(World world)
    {
        ArgumentNullException.ThrowIfNull(world);
        return createReference is not null ? createReference(world) : Create(world.Scenario, world.Seed);
    }

    /// <summary>Makes it without a world, as a device would have it.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="seed">Seed of its own draws.</param>
    /// <param name="learns">Whether it learns and explores; false takes a learner as it is. Of no effect on one that does not learn.</param>
    /// <exception cref="ArgumentNullException">The scenario is null.</exception>
    /// <exception cref="InvalidOperationException">It is a reference, and needs a world.</exception>
    public ISplitPolicy Create(Scenario scenario, ulong seed, bool learns = true)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        return create is not null ? create(scenario, seed, learns)
            : throw new InvalidOperationException($"'{Name}' is a reference: it needs the truth of a world.");
    }
}
