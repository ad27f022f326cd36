using EdgeSplit.Core.Randomness;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace EdgeSplit.Agents.Bandits;

/// <summary>Bayesian linear regression of few weights, with a prior mean, and with old rows that fade: weights ~ N(mean, covariance).</summary>
/// <remarks>Old rows fade by one factor at a time, down to the prior and not below. Learning solves by Cholesky and allocates; predicting allocates nothing.</remarks>
internal sealed class DiscountedRegression
{
    private static readonly NormalDistribution Standard = new(0, 1);

    private readonly double[] priorMean;
    private readonly double priorPrecision;
    private readonly double forgetting;
    private readonly DenseMatrix precision;
    private readonly double[] moments;
    private readonly double[] mean;
    private readonly double[] covariance;
    private readonly double[] factor;

    internal DiscountedRegression(ReadOnlySpan<double> priorMean, double priorDeviation, double forgetting)
    {
        this.priorMean = priorMean.ToArray();
        priorPrecision = 1 / (priorDeviation * priorDeviation);
        this.forgetting = forgetting;
        var length = priorMean.Length;
        precision = DenseMatrix.CreateDiagonal(length, length, priorPrecision);
        moments = new double[length];
        mean = new double[length];
        covariance = new double[length * length];
        factor = new double[length * length];
        Solve();
    }

    internal int Length => mean.Length;

    internal ReadOnlySpan<double> Mean => mean;

    internal double Predict(ReadOnlySpan<double> x) => Dot(x, mean);

    /// <summary>Variance of the expectation at x, without the noise.</summary>
    internal double Variance(ReadOnlySpan<double> x)
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            sum += x[i] * Dot(x, covariance.AsSpan(i * x.Length, x.Length));
        }

        return Math.Max(0, sum);
    }

    /// <summary>Draws weights.</summary>
    internal void Draw(ref RandomSource random, Span<double> weights)
    {
        mean.CopyTo(weights);
        for (var j = 0; j < weights.Length; j++)
        {
            var z = Standard.Sample(ref random);
            for (var i = j; i < weights.Length; i++)
            {
                weights[i] += factor[(i * weights.Length) + j] * z;
            }
        }
    }

    /// <summary>Fades all rows once; <see cref="Add"/> and <see cref="Solve"/> follow.</summary>
    internal void Fade()
    {
        for (var i = 0; i < Length; i++)
        {
            moments[i] *= forgetting;
            for (var j = 0; j < Length; j++)
            {
                precision[i, j] = (forgetting * precision[i, j]) + (i == j ? (1 - forgetting) * priorPrecision : 0);
            }
        }
    }

    /// <summary>Adds a row; it counts after <see cref="Solve"/>.</summary>
    internal void Add(ReadOnlySpan<double> x, double y, double noiseDeviation)
    {
        var weight = 1 / (noiseDeviation * noiseDeviation);
        var surprise = y - Dot(x, priorMean);
        for (var i = 0; i < x.Length; i++)
        {
            moments[i] += weight * surprise * x[i];
            for (var j = 0; j < x.Length; j++)
            {
                precision[i, j] += weight * x[i] * x[j];
            }
        }
    }

    /// <summary>Brings mean and covariance up to date.</summary>
    internal void Solve()
    {
        var cholesky = precision.Cholesky();
        var inverse = cholesky.Solve(DenseMatrix.CreateIdentity(Length));
        var shift = cholesky.Solve(Vector<double>.Build.Dense(moments));
        var lower = inverse.Cholesky().Factor;
        for (var i = 0; i < Length; i++)
        {
            mean[i] = priorMean[i] + shift[i];
            for (var j = 0; j < Length; j++)
            {
                covariance[(i * Length) + j] = inverse[i, j];
                factor[(i * Length) + j] = lower[i, j];
            }
        }
    }

    internal void Save(BinaryWriter writer)
    {
        BanditState.Write(writer, precision.Values);
        BanditState.Write(writer, moments);
    }

    internal void Load(BinaryReader reader)
    {
        BanditState.Read(reader, precision.Values);
        BanditState.Read(reader, moments);
        try
        {
            Solve();
        }
        catch (ArgumentException error)
        {
            throw new InvalidDataException("The state's precision is not positive definite.", error);
        }
    }

    private static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            sum += x[i] * y[i];
        }

        return sum;
    }
}
