using System.Text.Json;
using EdgeSplit.Agents.Evaluation;
using EdgeSplit.Agents.Policies;
using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Simulation;
using EdgeSplit.Tests.Learning;
using EdgeSplit.Tests.Policies;

namespace EdgeSplit.Tests.Evaluation;

public sealed class OffPolicyTests
{
    // learning.md, section 9.
    [Fact]
    public void Known_values()
    {
        var log = Log([0.5, 0.25, 0.8, 0.1, 0.5], [0.25, 0.75, 0.9, 0.6, 0.5], [1, 0, 1, 1, 0], [0.6, 0.2, 0.7, 0.9, 0.3], [0.5, 0.3, 0.7, 0.8, 0.4]);
        Assert.Equal(0.54, log.Estimate(OffPolicyEstimator.DirectMethod).Value, 1e-12);
        Assert.Equal(0.5875, log.Estimate(OffPolicyEstimator.DoublyRobust).Value, 1e-12);
        Assert.Equal(0.560430107527, log.Estimate(OffPolicyEstimator.SelfNormalisedDoublyRobust).Value, 1e-12);
        Assert.Equal(0.4675, log.Estimate(OffPolicyEstimator.SwitchDoublyRobust, 3).Value, 1e-12);
        Assert.Equal(0.561392876130, log.Estimate(OffPolicyEstimator.ShrunkDoublyRobust, 2).Value, 1e-12);
        Assert.Equal(2.844130220322, log.Estimate(OffPolicyEstimator.InversePropensity).EffectiveSampleSize, 1e-12);
    }

    [SharedDataFact]
    public void Golden_values() => Assert.Equal(29, LearningGolden.Check("ope", (quantity, inputs) =>
    {
        double[]? Of(string name) => inputs.TryGetProperty(name, out var value) ? LearningGolden.Numbers(value) : null;
        var behaviour = Of("behaviour_probability")!;
        var log = Log(behaviour, Of("target_probability")!, Of("rewards") ?? new double[behaviour.Length], Of("q_taken"), Of("q_target"));
        var parameter = inputs.TryGetProperty("lambda", out var given) ? given.GetDouble() : double.PositiveInfinity;
        OffPolicyEstimator? estimator = quantity switch
        {
            "ipw" or "ipw_clipped" or "effective_sample_size" => OffPolicyEstimator.InversePropensity,
            "snipw" => OffPolicyEstimator.SelfNormalised,
            "dm" => OffPolicyEstimator.DirectMethod,
            "dr" => OffPolicyEstimator.DoublyRobust,
            "sndr" => OffPolicyEstimator.SelfNormalisedDoublyRobust,
            "switch_dr" => OffPolicyEstimator.SwitchDoublyRobust,
            "dr_os" => OffPolicyEstimator.ShrunkDoublyRobust,
            "sg_ipw" => OffPolicyEstimator.SubGaussian,
            "sg_dr" => OffPolicyEstimator.SubGaussianDoublyRobust,
            _ => null,
        };
        return estimator is null ? null
            : log.Estimate(estimator.Value, parameter) is var estimate && quantity == "effective_sample_size" ? [estimate.EffectiveSampleSize] : [estimate.Value];
    }));

    /// <summary>A random policy's log tells what policies cost that were never run: in one world, and truly, over a hundred logs.</summary>
    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    public void The_log_of_a_random_policy_tells_the_true_mean_cost_of_another(int split)
    {
        var scenario = SmallScenarios.SingleTurns(1500);
        var world = new World(scenario, 7);
        var profile = new SplitProfile(scenario.System, scenario.Limits);
        ISplitPolicy Target() => split < 0 ? new GreedyOnBelief(scenario.Objective, profile) : new FixedSplit(split);
        var truth = -new ConversationSimulator(world, Target()).Run().Average(r => r.Cost);
        var recorder = new OffPolicyRecorder(new RandomSplit(11), Target(), scenario.Objective, profile);
        new ConversationSimulator(world, recorder).Run();
        var log = new OffPolicyLog(recorder.Choices);
        Assert.Equal(1500, log.Count);
        foreach (var estimator in new[] { OffPolicyEstimator.InversePropensity, OffPolicyEstimator.SelfNormalised, OffPolicyEstimator.DoublyRobust, OffPolicyEstimator.SelfNormalisedDoublyRobust })
        {
            var estimate = log.Estimate(estimator);
            Assert.True(Math.Abs(estimate.Value - truth) < 3.5 * estimate.StandardError, $"{estimator}: {estimate.Value} ± {estimate.StandardError}, truth {truth}");
            var interval = log.Bootstrap(estimator, replicates: 300);
            Assert.Equal(estimate.StandardError, (interval.Upper - interval.Lower) / 3.92, 0.25 * estimate.StandardError);
            Assert.InRange(estimate.EffectiveSampleSize, 150, 350);
        }

        var (plain, normalised, robust) = (Error(OffPolicyEstimator.InversePropensity), Error(OffPolicyEstimator.SelfNormalised), Error(OffPolicyEstimator.DoublyRobust));
        Assert.True(normalised < plain && robust < normalised, $"the model must help: {plain}, {normalised}, {robust}");
        double Error(OffPolicyEstimator estimator) => log.Estimate(estimator).StandardError;
    }

