using System.Runtime.CompilerServices;
using MathNet.Numerics;

namespace EdgeSplit.Core.Randomness;

/// <summary>The normal (Gaussian) distribution.</summary>
/// <remarks>
/// <para>One word per draw, an increasing function of it (inversion by algorithm AS 241), hence within 8.3 standard deviations.
/// Immutable, so safe to share between threads.</para>
/// </remarks>
public sealed record NormalDistribution : IDistribution
{
    /// <summary>Creates a normal distribution.</summary>
    /// <param name="Mean">The expected value, finite.</param>
    /// <param name="StandardDeviation">The standard deviation, finite and at least 0; where it is 0 every draw is the mean.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is NaN or out of range.</exception>
    public NormalDistribution(double Mean, double StandardDeviation)
    {
        this.Mean = Guard.Finite(Mean);
        this.StandardDeviation = Guard.NonNegative(StandardDeviation);
    }

    /// <inheritdoc/>
    public double Mean { get; }

    /// <summary>The standard deviation, in the unit of the draws.</summary>
    public double StandardDeviation { get; }

    /// <inheritdoc/>
    public double Variance => StandardDeviation * StandardDeviation;

    /// <inheritdoc/>
    public double Sample(ref RandomSource random) => QuantileOf(new ScalarLane(random.NextUniform())).Value;

    /// <inheritdoc/>
    public double CumulativeProbability(double value)
    {
        Guard.NotNaN(value);
        return StandardDeviation > 0 ? StandardCumulativeProbability((value - Mean) / StandardDeviation) : value >= Mean ? 1 : 0;
    }

    internal static double StandardCumulativeProbability(double value) => SpecialFunctions.Erfc(-value / Constants.Sqrt2) / 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal T QuantileOf<T>(T uniform)
        where T : struct, ILanes<T> =>
        T.MultiplyAdd(FrozenFunctions.NormalQuantile(uniform), T.Broadcast(StandardDeviation), T.Broadcast(Mean));
}
