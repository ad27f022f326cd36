using System.Runtime.CompilerServices;
using MathNet.Numerics;

namespace EdgeSplit.Core.Randomness;

/// <summary>The gamma distribution: power gains of Nakagami fading, sums of exponential times.</summary>
/// <remarks>
/// <para>Words per draw: shape 1 is the exponential distribution and takes one word. Above 1, each try takes two words (a normal and a
/// uniform number; at least 95 % of the tries succeed). Below 1, one word comes first, for the power that turns shape + 1 into shape.
/// Draws below about 1e-307 scales come out as 0, which only shapes below 0.06 ever show. The closed form is
/// accurate to 1e-14, relatively, for shapes up to 100 and to 1e-9 for the largest.</para>
/// <para>Immutable, so safe to share between threads.</para>
/// <para>Source: G. Marsaglia, W. W. Tsang, "A simple method for generating gamma variables", ACM TOMS 26(3), 2000, pp. 363-372,
/// doi:10.1145/358407.358414.</para>
/// </remarks>
public sealed record GammaDistribution : IDistribution
{
    private readonly double d;
    private readonly double c;

    /// <summary>Creates a gamma distribution from shape and scale (not rate).</summary>
    /// <param name="Shape">The shape, dimensionless, in [1e-6, 1e6].</param>
    /// <param name="Scale">The scale, in the unit of the draws, in [1e-300, 1e300]; the mean is shape times scale.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is NaN or out of range.</exception>
    public GammaDistribution(double Shape, double Scale)
    {
        this.Shape = Guard.InRange(Shape, 1e-6, 1e6);
        this.Scale = Guard.InRange(Scale, 1e-300, 1e300);
        d = (Shape < 1 ? Shape + 1 : Shape) - (1.0 / 3);
        c = 1 / Math.Sqrt(9 * d);
    }

    /// <summary>The shape, dimensionless: larger is steadier.</summary>
    public double Shape { get; }

    /// <summary>The scale, in the unit of the draws.</summary>
    public double Scale { get; }

    /// <inheritdoc/>
    public double Mean => Shape * Scale;

    /// <inheritdoc/>
    public double Variance => Shape * Scale * Scale;

    /// <inheritdoc/>
    public double Sample(ref RandomSource random)
    {
        if (Shape == 1)
        {
            return ExponentialDistribution.QuantileOf(new ScalarLane(random.NextUniform()), Scale).Value;
        }

        var factor = Shape < 1 ? BoostOf(new ScalarLane(random.NextUniform())) : new ScalarLane(1);
        while (true)
        {
            var normalWord = random.NextUniform();
            var acceptanceWord = random.NextUniform();
            var isAccepted = Try(new ScalarLane(normalWord), new ScalarLane(acceptanceWord), out var value);
            if (ScalarLane.All(isAccepted))
            {
                return (value * factor * new ScalarLane(Scale)).Value;
            }
        }
    }

    /// <inheritdoc/>
    public double CumulativeProbability(double value)
    {
        Guard.NotNaN(value);
        var scaled = value / Scale;
        if (!(scaled > 0))
        {
            return 0;
        }

        return double.IsInfinity(scaled) ? 1
            : Shape == 1 ? -ExponentialDistribution.ExponentialMinusOne(-scaled)
            : scaled < 0.01 ? LowerRegularizedNearZero(scaled)
            : SpecialFunctions.GammaLowerRegularized(Shape, scaled);
    }

    /// <summary>The regularised lower incomplete gamma function by its power series, with all digits however small the argument
    /// (the general routine gives 0 below about 1e-16).</summary>
    private double LowerRegularizedNearZero(double x)
    {
        var power = 1.0;
        var sum = 1.0;
        for (var n = 1; n <= 6; n++)
        {
            power *= -x / n;
            sum += power * Shape / (Shape + n);
        }

        return Shape < 100
            ? Math.Pow(x, Shape) / SpecialFunctions.Gamma(Shape + 1) * sum
            : Math.Exp((Shape * Math.Log(x)) - SpecialFunctions.GammaLn(Shape + 1)) * sum;
    }

    /// <summary>The power of a uniform number that takes a draw of shape + 1 to shape below 1.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal T BoostOf<T>(T uniform)
        where T : struct, ILanes<T> =>
        FrozenFunctions.Exp(FrozenFunctions.Log(uniform) / T.Broadcast(Shape));

    /// <summary>One try for the unit-scale distribution of shape (or shape + 1 where shape is below 1); returns the mask of success.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)] // keeps callers within the compiler's budget for inlining
    internal T Try<T>(T normalUniform, T acceptanceUniform, out T value)
        where T : struct, ILanes<T>
    {
        var normal = FrozenFunctions.NormalQuantile(normalUniform);
        var square = normal * normal;
        var root = T.MultiplyAdd(T.Broadcast(c), normal, T.Broadcast(1));
        var cube = root * root * root;
        value = T.Broadcast(d) * cube;
        var isPositive = T.LessOrEqual(T.Broadcast(1e-100), cube);
        var isSqueezed = T.And(isPositive, T.LessOrEqual(acceptanceUniform, T.Broadcast(1) - (T.Broadcast(0.0331) * square * square)));
        if (T.All(isSqueezed))
        {
            return isSqueezed;
        }

        cube = T.Select(isPositive, cube, T.Broadcast(1));
        var bound = T.MultiplyAdd(T.Broadcast(d), T.Broadcast(1) - cube + FrozenFunctions.Log(cube), T.Broadcast(0.5) * square);
        return T.Or(isSqueezed, T.And(isPositive, T.LessOrEqual(FrozenFunctions.Log(acceptanceUniform), bound)));
    }
}
