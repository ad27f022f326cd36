using System.Globalization;
using EdgeSplit.Agents.Environments;
using EdgeSplit.Agents.Environments.AdaptiveLayerSplitting;

namespace EdgeSplit.Tests.Environments.AdaptiveLayerSplitting;

/// <summary>The rules and figures of arXiv 2406.02616 and its released code, as read off them.</summary>
public class SurrogateSplittingLaws
{
    private static readonly double[] NoiseLevels = [0.01, 0.05, 0.10, 0.15, 0.20, 0.25, 0.30];

    private static readonly double[][] Gains =
    [
        [-.030, -.034, -.032, -.021, -.011, -.001, .010, .020, .030, .039],
        [-.029, -.033, -.031, -.019, -.006, .004, .015, .025, .035, .044],
        [-.028, -.031, -.029, -.016, -.000, .011, .021, .031, .041, .050],
        [-.027, -.030, -.027, -.014, .003, .017, .027, .037, .047, .056],
        [-.025, -.029, -.024, -.012, .007, .023, .033, .043, .052, .062],
        [-.024, -.027, -.022, -.009, .009, .028, .039, .049, .058, .067],
        [-.023, -.026, -.019, -.007, .012, .031, .045, .055, .064, .073],
    ];

    private static readonly double[][] Rewards =
    [
        [.601, .465, .379, .385, .391, .394, .397, .400, .396, .393],
        [.610, .473, .392, .409, .440, .444, .447, .449, .445, .441],
        [.622, .486, .411, .437, .499, .506, .509, .510, .506, .503],
        [.634, .499, .433, .458, .534, .568, .571, .571, .567, .560],
        [.647, .513, .457, .481, .567, .630, .633, .632, .625, .617],
        [.661, .527, .481, .507, .594, .675, .694, .689, .682, .674],
        [.674, .541, .507, .533, .621, .706, .752, .746, .739, .731],
    ];

    // What the released code does with a move beyond the ends: it takes another action in its place.
    private static readonly Dictionary<int, (int[] Actions, int Instead)> Replacements = new()
    {
        [1] = ([1, 3, 5, 7], 0),
        [2] = ([3, 5, 7], 1),
        [3] = ([5, 7], 3),
        [4] = ([7], 5),
        [7] = ([8], 6),
        [8] = ([6, 8], 4),
        [9] = ([4, 6, 8], 2),
        [10] = ([2, 4, 6, 8], 0),
    };

    private static readonly int[] Moves = [0, -1, 1, -2, 2, -3, 3, -4, 4];
    private static readonly double[] DriftAsReleased = [1, 1.0005, 0.9995, 1.001, 0.999, 1.0015, 0.9995, 1.002, 0.998];
    private static readonly double[] Drift = [1, 1.0005, 0.9995, 1.001, 0.999, 1.0015, 0.9985, 1.002, 0.998];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_move_from_every_split_is_that_of_the_paper(bool asReleased)
    {
        // 90 environments at once: every split with every action, first in the middle of the range and then where q is clipped.
        foreach (var noise in new[] { 0.17, 0.3 })
        {
            var environment = new SurrogateSplittingEnvironment(90, new SplittingRules { AsReleased = asReleased });
            var run = new BatchRun(environment);
            var starts = Enumerable.Range(0, 90).Select(i => new SplittingState(noise, 1 + (i / 9))).ToArray();
            environment.ResetTo(starts, run.Observations, run.Mask);
            for (var i = 0; i < 90; i++)
            {
                run.Actions[i] = i % 9;
            }

            run.Step();
            for (var i = 0; i < 90; i++)
            {
                var (split, action) = (1 + (i / 9), i % 9);
                var made = Replacements.TryGetValue(split, out var replaced) && replaced.Actions.Contains(action) ? replaced.Instead : action;
                var next = split + Moves[made];
                var q = Math.Min(noise * (asReleased ? DriftAsReleased : Drift)[made], 0.3);
                Assert.Equal(next, run.Observations[(2 * i) + 1]);
                Assert.Equal(q, run.Observations[2 * i], 1e-15);
                Assert.Equal((10 * ReleasedSurrogate.Gain(q, next)) + ((10 - next) / 10.0), run.Rewards[i], 1e-12);
                var (state, reward) = environment.Move(starts[i], action);
                Assert.Equal((run.Observations[2 * i], (int)run.Observations[(2 * i) + 1], run.Rewards[i]), (state.NoiseLevel, state.Split, reward));
            }
        }
    }

