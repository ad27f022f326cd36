using EdgeSplit.Agents.Environments;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Tests.Extending;

/// <summary>An environment of a user's own, from public members only: the example of the documentation.</summary>
public class YourOwnEnvironment
{
    [Fact]
    public void It_keeps_the_contract_from_three_methods()
    {
        Assert.Empty(EnvironmentContract.CheckBatch(count => new Corridor(count)));
        Assert.Empty(EnvironmentContract.Check(() => new SingleEnvironment(new Corridor(1))));
    }

    [Fact]
    public void Always_right_is_paid_once_an_episode()
    {
        var corridor = new Corridor(2);
        var (observations, rewards, mask) = (new double[2], new double[2], new bool[4]);
        var (terminated, truncated) = (new bool[2], new bool[2]);
        corridor.Reset(1, observations, mask);
        var (start, total, steps) = (observations[0], 0.0, 0);
        do
        {
            corridor.Step([1, 0], observations, rewards, terminated, truncated, mask);
            total += rewards[0];
            steps++;
        }
        while (!terminated[0]);

        Assert.Equal(1, total);
        Assert.Equal(10 - start, steps);
    }

    private sealed class Corridor(int count) : BatchedEnvironment(
        "Corridor", count, stateLength: 1, new BoxSpace([0], [10], ["place"], ["1"]), new DiscreteSpace(2), stepLimit: 100)
    {
        protected override void Start(ref RandomSource random, Span<double> state) => state[0] = 4 + random.NextInt32(3);

        protected override void Advance(ReadOnlySpan<int> actions, Span<double> states, Span<double> rewards, Span<bool> terminated)
        {
            for (var i = 0; i < actions.Length; i++)
            {
                states[i] += actions[i] == 1 ? 1 : -1;
                rewards[i] = states[i] >= 10 ? 1 : 0;
                terminated[i] = states[i] is <= 0 or >= 10;
            }
        }

        protected override void Observe(ReadOnlySpan<double> states, Span<double> observations) => states.CopyTo(observations);
    }
}
