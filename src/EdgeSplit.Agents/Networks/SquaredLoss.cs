using System.Runtime.Intrinsics;

namespace EdgeSplit.Agents.Networks;

/// <summary>Half the squared error: ½(f - y)², gradient f - y. The minimiser is the mean of the targets.</summary>
/// <remarks>Immutable, so safe to share between threads. For heavy-tailed targets see <see cref="HuberLoss"/>, for positive ratios
/// <see cref="GammaDevianceLoss"/>.</remarks>
public sealed record SquaredLoss : ILoss
{
    /// <inheritdoc/>
    public double Evaluate(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights, Span<float> gradients) =>
        ElementwiseLoss.Evaluate(default(Function), outputs, targets, weights, gradients);

    private readonly struct Function : ILossFunction
    {
        public Vector512<float> Evaluate(Vector512<float> output, Vector512<float> target, out Vector512<float> derivative)
        {
            derivative = output - target;
            return Vector512.Create(0.5f) * derivative * derivative;
        }
    }
}
