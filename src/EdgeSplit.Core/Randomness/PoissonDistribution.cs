using MathNet.Numerics;

namespace EdgeSplit.Core.Randomness;

/// <summary>The Poisson distribution: the number of events in a stretch of time.</summary>
/// <remarks>
/// <para>Below rate 10: one word per draw, an increasing function of it (inversion). From 10 on: two words per try, seldom more
/// than two tries (transformed rejection), at a cost that does not grow with the rate.</para>
/// <para>Immutable, so safe to share between threads.</para>
/// <para>Source: W. Hörmann, "The transformed rejection method for generating Poisson random variables", Insurance: Mathematics and
/// Economics 12(1), 1993, pp. 39-45, doi:10.1016/0167-6687(93)90997-4 (algorithm PTRS).</para>
/// </remarks>
public sealed record PoissonDistribution : IDistribution
{
    private const double InversionLimit = 10;

    private readonly double probabilityOfZero;
    private readonly double logRate;
    private readonly double a;
    private readonly double b;
    private readonly double inverseAlpha;
    private readonly double acceptance;

    /// <summary>Creates a Poisson distribution.</summary>
    /// <param name="Rate">The expected number of events, in [0, 1e9]; where it is 0 every draw is 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="Rate"/> is NaN or out of range.</exception>
    public PoissonDistribution(double Rate)
    {
        this.Rate = Guard.InRange(Rate, 0, 1e9);
        probabilityOfZero = FrozenFunctions.Exp(new ScalarLane(-Rate)).Value;
        if (Rate >= InversionLimit)
        {
            logRate = FrozenFunctions.Log(new ScalarLane(Rate)).Value;
            b = 0.931 + (2.53 * Math.Sqrt(Rate));
            a = -0.059 + (0.02483 * b);
            inverseAlpha = 1.1239 + (1.1328 / (b - 3.4));
            acceptance = 0.9277 - (3.6224 / (b - 2));
        }
    }

    /// <summary>The expected number of events.</summary>
    public double Rate { get; }

    /// <inheritdoc/>
    public double Mean => Rate;

    /// <inheritdoc/>
    public double Variance => Rate;

    /// <summary>Draws one number of events, as a whole number.</summary>
    /// <param name="random">The source to draw from; it moves on.</param>
    public double Sample(ref RandomSource random) => SampleCount(ref random);

    /// <summary>Draws one number of events.</summary>
    /// <param name="random">The source to draw from; it moves on.</param>
    public int SampleCount(ref RandomSource random) => Rate < InversionLimit ? Invert(random.NextUniform()) : Reject(ref random);

    /// <inheritdoc/>
    public double CumulativeProbability(double value)
    {
        Guard.NotNaN(value);
        return value < 0 ? 0
            : Rate == 0 || double.IsInfinity(value) ? 1
            : SpecialFunctions.GammaUpperRegularized(Math.Floor(value) + 1, Rate);
    }

    private int Invert(double uniform)
    {
        var count = 0;
        var probability = probabilityOfZero;
        var cumulative = probability;
        while (uniform > cumulative && probability > 1e-20)
        {
            count++;
            probability *= Rate / count;
            cumulative += probability;
        }

        return count;
    }

    private int Reject(ref RandomSource random)
    {
        while (true)
        {
            var u = random.NextUniform() - 0.5;
            var v = random.NextUniform();
            var distanceToEdge = 0.5 - Math.Abs(u);
            var count = Math.Floor((((2 * a / distanceToEdge) + b) * u) + Rate + 0.43);
            if (distanceToEdge >= 0.07 && v <= acceptance)
            {
                return (int)count;
            }

            if (count < 0 || count > int.MaxValue || (distanceToEdge < 0.013 && v > distanceToEdge))
            {
                continue;
            }

            var hat = FrozenFunctions.Log(new ScalarLane(v * inverseAlpha / ((a / (distanceToEdge * distanceToEdge)) + b))).Value;
            if (hat <= (count * logRate) - Rate - LogFactorial(count))
            {
                return (int)count;
            }
        }
    }

    /// <summary>ln(n!) by Stirling's series, small n shifted up to 15 first; error below 1e-12 or a few ulp, whichever is larger.</summary>
    private static double LogFactorial(double n)
    {
        var product = 1.0;
        while (n < 15)
        {
            n++;
            product *= n;
        }

        var inverse = 1 / n;
        var square = inverse * inverse;
        var series = inverse * ((1.0 / 12) - (square * ((1.0 / 360) - (square * ((1.0 / 1260) - (square / 1680))))));
        return ((n + 0.5) * FrozenFunctions.Log(new ScalarLane(n)).Value) - n + 0.91893853320467274178 + series - FrozenFunctions.Log(new ScalarLane(product)).Value;
    }
}
