using System.Runtime.InteropServices;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Agents.Environments.Classic;

/// <summary>CartPole-v1: keep a pole upright by pushing its cart to the left (0) or to the right (1). N of them, stepped together.</summary>
/// <remarks>
/// <para>Reward 1 for every step, the one in which the pole falls included. Terminated where the cart is more than 2.4 m from the centre or the pole more than 12 degrees from upright;
/// truncated at the step limit. Starts uniform in (-0.05, 0.05) in all four entries.</para>
/// <para>Dynamics: explicit Euler of 0.02 s (positions move by the old velocities), in double precision. Gymnasium rounds observations to single precision; this one does not.</para>
/// <para>Sources: A. Barto, R. Sutton, C. Anderson, "Neuronlike adaptive elements that can solve difficult learning control problems", IEEE Transactions on Systems, Man, and Cybernetics
/// 13(5), 1983; dynamics R. Florian, "Correct equations for the dynamics of the cart-pole system", 2007; constants of Farama Gymnasium 1.4.0, CartPole-v1.</para>
/// </remarks>
public sealed class CartPole : BatchedEnvironment
{
    private const double Gravity = 9.8;
    private const double PoleMass = 0.1;
    private const double TotalMass = 1.1;
    private const double HalfLength = 0.5;
    private const double PoleMassLength = PoleMass * HalfLength;
    private const double Force = 10;
    private const double StepSeconds = 0.02;
    private const double MaximumPosition = 2.4;
    private const double MaximumAngle = 12 * 2 * Math.PI / 360;
    private const double StartRange = 0.05;

    private static readonly BoxSpace Space = new(
        [-2 * MaximumPosition, double.NegativeInfinity, -2 * MaximumAngle, double.NegativeInfinity],
        [2 * MaximumPosition, double.PositiveInfinity, 2 * MaximumAngle, double.PositiveInfinity],
        ["position", "velocity", "angle", "angularVelocity"],
        ["m", "m/s", "rad", "rad/s"]);

    /// <summary>Creates a batch; a reset must follow.</summary>
    /// <param name="count">Number N of environments, at least 1.</param>
    /// <param name="stepLimit">Steps after which an episode is truncated, at least 1; 500 in CartPole-v1, 200 in CartPole-v0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is less than 1.</exception>
    public CartPole(int count = 1, int stepLimit = 500)
        : base("CartPole", count, 4, Space, new DiscreteSpace(2), stepLimit)
    {
    }

    /// <inheritdoc/>
    protected override void Start(ref RandomSource random, Span<double> state)
    {
        foreach (ref var value in state)
        {
            value = ((2 * random.NextUniform()) - 1) * StartRange;
        }
    }

    /// <inheritdoc/>
    protected override void Advance(ReadOnlySpan<int> actions, Span<double> states, Span<double> rewards, Span<bool> terminated)
    {
        var rows = MemoryMarshal.Cast<double, State>(states);
        for (var i = 0; i < rows.Length; i++)
        {
            ref var s = ref rows[i];
            var (sin, cos) = Math.SinCos(s.Angle);
            var force = actions[i] == 1 ? Force : -Force;
            var push = (force + (PoleMassLength * s.AngularVelocity * s.AngularVelocity * sin)) / TotalMass;
            var angularAcceleration = ((Gravity * sin) - (cos * push)) / (HalfLength * ((4.0 / 3.0) - (PoleMass * cos * cos / TotalMass)));
            var acceleration = push - (PoleMassLength * angularAcceleration * cos / TotalMass);
            s.Position += StepSeconds * s.Velocity;
            s.Velocity += StepSeconds * acceleration;
            s.Angle += StepSeconds * s.AngularVelocity;
            s.AngularVelocity += StepSeconds * angularAcceleration;
            rewards[i] = 1;
            terminated[i] = Math.Abs(s.Position) > MaximumPosition | Math.Abs(s.Angle) > MaximumAngle;
        }
    }

    /// <inheritdoc/>
    protected override void Observe(ReadOnlySpan<double> states, Span<double> observations) => states.CopyTo(observations);

    [StructLayout(LayoutKind.Sequential)]
    private struct State
    {
        internal double Position;
        internal double Velocity;
        internal double Angle;
        internal double AngularVelocity;
    }
}
