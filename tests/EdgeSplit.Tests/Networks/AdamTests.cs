using EdgeSplit.Agents.Networks;

namespace EdgeSplit.Tests.Networks;

public class AdamTests
{
    // Golden values: Adam, learning rate 0.1, epsilon 1e-5, f = sum of squares from (1, -2), computed once in double precision;
    // single precision is within 1e-6 (2e-6 after 20 steps, where each step adds a rounding of about 1e-7).
    [Theory]
    [InlineData(3, 0.7015878297638, -1.7006241569275, 1e-6)]
    [InlineData(20, -0.2711526941652, -0.2224570152779, 2e-6)]
    public void Adam_follows_the_golden_path(int steps, double first, double second, double tolerance)
    {
        // 35 parameters: two vectors and a scalar tail, the pair at both ends and across the seam.
        var parameters = new float[35];
        for (var i = 0; i < parameters.Length; i++)
        {
            parameters[i] = i % 2 == 0 ? 1 : -2;
        }

        var adam = new Adam(parameters.Length, new AdamOptions { LearningRate = 0.1, Epsilon = 1e-5 });
        for (var step = 0; step < steps; step++)
        {
            Assert.True(adam.Step(parameters, Doubled(parameters)));
        }

        Assert.Equal(steps, adam.StepCount);
        for (var i = 0; i < parameters.Length; i++)
        {
            Assert.Equal(i % 2 == 0 ? first : second, parameters[i], tolerance);
            Assert.Equal(parameters[i % 2], parameters[i]);
        }
    }

    [Fact]
    public void Decoupled_weight_decay_shrinks_parameters_without_gradient()
    {
        float[] parameters = [2, -4, .. new float[20]];
        var adam = new Adam(22, new AdamOptions { LearningRate = 0.1, WeightDecay = 0.5 });
        adam.Step(parameters, new float[22]);
        Assert.Equal(2 * 0.95f, parameters[0], 1e-6f);
        Assert.Equal(-4 * 0.95f, parameters[1], 1e-6f);
    }

    [Fact]
    public void A_clipped_gradient_moves_like_the_shorter_gradient()
    {
        var clipping = new Adam(2, new AdamOptions { MaximumGradientNorm = 0.5 });
        var plain = new Adam(2);
        float[] a = [1, 1];
        float[] b = [1, 1];
        clipping.Step(a, [3, 4]);
        plain.Step(b, [0.3f, 0.4f]);
        clipping.Step(a, [0.1f, 0.1f]);
        plain.Step(b, [0.1f, 0.1f]);
        Assert.Equal(b[0], a[0], 1e-6f);
        Assert.Equal(b[1], a[1], 1e-6f);
        Assert.Equal(plain.FirstMoment[1], clipping.FirstMoment[1], 1e-6f);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_gradient_that_is_not_finite_changes_nothing(float bad)
    {
        var adam = new Adam(3);
        float[] parameters = [1, 2, 3];
        Assert.False(adam.Step(parameters, [0, bad, 0]));
        Assert.Equal([1, 2, 3], parameters);
        Assert.Equal(0, adam.StepCount);
        Assert.Equal([0, 0, 0], adam.FirstMoment.ToArray());
    }

    [Fact]
    public void The_learning_rate_of_a_step_can_be_given()
    {
        var adam = new Adam(1);
        float[] parameters = [1];
        adam.Step(parameters, [5], learningRate: 0.25);
        Assert.Equal(0.75f, parameters[0], 1e-6f);
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdamOptions { LearningRate = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdamOptions { FirstDecay = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdamOptions { Epsilon = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdamOptions { MaximumGradientNorm = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(2).Step(new float[2], new float[3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(1).Step(new float[1], new float[1], double.NaN));
    }

    private static float[] Doubled(float[] x) => Array.ConvertAll(x, v => 2 * v);
}
