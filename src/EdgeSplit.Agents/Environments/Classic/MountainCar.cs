using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Agents.Environments.Classic;

/// <summary>MountainCar-v0: rock a weak car out of a valley by pushing left (0), not at all (1) or right (2). N of them, stepped together.</summary>
/// <remarks>
/// <para>Reward -1 for every step. Terminated at position 0.5 or beyond with a velocity of at least 0; truncated at the step limit. Starts at rest, uniform in (-0.6, -0.4). The left wall at -1.2
/// takes all velocity.</para>
/// <para>Sources: A. Moore, "Efficient memory-based learning for robot control", PhD thesis, Cambridge 1990; constants of Farama Gymnasium 1.4.0, MountainCar-v0.</para>
/// </remarks>
public sealed class MountainCar : BatchedEnvironment
{
    private const double MinimumPosition = -1.2;
    private const double MaximumPosition = 0.6;
    private const double MaximumVelocity = 0.07;
    private const double GoalPosition = 0.5;
    private const double Force = 0.001;
    private const double Gravity = 0.0025;

    private static readonly BoxSpace Space = new([MinimumPosition, -MaximumVelocity], [MaximumPosition, MaximumVelocity], ["position", "velocity"], ["1", "1/step"]);

    /// <summary>Creates a batch; a reset must follow.</summary>
    /// <param name="count">Number N of environments, at least 1.</param>
    /// <param name="stepLimit">Steps after which an episode is truncated, at least 1; 200 in MountainCar-v0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is less than 1.</exception>
    public MountainCar(int count = 1, int stepLimit = 200)
        : base("MountainCar", count, 2, Space, new DiscreteSpace(3), stepLimit)
    {
    }

    /// <inheritdoc/>
    protected override void Start(ref RandomSource random, Span<double> state)
    {
        state[0] = -0.6 + (0.2 * random.NextUniform());
        state[1] = 0;
    }

    /// <inheritdoc/>
    protected override void Advance(ReadOnlySpan<int> actions, Span<double> states, Span<double> rewards, Span<bool> terminated)
    {
        for (var i = 0; i < actions.Length; i++)
        {
            var row = states.Slice(2 * i, 2);
            var velocity = Math.Clamp(row[1] + ((actions[i] - 1) * Force) - (Gravity * Math.Cos(3 * row[0])), -MaximumVelocity, MaximumVelocity);
            var position = Math.Clamp(row[0] + velocity, MinimumPosition, MaximumPosition);
            if (position <= MinimumPosition && velocity < 0)
            {
                velocity = 0;
            }

            (row[0], row[1]) = (position, velocity);
            rewards[i] = -1;
            terminated[i] = position >= GoalPosition && velocity >= 0;
        }
    }

    /// <inheritdoc/>
    protected override void Observe(ReadOnlySpan<double> states, Span<double> observations) => states.CopyTo(observations);
}
