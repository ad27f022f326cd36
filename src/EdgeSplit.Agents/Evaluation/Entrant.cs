using EdgeSplit.Agents.Policies;
using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Simulation;

namespace EdgeSplit.Agents.Evaluation;

/// <summary>One who enters a comparison: of the catalogue, or a policy of the caller's.</summary>
internal sealed record Entrant(string Name, AgentEntry? Entry, Func<World, int, ISplitPolicy> Create)
{
    internal bool IsReference => Entry?.IsReference ?? false;

    /// <summary>References first, then the named policies in their order, then the caller's.</summary>
    internal static List<Entrant> Of(ComparisonOptions options, CancellationToken cancellation)
    {
        var entrants = new List<Entrant>
        {
            new(AgentCatalog.BestFixed, AgentCatalog.Find(AgentCatalog.BestFixed), (_, best) => new FixedSplit(best, AgentCatalog.BestFixed)),
            Named(AgentCatalog.StateOracle),
        };
        if (options.IncludeClairvoyant || options.Agents.Contains(AgentCatalog.Clairvoyant))
        {
            entrants.Insert(0, new Entrant(
                AgentCatalog.Clairvoyant, AgentCatalog.Find(AgentCatalog.Clairvoyant), (world, _) => new ReplayedSplits(AgentCatalog.Clairvoyant, new Clairvoyant(world).Plan(cancellation))));
        }

        IEnumerable<string> names = options.Agents.Contains(AgentCatalog.Greedy) ? options.Agents : [AgentCatalog.Greedy, .. options.Agents];
        entrants.AddRange(names.Where(name => !AgentCatalog.Find(name).IsReference).Select(Named));
        foreach (var (factory, index) in options.AdditionalPolicies.Select((f, i) => (f, i)))
        {
            entrants.Add(new Entrant(FormattableString.Invariant($"additional {index + 1}"), null, (world, _) => factory(world)));
        }

        return entrants;
    }

    private static Entrant Named(string name)
    {
        var entry = AgentCatalog.Find(name);
        return new Entrant(entry.Name, entry, (world, _) => entry.Create(world));
    }
}
