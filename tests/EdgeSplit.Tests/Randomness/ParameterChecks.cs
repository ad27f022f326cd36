using System.Globalization;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Tests.Randomness;

public class ParameterChecks
{
    private const double NaN = double.NaN;
    private const double Infinity = double.PositiveInfinity;

    public static TheoryData<string, double, string, Func<double, object>> Refused
    {
        get
        {
            var data = new TheoryData<string, double, string, Func<double, object>>();
            void Add(string name, string allowed, Func<double, object> create, params double[] values)
            {
                foreach (var value in values)
                {
                    data.Add(name, value, allowed, create);
                }
            }

            Add("Minimum", "Must be finite", x => new UniformDistribution(x, 5), NaN, Infinity, -Infinity);
            Add("Maximum", "Must be in [3, ", x => new UniformDistribution(3, x), NaN, Infinity, 2.9);
            Add("Mean", "Must be finite", x => new NormalDistribution(x, 1), NaN, Infinity);
            Add("StandardDeviation", "Must be at least 0", x => new NormalDistribution(0, x), NaN, Infinity, -1);
            Add("LogMean", "Must be in [-200, 200]", x => new LogNormalDistribution(x, 1), NaN, Infinity, 201);
            Add("LogStandardDeviation", "Must be in [0, 10]", x => new LogNormalDistribution(0, x), NaN, -1, 11);
            Add("Rate", "Must be in [1E-300, 1E+300]", x => new ExponentialDistribution(x), NaN, Infinity, 0, -1);
            Add("Shape", "Must be in [1E-06, 1000000]", x => new GammaDistribution(x, 1), NaN, Infinity, 0, -1);
            Add("Scale", "Must be in [1E-300, 1E+300]", x => new GammaDistribution(1, x), NaN, Infinity, 0, -1);
            Add("Rate", "Must be in [0, 1000000000]", x => new PoissonDistribution(x), NaN, Infinity, -1, 2e9);
            Add("weights[1]", "Must be at least 0", x => new CategoricalDistribution([1, x, 2]), NaN, Infinity, -1);
            Add("sum of weights", "Must be positive", x => new CategoricalDistribution([x, 0]), 0);
            Add("probabilities[0]", "Must be in [0, 0]", x => new QuantileDistribution([x, 1], [1, 2]), NaN, 0.1);
            Add("probabilities[^1]", "Must be in [1, 1]", x => new QuantileDistribution([0, x], [1, 2]), NaN, 0.9, 1.1);
            Add("probabilities[1]", "Must be in [", x => new QuantileDistribution([0, x, 1], [1, 2, 3]), NaN, 0, 1.5);
            Add("quantiles[0]", "Must be finite", x => new QuantileDistribution([0, 1], [x, 2]), NaN, -Infinity);
            Add("quantiles[1]", "Must be in [1, ", x => new QuantileDistribution([0, 1], [1, x]), NaN, 0.9, Infinity);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_bad_parameter_is_refused_with_its_name_its_value_and_what_is_allowed(string name, double value, string allowed, Func<double, object> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        var error = Assert.Throws<ArgumentOutOfRangeException>(name, () => create(value));
        Assert.Equal(value, Assert.IsType<double>(error.ActualValue));
        Assert.Contains(allowed, error.Message, StringComparison.Ordinal);
        Assert.Contains(value.ToString(CultureInfo.InvariantCulture), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tables_of_wrong_length_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new CategoricalDistribution([]));
        Assert.Throws<ArgumentOutOfRangeException>("probabilities.Length", () => new QuantileDistribution([0], [1]));
        Assert.Throws<ArgumentOutOfRangeException>("quantiles.Length", () => new QuantileDistribution([0, 1], [1, 2, 3]));
        Assert.Throws<ArgumentOutOfRangeException>("sum of weights", () => new CategoricalDistribution([double.MaxValue, double.MaxValue]));
        Assert.Throws<ArgumentOutOfRangeException>("Maximum - Minimum", () => new UniformDistribution(double.MinValue, double.MaxValue));
    }

    [Fact]
    public void Distributions_with_equal_tables_are_equal()
    {
        Assert.Equal(new CategoricalDistribution([1, 3]), new CategoricalDistribution([2, 6]));
        Assert.Equal(new CategoricalDistribution([1, 3]).GetHashCode(), new CategoricalDistribution([2, 6]).GetHashCode());
        Assert.NotEqual(new CategoricalDistribution([1, 3]), new CategoricalDistribution([1, 4]));
        Assert.Equal(new QuantileDistribution([0, 1], [2, 3]), new QuantileDistribution([0, 1], [2, 3]));
        Assert.NotEqual(new QuantileDistribution([0, 1], [2, 3]), new QuantileDistribution([0, 1], [2, 4]));
        Assert.Equal(new GammaDistribution(2, 3), new GammaDistribution(2, 3));
    }
}