    [Fact]
    public void The_interval_covers_the_truth_as_often_as_it_says()
    {
        // Two actions that pay 0 and 1 plus noise; logged with probabilities 0.8 and 0.2, evaluated always the second: true mean 1.
        const int Logs = 400;
        var noise = new NormalDistribution(0, 0.5);
        var covered = new int[2];
        for (var i = 0; i < Logs; i++)
        {
            var random = new RandomSource(StreamKey.Create(2, "test/off-policy"), (ulong)i);
            var log = new OffPolicyLog([.. Enumerable.Range(0, 200).Select(_ =>
            {
                var second = random.NextUniform() < 0.2;
                return new LoggedChoice(second ? 0.2 : 0.8, second ? 1 : 0, (second ? 1 : 0) + noise.Sample(ref random));
            })]);
            for (var e = 0; e < 2; e++)
            {
                var estimate = log.Estimate(e == 0 ? OffPolicyEstimator.InversePropensity : OffPolicyEstimator.SelfNormalised);
                covered[e] += Math.Abs(estimate.Value - 1) < 1.96 * estimate.StandardError ? 1 : 0;
            }
        }

        Assert.All(covered, count => Assert.InRange(count / (double)Logs, 0.90, 0.99));
    }

    [Theory]
    [InlineData(0.0, 0.5, 1.0, "Record 1: the behaviour probability is 0")]
    [InlineData(double.NaN, 0.5, 1.0, "Record 1: the behaviour probability is NaN")]
    [InlineData(0.5, 1.5, 1.0, "Record 1: the target probability is 1.5")]
    [InlineData(0.5, 0.5, double.NaN, "Record 1: the reward is NaN")]
    public void Bad_records_are_named(double behaviour, double target, double reward, string message)
    {
        var error = Assert.Throws<ArgumentException>(() => new OffPolicyLog([new LoggedChoice(1, 1, 1), new LoggedChoice(behaviour, target, reward)]));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Estimators_with_a_model_ask_for_its_predictions()
    {
        var log = new OffPolicyLog([new LoggedChoice(0.5, 1, 2)]);
        Assert.Equal(4, log.Estimate(OffPolicyEstimator.InversePropensity).Value);
        Assert.Contains("Record 0: the predicted reward", Assert.Throws<ArgumentException>(() => log.Estimate(OffPolicyEstimator.DoublyRobust)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => log.Estimate(OffPolicyEstimator.SubGaussian));
        Assert.Equal(0, new OffPolicyLog([new LoggedChoice(0.5, 0, 2)]).Estimate(OffPolicyEstimator.SelfNormalised).EffectiveSampleSize);
    }

    [Fact]
    public void A_policy_that_draws_cannot_be_the_target_of_a_recorder()
    {
        var scenario = SmallScenarios.SingleTurns(2);
        var belief = new Belief(scenario);
        var recorder = new OffPolicyRecorder(FixedSplit.ServerOnly(), new RandomSplit(1), scenario.Objective, belief.Profile);
        Assert.Throws<InvalidOperationException>(() => recorder.Decide(SmallScenarios.Context(belief, SmallScenarios.Observation)));
    }

    private static OffPolicyLog Log(double[] behaviour, double[] target, double[] rewards, double[]? taken = null, double[]? expected = null) => new(
        behaviour.Select((b, i) => new LoggedChoice(b, target[i], rewards[i], taken?[i] ?? double.NaN, expected?[i] ?? double.NaN)));
}
