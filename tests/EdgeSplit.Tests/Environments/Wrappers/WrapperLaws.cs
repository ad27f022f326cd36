using EdgeSplit.Agents.Environments;
using EdgeSplit.Agents.Environments.Classic;
using EdgeSplit.Agents.Environments.Wrappers;

namespace EdgeSplit.Tests.Environments.Wrappers;

public class WrapperLaws
{
    [Fact]
    public void Wrappers_nest_keep_the_contract_and_survive_saving()
    {
        // Moments that go on through a reset make a course depend on what was before it, so they are frozen here.
        Assert.Empty(EnvironmentContract.CheckBatch(() => Wrapped(new CartPole(3, 40), isFrozen: true)));
        Assert.Empty(EnvironmentContract.CheckBatch(count => new FiniteCheck(new EpisodeRecords(new CartPole(count, 40)))));
        BatchRun.AssertGoesOnAfterLoading(() => Wrapped(new CartPole(3, 40)), 50, 100);
    }

    [Fact]
    public void Masks_flags_and_final_masks_pass_unchanged()
    {
        // IdentityEnvironment masks one symbol; five steps an episode, of which the limit of three allows three.
        IBatchedEnvironment Masked() => new SynchronousBatch(3, _ => new TimeLimit(new IdentityEnvironment(), 3));
        var plain = new BatchRun(Masked());
        var wrapped = new BatchRun(Wrapped(Masked()));
        plain.Reset(2);
        wrapped.Reset(2);
        for (var step = 0; step < 30; step++)
        {
            plain.StepRandomly();
            wrapped.StepRandomly();
            Assert.Contains(false, plain.Mask);
            Assert.Equal(plain.Mask, wrapped.Mask);
            Assert.Equal(plain.FinalMask, wrapped.FinalMask);
            Assert.Equal(plain.Truncated, wrapped.Truncated);
            Assert.Equal(plain.Terminated, wrapped.Terminated);
        }
    }

    [Fact]
    public void A_wrapped_step_allocates_nothing()
    {
        // Episodes longer than the steps counted, so that the list of records does not grow meanwhile.
        var run = new BatchRun(Wrapped(new Identity(4, 3, 1000)));
        run.Reset(1);
        Assert.Equal(0, run.AllocatedBytes(300));
    }

    [Fact]
    public void A_time_limit_truncates_and_a_termination_in_its_last_step_stays_one()
    {
        Assert.Empty(EnvironmentContract.Check(() => new TimeLimit(new IdentityEnvironment(), 3)));
        Assert.Empty(EnvironmentContract.Check(() => new TimeLimit(new SingleEnvironment(new CartPole()), 7)));
        foreach (var (limit, isCut) in new[] { (4, true), (5, false), (6, false) })
        {
            var environment = new TimeLimit(new IdentityEnvironment(), limit);
            environment.Reset(1);
            var (steps, result) = (0, default(StepResult));
            while (!result.HasEnded)
            {
                result = environment.Step(environment.ActionMask.IndexOf(true));
                steps++;
            }

            Assert.Equal(Math.Min(limit, 5), steps);
            Assert.Equal((isCut, !isCut), (result.Truncated, result.Terminated));
            Assert.Throws<InvalidOperationException>(() => environment.Step(environment.ActionMask.IndexOf(true)));
        }

        BatchRun.AssertGoesOnAfterLoading(() => new SynchronousBatch(2, _ => new TimeLimit(new SingleEnvironment(new CartPole()), 7)), 10, 40);
    }

    [Fact]
    public void Episodes_cut_by_a_time_limit_do_not_meet_their_neighbours_again()
    {
        // A cut episode must not go on with the seed of the next environment of the batch.
        var batch = new BatchRun(new SynchronousBatch(2, _ => new TimeLimit(new SingleEnvironment(new CartPole()), 2)));
        batch.Reset(1);
        var first = batch.Observations.AsSpan(4, 4).ToArray();
        batch.StepRandomly();
        batch.StepRandomly();
        Assert.True(batch.Truncated[0]);
        Assert.NotEqual(first, batch.Observations[..4]);
    }

    [Fact]
    public void Records_are_the_sums_of_rewards_and_the_file_has_them_exactly()
    {
        var records = new EpisodeRecords(new MountainCar(2, 30));
        var run = new BatchRun(records);
        Assert.True(double.IsNaN(records.MeanReturn()));
        run.Reset(1);
        for (var step = 0; step < 65; step++)
        {
            run.StepRandomly();
        }

        EpisodeRecord[] expected = [new(0, 30, 30, -30, true), new(1, 30, 30, -30, true), new(0, 60, 30, -30, true), new(1, 60, 30, -30, true)];
        Assert.Equal(expected, records.Episodes);
        Assert.Equal(-30, records.MeanReturn(3));
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var path = Path.Combine(folder.FullName, "episodes.csv");
            File.WriteAllText(path, "old");
            records.WriteCsv(path);
            Assert.Equal(
                "episode,environment,endStep,length,return,end\n0,0,30,30,-30,truncated\n1,1,30,30,-30,truncated\n2,0,60,30,-30,truncated\n3,1,60,30,-30,truncated\n",
                File.ReadAllText(path));
            Assert.Single(folder.GetFiles());
        }
        finally
        {
            folder.Delete(true);
        }
    }

    [Fact]
    public void What_is_not_finite_is_named_with_its_place()
    {
        var run = new BatchRun(new FiniteCheck(new FaultyBatch(2, BatchFault.OutsideSpace)));
        run.Reset(1);
        var error = Assert.Throws<InvalidOperationException>(run.StepRandomly);
        Assert.Equal("Entry 1 ('velocity') of the observation is NaN in environment 0 at step 1 of its episode.", error.Message);
        var infinite = new BatchRun(new FiniteCheck(new SynchronousBatch(1, _ => new IdentityEnvironment(IdentityFault.InfiniteReward))));
        infinite.Reset(1);
        Assert.Contains("The reward is -Infinity in environment 0 at step 1", Assert.Throws<InvalidOperationException>(infinite.StepRandomly).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_saved_says_so()
    {
        var wrapper = new EpisodeRecords(new SynchronousBatch(1, _ => new IdentityEnvironment()));
        Assert.Contains("IdentityEnvironment cannot be saved", Assert.Throws<NotSupportedException>(() => BatchRun.Save(wrapper)).Message, StringComparison.Ordinal);
    }

    private static NormalisedRewards Wrapped(IBatchedEnvironment environment, bool isFrozen = false) =>
        new(new NormalisedObservations(new EpisodeRecords(new FiniteCheck(environment))) { IsFrozen = isFrozen }) { IsFrozen = isFrozen };
}
