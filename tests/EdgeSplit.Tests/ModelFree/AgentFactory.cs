using EdgeSplit.Agents.Learning;
using EdgeSplit.Agents.ModelFree;

namespace EdgeSplit.Tests.ModelFree;

/// <summary>The model-free agents by name, with small settings.</summary>
internal static class AgentFactory
{
    internal static IAgent Create(string name, int observations, int actions, int lanes = 1, ulong seed = 1) => name switch
    {
        "ppo" => new PpoAgent(observations, actions, lanes, new PpoOptions { StepsPerLane = 32, BatchSize = 24, Epochs = 2, HiddenWidths = [8], LearningRate = Schedule.Linear(2e-3, 1e-3, 500), Discount = 0.4, EntropyCoefficient = 0.01, ValueClipRange = 0.5, TargetDivergence = 0.5 }, seed),
        "a2c" => new A2cAgent(observations, actions, lanes, new A2cOptions { LearningRate = 2e-3, Discount = 0.4, HiddenWidths = [8], StandardiseAdvantages = true }, seed),
        "dqn" => new DqnAgent(observations, actions, lanes, new DqnOptions { LearningStarts = 40, BufferSize = 150, BatchSize = 16, TargetUpdateEvery = 50, LearningRate = 2e-3, Discount = 0.4, HiddenWidths = [8], ExplorationRate = Schedule.Linear(1, 0.1, 200) }, seed),
        _ => new DqnAgent(observations, actions, lanes, new DqnOptions { LearningStarts = 40, BufferSize = 150, BatchSize = 16, TargetUpdateEvery = 50, LearningRate = 2e-3, Discount = 0.4, HiddenWidths = [8], Double = true, Dueling = true }, seed),
    };

    internal static IAgent FromSettings(IAgent agent) => agent.Name switch
    {
        "ppo" => PpoAgent.FromSettings(agent.Describe()),
        "a2c" => A2cAgent.FromSettings(agent.Describe()),
        _ => DqnAgent.FromSettings(agent.Describe()),
    };

    internal static byte[] StateOf(IAgent agent)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        agent.SaveState(writer);
        writer.Flush();
        return stream.ToArray();
    }
}
