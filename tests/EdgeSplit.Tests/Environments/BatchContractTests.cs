using EdgeSplit.Agents.Environments;
using EdgeSplit.Agents.Environments.Classic;
using EdgeSplit.Tests.Environments.Classic;

namespace EdgeSplit.Tests.Environments;

public class BatchContractTests
{
    [Theory]
    [MemberData(nameof(ClassicEnvironmentLaws.Names), MemberType = typeof(ClassicEnvironmentLaws))]
    public void The_classic_environments_keep_the_contract(string name) =>
        Assert.Empty(EnvironmentContract.CheckBatch(count => ClassicEnvironmentLaws.All[name](count)));

    [Fact]
    public void The_batched_split_environment_keeps_the_contract_in_both_physics_and_with_masks()
    {
        Assert.Empty(EnvironmentContract.CheckBatch(count => Split(count, RequestPhysics.Full), steps: 40));
        Assert.Empty(EnvironmentContract.CheckBatch(count => Split(count, RequestPhysics.CoherenceState), steps: 100));
    }

    [Fact]
    public void A_batch_of_single_environments_keeps_the_contract_with_masks_and_split_environments()
    {
        Assert.Empty(EnvironmentContract.CheckBatch(count => new SynchronousBatch(count, _ => new IdentityEnvironment())));
        Assert.Empty(EnvironmentContract.CheckBatch(
            count => new SynchronousBatch(count, _ => new SplitEnvironment(EnvironmentScenarios.MultiTurn, new SplitEnvironmentOptions { StepLimit = 3 })), steps: 20));
    }

    [Theory]
    [InlineData(nameof(BatchFault.NoReset), "Step before the first Reset must throw InvalidOperationException, but it went through")]
    [InlineData(nameof(BatchFault.AnyBuffer), "Reset with too short a buffer of observations must throw ArgumentOutOfRangeException, but it threw ArgumentException")]
    [InlineData(nameof(BatchFault.AnyAction), "Action -1, which no space has, in the last environment must throw ArgumentOutOfRangeException, but it went through")]
    [InlineData(nameof(BatchFault.StepsBeforeRefusing), "a refused call must change nothing")]
    [InlineData(nameof(BatchFault.NextStepAutoreset), "the final observation equals the observation: write the last observation of the old episode to finalObservations")]
    [InlineData(nameof(BatchFault.FinalAfterReset), "the final observation equals the observation: write the last observation of the old episode to finalObservations")]
    [InlineData(nameof(BatchFault.NoFinals), "Final observation entry 0 ('position') was NaN")]
    [InlineData(nameof(BatchFault.AllFinals), "where no episode ended: leave that row alone")]
    [InlineData(nameof(BatchFault.AllFinalMasks), "where the episode was not truncated: leave that row alone")]
    [InlineData(nameof(BatchFault.NoFinalMask), "where the episode was truncated: write what would be allowed next")]
    [InlineData(nameof(BatchFault.NeedsFinals), "Step number 1 threw ArgumentException")]
    [InlineData(nameof(BatchFault.FinalsMoveCourse), "Without buffers for final observations and masks, the course is another one")]
    [InlineData(nameof(BatchFault.NoMask), "The mask allows nothing")]
    [InlineData(nameof(BatchFault.NoRewards), "The reward is not finite, or was not written")]
    [InlineData(nameof(BatchFault.NoTruncated), "Both terminated and truncated are set, or were not written")]
    [InlineData(nameof(BatchFault.OutsideSpace), "Observation entry 1 ('velocity') was NaN")]
    [InlineData(nameof(BatchFault.IgnoresSeed), "Reset must use the seed")]
    [InlineData(nameof(BatchFault.SeedlessRepeats), "Reset without a seed repeats the same course")]
    [InlineData(nameof(BatchFault.Clock), "is a clock used?")]
    [InlineData(nameof(BatchFault.GlobalState), "something is drawn from elsewhere than the seed")]
    [InlineData(nameof(BatchFault.Leftover), "state is left over")]
    [InlineData(nameof(BatchFault.OneSeedForAll), "is not what a batch of one seeded with 1 + 1 is")]
    [InlineData(nameof(BatchFault.CoupledLanes), "share nothing between environments")]
    [InlineData(nameof(BatchFault.WrongCount), "A batch of 3 was asked for, but Count is 1")]
    [InlineData(nameof(BatchFault.ForgetsState), "A batch that was saved and loaded does not go on as the original does")]
    [InlineData(nameof(BatchFault.CannotLoad), "Saving, loading or going on threw InvalidDataException")]
    public void A_broken_batch_is_reported(string fault, string words)
    {
        var findings = EnvironmentContract.CheckBatch(count => new FaultyBatch(count, Enum.Parse<BatchFault>(fault)), steps: 150);
        Assert.Contains(findings, finding => finding.Contains(words, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_fault_has_its_case_and_without_one_nothing_is_found()
    {
        var cases = typeof(BatchContractTests).GetMethod(nameof(A_broken_batch_is_reported))!
            .GetCustomAttributes(typeof(InlineDataAttribute), false)
            .Select(attribute => ((InlineDataAttribute)attribute).GetData(null!).Single()[0]);
        Assert.Equal(Enum.GetNames<BatchFault>().Skip(1), cases);
        Assert.Empty(EnvironmentContract.CheckBatch(count => new FaultyBatch(count, BatchFault.None), steps: 150));
    }

    [Fact]
    public void A_batch_that_is_missing_is_reported() => Assert.Equal(["The factory returned null."], EnvironmentContract.CheckBatch(() => null!));

    private static BatchedSplitEnvironment Split(int count, RequestPhysics physics) => new(
        EnvironmentScenarios.MultiTurn, new BatchedEnvironmentOptions { Environments = count, Physics = physics, EpisodesPerWorld = 2, StepLimit = 3 });
}
