using EdgeSplit.Agents.ModelFree;

namespace EdgeSplit.Tests.ModelFree;

public class PpoLossTests
{
    // Typed in from learning.md 4.3 and learning.json, component "ppo_loss".
    [Fact]
    public void The_golden_losses_are_met()
    {
        Assert.Equal(-0.10440174862712662, PolicyLoss([-0.7, -0.7, -1.2, -0.3], [-0.5, -1.1, -1.2, -0.9], [1, -0.5, 2, -1], 0.2, true), 1e-12);
        Assert.Equal(0.8483333333333333, ValueLoss([1, 2, 3], [1.1, 1.5, 3], [2, 2, 1], 0.2), 1e-12);
        double[] expected = [-0.18333333333333335, 0.2753611948492341, 0.6666666666666666];
        Assert.Equal(expected, Divergences([-2, -1, -0.5], [-1, -1.5, -0.45], 0.1), (x, y) => Math.Abs(x - y) < 1e-12);
    }

    [SharedDataFact]
    public void All_golden_losses_agree()
    {
        foreach (var golden in GoldenRecord.Of("ppo_loss"))
        {
            switch (golden.Quantity)
            {
                case "clipped_policy_loss":
                    var loss = PolicyLoss(
                        golden.Numbers("old_log_probs"),
                        golden.Numbers("new_log_probs"),
                        golden.Numbers("advantages"),
                        golden.Number("clip"),
                        golden.Inputs.GetProperty("normalise_advantages").GetBoolean());
                    Assert.Equal(golden.Expected.GetDouble(), loss, golden.Tolerance);
                    break;
                case "clipped_value_loss":
                    Assert.Equal(
                        golden.Expected.GetDouble(),
                        ValueLoss(golden.Numbers("values"), golden.Numbers("old_values"), golden.Numbers("returns"), golden.Number("clip")),
                        golden.Tolerance);
                    break;
                case "kl_k1_k3_clipfraction":
                    golden.AssertEqual(Divergences(golden.Numbers("old_log_probs"), golden.Numbers("new_log_probs"), golden.Number("clip")));
                    break;
                default:
                    Assert.Equal("explained_variance", golden.Quantity);
                    if (golden.Expected.ValueKind == System.Text.Json.JsonValueKind.Number)
                    {
                        Assert.Equal(
                            golden.Expected.GetDouble(), AdvantageEstimation.ExplainedVariance(golden.Numbers("returns"), golden.Numbers("predictions")), golden.Tolerance);
                    }

                    break;
            }
        }
    }

    // Central differences with step 1e-6, away from the corners: error about 1e-9.
    [Theory]
    [InlineData(0.05)]
    [InlineData(0.4)]
    [InlineData(-0.4)]
    public void Slopes_agree_with_finite_differences(double logRatio)
    {
        foreach (var advantage in new[] { 1.5, -0.7 })
        {
            PpoLoss.Policy(Math.Exp(logRatio), advantage, 0.2, out var slope);
            var numeric = (PpoLoss.Policy(Math.Exp(logRatio + 1e-6), advantage, 0.2, out _) - PpoLoss.Policy(Math.Exp(logRatio - 1e-6), advantage, 0.2, out _)) / 2e-6;
            Assert.Equal(numeric, slope, 1e-8);
        }

        foreach (var target in new[] { -2.0, 0.3, 2 })
        {
            PpoLoss.ClippedValue(1 + logRatio, 1, target, 0.2, out var slope);
            var numeric = (PpoLoss.ClippedValue(1 + logRatio + 1e-6, 1, target, 0.2, out _) - PpoLoss.ClippedValue(1 + logRatio - 1e-6, 1, target, 0.2, out _)) / 2e-6;
            Assert.Equal(numeric, slope, 1e-8);
            Assert.Equal(0.5 * (1 + logRatio - target) * (1 + logRatio - target), PpoLoss.Value(1 + logRatio, target, out var plain), 1e-12);
            Assert.Equal(1 + logRatio - target, plain, 1e-12);
        }
    }

    private static double PolicyLoss(double[] old, double[] now, double[] advantages, double clip, bool standardise)
    {
        if (standardise)
        {
            AdvantageEstimation.Standardise(advantages);
        }

        return old.Select((value, i) => PpoLoss.Policy(Math.Exp(now[i] - value), advantages[i], clip, out _)).Average();
    }

    private static double ValueLoss(double[] values, double[] old, double[] returns, double clip) =>
        values.Select((value, i) => PpoLoss.ClippedValue(value, old[i], returns[i], clip, out _)).Average();

    private static double[] Divergences(double[] old, double[] now, double clip)
    {
        var logs = old.Select((value, i) => now[i] - value).ToArray();
        return [-logs.Average(), logs.Average(x => PpoLoss.Divergence(Math.Exp(x), x)), logs.Average(x => Math.Abs(Math.Exp(x) - 1) > clip ? 1.0 : 0)];
    }
}
