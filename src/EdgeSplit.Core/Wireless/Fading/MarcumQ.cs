using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Core.Wireless.Fading;

/// <summary>The Marcum Q function of first order, Q1(a, b) = integral from b to infinity of t exp(-(t^2 + a^2) / 2) I0(a t) dt, and its complement.</summary>
/// <remarks>
/// <para>Whichever of the two is the smaller tail is integrated (Gauss-Legendre panels of ten nodes with the exponent written as
/// -(t - a)^2 / 2 beside a scaled I0), so that both keep their relative accuracy far out: about 1e-11 for a up to 1000, until they underflow.
/// A few microseconds. Stateless, so safe to use from any thread.</para>
/// <para>Source: J. I. Marcum, "A statistical theory of target detection by pulsed radar", IRE Trans. Information Theory 6(2), 1960, pp. 59-267.</para>
/// </remarks>
public static class MarcumQ
{
    private const double NegligibleExponent = 32.0;

    /// <summary>Q1(a, b): the probability that a Rician amplitude of scatter variance 1 per axis and direct path a exceeds b.</summary>
    /// <param name="a">Direct path, pure number, at least 0.</param>
    /// <param name="b">Threshold, pure number, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN, infinite or negative.</exception>
    public static double FirstOrder(double a, double b)
    {
        Guard.NonNegative(a);
        Guard.NonNegative(b);
        return a == 0.0 ? Math.Exp(-0.5 * b * b) : IsLowerSmaller(a, b) ? 1.0 - Below(a, b) : Above(a, b);
    }

    /// <summary>1 - Q1(a, b), the probability that the amplitude is at most b.</summary>
    /// <param name="a">Direct path, pure number, at least 0.</param>
    /// <param name="b">Threshold, pure number, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN, infinite or negative.</exception>
    public static double Complement(double a, double b)
    {
        Guard.NonNegative(a);
        Guard.NonNegative(b);
        return a == 0.0 ? -ExponentialDistribution.ExponentialMinusOne(-0.5 * b * b) : IsLowerSmaller(a, b) ? Below(a, b) : 1.0 - Above(a, b);
    }

    private static bool IsLowerSmaller(double a, double b) => b <= a + 1.0;

    private static double Below(double a, double b)
    {
        var length = Math.Min(b, Reach(a - b));
        return Math.Min(1.0, Integrate(a, b - length, length, Math.Max(0.0, a - b)));
    }

    private static double Above(double a, double b) => Math.Min(1.0, Integrate(a, b, Reach(b - a), b - a));

    /// <summary>How far from the threshold the exponent has fallen by what may be neglected, where it falls at the given rate and by half the square.</summary>
    private static double Reach(double rate)
    {
        var root = Math.Sqrt((rate * rate) + (2.0 * NegligibleExponent));
        return rate > 0.0 ? 2.0 * NegligibleExponent / (rate + root) : root - rate;
    }

    private static double Integrate(double a, double start, double length, double rate)
    {
        var panels = (int)Math.Ceiling(Math.Max(1.0, length * Math.Max(1.0 / 1.5, rate / 5.0)));
        var half = 0.5 * length / panels;
        var sum = 0.0;
        for (var panel = 0; panel < panels; panel++)
        {
            var middle = start + (half * ((2 * panel) + 1));
            for (var i = 0; i < FadingQuadrature.Nodes.Length; i++)
            {
                var offset = half * FadingQuadrature.Nodes[i];
                sum += FadingQuadrature.Weights[i] * (Density(a, middle - offset) + Density(a, middle + offset));
            }
        }

        return half * sum;
    }

    private static double Density(double a, double t) => t * Math.Exp(-0.5 * (t - a) * (t - a)) * BesselFunctions.ScaledI0(a * t);
}
