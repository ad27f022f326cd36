using EdgeSplit.Agents.Environments;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Simulation;
using EdgeSplit.Core.Wireless.Transfers;

namespace EdgeSplit.Tests.Environments;

public class BatchedSplitEnvironmentLaws
{
    private static readonly Scenario MultiTurn = EnvironmentScenarios.MultiTurn;

    [Theory]
    [InlineData(int.MaxValue, int.MaxValue)]
    [InlineData(2, 3)]
    [InlineData(1, 1)]
    public void With_full_physics_each_environment_equals_a_single_one_to_rounding(int episodesPerWorld, int stepLimit)
    {
        const int n = 3;
        const ulong seed = ulong.MaxValue; // seeds wrap
        var batch = new Batch(MultiTurn, new BatchedEnvironmentOptions { Environments = n, EpisodesPerWorld = episodesPerWorld, StepLimit = stepLimit });
        var singles = Enumerable.Range(0, n).Select(_ => new SplitEnvironment(MultiTurn, new SplitEnvironmentOptions { EpisodesPerWorld = episodesPerWorld, StepLimit = stepLimit })).ToArray();
        batch.Reset(seed);
        for (var i = 0; i < n; i++)
        {
            AssertClose(singles[i].Reset(unchecked(seed + (ulong)i)).Observation.Span, batch.Observation(i));
        }

        for (var step = 0UL; step < 60; step++)
        {
            batch.ChooseAndStep(step);
            for (var i = 0; i < n; i++)
            {
                var result = singles[i].Step(batch.Actions[i]);
                Assert.Equal(result.Reward, batch.Rewards[i], 1e-9 * Math.Abs(result.Reward));
                Assert.Equal(result.Terminated, batch.Terminated[i]);
                Assert.Equal(result.Truncated, batch.Truncated[i]);
                var next = result.Observation;
                if (result.HasEnded)
                {
                    AssertClose(next.Span, batch.FinalObservation(i));
                    next = singles[i].Reset().Observation;
                }

                AssertClose(next.Span, batch.Observation(i));
                Assert.Equal(singles[i].ActionMask.ToArray(), batch.Mask(i).ToArray());
            }
        }
    }

    [Fact]
    public void With_one_coherence_state_the_cost_is_the_closed_form_at_the_first_block_and_the_reported_load()
    {
        var scenario = EnvironmentScenarios.SingleTurn;
        var world = new World(scenario, 21);
        var batch = new Batch(scenario, new BatchedEnvironmentOptions { Environments = 1, Physics = RequestPhysics.CoherenceState });
        var link = scenario.RadioLink;
        Span<double> snr = stackalloc double[1];
        batch.Reset(21);
        for (var request = 0; request < 60; request++)
        {
            ref readonly var turn = ref world.Schedule.Turns[request];
            Assert.Equal(turn.PromptTokens, batch.Observation(0)[3]);
            batch.ChooseAndStep((ulong)request);
            ((BlockFadingProcess)world.Uplink(request)).FillSnr(0, snr);
            var point = new OperatingPoint(
                link.UplinkGrantedHz * link.UplinkRate.SpectralEfficiency(snr[0]),
                link.DownlinkGrantedHz * link.DownlinkRate.SpectralEfficiency(snr[0] * Math.Pow(10, scenario.Link.DownlinkOffsetDb / 10)),
                1 / (1 + (world.Errors.ServerLoadFactor * world.Server(request).ReportedJobs)));
            var work = new TurnWork(turn.PromptTokens, 0, turn.OutputTokens, scenario.Workload.MaximumOutputTokens);
            var cost = scenario.Objective.Cost(world.Truth.Breakdown(batch.Actions[0], work, point));
            Assert.Equal(cost, -batch.Rewards[0], 1e-9 * cost);
            Assert.True(batch.Terminated[0]);
        }
    }

