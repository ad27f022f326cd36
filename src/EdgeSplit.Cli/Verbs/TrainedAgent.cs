using EdgeSplit.Agents.Evaluation;
using EdgeSplit.Agents.Learning;
using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Simulation;

namespace EdgeSplit.Cli.Verbs;

/// <summary>An agent file that was read once, from which any number of equal agents are made. Safe to share between threads.</summary>
internal sealed class TrainedAgent
{
    private readonly string path;
    private readonly byte[] content;
    private readonly AgentFileHeader header;
    private readonly AgentEntry entry;
    private readonly Scenario scenario;
    private readonly bool learns;

    private TrainedAgent(string path, byte[] content, AgentFileHeader header, AgentEntry entry, Scenario scenario, bool learns) =>
        (this.path, this.content, this.header, this.entry, this.scenario, this.learns) = (path, content, header, entry, scenario, learns);

    /// <summary>Reads a file, and loads it once, so that one that cannot be used is refused before anything runs.</summary>
    /// <exception cref="AgentFileException">The file cannot be used for this scenario.</exception>
    internal static TrainedAgent Read(string path, Scenario scenario, bool learns)
    {
        var (header, entry) = SavedPolicies.Identify(path, scenario);
        var trained = new TrainedAgent(path, File.ReadAllBytes(path), header, entry, scenario, learns);
        trained.Create();
        return trained;
    }

    /// <summary>A fresh agent in the state of the file.</summary>
    internal ISplitPolicy Create() => SavedPolicies.Load(path, content, header, entry, scenario, learns);
}
