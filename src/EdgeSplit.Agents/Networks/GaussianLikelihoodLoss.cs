using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EdgeSplit.Agents.Networks;

/// <summary>The Gaussian negative log-likelihood of networks that predict a mean and a log-variance: (m - y)^2 e^-v + v, without the factor 1/2 and the constant.</summary>
/// <remarks>
/// <para>Outputs come in blocks of 16: eight means, then the eight raw log-variances that belong to them, bounded by <see cref="Bounds"/>. The targets stand at the means' places; targets at the
/// places of log-variances are not read, and weights are those of the means. A head that is not needed has weight 0.</para>
/// <para>The gradient by the mean is that of the likelihood times the variance to the power <see cref="VarianceExponent"/>, held constant: with 0 it is the plain likelihood, whose mean
/// stops learning where the variance was overestimated; with 1 it is that of the squared error. The returned value is the plain likelihood.</para>
/// <para>With <see cref="MeanOfExponential"/> the outputs at the means' places are the logarithm of the mean of e^y, which for a Gaussian y is m + v/2: what a sum of costs needs, and what
/// stays as it is while the variance is learned.</para>
/// <para>Immutable, so safe to share between threads. Sources: D. Nix and A. Weigend, "Estimating the mean and variance of the target probability distribution", ICNN 1994;
/// M. Seitzer, A. Tavakoli, D. Antic and G. Martius, "On the pitfalls of heteroscedastic uncertainty estimation with probabilistic neural networks", ICLR 2022, for the exponent.</para>
/// </remarks>
public sealed record GaussianLikelihoodLoss : ILoss
{
    /// <summary>Means per block, and log-variances per block.</summary>
    public const int HeadsPerBlock = 8;

    /// <summary>Outputs per block.</summary>
    public const int BlockLength = 2 * HeadsPerBlock;

    private readonly double varianceExponent = 0.5;

    /// <summary>Bounds of the log-variance.</summary>
    /// <value>The default value is -10 to 0.5.</value>
    public LogVarianceBounds Bounds { get; init; } = new();

    /// <summary>The power of the variance that weighs the gradient by the mean, in [0, 1].</summary>
    /// <value>The default value is 0.5, the recommendation of the source.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is NaN or out of range.</exception>
    public double VarianceExponent { get => varianceExponent; init => varianceExponent = Guard.InRange(value, 0, 1); }

    /// <summary>Whether the means' outputs are ln E[e^y] instead of E[y].</summary>
    /// <value>The default value is false.</value>
    public bool MeanOfExponential { get; init; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The number of outputs is no multiple of <see cref="BlockLength"/>.</exception>
    public double Evaluate(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights, Span<float> gradients)
    {
        Guard.SameLength(targets.Length, outputs.Length);
        Guard.SameLength(weights.Length, outputs.Length);
        Guard.SameLength(gradients.Length, outputs.Length);
        if (outputs.Length % BlockLength != 0)
        {
            throw new ArgumentException(FormattableString.Invariant($"Must be a multiple of {BlockLength} values; found {outputs.Length}."), nameof(outputs));
        }

        ref var gradient = ref MemoryMarshal.GetReference(gradients);
        var sum = Vector256<float>.Zero;
        var exponent = Vector256.Create((float)VarianceExponent);
        var shift = Vector256.Create(MeanOfExponential ? 0.5f : 0);
        for (var i = 0; i < outputs.Length; i += BlockLength)
        {
            var weight = Load(weights, i);
            var masked = Vector256.Equals(weight, Vector256<float>.Zero);
            var logVariance = Bounds.Bound(Load(outputs, i + HeadsPerBlock), out var slope);
            var precision = Vector256.Exp(-logVariance);
            var residual = Load(outputs, i) - (shift * Vector256.Exp(logVariance)) - Load(targets, i);
            var squared = residual * residual * precision;
            var byMean = Vector256.Create(2f) * weight * residual * precision * Vector256.Exp(exponent * logVariance);
            var byVariance = weight * (Vector256<float>.One - squared - (Vector256.Create(2f) * shift * residual)) * slope;
            sum += Vector256.ConditionalSelect(masked, Vector256<float>.Zero, weight * (squared + logVariance));
            Vector256.ConditionalSelect(masked, Vector256<float>.Zero, byMean).StoreUnsafe(ref gradient, (nuint)i);
            Vector256.ConditionalSelect(masked, Vector256<float>.Zero, byVariance).StoreUnsafe(ref gradient, (nuint)(i + HeadsPerBlock));
        }

        return Vector256.Sum(sum);
    }

    private static Vector256<float> Load(ReadOnlySpan<float> x, int at) => Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(x), (nuint)at);
}
