using EdgeSplit.Agents.Environments;

namespace EdgeSplit.Tests.Environments;

public class SplitEnvironmentSavingLaws
{
    [Theory]
    [InlineData(RequestPhysics.Full)]
    [InlineData(RequestPhysics.CoherenceState)]
    public void A_batch_saved_in_the_middle_of_conversations_goes_on_bit_for_bit(RequestPhysics physics)
    {
        var options = new BatchedEnvironmentOptions { Environments = 3, Physics = physics, EpisodesPerWorld = 2, StepLimit = 4 };
        BatchRun.AssertGoesOnAfterLoading(() => new BatchedSplitEnvironment(EnvironmentScenarios.MultiTurn, options), 8, 30);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)] // later than the first schedule of the world reaches
    [InlineData(40)]
    public void A_single_environment_saved_in_the_middle_of_a_conversation_goes_on_bit_for_bit(int before)
    {
        var options = new SplitEnvironmentOptions { EpisodesPerWorld = 12 };
        BatchRun.AssertGoesOnAfterLoading(() => new SynchronousBatch(2, _ => new SplitEnvironment(EnvironmentScenarios.MultiTurn, options)), before, 25);
    }

    [Fact]
    public void An_environment_that_was_never_reset_or_whose_episode_has_ended_is_loaded_as_such()
    {
        var ended = new SplitEnvironment(EnvironmentScenarios.SingleTurn);
        var loaded = new SplitEnvironment(EnvironmentScenarios.SingleTurn);
        loaded.Reset(5);
        BatchRun.Load(loaded, BatchRun.Save(ended));
        Assert.Contains("Call Reset before the first step", Assert.Throws<InvalidOperationException>(() => loaded.Step(0)).Message, StringComparison.Ordinal);
        ended.Reset(3);
        Assert.True(ended.Step(0).Terminated);
        BatchRun.Load(loaded, BatchRun.Save(ended));
        Assert.Contains("has ended", Assert.Throws<InvalidOperationException>(() => loaded.Step(0)).Message, StringComparison.Ordinal);
        Assert.Equal(ended.Reset().Observation.ToArray(), loaded.Reset().Observation.ToArray());
    }

    [Fact]
    public void A_state_of_another_scenario_or_of_other_options_is_refused_in_words()
    {
        var state = BatchRun.Save(new SplitEnvironment(EnvironmentScenarios.SingleTurn with { Name = "there" }));
        var error = Assert.Throws<InvalidDataException>(() => BatchRun.Load(new SplitEnvironment(EnvironmentScenarios.SingleTurn), state));
        Assert.Contains("'there', expected 'environments'", error.Message, StringComparison.Ordinal);
        var cut = new SplitEnvironment(EnvironmentScenarios.SingleTurn with { Name = "there" }, new SplitEnvironmentOptions { StepLimit = 5 });
        Assert.Contains("expected 5", Assert.Throws<InvalidDataException>(() => BatchRun.Load(cut, state)).Message, StringComparison.Ordinal);
    }
}
