using System.Runtime.Intrinsics;
using EdgeSplit.Core.Numerics;

namespace EdgeSplit.Agents.Networks;

/// <summary>The gamma deviance with log link for positive targets r: f + r·e⁻ᶠ, gradient 1 - r·e⁻ᶠ; e^f estimates the mean of r.</summary>
/// <remarks>
/// <para>The output f is the logarithm of the mean, not the mean of the logarithm: the minimiser over many targets is
/// f = ln(mean r), so that e^f is unbiased however skewed r is. It is half the unit deviance of the gamma distribution up to a term that
/// depends on r only, so its value may be negative; relative errors weigh the same at every size.</para>
/// <para>Beyond <see cref="LargestExponent"/> L, that is f &lt; -L, the factor e⁻ᶠ is continued by its tangent: the loss is
/// f + r·e^L·(1 - f - L) and the gradient 1 - r·e^L, which is constant and finite. The loss stays convex and smooth, with the same
/// minimiser for means above e^-L. For large f the factor tends to 0 and the gradient to 1. A target of 0 is legal and pulls f down
/// without end.</para>
/// <para>Immutable, so safe to share between threads. Source: P. McCullagh and J. Nelder, <i>Generalized Linear Models</i>, 2nd ed.,
/// 1989, chapter 8.</para>
/// </remarks>
public sealed record GammaDevianceLoss : ILoss
{
    private readonly float largestExponent;

    /// <summary>Creates a gamma deviance.</summary>
    /// <param name="largestExponent">The bound L on -f, in [1, 40], beyond which the loss is continued by its tangent.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="largestExponent"/> is NaN or out of range.</exception>
    public GammaDevianceLoss(double largestExponent = 10)
    {
        LargestExponent = Guard.InRange(largestExponent, 1, 40);
        this.largestExponent = (float)largestExponent;
    }

    /// <summary>The bound L on -f beyond which the loss is continued by its tangent.</summary>
    /// <value>The default value is 10: means down to 4.5·10⁻⁵.</value>
    public double LargestExponent { get; }

    /// <inheritdoc/>
    public double Evaluate(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights, Span<float> gradients) =>
        ElementwiseLoss.Evaluate(new Function(largestExponent), outputs, targets, weights, gradients);

    private readonly struct Function(float largestExponent) : ILossFunction
    {
        public Vector512<float> Evaluate(Vector512<float> output, Vector512<float> target, out Vector512<float> derivative)
        {
            var limit = Vector512.Create(largestExponent);
            var exponent = -output;
            var beyond = Vector512.GreaterThan(exponent, limit);
            var scaled = target * ExponentialFunction.Evaluate(Vector512.ConditionalSelect(beyond, limit, exponent));
            derivative = Vector512<float>.One - scaled;
            var excess = Vector512.ConditionalSelect(beyond, exponent - limit, Vector512<float>.Zero);
            return Vector512.FusedMultiplyAdd(scaled, excess, scaled) - exponent;
        }
    }
}
