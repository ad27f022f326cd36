using System.Runtime.CompilerServices;

namespace EdgeSplit.Core.Randomness;

/// <summary>The exponential distribution: waiting times of a Poisson process, power gains of Rayleigh fading.</summary>
/// <remarks>One word per draw, an increasing function of it, always above 0 and at most 36.8 means.
/// Immutable, so safe to share between threads.</remarks>
public sealed record ExponentialDistribution : IDistribution
{
    /// <summary>Creates an exponential distribution from its rate (not its mean).</summary>
    /// <param name="Rate">The events per unit of the draws, in [1e-300, 1e300]; the mean is its inverse.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="Rate"/> is NaN or out of range.</exception>
    public ExponentialDistribution(double Rate) => this.Rate = Guard.InRange(Rate, 1e-300, 1e300);

    /// <summary>The events per unit of the draws.</summary>
    public double Rate { get; }

    /// <inheritdoc/>
    public double Mean => 1 / Rate;

    /// <inheritdoc/>
    public double Variance => 1 / Rate / Rate;

    /// <inheritdoc/>
    public double Sample(ref RandomSource random) => QuantileOf(new ScalarLane(random.NextUniform()), Mean).Value;

    /// <inheritdoc/>
    public double CumulativeProbability(double value)
    {
        Guard.NotNaN(value);
        return value > 0 ? -ExponentialMinusOne(-Rate * value) : 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T QuantileOf<T>(T uniform, double mean)
        where T : struct, ILanes<T> =>
        FrozenFunctions.Log(T.Broadcast(1) - uniform) * T.Broadcast(-mean);

    /// <summary>e^x - 1 without loss of digits at small x, where <see cref="double.ExpM1"/> has none left.</summary>
    /// <remarks>Source: W. Kahan; N. J. Higham, <i>Accuracy and Stability of Numerical Algorithms</i>, 2nd ed., SIAM 2002, section 1.14.1.</remarks>
    internal static double ExponentialMinusOne(double x)
    {
        var exponential = Math.Exp(x);
        if (exponential == 1)
        {
            return x;
        }

        return exponential is > 0.3 and < 3 ? (exponential - 1) * (x / Math.Log(exponential)) : exponential - 1;
    }
}
