using EdgeSplit.Agents.Environments;
using EdgeSplit.Agents.Environments.AdaptiveLayerSplitting;
using EdgeSplit.Agents.Evaluation.AdaptiveLayerSplitting;
using EdgeSplit.Tests.Environments;

namespace EdgeSplit.Tests.Evaluation.AdaptiveLayerSplitting;

public sealed class SplittingExperimentTests
{
    private const int FewSteps = 600;
    private static readonly SplittingRules AsReleased = new() { AsReleased = true };
    private static readonly Lazy<SplittingResult> Short = new(() => Run(2, SplittingParts.Returns | SplittingParts.ChosenSplits | SplittingParts.Measured));

    // Stated with the released surrogate: mean over the 200 stated starts, and the scores between the second and the first.
    [Fact]
    public void The_references_are_the_stated_ones()
    {
        var references = Short.Value.Returns!.References.ToDictionary(row => row.Name);
        Assert.Equal(3.17637, references["optimum"].Return, 5e-6);
        Assert.Equal(3.1085, references["always towards 1"].Return, 5e-5);
        Assert.Equal(2.8320, references["always towards 7"].Return, 5e-5);
        Assert.Equal(2.6868, references["never move"].Return, 5e-5);
        Assert.Equal(3.1635, references["1 below noise 0.2, else 7"].Return, 5e-5);
        Assert.Equal((0.0, 1.0), (references["always towards 1"].Score, references["optimum"].Score));
        Assert.Equal(1, references["optimum"].ShareAtOptimum);
        Assert.All(references.Values, row => Assert.True(row.Score <= 1));
        var scale = new SurrogateOptimum(AsReleased);
        Assert.All(references.Values, row => Assert.Equal(scale.Score(StatedStarts.All, row.Return), row.Score, 1e-9));
    }

    [Fact]
    public void Any_number_of_threads_gives_the_same_bits()
    {
        var alone = Run(1, SplittingParts.Returns | SplittingParts.ChosenSplits | SplittingParts.Measured);
        Assert.Equal(Bits(alone), Bits(Short.Value));
    }

    [Fact]
    public void Learners_are_those_of_the_paper_and_ours_with_their_steps()
    {
        var learners = Short.Value.Returns!.Learners;
        Assert.Equal(
            [
                SplittingExperiment.PpoAsPublished, SplittingExperiment.PpoTuned, SplittingExperiment.A2c, SplittingExperiment.Dqn, SplittingExperiment.Planning,
            ],
            learners.Select(row => row.Name));
        Assert.All(learners, row => Assert.Equal((FewSteps, 2), (row.Steps, row.Returns.Count)));
        Assert.All(learners, row => Assert.NotEqual(row.Returns[0], row.Returns[1]));
        Assert.Equal([250, 500, FewSteps], Short.Value.Returns.SampleEfficiency.Select(row => row.Steps));
        Assert.All(learners, row => Assert.True(row.Mean <= 3.17638 && row.Minimum <= row.Mean && row.InterquartileMean.Lower <= row.InterquartileMean.Upper));
        Assert.Equal(2000, SplittingLearner.OnSurrogate[^1].StepsOf(240_000));
        Assert.All(Short.Value.Measured!.Policies.Where(policy => !policy.IsReference), policy => Assert.Equal(FewSteps / 40, policy.Steps));
        Assert.Equal(240_000, new SplittingExperimentOptions().Steps);
        Assert.Equal(10, new SplittingExperimentOptions().Seeds);
    }

    // Published with the surrogate: below 0.198 every start ends at 1, from 0.235 at 7.
    [Fact]
    public void The_optimum_goes_deeper_under_noise_as_published()
    {
        var splits = Short.Value.ChosenSplits!;
        var optimum = splits.Policies[0];
        Assert.Equal(("optimum", 30, 9), (optimum.Name, splits.NoiseLevels.Count, optimum.MeanSplits[0].Count));
        for (var level = 0; level < 30; level++)
        {
            var noise = splits.NoiseLevels[level];
            Assert.InRange(optimum.MeanSplit(level), noise > 0.237 ? 7 : 1, noise < 0.195 ? 1 : 7);
        }

        Assert.Equal(6, optimum.RiseUnderNoise.Mean, 1e-12);
    }

