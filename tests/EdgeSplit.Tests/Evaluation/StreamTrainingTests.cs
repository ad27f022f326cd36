using System.Text.Json.Nodes;
using EdgeSplit.Agents.Evaluation;
using EdgeSplit.Agents.Learning;
using EdgeSplit.Agents.Policies;
using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Simulation;
using EdgeSplit.Tests.Policies;

namespace EdgeSplit.Tests.Evaluation;

public sealed class StreamTrainingTests : IDisposable
{
    private static readonly Scenario Small = SmallScenarios.Conversations(40);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("edgesplit-training-");

    [Fact]
    public void In_one_world_the_policy_meets_what_the_simulation_would_show_it()
    {
        // Conversations one after the other are those of the simulation, whose requests run on their own clocks.
        var seen = new Recorder();
        var result = new StreamTraining(Small, seen, new StreamTrainingOptions { Requests = 30, Seed = 8, ConversationsPerWorld = int.MaxValue }).Run();
        var simulated = new Recorder();
        new ConversationSimulator(new World(Small with { Settings = Small.Settings with { Requests = 60 } }, 8), simulated).Run();
        Assert.True(result.Requests >= 30 && result.Requests < 36);
        Assert.True(seen.Experiences[^1].IsLast);
        Assert.Equal(result.Requests, seen.Experiences.Count);
        Assert.Equal(simulated.Experiences.OrderBy(e => e.Request).Take(result.Requests), seen.Experiences);
        Assert.Equal(simulated.Believed.OrderBy(pair => pair.Request).Take(result.Requests), seen.Believed);
        Assert.Equal(seen.Experiences.Average(e => e.Cost), result.MeanCost, 1e-12);
        Assert.Equal(seen.Experiences[^1].Conversation + 1, result.Conversations);
    }

    [Fact]
    public void Over_many_worlds_requests_and_conversations_are_numbered_on()
    {
        var seen = new Recorder();
        new StreamTraining(Small, seen, new StreamTrainingOptions { Requests = 50, ConversationsPerWorld = 2 }).Run();
        Assert.Equal(Enumerable.Range(0, seen.Experiences.Count), seen.Experiences.Select(e => e.Request));
        Assert.Equal(Enumerable.Range(0, seen.Experiences[^1].Conversation + 1), seen.Experiences.Select(e => e.Conversation).Distinct());
    }

    [Theory]
    [InlineData("ppo", 1)]
    [InlineData("linear-thompson", 3)]
    [InlineData("shared-linear-bandit", 100)]
    public void A_training_that_was_ended_and_resumed_is_the_one_that_went_on_bit_for_bit(string agent, int conversationsPerWorld)
    {
        var options = new StreamTrainingOptions { Requests = 300, ConversationsPerWorld = conversationsPerWorld, StopWindow = 200 };
        var straight = Create(agent);
        var expected = new StreamTraining(Small, straight, options).Run();

        // Ended by the user in the middle, which leaves a checkpoint.
        var checkpoint = PathOf("run.checkpoint");
        using var ending = new CancellationTokenSource();
        var first = Create(agent);
        var withCheckpoint = options with { CheckpointPath = checkpoint };
        Assert.Throws<OperationCanceledException>(() => new StreamTraining(Small, first, withCheckpoint).Run(new EndAt(140, ending), ending.Token));

        var second = Create(agent);
        var training = new StreamTraining(Small, second, withCheckpoint);
        training.Resume(checkpoint);
        Assert.Equal(expected, training.Run());
        Assert.Equal(Saved(straight), Saved(second));
        Assert.NotEqual(Saved(first), Saved(second));
    }

