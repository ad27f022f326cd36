using EdgeSplit.Agents.Networks;
using EdgeSplit.Tests.Numerics;

namespace EdgeSplit.Tests.Networks;

public class LossTests
{
    public static TheoryData<string> Names => ["squared", "huber", "gamma"];

    internal static ILoss Loss(string name) => name switch
    {
        "squared" => new SquaredLoss(),
        "huber" => new HuberLoss(0.6),
        _ => new GammaDevianceLoss(largestExponent: 1.5),
    };

    /// <summary>The formulas in double precision.</summary>
    internal static double Formula(string name, double f, double y)
    {
        var size = Math.Abs(f - y);
        return name switch
        {
            "squared" => 0.5 * size * size,
            "huber" => size <= 0.6 ? 0.5 * size * size : 0.6 * (size - 0.3),
            _ => f >= -1.5 ? f + (y * Math.Exp(-f)) : f + (y * Math.Exp(1.5) * (1 - f - 1.5)),
        };
    }

    [Theory, MemberData(nameof(Names))]
    public void Values_and_gradients_agree_with_the_formula_at_every_length(string name)
    {
        for (var length = 0; length <= 50; length++)
        {
            var f = Numbers.Between(length, 1, -3, 3);
            var y = Numbers.Between(length, 2, 0, 3);
            var w = Numbers.Between(length, 3, 0, 2);
            for (var i = 0; i < length; i += 3)
            {
                w[i] = 0;
                y[i] = i % 2 == 0 ? float.NaN : y[i];
            }

            var gradients = new float[length];
            var actual = Loss(name).Evaluate(f, y, w, gradients);
            var expected = 0.0;
            for (var i = 0; i < length; i++)
            {
                if (w[i] == 0)
                {
                    Assert.Equal(0, gradients[i]);
                    continue;
                }

                expected += w[i] * Formula(name, f[i], y[i]);
                // Central differences in double: the step 1e-5 leaves about 1e-9, single precision about 1e-6 of terms up to 30.
                var slope = (Formula(name, f[i] + 1e-5, y[i]) - Formula(name, f[i] - 1e-5, y[i])) / 2e-5;
                Assert.Equal(w[i] * slope, gradients[i], 2e-5);
            }

            Assert.Equal(expected, actual, 1e-6 * (1 + (30 * length)));
        }
    }

    [Fact]
    public void The_gamma_deviance_is_least_at_the_logarithm_of_the_mean()
    {
        float[] ratios = [0.2f, 0.5f, 1, 1, 7.3f];
        var f = Enumerable.Repeat((float)Math.Log(2), 5).ToArray();
        var gradients = new float[5];
        new GammaDevianceLoss().Evaluate(f, ratios, [1, 1, 1, 1, 1], gradients);
        // The mean is 2; rounding of 5 terms up to 4.
        Assert.Equal(0, gradients.Sum(), 5e-6f);
    }

    [Fact]
    public void Absurd_outputs_keep_the_gamma_deviance_finite()
    {
        float[] f = [-1e30f, -1000, 1000, 1e30f];
        var gradients = new float[4];
        var value = new GammaDevianceLoss().Evaluate(f, [1, 1, 1, 1], [1, 1, 1, 1], gradients);
        Assert.True(double.IsFinite(value));
        Assert.Equal(1 - Math.Exp(10), gradients[0], 0.05);
        Assert.Equal(gradients[0], gradients[1]);
        Assert.Equal(1, gradients[2], 1e-6);
        Assert.Equal(1, gradients[3], 1e-6);
    }

    [Fact]
    public void Unequal_lengths_and_bad_parameters_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SquaredLoss().Evaluate(new float[3], new float[2], new float[3], new float[3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SquaredLoss().Evaluate(new float[3], new float[3], new float[3], new float[2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new HuberLoss(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new HuberLoss(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GammaDevianceLoss(80));
    }
}
