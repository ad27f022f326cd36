using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Wireless;

namespace EdgeSplit.Core.Simulation;

/// <summary>A complete question: which split, for this model, device, server, link, workload and objective? Immutable.</summary>
public sealed record Scenario
{
    /// <summary>Name in reports.</summary>
    public required string Name { get; init; }

    /// <summary>What it stands for, in a sentence or two.</summary>
    /// <value>The default value is empty.</value>
    public string Description { get; init; } = "";

    /// <summary>The public profile of the system: what everybody may know.</summary>
    public required SplitSystem System { get; init; }

    /// <summary>Hard limits.</summary>
    public SplitLimits Limits { get; init; } = SplitLimits.None;

    /// <summary>The link.</summary>
    public required ILink Link { get; init; }

    /// <summary>The link, where it is a radio link.</summary>
    /// <exception cref="InvalidOperationException">The link is of another kind.</exception>
    public LinkParameters RadioLink => Link as LinkParameters ?? throw new InvalidOperationException($"The link of '{Name}' is no radio link: found {Link.GetType().Name}.");

    /// <summary>Name of the link in messages.</summary>
    /// <value>The default value is "inline".</value>
    public string LinkName { get; init; } = "inline";

    /// <summary>The server's other work.</summary>
    public ServerLoadModel ServerLoad { get; init; } = new();

    /// <summary>What users ask for.</summary>
    public required WorkloadModel Workload { get; init; }

    /// <summary>What an outcome costs.</summary>
    public Objective Objective { get; init; } = new();

    /// <summary>How long and how often to simulate.</summary>
    public SimulationSettings Settings { get; init; } = new();
}