    [Theory]
    [InlineData(RequestPhysics.Full, true)]
    [InlineData(RequestPhysics.Full, false)]
    [InlineData(RequestPhysics.CoherenceState, true)]
    [InlineData(RequestPhysics.CoherenceState, false)]
    public void A_step_allocates_nothing_after_warm_up(RequestPhysics physics, bool multiTurn)
    {
        var batch = new Batch(multiTurn ? MultiTurn : EnvironmentScenarios.SingleTurn, new BatchedEnvironmentOptions { Environments = 8, Physics = physics, StepLimit = 3 });
        batch.Reset(1);
        for (var step = 0UL; step < 200; step++)
        {
            batch.ChooseAndStep(step);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var step = 200UL; step < 400; step++)
        {
            batch.ChooseAndStep(step);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData(RequestPhysics.Full)]
    [InlineData(RequestPhysics.CoherenceState)]
    public void Environment_i_of_a_batch_is_the_first_one_of_a_batch_seeded_i_later(RequestPhysics physics)
    {
        var wide = new Batch(MultiTurn, new BatchedEnvironmentOptions { Environments = 4, Physics = physics, EpisodesPerWorld = 2 });
        var alone = new Batch(MultiTurn, new BatchedEnvironmentOptions { Environments = 1, Physics = physics, EpisodesPerWorld = 2 });
        wide.Reset(50);
        alone.Reset(53);
        for (var step = 0UL; step < 50; step++)
        {
            wide.ChooseAndStep(step);
            alone.Step([wide.Actions[3]]);
            Assert.Equal(wide.Rewards[3], alone.Rewards[0]);
            Assert.Equal(wide.Observation(3).ToArray(), alone.Observation(0).ToArray());
            Assert.Equal(wide.Mask(3).ToArray(), alone.Mask(0).ToArray());
        }
    }

    [Fact]
    public void A_reset_without_a_seed_takes_the_seeds_after_those_of_the_last()
    {
        var batch = new Batch(MultiTurn, new BatchedEnvironmentOptions { Environments = 4 });
        batch.Reset(null);
        Assert.Equal(0UL, batch.Environment.WorldSeed(0));
        batch.Reset(10);
        batch.Reset(null);
        Assert.Equal([14UL, 15, 16, 17], Enumerable.Range(0, 4).Select(batch.Environment.WorldSeed));
    }

    [Fact]
    public void A_device_keeps_its_world_until_its_episodes_are_over()
    {
        var batch = new Batch(EnvironmentScenarios.SingleTurn, new BatchedEnvironmentOptions { Environments = 1, Physics = RequestPhysics.CoherenceState, EpisodesPerWorld = 3 });
        batch.Reset(8);
        var seeds = new List<ulong> { batch.Environment.WorldSeed(0) };
        for (var step = 0UL; step < 8; step++)
        {
            batch.ChooseAndStep(step);
            seeds.Add(batch.Environment.WorldSeed(0));
        }

        Assert.Equal([3, 3, 3], seeds.GroupBy(seed => seed).Select(group => group.Count()));
    }

    [Fact]
    public void A_refused_action_steps_no_environment()
    {
        var batch = new Batch(MultiTurn, new BatchedEnvironmentOptions { Environments = 2 });
        Assert.Throws<InvalidOperationException>(() => batch.Step([0, 0]));
        batch.Reset(1);
        Assert.Contains("environment 1", Assert.Throws<ArgumentException>(() => batch.Step([0, 2])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => batch.Step([0, 33]));
        Assert.Throws<ArgumentOutOfRangeException>(() => batch.Step([0, 0, 0]));
        batch.Step([0, 32]);
        var other = new Batch(MultiTurn, new BatchedEnvironmentOptions { Environments = 2 });
        other.Reset(1);
        other.Step([0, 32]);
        Assert.Equal(other.Rewards, batch.Rewards);
    }

    [Fact]
    public void A_message_that_can_never_arrive_costs_the_time_out()
    {
        var scenario = EnvironmentScenarios.SingleTurn;
        var batch = new Batch(
            scenario with { Link = scenario.RadioLink with { Uplink = scenario.RadioLink.Uplink with { BandwidthHz = 10 } } }, new BatchedEnvironmentOptions { Environments = 1 });
        batch.Reset(1);
        batch.Step([16]);
        Assert.True(batch.Rewards[0] <= -3600, $"Found {batch.Rewards[0]}.");
        batch.Step([32]);
        Assert.True(batch.Rewards[0] > -3600, $"Found {batch.Rewards[0]}.");
    }

    [Fact]
    public void Observations_lie_in_their_space()
    {
        var batch = new Batch(MultiTurn, new BatchedEnvironmentOptions { Environments = 16, Physics = RequestPhysics.CoherenceState });
        batch.Reset(1);
        for (var step = 0UL; step < 100; step++)
        {
            batch.ChooseAndStep(step);
            for (var i = 0; i < 16; i++)
            {
                Assert.True(batch.Environment.ObservationSpace.Contains(batch.Observation(i)));
            }
        }
    }

    private static void AssertClose(ReadOnlySpan<double> expected, ReadOnlySpan<double> found)
    {
        Assert.Equal(expected.Length, found.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], found[i], 1e-9 * Math.Abs(expected[i]));
        }
    }

    /// <summary>A batch with its buffers.</summary>
    private sealed class Batch
    {
        private const int Fields = Core.Decisions.Observation.Length;

        private readonly double[] observations;
        private readonly double[] finalObservations;
        private readonly bool[] mask;
        private readonly int splits;

        internal Batch(Scenario scenario, BatchedEnvironmentOptions options)
        {
            Environment = new BatchedSplitEnvironment(scenario, options);
            var n = Environment.Count;
            splits = Environment.ActionSpace.Count;
            observations = new double[n * Fields];
            finalObservations = new double[n * Fields];
            mask = new bool[n * splits];
            (Actions, Rewards, Terminated, Truncated) = (new int[n], new double[n], new bool[n], new bool[n]);
        }

        internal BatchedSplitEnvironment Environment { get; }

        internal int[] Actions { get; }

        internal double[] Rewards { get; }

        internal bool[] Terminated { get; }

        internal bool[] Truncated { get; }

        internal ReadOnlySpan<double> Observation(int i) => observations.AsSpan(i * Fields, Fields);

        internal ReadOnlySpan<double> FinalObservation(int i) => finalObservations.AsSpan(i * Fields, Fields);

        internal ReadOnlySpan<bool> Mask(int i) => mask.AsSpan(i * splits, splits);

        internal void Reset(ulong? seed) => Environment.Reset(seed, observations, mask);

        internal void Step(ReadOnlySpan<int> actions) => Environment.Step(actions, observations, Rewards, Terminated, Truncated, mask, finalObservations);

        internal void ChooseAndStep(ulong step)
        {
            for (var i = 0; i < Actions.Length; i++)
            {
                Actions[i] = EnvironmentScenarios.Choose(Mask(i), step, (ulong)i);
            }

            Step(Actions);
        }
    }
}
