using EdgeSplit.Agents.ModelFree;

namespace EdgeSplit.Tests.ModelFree;

public class MaskedCategoricalTests
{
    private static readonly bool[] AllThree = [true, true, true];

    // Typed in from learning.json, component "categorical": log-softmax with the maximum subtracted.
    [Theory]
    [InlineData(1.0, 2.0, 3.0)]
    [InlineData(1000.0, 1001.0, 1002.0)]
    [InlineData(-1e6 + 1, -1e6 + 2, -1e6 + 3)]
    public void Logits_of_any_size_give_the_golden_distribution(double x, double y, double z)
    {
        var (logs, weights) = Normalise([x, y, z], AllThree);
        Assert.Equal(-2.4076059644443806, logs[0], 1e-12);
        Assert.Equal(-1.4076059644443804, logs[1], 1e-12);
        Assert.Equal(-0.40760596444438035, logs[2], 1e-12);
        Assert.Equal(0.8323955818399389, MaskedCategorical.Entropy(logs, weights), 1e-12);
        var (uniform, _) = Normalise([0, 0, 0], AllThree);
        Assert.Equal(0.2662167068281706, MaskedCategorical.Divergence(logs, weights, uniform), 1e-12);
    }

    [SharedDataFact]
    public void All_golden_distributions_agree()
    {
        var seen = 0;
        foreach (var golden in GoldenRecord.Of("categorical"))
        {
            seen++;
            if (golden.Quantity == "kl_divergence")
            {
                var (logP, p) = Normalise(golden.Numbers("logits_p"));
                Assert.Equal(golden.Expected.GetDouble(), MaskedCategorical.Divergence(logP, p, Normalise(golden.Numbers("logits_q")).Logs), golden.Tolerance);
                continue;
            }

            var (logs, weights) = Normalise(golden.Numbers("logits"));
            if (golden.Quantity == "entropy")
            {
                Assert.Equal(golden.Expected.GetDouble(), MaskedCategorical.Entropy(logs, weights), golden.Tolerance);
            }
            else
            {
                golden.AssertEqual(logs.AsSpan(0, golden.Expected.GetArrayLength()));
            }
        }

        Assert.Equal(9, seen);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(33)]
    public void Masked_actions_have_probability_zero_and_the_rest_is_the_distribution_without_them(int count)
    {
        var logits = Enumerable.Range(0, count).Select(a => Math.Sin(a * 12.9898) * 3).ToArray();
        var mask = logits.Select((_, a) => a % 3 != 1).ToArray();
        var (logs, weights) = Normalise(logits, mask);
        var kept = logits.Where((_, a) => mask[a]).ToArray();
        var sum = kept.Sum(Math.Exp);
        for (var a = 0; a < weights.Length; a++)
        {
            var allowed = a < count && mask[a];
            Assert.Equal(allowed ? Math.Exp(logits[a]) / sum : 0, weights[a], allowed ? 1e-14 : 0);
            Assert.True(allowed ? Math.Abs(logs[a] - (logits[a] - Math.Log(sum))) < 1e-13 : double.IsNegativeInfinity(logs[a]));
        }

        Assert.Equal(kept.Sum(x => -Math.Exp(x) / sum * (x - Math.Log(sum))), MaskedCategorical.Entropy(logs, weights), 1e-13);
    }

    [Fact]
    public void A_masked_action_of_a_huge_or_undefined_logit_moves_nothing()
    {
        var (logs, weights) = Normalise([1, double.NaN, 2], [true, false, true]);
        Assert.Equal(1 / (1 + Math.E), weights[0], 1e-15);
        Assert.Equal(0, weights[1]);
        Assert.True(double.IsFinite(MaskedCategorical.Entropy(logs, weights)));
    }

    [Fact]
    public void Samples_follow_the_probabilities_and_never_the_mask()
    {
        bool[] mask = [true, false, true, true, false];
        var (_, weights) = Normalise([0.5, 9, -1, 1, 9], mask);
        var counts = new int[5];
        const int Draws = 100_000;
        for (var i = 0; i < Draws; i++)
        {
            counts[MaskedCategorical.Sample(weights, (i + 0.5) / Draws)]++;
        }

        for (var a = 0; a < 5; a++)
        {
            // The uniform numbers are a grid, so a count is off by at most one at either border.
            Assert.Equal(weights[a] * Draws, counts[a], 2.0);
        }

        Assert.Equal(3, MaskedCategorical.Sample(weights, 1));
        Assert.Equal(0, counts[1] + counts[4]);
    }

    [Fact]
    public void The_greedy_action_is_the_first_allowed_one_of_the_largest_value()
    {
        Assert.Equal(2, MaskedCategorical.Greedy([5, 9, 7, 7], [true, false, true, true]));
        Assert.Equal(0, MaskedCategorical.Greedy([float.NegativeInfinity, 1], [true, false]));
    }

    // Central differences with step 1e-6: error about 1e-10; gradients are stored in single precision.
    [Theory]
    [InlineData(3)]
    [InlineData(9)]
    public void The_gradient_agrees_with_finite_differences_and_is_zero_where_masked(int count)
    {
        var logits = Enumerable.Range(0, count).Select(a => Math.Cos(a * 7.1) * 2).ToArray();
        var mask = logits.Select((_, a) => a != 1).ToArray();
        var (logs, weights) = Normalise(logits, mask);
        var gradients = new float[count];
        MaskedCategorical.Gradient(logs, weights, 2, 1.7, -0.3, MaskedCategorical.Entropy(logs, weights), gradients);
        for (var a = 0; a < count; a++)
        {
            Assert.Equal((Loss(a, 1e-6) - Loss(a, -1e-6)) / 2e-6, gradients[a], 1e-6);
        }

        Assert.Equal(0, gradients[1]);

        double Loss(int moved, double step)
        {
            var changed = (double[])logits.Clone();
            changed[moved] += step;
            var (log, weight) = Normalise(changed, mask);
            return (1.7 * log[2]) - (0.3 * MaskedCategorical.Entropy(log, weight));
        }
    }

    private static (double[] Logs, double[] Weights) Normalise(double[] logits, bool[]? mask = null)
    {
        mask ??= Array.ConvertAll(logits, _ => true);
        var logs = new double[MaskedCategorical.PaddedLength(logits.Length)];
        var weights = new double[logs.Length];
        MaskedCategorical.Normalise<double>(logits, mask, logs, weights);
        return (logs, weights);
    }
}