    [Fact]
    public void A_regular_checkpoint_is_written_at_the_end_of_a_conversation_and_can_be_taken_up()
    {
        var checkpoint = PathOf("run.checkpoint");
        var options = new StreamTrainingOptions { Requests = 120, CheckpointPath = checkpoint, CheckpointEvery = 50 };
        var agent = Create("lin-ucb");
        byte[]? early = null;
        new StreamTraining(Small, agent, options).Run(new Watch(progress => early ??= progress.Requests >= 60 ? File.ReadAllBytes(checkpoint) : null));
        var later = Create("lin-ucb");
        File.WriteAllBytes(PathOf("early"), early!);
        var training = new StreamTraining(Small, later, options);
        training.Resume(PathOf("early"));
        training.Run();
        Assert.Equal(Saved(agent), Saved(later));

        // At its end there is nothing left to do.
        var again = new StreamTraining(Small, Create("lin-ucb"), options);
        again.Resume(checkpoint);
        Assert.InRange(again.Run(new Watch(_ => Assert.Fail("nothing is left to serve"))).Requests, 120, 125);
        Assert.Equal(["early", "run.checkpoint"], Directory.GetFiles(folder.FullName).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void It_stops_where_the_cost_falls_no_further()
    {
        var result = new StreamTraining(Small, new Recorder(), new StreamTrainingOptions { Requests = 100_000, StopWindow = 50 }).Run();
        Assert.True(result.StoppedEarly);
        Assert.InRange(result.Requests, 100, 5000);
    }

    [Fact]
    public void A_checkpoint_of_something_else_or_damaged_is_refused_with_file_and_place()
    {
        var checkpoint = PathOf("run.checkpoint");
        var options = new StreamTrainingOptions { Requests = 30, CheckpointPath = checkpoint };
        new StreamTraining(Small, Create("lin-ucb"), options).Run();
        var bytes = File.ReadAllBytes(checkpoint);
        Refused("$.seed", Small, "lin-ucb", options with { Seed = 5 });
        Refused("$.conversationsPerWorld", Small, "lin-ucb", options with { ConversationsPerWorld = 5 });
        Refused("$.stopWindow", Small, "lin-ucb", options with { StopWindow = 5 });
        Refused("$.scenario", Small with { Objective = Small.Objective with { LatencyWeight = 3 } }, "lin-ucb", options);
        Refused("$.agent", Small, "square-cb", options);
        Refused("$", Small, "lin-ucb", options, []);
        Refused("$", Small, "lin-ucb", options, [1, 2, 3]);
        Refused("$", Small, "lin-ucb", options, [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]);
        Refused("$.stateBytes", Small, "lin-ucb", options, bytes[..^10]);
        Refused("$", Small, "lin-ucb", options, [.. bytes, 0]);
        for (var length = 0; length < 200; length += 13)
        {
            Refused(null, Small, "lin-ucb", options, bytes[..length]);
        }

        void Refused(string? place, Scenario scenario, string agent, StreamTrainingOptions with, byte[]? content = null)
        {
            File.WriteAllBytes(checkpoint, content ?? bytes);
            var error = Assert.Throws<AgentFileException>(() => new StreamTraining(scenario, Create(agent), with).Resume(checkpoint));
            Assert.Equal(place ?? error.JsonPath, error.JsonPath);
            Assert.StartsWith(checkpoint + ": ", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_cannot_be_saved_or_is_out_of_range_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new StreamTraining(Small, new RandomSplit(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new StreamTrainingOptions { Requests = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new StreamTrainingOptions { ConversationsPerWorld = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new StreamTrainingOptions { StopWindow = -1 });
        var masked = Small with { Limits = new SplitLimits { MaximumTokenRecoveryRate = 0.6 } };
        var error = Assert.Throws<InvalidOperationException>(() => new StreamTraining(masked, new Recorder(always: 0)).Run());
        Assert.Contains("chose split 0", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static ISplitPolicy Create(string agent) => AgentCatalog.Find(agent).Create(Small, 3);

    private static byte[] Saved(ISplitPolicy policy)
    {
        using var stream = new MemoryStream();
        AgentFile.Write(stream, (ISavedAgent)policy);
        return stream.ToArray();
    }

    private string PathOf(string name) => Path.Combine(folder.FullName, name);

    private sealed class EndAt(int requests, CancellationTokenSource source) : IProgress<StreamTrainingProgress>
    {
        public void Report(StreamTrainingProgress value)
        {
            if (value.Requests >= requests)
            {
                source.Cancel();
            }
        }
    }

    private sealed class Watch(Action<StreamTrainingProgress> told) : IProgress<StreamTrainingProgress>
    {
        public void Report(StreamTrainingProgress value) => told(value);
    }

    /// <summary>Chooses by the request's parity, or always one split, and keeps what it is told.</summary>
    private sealed class Recorder(int always = -1) : ISplitPolicy, ISavedAgent
    {
        public List<Experience> Experiences { get; } = [];

        public List<(int Request, double Believed)> Believed { get; } = [];

        public string Name => "recorder";

        public int StateVersion => 1;

        public Decision Decide(DecisionContext context)
        {
            Believed.Add((context.Request, context.Belief.TimeToFirstTokenSeconds[2]));
            return new Decision(always >= 0 ? always : 1 + (context.Request % 3), 0.5);
        }

        public void Learn(in Experience experience) => Experiences.Add(experience);

        public JsonObject Describe() => [];

        public void SaveState(BinaryWriter writer)
        {
        }

        public void LoadState(BinaryReader reader)
        {
        }
    }
}
