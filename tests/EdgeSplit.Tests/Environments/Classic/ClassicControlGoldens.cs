using EdgeSplit.Agents.Environments;
using EdgeSplit.Agents.Environments.Classic;

namespace EdgeSplit.Tests.Environments.Classic;

/// <summary>The dynamics of the classic control tasks against states of Gymnasium 1.4.0.</summary>
/// <remarks>A closed loop is chaotic in the last bits: its final state is asserted only where the golden file says that it is stable.</remarks>
public class ClassicControlGoldens
{
    [SharedDataFact]
    public void CartPole_follows_every_golden_record() => Follow("cartpole", () => new CartPole());

    [SharedDataFact]
    public void Acrobot_follows_every_golden_record() => Follow("acrobot", () => new Acrobot());

    [SharedDataFact]
    public void MountainCar_follows_every_golden_record() => Follow("mountain_car", () => new MountainCar(stepLimit: 500));

    // Typed in from reference states of Gymnasium 1.4.0.
    [Theory]
    [InlineData(new[] { 0.01, -0.02, 0.03, 0.04 }, new[] { 1, 1, 0, 1, 0 }, new[] { 0.03133333989170178, 0.17349499275068458, 0.0006599578018961841, -0.21681286835696217 }, false)]
    [InlineData(new[] { 0.0, 0, 0, 0 }, new[] { 1, 1, 1, 1, 1, 1, 1, 1, 1 }, new[] { 0.14065097203306187, 1.7603811257683097, -0.21518604988500967, -2.777886494012814 }, true)]
    public void CartPole_moves_as_published(double[] start, int[] actions, double[] expected, bool ends)
    {
        var (state, ended) = Replay(new CartPole(), start, actions);
        AssertClose(expected, state, 1e-12);
        Assert.Equal(ends, ended);
    }

    [Fact]
    public void Acrobot_moves_as_published()
    {
        var (state, ended) = Replay(new Acrobot(), [0.1, -0.1, 0.05, 0.02], [0, 2, 2, 1, 0]);
        AssertClose([-0.12019565736971438, 0.27968281966614544, -0.08445969828521704, -0.025567743077769545], state, 1e-12);
        Assert.False(ended);
    }

    [Fact]
    public void MountainCar_reaches_the_goal_in_124_steps_by_pushing_along_its_velocity()
    {
        var (steps, state, ended) = Drive(new MountainCar(stepLimit: 500), [-0.5, 0], now => now[1] >= 0 ? 2 : 0, 500);
        Assert.Equal(124, steps);
        Assert.True(ended);
        AssertClose([0.5349499825655736, 0.04819097792866707], state, 1e-10);
    }

    [Fact]
    public void CartPole_stays_upright_under_the_sum_of_angle_and_angular_velocity()
    {
        var (steps, _, ended) = Drive(new CartPole(), [0, 0, 0.02, 0], now => now[2] + now[3] > 0 ? 1 : 0, 500);
        Assert.Equal(500, steps);
        Assert.False(ended);
    }

    private static void Follow(string component, Func<BatchedEnvironment> create)
    {
        var records = EnvironmentGoldens.Of(component);
        Assert.NotEmpty(records);
        foreach (var record in records)
        {
            var start = record.Doubles("initial_state");
            if (record.Quantity == "state_after_actions")
            {
                record.AssertEqual(Replay(create(), start, record.Integers("actions")).State);
                continue;
            }

            double[] weights = component == "mountain_car" ? [0, 1] : record.Doubles("weights");
            var last = create().ActionSpace.Count - 1;
            var (steps, state, _) = Drive(create(), start, now => IsPositive(now, weights, component == "mountain_car") ? last : 0, (int)record.Number("max_steps"));
            if (record.Quantity.EndsWith("_steps", StringComparison.Ordinal))
            {
                record.AssertEqual(steps);
            }
            else
            {
                Assert.EndsWith("_final_state", record.Quantity, StringComparison.Ordinal);
                record.AssertEqual(state);
            }
        }
    }

    private static bool IsPositive(ReadOnlySpan<double> state, double[] weights, bool orZero)
    {
        var sum = 0.0;
        for (var i = 0; i < weights.Length; i++)
        {
            sum += weights[i] * state[i];
        }

        return sum > 0 || (orZero && sum == 0);
    }

    private static (double[] State, bool Ended) Replay(BatchedEnvironment environment, double[] start, int[] actions)
    {
        var step = 0;
        var (steps, state, ended) = Drive(environment, start, _ => actions[step++], actions.Length);
        Assert.Equal(actions.Length, steps);
        return (state, ended);
    }

    /// <summary>Drives from a given state; the state after the last step is read off its observation, since an autoreset hides it.</summary>
    private static (int Steps, double[] State, bool Ended) Drive(BatchedEnvironment environment, double[] start, Func<double[], int> policy, int maximumSteps)
    {
        var run = new BatchRun(environment);
        run.Reset(1);
        start.CopyTo(environment.StateOf(0));
        for (var step = 1; ; step++)
        {
            run.Actions[0] = policy(environment.StateOf(0).ToArray());
            run.Step();
            if (run.Terminated[0] || step == maximumSteps)
            {
                var seen = run.Terminated[0] || run.Truncated[0] ? run.FinalObservations : run.Observations;
                return (step, environment is Acrobot ? [Math.Atan2(seen[1], seen[0]), Math.Atan2(seen[3], seen[2]), seen[4], seen[5]] : seen, run.Terminated[0]);
            }
        }
    }

    private static void AssertClose(double[] expected, double[] found, double tolerance)
    {
        Assert.Equal(expected.Length, found.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], found[i], tolerance);
        }
    }
}