    /// <summary>Split 1 loses least and unloads most at every noise level of the reference model, so nothing beats staying there.</summary>
    [Fact]
    public void On_measured_perplexity_the_first_split_is_the_optimum_of_every_step()
    {
        var policies = Short.Value.Measured!.Policies.ToDictionary(policy => policy.Name);
        Assert.Equal(policies["always split 1"].Mean, policies["best of each step"].Mean);
        Assert.Equal(policies["always split 1"].Mean, policies["best fixed split (1)"].Mean);
        Assert.Equal(1, policies["best of each step"].ShareBySplit[0]);
        Assert.All(policies.Values, policy => Assert.True(policy.Mean <= policies["always split 1"].Mean));
        Assert.All(policies.Values, policy => Assert.Equal(1, policy.ShareBySplit.Sum(), 1e-12));
    }

    [Fact]
    public void Comparisons_pair_seeds()
    {
        var comparison = LearnerComparison.Of("a", [1, 2, 3], "b", [0.5, 1.4, 2.6]);
        Assert.Equal(6 / 9.0, comparison.ProbabilityOfImprovement, 1e-12);
        Assert.Equal(0.5, comparison.Difference!.Difference.Mean, 1e-12);
        Assert.True(comparison.IsBetter && !comparison.IsWorse);
        Assert.True(LearnerComparison.Of("b", [0.5, 1.4, 2.6], "a", [1, 2, 3]).IsWorse);
        var single = LearnerComparison.Of("a", [1], "b", [0.5]);
        Assert.True(single.Difference is null && !single.IsBetter && !single.IsWorse);
    }

    [Fact]
    public void An_observer_sees_every_training_once_and_must_run_it()
    {
        var seen = new List<string>();
        SplittingExperimentOptions Options(Action<string, Action> observer) =>
            new() { Seeds = 1, Steps = 400, MaximumThreads = 1, Parts = SplittingParts.ChosenSplits, Observer = observer };
        SplittingExperiment.Run(Options((name, training) =>
        {
            seen.Add(name);
            training();
        }));
        Assert.Equal([SplittingExperiment.PpoAsPublished, SplittingExperiment.PpoTuned, SplittingExperiment.Planning], seen);
        Assert.Throws<InvalidOperationException>(() => SplittingExperiment.Run(Options((_, _) => { })));
    }

    [Fact]
    public void It_can_be_ended_early_and_refuses_what_makes_no_sense()
    {
        using var ended = new CancellationTokenSource();
        ended.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => SplittingExperiment.Run(cancellation: ended.Token));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SplittingExperimentOptions { Seeds = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SplittingExperimentOptions { Steps = 399 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SplittingExperimentOptions { MaximumThreads = 0 });
    }

    [Fact]
    public void Ends_that_are_final_are_terminations_at_the_same_steps_and_change_what_is_learned()
    {
        var cut = new BatchRun(new SurrogateSplittingEnvironment(3));
        var final = new BatchRun(new TerminalEnds(new SurrogateSplittingEnvironment(3)));
        cut.Reset(2);
        final.Reset(2);
        for (var step = 0; step < 12; step++)
        {
            cut.StepRandomly();
            final.StepRandomly();
            Assert.Equal(cut.Truncated, final.Terminated);
            Assert.DoesNotContain(true, cut.Terminated.Concat(final.Truncated));
            Assert.Equal(cut.Observations.Concat(cut.Rewards), final.Observations.Concat(final.Rewards));
        }

        Assert.Empty(EnvironmentContract.CheckBatch(count => new TerminalEnds(new SurrogateSplittingEnvironment(count))));
        byte[] Learned(bool endsAreFinal)
        {
            using var stream = new MemoryStream();
            using var writer = new BinaryWriter(stream);
            SplittingLearner.OnSurrogate[2].Train(count => new SurrogateSplittingEnvironment(count), endsAreFinal, 400, 1, CancellationToken.None).SaveState(writer);
            return stream.ToArray();
        }

        Assert.Equal(Learned(true), Learned(true));
        Assert.NotEqual(Learned(true), Learned(false));
    }

    private static SplittingResult Run(int threads, SplittingParts parts) =>
        SplittingExperiment.Run(new SplittingExperimentOptions { Seeds = 2, Steps = FewSteps, MaximumThreads = threads, Parts = parts });

    private static IEnumerable<long> Bits(SplittingResult result) => result.Returns!.Learners.Concat(result.Returns.SampleEfficiency)
        .SelectMany(row => row.Returns.Append(row.ShareAtOptimum).Append(row.InterquartileMean.Lower))
        .Concat(result.ChosenSplits!.Policies.SelectMany(policy => policy.MeanSplits.SelectMany(row => row)))
        .Concat(result.Measured!.Policies.SelectMany(policy => policy.Returns.Concat(policy.ShareBySplit)))
        .Select(BitConverter.DoubleToInt64Bits);
}