    [Fact]
    public void An_episode_is_five_steps_long_and_truncated_and_starts_as_stated()
    {
        var run = new BatchRun(new SurrogateSplittingEnvironment(50));
        run.Reset(1);
        var splits = new HashSet<double>();
        for (var step = 1; step <= 200; step++)
        {
            if (step % 5 == 1)
            {
                for (var i = 0; i < 50; i++)
                {
                    Assert.InRange(run.Observations[2 * i], 0.01, 0.3);
                    splits.Add(run.Observations[(2 * i) + 1]);
                }
            }

            run.StepRandomly();
            Assert.All(run.Truncated, flag => Assert.Equal(step % 5 == 0, flag));
            Assert.DoesNotContain(true, run.Terminated);
        }

        Assert.Equal(Enumerable.Range(1, 9).Select(split => (double)split), splits.Order());
    }

    [Fact]
    public void Any_split_is_three_moves_from_any_other()
    {
        for (var from = 1; from <= 10; from++)
        {
            for (var to = 1; to <= 10; to++)
            {
                var split = from;
                for (var move = 0; move < 3; move++)
                {
                    split += SurrogateSplittingEnvironment.MoveOf(SurrogateSplittingEnvironment.ActionTowards(split, to));
                }

                Assert.Equal(to, split);
            }
        }
    }

    [Fact]
    public void Gains_and_rewards_are_those_of_the_published_tables()
    {
        var optimum = new SurrogateOptimum();
        for (var row = 0; row < NoiseLevels.Length; row++)
        {
            var model = optimum.AtConstantNoise(NoiseLevels[row]);
            for (var split = 1; split <= 10; split++)
            {
                Assert.Equal(Gains[row][split - 1], ReleasedSurrogate.Gain(NoiseLevels[row], split), 0.00051);
                Assert.Equal(Rewards[row][split - 1], model.TransitionsOf(split - 1, 0)[0].Reward, 0.00051);
            }
        }

        Assert.Equal(-0.029893, ReleasedSurrogate.Gain(0.01, 1), 1e-6);
        Assert.Equal(-0.000117, ReleasedSurrogate.Gain(0.10, 5), 1e-6);
        Assert.Equal(0.033321, ReleasedSurrogate.Gain(0.20, 7), 1e-6);
        Assert.Equal(0.073150, ReleasedSurrogate.Gain(0.30, 10), 1e-6);
        Assert.Throws<ArgumentOutOfRangeException>(() => ReleasedSurrogate.Gain(0.301, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ReleasedSurrogate.Gain(double.NaN, 1));
    }

    [SharedDataFact]
    public void The_table_is_that_of_the_released_network_at_every_point_and_linear_between()
    {
        var lines = File.ReadAllLines(SharedData.PathOf(Path.Combine("data", "adaptive-layer-splitting", "reward_table.csv")));
        var rows = lines.Skip(1).Select(line => line.Split(',').Select(value => double.Parse(value, CultureInfo.InvariantCulture)).ToArray()).ToArray();
        Assert.Equal(61, rows.Length);
        for (var i = 0; i < rows.Length; i++)
        {
            for (var split = 1; split <= 10; split++)
            {
                Assert.Equal(rows[i][split], ReleasedSurrogate.Gain(rows[i][0], split), 1e-12);
                if (i > 0)
                {
                    Assert.Equal((rows[i][split] + rows[i - 1][split]) / 2, ReleasedSurrogate.Gain((rows[i][0] + rows[i - 1][0]) / 2, split), 1e-12);
                }
            }
        }
    }

    [Fact]
    public void It_keeps_the_contract_and_allocates_nothing()
    {
        Assert.Empty(EnvironmentContract.CheckBatch(count => new SurrogateSplittingEnvironment(count)));
        Assert.Empty(EnvironmentContract.Check(() => new SingleEnvironment(new SurrogateSplittingEnvironment())));
        var run = new BatchRun(new SurrogateSplittingEnvironment(7));
        run.Reset(1);
        Assert.Equal(0, run.AllocatedBytes(300));
    }

    [Fact]
    public void Rules_and_starts_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SplittingRules { InferenceFactor = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SplittingRules { StepLimit = 0 });
        var environment = new SurrogateSplittingEnvironment();
        Assert.Throws<ArgumentOutOfRangeException>(() => environment.Move(new SplittingState(0.31, 1), 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => environment.Move(new SplittingState(0.3, 11), 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => environment.ResetTo([new SplittingState(0.1, 0)], new double[2], new bool[9]));
    }
}
