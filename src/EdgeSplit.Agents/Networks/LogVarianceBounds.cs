using System.Runtime.Intrinsics;
using EdgeSplit.Core.Numerics;

namespace EdgeSplit.Agents.Networks;

/// <summary>Keeps a predicted log-variance between two bounds, smoothly: v = max - softplus(max - raw), then v = min + softplus(v - min).</summary>
/// <remarks>
/// <para>Without bounds a network that fits a few points exactly drives the likelihood to infinity, and one that is asked far from its data gives variances that mean nothing. The second
/// softplus lifts the upper bound a little, to max + ln(1 + e^(min - max)).</para>
/// <para>Immutable, so safe to share between threads. Source: K. Chua, R. Calandra, R. McAllister and S. Levine, "Deep reinforcement learning in a handful of trials", NeurIPS 2018, appendix A.1.</para>
/// </remarks>
public sealed record LogVarianceBounds
{
    /// <summary>Creates bounds.</summary>
    /// <param name="minimum">Smallest log-variance, finite.</param>
    /// <param name="maximum">Largest log-variance, finite, above the smallest.</param>
    /// <exception cref="ArgumentOutOfRangeException">A bound is not finite, or the range is empty.</exception>
    public LogVarianceBounds(double minimum = -10, double maximum = 0.5)
    {
        Minimum = Guard.InRange(minimum, -80, 80);
        Maximum = Guard.InRange(maximum, minimum + 1e-3, 80);
    }

    /// <summary>Smallest log-variance.</summary>
    /// <value>The default value is -10.</value>
    public double Minimum { get; }

    /// <summary>Largest log-variance.</summary>
    /// <value>The default value is 0.5.</value>
    public double Maximum { get; }

    /// <summary>The bounded log-variance of a raw output.</summary>
    /// <param name="raw">The raw output, any number.</param>
    public double Bound(double raw)
    {
        var capped = Maximum - Softplus(Maximum - raw);
        return Minimum + Softplus(capped - Minimum);
    }

    internal Vector256<float> Bound(Vector256<float> raw, out Vector256<float> derivative)
    {
        var maximum = Vector256.Create((float)Maximum);
        var minimum = Vector256.Create((float)Minimum);
        var capped = maximum - Softplus(maximum - raw, out var first);
        var bounded = minimum + Softplus(capped - minimum, out var second);
        derivative = first * second;
        return bounded;
    }

    private static double Softplus(double x) => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));

    private static Vector256<float> Softplus(Vector256<float> x, out Vector256<float> derivative)
    {
        var small = Vector256.Exp(-Vector256.Abs(x)); // in (0, 1]: neither overflows nor is 1 + small far from the logarithm's best range
        var one = Vector256<float>.One;
        var ratio = one / (one + small);
        derivative = Vector256.ConditionalSelect(Vector256.GreaterThanOrEqual(x, Vector256<float>.Zero), ratio, small * ratio);
        return Vector256.Max(x, Vector256<float>.Zero) + Vector256.Log(one + small);
    }
}
