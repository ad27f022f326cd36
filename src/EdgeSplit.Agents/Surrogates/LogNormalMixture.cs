using MathNet.Numerics;

namespace EdgeSplit.Agents.Surrogates;

/// <summary>A mixture of equally likely log-normal laws of a positive quantity: what an ensemble says of an outcome whose answer may have several lengths.</summary>
/// <remarks>A buffer that is filled anew; not thread-safe.</remarks>
public sealed class LogNormalMixture
{
    private const int Bisections = 60;
    private const double Tails = 9;
    private readonly double[] locations;
    private readonly double[] deviations;

    /// <summary>Creates an empty mixture.</summary>
    /// <param name="capacity">The most components, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacity"/> is less than 1.</exception>
    public LogNormalMixture(int capacity)
    {
        locations = new double[Guard.AtLeast(capacity, 1)];
        deviations = new double[capacity];
    }

    /// <summary>Number of components.</summary>
    public int Count { get; private set; }

    /// <summary>Removes all components.</summary>
    public void Clear() => Count = 0;

    /// <summary>Adds a component.</summary>
    /// <param name="location">Mean of the logarithm, finite.</param>
    /// <param name="deviation">Standard deviation of the logarithm, positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    /// <exception cref="InvalidOperationException">The mixture is full.</exception>
    public void Add(double location, double deviation)
    {
        if (Count == locations.Length)
        {
            throw new InvalidOperationException(FormattableString.Invariant($"The mixture holds {Count} components; there is no room for more."));
        }

        locations[Count] = Guard.Finite(location);
        deviations[Count] = Guard.Positive(deviation);
        Count++;
    }

    /// <summary>The mean, in the unit of the quantity.</summary>
    public double Mean
    {
        get
        {
            var sum = 0.0;
            for (var i = 0; i < Count; i++)
            {
                sum += Math.Exp(locations[i] + (0.5 * deviations[i] * deviations[i]));
            }

            return sum / Count;
        }
    }

    /// <summary>The mean of the logarithm and its standard deviation.</summary>
    public (double Mean, double Deviation) LogMoments
    {
        get
        {
            double mean = 0, square = 0;
            for (var i = 0; i < Count; i++)
            {
                mean += locations[i] / Count;
                square += ((locations[i] * locations[i]) + (deviations[i] * deviations[i])) / Count;
            }

            return (mean, Math.Sqrt(Math.Max(0, square - (mean * mean))));
        }
    }

    /// <summary>The probability that the quantity is at most a value.</summary>
    /// <param name="value">The value; 0 and less give 0.</param>
    public double CumulativeProbability(double value)
    {
        if (!(value > 0))
        {
            return 0;
        }

        var (logarithm, sum) = (Math.Log(value), 0.0);
        for (var i = 0; i < Count; i++)
        {
            sum += 0.5 * SpecialFunctions.Erfc((locations[i] - logarithm) / (deviations[i] * Constants.Sqrt2));
        }

        return sum / Count;
    }

    /// <summary>The value below which the quantity lies with a given probability.</summary>
    /// <param name="probability">The probability, in (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is out of range.</exception>
    /// <exception cref="InvalidOperationException">The mixture is empty.</exception>
    public double Quantile(double probability)
    {
        if (!(probability > 0 && probability < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "Must be above 0 and below 1.");
        }

        if (Count == 0)
        {
            throw new InvalidOperationException("The mixture is empty.");
        }

        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        for (var i = 0; i < Count; i++)
        {
            low = Math.Min(low, locations[i] - (Tails * deviations[i]));
            high = Math.Max(high, locations[i] + (Tails * deviations[i]));
        }

        for (var i = 0; i < Bisections; i++)
        {
            var middle = 0.5 * (low + high);
            (low, high) = CumulativeProbability(Math.Exp(middle)) < probability ? (middle, high) : (low, middle);
        }

        return Math.Exp(0.5 * (low + high));
    }
}
