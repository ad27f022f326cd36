using System.Text.Json.Nodes;
using EdgeSplit.Agents.Learning;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Tests.Learning;

/// <summary>What an agent was told of one transition, copied.</summary>
internal sealed record LearnedTransition(
    double[] Observation, bool[] Mask, int Action, double Propensity, double Reward, double[] Next, bool[] NextMask, bool Terminated, bool Truncated);

/// <summary>Takes allowed actions at random, draws addressed by the number of the act, and keeps what it is told. Its state is the number of acts and the sum of rewards.</summary>
internal sealed class RecordingAgent(int observationLength, int actionCount, ulong seed = 1) : IAgent
{
    private readonly StreamKey key = StreamKey.Create(seed, "test/recording-agent");
    private long acts;

    public string Name => "recording";

    public int StateVersion => 1;

    public int ObservationLength => observationLength;

    public int ActionCount => actionCount;

    public long StepCount { get; private set; }

    internal double RewardSum { get; private set; }

    internal bool KeepsTransitions { get; set; } = true;

    internal List<LearnedTransition> Transitions { get; } = [];

    internal List<(double[] Observation, bool[] Mask, int Action, bool Explore)> Acts { get; } = [];

    public void Act(ReadOnlySpan<double> observations, ReadOnlySpan<bool> masks, Span<int> actions, Span<double> propensities, bool explore = true)
    {
        AssertOneLane(actions.Length);
        var random = new RandomSource(key, (ulong)(explore ? acts++ : 0));
        var skip = random.NextInt32(masks.Count(true));
        var action = 0;
        while (!masks[action] || skip-- > 0)
        {
            action++;
        }

        actions[0] = action;
        propensities[0] = 1.0 / masks.Count(true);
        if (KeepsTransitions)
        {
            Acts.Add((observations.ToArray(), masks.ToArray(), action, explore));
        }
    }

    public void Learn(in TransitionBatch transitions)
    {
        AssertOneLane(transitions.Count);
        StepCount++;
        RewardSum += transitions.Rewards[0];
        if (KeepsTransitions)
        {
            Transitions.Add(new LearnedTransition(
                transitions.Observations.ToArray(),
                transitions.Masks.ToArray(),
                transitions.Actions[0],
                transitions.Propensities[0],
                transitions.Rewards[0],
                transitions.NextObservations.ToArray(),
                transitions.NextMasks.ToArray(),
                transitions.Terminated[0],
                transitions.Truncated[0]));
        }
    }

    // The assertions of the test framework allocate.
    private static void AssertOneLane(int lanes)
    {
        if (lanes != 1)
        {
            Assert.Fail($"one lane, not {lanes}");
        }
    }

    public JsonObject Describe() => new() { ["seed"] = seed };

    public void SaveState(BinaryWriter writer)
    {
        writer.Write(acts);
        writer.Write(StepCount);
        writer.Write(RewardSum);
    }

    public void LoadState(BinaryReader reader) => (acts, StepCount, RewardSum) = (reader.ReadInt64(), reader.ReadInt64(), reader.ReadDouble());
}
