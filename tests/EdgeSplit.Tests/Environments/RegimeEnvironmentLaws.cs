using EdgeSplit.Agents.Environments;
using EdgeSplit.Core.Simulation;
using EdgeSplit.Tests.Policies;

namespace EdgeSplit.Tests.Environments;

/// <summary>A change of regime in the environments: each counts the requests of its own world.</summary>
public sealed class RegimeEnvironmentLaws
{
    private const int Change = 12;

    private static readonly Scenario Plain = SmallScenarios.Conversations(60);

    private static readonly Scenario Changed = Plain with
    {
        Settings = Plain.Settings with { RegimeChanges = [new RegimeChange { Request = Change, LinkBiasDb = 8, DeviceComputeFactor = 2, DeviceBandwidthFactor = 2, ServerLoadFactor = 3 }] },
    };

    [Fact]
    public void The_single_environment_costs_what_the_simulation_costs_before_and_after_the_change()
    {
        var world = new World(Changed, 9);
        var run = new ConversationSimulator(world, new Agents.Policies.FixedSplit(2)).Run();
        var environment = new SplitEnvironment(Changed, new SplitEnvironmentOptions { EpisodesPerWorld = int.MaxValue });
        environment.Reset(9);
        for (var request = 0; request < 40; request++)
        {
            var result = environment.Step(2);
            Assert.Equal(run[request].Cost, -result.Reward);
            if (result.HasEnded)
            {
                environment.Reset();
            }
        }
    }

    [Theory]
    [InlineData(RequestPhysics.Full)]
    [InlineData(RequestPhysics.CoherenceState)]
    public void Every_environment_of_a_batch_meets_it_at_that_request_of_its_own_world(RequestPhysics physics)
    {
        var options = new BatchedEnvironmentOptions { Environments = 3, Physics = physics, EpisodesPerWorld = 9 };
        var plain = new Lanes(Plain, options);
        var changed = new Lanes(Changed, options);
        var requests = new int[3];
        var worlds = Enumerable.Range(0, 3).Select(changed.Environment.WorldSeed).ToArray();
        var met = 0;
        for (var step = 0; step < 60; step++)
        {
            plain.Step();
            changed.Step();
            for (var i = 0; i < 3; i++)
            {
                Assert.Equal(requests[i] < Change, plain.Rewards[i] == changed.Rewards[i]);
                met += requests[i] < Change ? 0 : 1;
                requests[i]++;
                if (changed.Environment.WorldSeed(i) != worlds[i])
                {
                    (worlds[i], requests[i]) = (changed.Environment.WorldSeed(i), 0);
                }
            }
        }

        Assert.InRange(met, 20, 160);
    }

    [Fact]
    public void With_full_physics_a_batch_equals_single_environments_through_the_change()
    {
        var lanes = new Lanes(Changed, new BatchedEnvironmentOptions { Environments = 2, EpisodesPerWorld = 9 });
        var singles = Enumerable.Range(0, 2).Select(_ => new SplitEnvironment(Changed, new SplitEnvironmentOptions { EpisodesPerWorld = 9 })).ToArray();
        for (var i = 0; i < 2; i++)
        {
            singles[i].Reset(5 + (ulong)i);
        }

        for (var step = 0; step < 60; step++)
        {
            lanes.Step();
            for (var i = 0; i < 2; i++)
            {
                var result = singles[i].Step(2);
                Assert.Equal(result.Reward, lanes.Rewards[i], 1e-9 * Math.Abs(result.Reward));
                if (result.HasEnded)
                {
                    singles[i].Reset();
                }
            }
        }
    }

    [Fact]
    public void A_batch_that_is_loaded_after_the_change_goes_on_in_the_changed_world()
    {
        var options = new BatchedEnvironmentOptions { Environments = 2 };
        var lanes = new Lanes(Changed, options);
        for (var step = 0; step < 20; step++)
        {
            lanes.Step();
        }

        using var state = new MemoryStream();
        lanes.Environment.SaveState(new BinaryWriter(state));
        state.Position = 0;
        var loaded = new Lanes(Changed, options);
        loaded.Environment.LoadState(new BinaryReader(state));
        for (var step = 0; step < 20; step++)
        {
            lanes.Step();
            loaded.Step();
            Assert.Equal(lanes.Rewards, loaded.Rewards);
        }
    }

    /// <summary>A batch from seed 5 on that always takes split 2.</summary>
    private sealed class Lanes
    {
        private readonly double[] observations;
        private readonly bool[] mask;
        private readonly bool[] ends;
        private readonly int[] actions;

        internal Lanes(Scenario scenario, BatchedEnvironmentOptions options)
        {
            Environment = new BatchedSplitEnvironment(scenario, options);
            var n = options.Environments;
            observations = new double[n * Environment.ObservationSpace.Length];
            mask = new bool[n * Environment.ActionSpace.Count];
            ends = new bool[n];
            actions = [.. Enumerable.Repeat(2, n)];
            Rewards = new double[n];
            Environment.Reset(5, observations, mask);
        }

        internal BatchedSplitEnvironment Environment { get; }

        internal double[] Rewards { get; }

        internal void Step() => Environment.Step(actions, observations, Rewards, ends, ends.ToArray(), mask);
    }
}
