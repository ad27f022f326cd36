using EdgeSplit.Agents.ModelFree;

namespace EdgeSplit.Tests.ModelFree;

public class AdvantageEstimationTests
{
    // Typed in from learning.md 4.3: five steps, the third one ends the episode in one of two ways.
    [Theory]
    [InlineData(false, new[] { 0.35194161875, 0.4167375, 0.475, 0.3779275, 0.455 })]
    [InlineData(true, new[] { -1.8372955, -1.911, -2, 0.3779275, 0.455 })]
    public void A_truncated_episode_is_bootstrapped_and_a_terminated_one_is_not(bool terminated, double[] expected)
    {
        bool[] third = [false, false, true, false, false];
        var never = new bool[5];
        var (advantages, returns) = Estimate(
            [1, 1, 1, 1, 1], [5, 4, 3, 6, 5], [4, 3, 2.5, 5, 4.5], terminated ? third : never, terminated ? never : third, 0.99, 0.95);
        for (var t = 0; t < 5; t++)
        {
            Assert.Equal(expected[t], advantages[t], 1e-10);
            Assert.Equal(advantages[t] + new double[] { 5, 4, 3, 6, 5 }[t], returns[t], 1e-12);
        }
    }

    [SharedDataFact]
    public void All_golden_advantages_and_returns_agree()
    {
        var seen = 0;
        foreach (var golden in GoldenRecord.Of("gae"))
        {
            var (advantages, returns) = Estimate(
                golden.Numbers("rewards"),
                golden.Numbers("values"),
                golden.Numbers("next_values"),
                golden.Flags("terminated"),
                golden.Flags("truncated"),
                golden.Number("gamma"),
                golden.Number("lambda"));
            golden.AssertEqual(golden.Quantity == "returns" ? returns : advantages);
            seen++;
        }

        Assert.Equal(14, seen);
    }

    // With values of 0 and a trace that does not decay, the advantage is the discounted return, bootstrapped after the last step.
    [SharedDataFact]
    public void All_golden_discounted_returns_agree()
    {
        foreach (var golden in GoldenRecord.Of("discounted_return"))
        {
            var rewards = golden.Numbers("rewards");
            var next = new double[rewards.Length];
            next[^1] = golden.Number("bootstrap_value");
            var none = new bool[rewards.Length];
            golden.AssertEqual(Estimate(rewards, new double[rewards.Length], next, none, none, golden.Number("gamma"), 1).Advantages);
        }
    }

    [Fact]
    public void Standardised_values_have_mean_zero_and_deviation_one()
    {
        double[] values = [1, 2, 4, 9];
        AdvantageEstimation.Standardise(values);
        Assert.Equal(0, values.Sum(), 1e-12);
        Assert.Equal(3, values.Sum(x => x * x), 1e-6);
        double[] single = [7];
        AdvantageEstimation.Standardise(single);
        Assert.Equal([7], single);
        double[] equal = [3, 3];
        AdvantageEstimation.Standardise(equal);
        Assert.Equal([0, 0], equal);
    }

    [Fact]
    public void Explained_variance_is_one_for_a_perfect_fit_and_undefined_without_variance()
    {
        Assert.Equal(0.98650, AdvantageEstimation.ExplainedVariance([1, 2, 3, 4], [1.1, 1.9, 3.2, 3.9]), 1e-12);
        Assert.Equal(1, AdvantageEstimation.ExplainedVariance([1, 2], [5, 6]));
        Assert.True(double.IsNaN(AdvantageEstimation.ExplainedVariance([2, 2], [1, 3])));
    }

    private static (double[] Advantages, double[] Returns) Estimate(
        double[] rewards, double[] values, double[] nextValues, bool[] terminated, bool[] truncated, double discount, double decay)
    {
        var (advantages, returns) = (new double[rewards.Length], new double[rewards.Length]);
        AdvantageEstimation.Estimate(rewards, values, nextValues, terminated, truncated, discount, decay, advantages, returns);
        return (advantages, returns);
    }
}
