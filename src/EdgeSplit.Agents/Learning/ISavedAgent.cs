using System.Text.Json.Nodes;
using EdgeSplit.Agents.Environments;

namespace EdgeSplit.Agents.Learning;

/// <summary>An agent that can be written to a file and read back: settings and shape as JSON, the learned state as binary.</summary>
/// <remarks>The state is complete: an agent that was saved and loaded goes on learning bit for bit as the original would.</remarks>
public interface ISavedAgent : IRestorable
{
    /// <summary>Name in tables and in files, in lower case with hyphens, e.g. "ppo", "lin-ucb", "model-based".</summary>
    string Name { get; }

    /// <summary>Version of the layout of its state; raised with every change of it.</summary>
    int StateVersion { get; }

    /// <summary>Settings, shape and seed: all that is needed to construct an agent into which the state can be loaded.</summary>
    /// <returns>A new object; numbers, strings, booleans, arrays and objects.</returns>
    JsonObject Describe();
}
