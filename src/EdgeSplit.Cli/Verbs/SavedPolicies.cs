using System.Text.Json.Nodes;
using EdgeSplit.Agents.Evaluation;
using EdgeSplit.Agents.Learning;
using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Simulation;

namespace EdgeSplit.Cli.Verbs;

/// <summary>Learners that can be written to files and read back.</summary>
internal static class SavedPolicies
{
    /// <summary>A learner of the catalogue that has learned nothing.</summary>
    internal static ISplitPolicy Create(string option, string name, Scenario scenario, ulong seed)
    {
        var entry = AgentNames.Find(option, name);
        return !entry.IsReference && entry.Create(scenario, seed) is var policy and ISavedAgent ? policy
            : throw new BadInputException($"{option}: found \"{entry.Name}\", which has nothing to train and save; allowed: one of {string.Join(", ", Names(scenario))}.");
    }

    /// <summary>Reads the header of an agent file and finds whose it is.</summary>
    internal static (AgentFileHeader Header, AgentEntry Entry) Identify(string path, Scenario scenario)
    {
        var header = AgentFile.ReadHeader(path);
        var names = Names(scenario);
        return names.Contains(header.Agent) ? (header, AgentCatalog.Find(header.Agent))
            : throw new AgentFileException(path, "$.agent", $"\"{header.Agent}\"", "one of " + string.Join(", ", names));
    }

    /// <summary>The agent of a file, learning on or as it is.</summary>
    internal static ISplitPolicy Load(string path, byte[] content, AgentFileHeader header, AgentEntry entry, Scenario scenario, bool learns)
    {
        var policy = entry.Create(scenario, SeedOf(header.Settings) ?? 0, learns);
        using var stream = new MemoryStream(content, writable: false);
        AgentFile.Load(stream, path, (ISavedAgent)policy);
        return policy;
    }

    private static string[] Names(Scenario scenario) =>
        [.. AgentCatalog.All.Where(entry => entry is { IsReference: false, Learns: true } && entry.Create(scenario, 0) is ISavedAgent).Select(entry => entry.Name)];

    // The seed is a setting like any other; an agent that draws nothing has none.
    private static ulong? SeedOf(JsonObject settings)
    {
        foreach (var (key, value) in settings)
        {
            if (key == "seed" && value is JsonValue number && number.TryGetValue<ulong>(out var seed))
            {
                return seed;
            }

            if (value is JsonObject inner && SeedOf(inner) is { } found)
            {
                return found;
            }
        }

        return null;
    }
}
