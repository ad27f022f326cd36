using System.Runtime.Intrinsics;

namespace EdgeSplit.Agents.Networks;

/// <summary>The Huber loss: ½e² for |e| ≤ δ, else δ(|e| - ½δ), with e = f - y; the gradient is e clamped to [-δ, δ].</summary>
/// <remarks>
/// <para>Robust, but its minimiser is not the mean of skewed targets.</para>
/// <para>Immutable, so safe to share between threads. Source: P. Huber, "Robust estimation of a location parameter", 1964.</para>
/// </remarks>
public sealed record HuberLoss : ILoss
{
    private readonly float threshold;

    /// <summary>Creates a Huber loss.</summary>
    /// <param name="threshold">The error δ where the parabola ends, in units of the target, positive.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threshold"/> is not positive and finite.</exception>
    public HuberLoss(double threshold = 1)
    {
        Threshold = Guard.Positive(threshold);
        this.threshold = (float)threshold;
    }

    /// <summary>The error δ where the parabola ends, in units of the target.</summary>
    /// <value>The default value is 1.</value>
    public double Threshold { get; }

    /// <inheritdoc/>
    public double Evaluate(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights, Span<float> gradients) =>
        ElementwiseLoss.Evaluate(new Function(threshold), outputs, targets, weights, gradients);

    private readonly struct Function(float threshold) : ILossFunction
    {
        public Vector512<float> Evaluate(Vector512<float> output, Vector512<float> target, out Vector512<float> derivative)
        {
            var limit = Vector512.Create(threshold);
            var error = output - target;
            var size = Vector512.Abs(error);
            var outside = Vector512.GreaterThan(size, limit);
            derivative = Vector512.ConditionalSelect(outside, Vector512.CopySign(limit, error), error);
            var half = Vector512.Create(0.5f);
            return Vector512.ConditionalSelect(outside, limit * (size - (half * limit)), half * error * error);
        }
    }
}
