using System.Runtime.InteropServices;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Agents.Environments.Classic;

/// <summary>Acrobot-v1: swing the tip of a two-link pendulum above a line by a torque of -1 (0), 0 (1) or +1 (2) newton metre on its middle joint. N of them, stepped together.</summary>
/// <remarks>
/// <para>Reward -1 for every step but the one that reaches the line, which pays 0. Terminated where the tip is more than one link's length above the fixed joint; truncated at the step
/// limit. Starts uniform in (-0.1, 0.1) in both angles and both velocities; angle 0 hangs down.</para>
/// <para>Dynamics: one Runge-Kutta step of fourth order over 0.2 s, two links of 1 m and 1 kg with the centre of mass in the middle and a moment of inertia of 1 kg m^2. After it, angles are
/// wrapped to [-pi, pi] and velocities clipped to 4 pi and 9 pi.</para>
/// <para>Sources: R. Sutton, "Generalization in reinforcement learning: successful examples using sparse coarse coding", NIPS 1996; dynamics of R. Sutton, A. Barto, "Reinforcement
/// Learning", chapter 11 (1998); constants of Farama Gymnasium 1.4.0, Acrobot-v1.</para>
/// </remarks>
public sealed class Acrobot : BatchedEnvironment
{
    private const double StepSeconds = 0.2;
    private const double MaximumVelocity1 = 4 * Math.PI;
    private const double MaximumVelocity2 = 9 * Math.PI;
    private const double StartRange = 0.1;

    private static readonly BoxSpace Space = new(
        [-1, -1, -1, -1, -MaximumVelocity1, -MaximumVelocity2],
        [1, 1, 1, 1, MaximumVelocity1, MaximumVelocity2],
        ["cosAngle1", "sinAngle1", "cosAngle2", "sinAngle2", "angularVelocity1", "angularVelocity2"],
        ["1", "1", "1", "1", "rad/s", "rad/s"]);

    /// <summary>Creates a batch; a reset must follow.</summary>
    /// <param name="count">Number N of environments, at least 1.</param>
    /// <param name="stepLimit">Steps after which an episode is truncated, at least 1; 500 in Acrobot-v1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is less than 1.</exception>
    public Acrobot(int count = 1, int stepLimit = 500)
        : base("Acrobot", count, 4, Space, new DiscreteSpace(3), stepLimit)
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
            var torque = actions[i] - 1.0;
            var k1 = Derivative(s, torque);
            var k2 = Derivative(s.Plus(StepSeconds / 2, k1), torque);
            var k3 = Derivative(s.Plus(StepSeconds / 2, k2), torque);
            var k4 = Derivative(s.Plus(StepSeconds, k3), torque);
            var slope = k1.Plus(2, k2).Plus(2, k3).Plus(1, k4);
            s = s.Plus(StepSeconds / 6, slope);
            s.Angle1 = Wrap(s.Angle1);
            s.Angle2 = Wrap(s.Angle2);
            s.Velocity1 = Math.Clamp(s.Velocity1, -MaximumVelocity1, MaximumVelocity1);
            s.Velocity2 = Math.Clamp(s.Velocity2, -MaximumVelocity2, MaximumVelocity2);
            terminated[i] = -Math.Cos(s.Angle1) - Math.Cos(s.Angle1 + s.Angle2) > 1;
            rewards[i] = terminated[i] ? 0 : -1;
        }
    }

    /// <inheritdoc/>
    protected override void Observe(ReadOnlySpan<double> states, Span<double> observations)
    {
        var rows = MemoryMarshal.Cast<double, State>(states);
        for (var i = 0; i < rows.Length; i++)
        {
            var row = observations.Slice(6 * i, 6);
            (row[1], row[0]) = Math.SinCos(rows[i].Angle1);
            (row[3], row[2]) = Math.SinCos(rows[i].Angle2);
            (row[4], row[5]) = (rows[i].Velocity1, rows[i].Velocity2);
        }
    }

    private static State Derivative(in State s, double torque)
    {
        // The equations with the constants above put in: m l^2 and m l lc sums 3.5 and 1.25, gravity terms 0.5 * 9.8 and 1.5 * 9.8.
        var (sin2, cos2) = Math.SinCos(s.Angle2);
        var d1 = 3.5 + cos2;
        var d2 = 1.25 + (0.5 * cos2);
        var phi2 = 4.9 * Math.Sin(s.Angle1 + s.Angle2);
        var phi1 = (-0.5 * s.Velocity2 * s.Velocity2 * sin2) - (s.Velocity2 * s.Velocity1 * sin2) + (14.7 * Math.Sin(s.Angle1)) + phi2;
        var acceleration2 = (torque + (d2 / d1 * phi1) - (0.5 * s.Velocity1 * s.Velocity1 * sin2) - phi2) / (1.25 - (d2 * d2 / d1));
        var acceleration1 = -((d2 * acceleration2) + phi1) / d1;
        return new State { Angle1 = s.Velocity1, Angle2 = s.Velocity2, Velocity1 = acceleration1, Velocity2 = acceleration2 };
    }

    private static double Wrap(double angle)
    {
        while (angle > Math.PI)
        {
            angle -= 2 * Math.PI;
        }

        while (angle < -Math.PI)
        {
            angle += 2 * Math.PI;
        }

        return angle;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct State
    {
        internal double Angle1;
        internal double Angle2;
        internal double Velocity1;
        internal double Velocity2;

        internal readonly State Plus(double factor, in State other) => new()
        {
            Angle1 = Angle1 + (factor * other.Angle1),
            Angle2 = Angle2 + (factor * other.Angle2),
            Velocity1 = Velocity1 + (factor * other.Velocity1),
            Velocity2 = Velocity2 + (factor * other.Velocity2),
        };
    }
}
