using System.Text.Json.Nodes;
using EdgeSplit.Agents.Environments.Classic;
using EdgeSplit.Agents.Learning;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Tests.Extending;

/// <summary>An agent of a user's own, from public members only: trained, interrupted and taken up like the built-in ones.</summary>
public sealed class YourOwnAgent : IDisposable
{
    private const int Symbols = 3;
    private readonly string folder = Directory.CreateTempSubdirectory("edgesplit-agent-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void It_learns_the_identity_and_is_saved_and_loaded()
    {
        var agent = new Averages(Symbols, 5);
        Training.Run(agent, new Identity(4, Symbols), new TrainingOptions { Steps = 1200, Seed = 1 });
        Assert.Equal(100, EpisodeEvaluation.Run(agent, new Identity(2, Symbols), 4, seed: 9).Mean);

        var file = Path.Combine(folder, "mine.agent");
        AgentFile.Write(file, agent);
        var loaded = new Averages(Symbols, 5);
        AgentFile.Load(file, loaded);
        Assert.Equal(100, EpisodeEvaluation.Run(loaded, new Identity(2, Symbols), 4, seed: 9).Mean);
        Assert.Equal(agent.StepCount, loaded.StepCount);
        Assert.Throws<AgentFileException>(() => AgentFile.Load(file, new Averages(Symbols, 6)));
    }

    /// <summary>The mean reward of each action for each symbol shown; an untried one counts as good.</summary>
    private sealed class Averages(int symbols, ulong seed) : IAgent
    {
        private readonly double[] sums = new double[symbols * symbols];
        private readonly long[] counts = new long[symbols * symbols];
        private readonly StreamKey key = StreamKey.Create(seed, "test/averages");
        private long acts;

        public string Name => "averages";

        public int StateVersion => 1;

        public int ObservationLength => symbols;

        public int ActionCount => symbols;

        public long StepCount { get; private set; }

        public void Act(ReadOnlySpan<double> observations, ReadOnlySpan<bool> masks, Span<int> actions, Span<double> propensities, bool explore = true)
        {
            for (var lane = 0; lane < actions.Length; lane++)
            {
                var shown = observations.Slice(lane * symbols, symbols).IndexOf(1);
                var random = new RandomSource(key, (ulong)lane, (ulong)acts);
                var explores = explore && random.NextUniform() < 0.1;
                actions[lane] = explores ? random.NextInt32(symbols) : Enumerable.Range(0, symbols).MaxBy(action => Mean(shown, action));
                propensities[lane] = 1;
            }

            acts += explore ? 1 : 0;
        }

        public void Learn(in TransitionBatch transitions)
        {
            for (var lane = 0; lane < transitions.Count; lane++)
            {
                var cell = (transitions.Observations.Slice(lane * symbols, symbols).IndexOf(1) * symbols) + transitions.Actions[lane];
                sums[cell] += transitions.Rewards[lane];
                counts[cell]++;
                StepCount++;
            }
        }

        public JsonObject Describe() => new() { ["symbols"] = symbols, ["seed"] = seed };

        public void SaveState(BinaryWriter writer)
        {
            writer.Write(acts);
            writer.Write(StepCount);
            for (var cell = 0; cell < sums.Length; cell++)
            {
                writer.Write(sums[cell]);
                writer.Write(counts[cell]);
            }
        }

        public void LoadState(BinaryReader reader)
        {
            (acts, StepCount) = (reader.ReadInt64(), reader.ReadInt64());
            for (var cell = 0; cell < sums.Length; cell++)
            {
                (sums[cell], counts[cell]) = (reader.ReadDouble(), reader.ReadInt64());
            }
        }

        private double Mean(int shown, int action) => counts[(shown * symbols) + action] is var n and > 0 ? sums[(shown * symbols) + action] / n : 2;
    }
}
