using EdgeSplit.Agents.Learning;
using EdgeSplit.Tests.ModelFree;

namespace EdgeSplit.Tests.Learning;

public sealed class TrainingTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("edgesplit-training-").FullName;

    private string Checkpoint => Path.Combine(folder, "run.checkpoint");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("ppo")]
    [InlineData("a2c")]
    [InlineData("dqn")]
    [InlineData("double dueling dqn")]
    public void A_training_that_goes_on_from_a_checkpoint_equals_one_that_was_not_interrupted(string name)
    {
        var (whole, wholeReturns) = Run(name, null);
        var (_, firstReturns) = Run(name, Checkpoint, killAt: 410);
        Assert.InRange(firstReturns.Count, 1, wholeReturns.Count - 1);
        var (resumed, resumedReturns) = Run(name, Checkpoint);
        Assert.Equal(whole, resumed);
        Assert.Equal(wholeReturns, resumedReturns);
        var (again, againReturns) = Run(name, Checkpoint);
        Assert.Equal(whole, again);
        Assert.Equal(wholeReturns, againReturns);
    }

    [Fact]
    public void A_checkpoint_of_another_training_or_a_damaged_one_changes_nothing()
    {
        Run("ppo", Checkpoint, killAt: 410);
        AssertRefused("seed", new TrainingOptions { CheckpointPath = Checkpoint, Seed = 8, Callbacks = [new RecordReturns()] });
        AssertRefused("number of callbacks", new TrainingOptions { CheckpointPath = Checkpoint, Seed = 7 });
        AssertRefused("StopAfterEpisodes", new TrainingOptions { CheckpointPath = Checkpoint, Seed = 7, Callbacks = [new StopAfterEpisodes(1)] });
        var bytes = File.ReadAllBytes(Checkpoint);
        foreach (var (change, place) in new[] { (1, 3), (1, 30), (1, 100), (1, bytes.Length - 3), (0, bytes.Length - 9), (0, 70), (0, 10) })
        {
            var damaged = (byte[])bytes.Clone();
            damaged[place] ^= (byte)change;
            File.WriteAllBytes(Checkpoint, change == 0 ? damaged[..place] : damaged);
            AssertRefused(Checkpoint, new TrainingOptions { CheckpointPath = Checkpoint, Seed = 7, Callbacks = [new RecordReturns()] });
        }
    }

    [Theory]
    [InlineData("reward", double.NaN)]
    [InlineData("reward", double.PositiveInfinity)]
    [InlineData("observation", double.NaN)]
    [InlineData("observation", double.NegativeInfinity)]
    [InlineData("mask", 0.0)]
    public void A_faulty_environment_is_named_and_the_state_of_the_training_is_kept(string fault, double value)
    {
        foreach (var name in new[] { "ppo", "a2c", "dqn" })
        {
            var environment = new IdentityBatch(2, 3)
            {
                RewardFaultAt = fault == "reward" ? 100 : -1,
                ObservationFaultAt = fault == "observation" ? 100 : -1,
                MaskFaultAt = fault == "mask" ? 100 : -1,
                Fault = value,
            };
            var agent = AgentFactory.Create(name, 3, 3, 2);
            Assert.Contains("lane 1", Assert.Throws<ArgumentException>(() => Training.Run(agent, environment, new TrainingOptions { Steps = 1000 })).Message, StringComparison.OrdinalIgnoreCase);
            var other = AgentFactory.Create(name, 3, 3, 2);
            Training.Run(other, new IdentityBatch(2, 3), new TrainingOptions { Steps = 198 });

            // Acting came before the fault, so only the number of acts differs: what was learned is compared.
            Assert.Equal(198, agent.StepCount);
            Assert.Equal(Greedy(other), Greedy(agent));
        }
    }

    [Fact]
    public void Spaces_that_do_not_fit_are_named()
    {
        var agent = AgentFactory.Create("ppo", 3, 4);
        Assert.Contains("sees 3", Assert.Throws<ArgumentException>(() => Training.Run(agent, new IdentityBatch(1, 4))).Message, StringComparison.Ordinal);
        Assert.Contains("has 4 actions", Assert.Throws<ArgumentException>(() => Training.Run(agent, new IdentityBatch(1, 3))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => EpisodeEvaluation.Run(agent, new IdentityBatch(1, 3), 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Training.Run(AgentFactory.Create("ppo", 3, 3), new IdentityBatch(2, 3)));
    }

    [Fact]
    public void A_training_stops_where_a_callback_says_so()
    {
        var stop = new StopAfterEpisodes(3);
        var result = Run(new TrainingOptions { Steps = 10_000, Callbacks = [stop] });
        Assert.Equal((TrainingStop.Callback, stop, 4L, 80L), (result.Stop, result.StoppedBy, result.Episodes, result.Steps));
        var returns = new RecordReturns();
        var threshold = new StopAtMeanReturn(19, leastEpisodes: 2);
        result = Run(new TrainingOptions { Steps = 100_000, Callbacks = [returns, threshold] });
        Assert.Equal((TrainingStop.Callback, threshold), (result.Stop, result.StoppedBy));
        Assert.InRange(result.MeanReturn, 19, 20);
        Assert.Equal(result.MeanReturn, returns.Episodes.TakeLast(100).Average(episode => episode.Return), 1e-12);
        Assert.Equal(result.Episodes, returns.Episodes.Count);
        Assert.Equal(TrainingStop.Completed, Run(new TrainingOptions { Steps = 41 }).Stop);
        Assert.Equal(42, Run(new TrainingOptions { Steps = 41 }).Steps);
    }

    [Fact]
    public void A_training_without_improvement_stops_and_the_best_agent_is_kept()
    {
        var best = Path.Combine(folder, "best.agent");
        var evaluation = new EvaluateEvery(new IdentityBatch(2, 3, 20), 100, 4, best);
        var stop = new StopWithoutImprovement(evaluation, 3);
        var result = Run(new TrainingOptions { Steps = 100_000, Callbacks = [evaluation, stop] });
        Assert.Same(stop, result.StoppedBy);
        Assert.Equal(result.Steps, evaluation.Evaluations.Count * 100);
        Assert.Equal(evaluation.Evaluations.Max(e => e.MeanReturn), evaluation.BestMeanReturn);
        Assert.Equal(evaluation.BestMeanReturn, evaluation.Evaluations[^4].MeanReturn);
        var agent = AgentFactory.Create("ppo", 3, 3, 2);
        AgentFile.Load(best, agent);
        Assert.Equal(evaluation.BestMeanReturn, EpisodeEvaluation.Run(agent, new IdentityBatch(2, 3, 20), 4, evaluation.Seed).Mean);
    }

    [Fact]
    public void A_cancelled_training_says_so_and_can_be_taken_up()
    {
        using var source = new CancellationTokenSource();
        var progress = new Reports(report =>
        {
            if (report.Episodes >= 6)
            {
                source.Cancel();
            }
        });
        var agent = AgentFactory.Create("ppo", 3, 3, 2);
        var options = new TrainingOptions { Steps = 400, CheckpointPath = Checkpoint, Progress = progress };
        var result = Training.Run(agent, new IdentityBatch(2, 3, 20), options, source.Token);
        Assert.Equal((TrainingStop.Cancelled, 6L, 120L), (result.Stop, result.Episodes, result.Steps));
        var other = AgentFactory.Create("ppo", 3, 3, 2);
        var rest = Training.Run(other, new IdentityBatch(2, 3, 20), options with { Progress = null });
        Assert.Equal((TrainingStop.Completed, 400L), (rest.Stop, rest.Steps));
        var whole = AgentFactory.Create("ppo", 3, 3, 2);
        Assert.Equal(rest, Training.Run(whole, new IdentityBatch(2, 3, 20), new TrainingOptions { Steps = 400 }));
        Assert.Equal(AgentFactory.StateOf(whole), AgentFactory.StateOf(other));
    }

    // Lane 0 has episodes of 1 step, lane 1 of 9: a rule of "the first ten to end" would count lane 0 nine times.
    [Fact]
    public void Episodes_are_split_over_the_lanes_beforehand()
    {
        var evaluation = EpisodeEvaluation.Run(AgentFactory.Create("dqn", 1, 2), new UnevenEpisodes(), 5);
        Assert.Equal([1, 1, 1, 9, 9], evaluation.Lengths);
        Assert.Equal([1, 1, 1, 9, 9], evaluation.Returns);
        Assert.Equal(4.2, evaluation.Mean, 1e-12);
        Assert.Equal(Math.Sqrt(15.36), evaluation.StandardDeviation, 1e-12);
    }

    private static TrainingResult Run(TrainingOptions options) => Training.Run(AgentFactory.Create("ppo", 3, 3, 2), new IdentityBatch(2, 3, 20), options);

    private (byte[] State, List<(long Steps, double Return)> Returns) Run(string name, string? checkpoint, long killAt = -1)
    {
        var returns = new RecordReturns();
        var agent = AgentFactory.Create(name, 3, 3, 2);
        List<TrainingCallback> callbacks = [returns];
        var options = new TrainingOptions { Steps = 900, Seed = 7, CheckpointPath = checkpoint, CheckpointEverySteps = 100, Callbacks = callbacks };
        if (killAt > 0)
        {
            // As if the process were killed: the checkpoint stays as it was, whatever comes after.
            var environment = new IdentityBatch(2, 3, 9) { RewardFaultAt = killAt / 2 };
            Assert.Throws<ArgumentException>(() => Training.Run(agent, environment, options));
        }
        else
        {
            Training.Run(agent, new IdentityBatch(2, 3, 9), options);
        }

        return (AgentFactory.StateOf(agent), [.. returns.Episodes]);
    }

    private static int[] Greedy(IAgent agent)
    {
        var actions = new int[3];
        agent.Act([1, 0, 0, 0, 1, 0, 0, 0, 1], [true, true, true, true, true, true, true, true, true], actions, new double[3], explore: false);
        return actions;
    }

    private void AssertRefused(string message, TrainingOptions options)
    {
        var agent = AgentFactory.Create("ppo", 3, 3, 2);
        var before = AgentFactory.StateOf(agent);
        Assert.Contains(message, Assert.Throws<AgentFileException>(() => Training.Run(agent, new IdentityBatch(2, 3, 9), options)).Message, StringComparison.Ordinal);
        Assert.Equal(before, AgentFactory.StateOf(agent));
    }

    private sealed class Reports(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value);
    }
}
