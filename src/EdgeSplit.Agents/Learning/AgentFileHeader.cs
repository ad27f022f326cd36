using System.Text.Json.Nodes;

namespace EdgeSplit.Agents.Learning;

/// <summary>What an agent file says about its agent: all that is needed to construct one into which the state can be loaded.</summary>
/// <remarks>Immutable but for the settings, a new object that belongs to the reader. Safe to read from any number of threads.</remarks>
public sealed class AgentFileHeader
{
    internal AgentFileHeader(string agent, int stateVersion, JsonObject settings, long stateBytes, string stateSha256)
    {
        (Agent, StateVersion, Settings, StateBytes, StateSha256) = (agent, stateVersion, settings, stateBytes, stateSha256);
    }

    /// <summary>Name of the agent, e.g. "ppo" (<see cref="ISavedAgent.Name"/>).</summary>
    public string Agent { get; }

    /// <summary>Version of the layout of the state (<see cref="ISavedAgent.StateVersion"/>).</summary>
    public int StateVersion { get; }

    /// <summary>Settings, shape and seed (<see cref="ISavedAgent.Describe"/>).</summary>
    public JsonObject Settings { get; }

    /// <summary>Length of the binary state, in bytes.</summary>
    public long StateBytes { get; }

    /// <summary>SHA-256 of the binary state, 64 hexadecimal digits in lower case.</summary>
    public string StateSha256 { get; }
}
