using EdgeSplit.Agents.Networks;

namespace EdgeSplit.Tests.Networks;

public sealed class GaussianLikelihoodLossTests
{
    private const int Heads = GaussianLikelihoodLoss.HeadsPerBlock;
    private const int Block = GaussianLikelihoodLoss.BlockLength;

    /// <summary>Bounds of [-10, 0.5]: values of the reference on learning, section 2.3, computed there in double precision.</summary>
    [Theory]
    [InlineData(-1000, -10.0)]
    [InlineData(-20, -9.99995460110084)]
    [InlineData(-10, -9.30686658738039)]
    [InlineData(-5, -4.997335743003517)]
    [InlineData(0, -0.4740040504607226)]
    [InlineData(0.5, -0.1930921091777016)]
    [InlineData(2, 0.2986204021117711)]
    [InlineData(10, 0.4999526891026971)]
    [InlineData(1000, 0.5000275360702293)]
    public void The_log_variance_is_bounded_as_the_source_says(double raw, double expected) => Assert.Equal(expected, new LogVarianceBounds().Bound(raw), 1e-12);

    /// <summary>Two members, two samples, one output: mean over batch of (m - y)² e^-v + v, summed over members, is 4.308621287419204 (mbrl-lib's form).</summary>
    [Fact]
    public void The_loss_is_that_of_the_probabilistic_ensemble_of_the_literature()
    {
        float[] means = [0.36f, 1.51f, -1.79f, 1.69f];
        float[] logVariances = [-0.42f, 0.45f, -0.94f, -1.72f];
        float[] observed = [-0.22f, 0.83f, -0.22f, 0.83f];
        var (outputs, targets, weights) = Blocks(means, logVariances, observed);

        // Bounds so far away that they do not act, and a mean over a batch of two.
        var loss = new GaussianLikelihoodLoss { Bounds = new LogVarianceBounds(-40, 40) }.Evaluate(outputs, targets, weights, new float[outputs.Length]);
        Assert.Equal(4.308621287419204, loss / 2, 2e-6);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_gradient_is_that_of_the_value(bool meanOfExponential)
    {
        var loss = new GaussianLikelihoodLoss { MeanOfExponential = meanOfExponential, VarianceExponent = 0 };
        float[] means = [0.3f, -0.8f, 1.2f, 0, 2, -2, 0.1f, 0.7f];
        float[] logVariances = [-3, 0.4f, -1, 0, -6, 1.5f, -9, -0.5f];
        float[] observed = [0.1f, -0.5f, 0.2f, 0.3f, 1.8f, 1, 0.1f, 0.9f];
        var (outputs, targets, weights) = Blocks(means, logVariances, observed);
        for (var i = 0; i < Heads; i++)
        {
            weights[i] = 0.5f + (0.25f * i);
        }

        var gradients = new float[outputs.Length];
        loss.Evaluate(outputs, targets, weights, gradients);
        for (var i = 0; i < outputs.Length; i++)
        {
            var derivative = Derivative(loss, outputs, targets, weights, i);
            Assert.True(Math.Abs(derivative - gradients[i]) <= 2e-3 * Math.Max(1, Math.Abs(derivative)), $"output {i}: {gradients[i]} instead of {derivative}");
        }
    }

    /// <summary>With the variance exponent b the mean's gradient is that of the likelihood times v^b, and the log-variance's is unchanged.</summary>
    [Fact]
    public void The_variance_exponent_weighs_the_gradient_by_the_mean_alone()
    {
        var (outputs, targets, weights) = Blocks([0.4f], [-2f], [0.1f]);
        var plain = new float[Block];
        var weighed = new float[Block];
        var bounds = new LogVarianceBounds();
        new GaussianLikelihoodLoss { VarianceExponent = 0 }.Evaluate(outputs, targets, weights, plain);
        new GaussianLikelihoodLoss { VarianceExponent = 1 }.Evaluate(outputs, targets, weights, weighed);
        Assert.Equal(plain[0] * Math.Exp(bounds.Bound(-2)), weighed[0], 1e-6);
        Assert.Equal(2 * 0.3, weighed[0], 1e-6);
        Assert.Equal(plain[Heads], weighed[Heads]);
    }

    /// <summary>Of 2 000 log-normal values the minimiser of the loss in the log-of-mean form is the logarithm of their law's mean.</summary>
    [Fact]
    public void In_the_form_for_sums_of_costs_the_output_is_the_logarithm_of_the_mean()
    {
        const double Location = 0.3;
        const double Deviation = 0.6;
        var loss = new GaussianLikelihoodLoss { MeanOfExponential = true };
        var normal = new Core.Randomness.NormalDistribution(Location, Deviation);
        var random = new Core.Randomness.RandomSource(Core.Randomness.StreamKey.Create(1, "test"));
        var observed = Enumerable.Range(0, 2000).Select(_ => (float)normal.Sample(ref random)).ToArray();
        var (mean, raw) = (0f, -1f);
        for (var step = 0; step < 3000; step++)
        {
            double byMean = 0, byVariance = 0;
            var (outputs, targets, weights) = Blocks([.. Enumerable.Repeat(mean, observed.Length)], [.. Enumerable.Repeat(raw, observed.Length)], observed);
            var gradients = new float[outputs.Length];
            loss.Evaluate(outputs, targets, weights, gradients);
            for (var block = 0; block < outputs.Length; block += Block)
            {
                byMean += gradients[block..(block + Heads)].Sum() / observed.Length;
                byVariance += gradients[(block + Heads)..(block + Block)].Sum() / observed.Length;
            }

            (mean, raw) = (mean - (float)(0.02 * byMean), raw - (float)(0.02 * byVariance));
            if (step % 100 == 99 && Math.Abs(byMean) + Math.Abs(byVariance) < 1e-5)
            {
                break;
            }
        }

        Assert.Equal(Location + (Deviation * Deviation / 2), mean, 0.05);
        Assert.Equal(Math.Log(Deviation * Deviation), loss.Bounds.Bound(raw), 0.1);
    }

    [Fact]
    public void A_masked_head_has_no_loss_and_no_gradient_even_where_its_target_is_not_a_number()
    {
        var (outputs, targets, weights) = Blocks([0.4f, 1], [-2f, -1], [0.1f, float.NaN]);
        weights[1] = 0;
        var gradients = new float[Block];
        Assert.True(double.IsFinite(new GaussianLikelihoodLoss().Evaluate(outputs, targets, weights, gradients)));
        Assert.All(gradients, gradient => Assert.True(float.IsFinite(gradient)));
        Assert.Equal((0f, 0f), (gradients[1], gradients[Heads + 1]));
    }

    [Fact]
    public void Half_a_block_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => new GaussianLikelihoodLoss().Evaluate(new float[8], new float[8], new float[8], new float[8]));
        Assert.Contains("multiple of 16", error.Message, StringComparison.Ordinal);
    }

    private static double Derivative(GaussianLikelihoodLoss loss, float[] outputs, float[] targets, float[] weights, int at)
    {
        const float Step = 2e-3f;
        double At(float shift)
        {
            var moved = outputs.ToArray();
            moved[at] += shift;
            return loss.Evaluate(moved, targets, weights, new float[outputs.Length]);
        }

        return (At(Step) - At(-Step)) / (2 * Step);
    }

    private static (float[] Outputs, float[] Targets, float[] Weights) Blocks(float[] means, float[] logVariances, float[] observed)
    {
        var blocks = (means.Length + Heads - 1) / Heads;
        var (outputs, targets, weights) = (new float[blocks * Block], new float[blocks * Block], new float[blocks * Block]);
        for (var i = 0; i < means.Length; i++)
        {
            var at = (i / Heads * Block) + (i % Heads);
            (outputs[at], outputs[at + Heads], targets[at], weights[at]) = (means[i], logVariances[i], observed[i], 1);
        }

        return (outputs, targets, weights);
    }
}
