using System.Text.Json;
using EdgeSplit.Agents.Bandits;
using EdgeSplit.Tests.Learning;

namespace EdgeSplit.Tests.Bandits;

public sealed class BanditGoldenTests
{
    // learning.md, sections 7.1 and 8: typed in, so that they hold where the shared data is absent.
    private static readonly (double[] X, int Arm, double Reward)[] LinearHistory =
    [
        ([1, 0.2, -0.5], 0, 0.3), ([0.4, 1, 0], 1, 1.2), ([-0.3, 0.5, 0.9], 0, -0.4), ([1, 1, 1], 1, 0.8), ([0.2, -0.7, 0.1], 0, 0.05), ([0.9, 0.1, 0.3], 1, 0.6),
    ];

    private static readonly (int Arm, double Reward)[] History =
        [(0, 0.5), (1, 0.2), (2, 0.9), (2, 0.7), (0, 0.1), (1, 0.4), (2, 0.8), (2, 0.6), (0, 0.3), (1, 1)];

    [Fact]
    public void Linear_bounds_of_six_rounds()
    {
        var agent = new LinUcb(3, 2, new LinearBanditOptions { Intercept = false });
        foreach (var (x, arm, reward) in LinearHistory)
        {
            agent.Learn(x, arm, reward);
        }

        var query = Padded([0.5, 0.5, 0.5]);
        Assert.Equal(0.631678842391, agent.Model(0).Mean(query) + Math.Sqrt(agent.Model(0).Variance(query)), 1e-12);
        Assert.Equal(0.822391151997, agent.Model(1).Mean(query) + Math.Sqrt(agent.Model(1).Variance(query)), 1e-12);
    }

    [Fact]
    public void Indices_of_ten_plays()
    {
        var discounted = new DiscountedUcb(1, 3, 0.9, 0.6);
        var sliding = new SlidingWindowUcb(1, 3, 6, 0.6);
        foreach (var (arm, reward) in History)
        {
            discounted.Learn([0], arm, reward);
            sliding.Learn([0], arm, reward);
        }

        AssertEqual([1.877910489, 2.08656721, 2.548737900], discounted.Counts.ToArray(), 1e-9);
        AssertEqual([1.825883489804, 2.114390360106, 2.062691739008], discounted.Scores([0]), 1e-12);
        AssertEqual([0.933162901931, 1.433162901931, 1.433162901931], sliding.Scores([0]), 1e-12);
        Assert.Equal(1.572983013145, Ucb1.Index(0.5, 4, 10, 1), 1e-12);
        Assert.Equal(1.476086961626, Ucb1.Index(0.6, 6, 10, 1), 1e-12);
        Assert.Equal(0.9134526073, KlUcb.Index(0.5, 4, 10), 1e-10);
    }

    [Fact]
    public void Probabilities_of_four_costs()
    {
        var probabilities = new double[4];
        SquareCb.Probabilities([-0.2, -0.5, -0.1, -0.9], BanditWorld.All(4), 10, probabilities);
        AssertEqual([0.2, 0.125, 0.591666666667, 0.083333333333], probabilities, 1e-12);
    }

    [SharedDataFact]
    public void LinUcb() => Assert.Equal(22, LearningGolden.Check("linucb", (quantity, inputs) =>
    {
        var arms = inputs.GetProperty("arms").GetInt32();
        var ridge = inputs.GetProperty("ridge").GetDouble();
        var alpha = inputs.TryGetProperty("alpha", out var given) ? given.GetDouble() : 1;
        var agent = new LinUcb(inputs.GetProperty("dimension").GetInt32(), arms, new LinearBanditOptions { Ridge = ridge, Intercept = false, Exploration = alpha });
        if (quantity == "chosen_arms")
        {
            var rewards = LearningGolden.Rows(inputs.GetProperty("rewards_per_round_and_arm"));
            return [.. LearningGolden.Rows(inputs.GetProperty("contexts")).Select((context, round) =>
            {
                var arm = agent.Act(context).Action;
                agent.Learn(context, arm, rewards[round][arm]);
                return (double)arm;
            })];
        }

        foreach (var step in inputs.GetProperty("history").EnumerateArray())
        {
            agent.Learn(LearningGolden.Numbers(step.GetProperty("x")), step.GetProperty("arm").GetInt32(), step.GetProperty("reward").GetDouble());
        }

        var query = inputs.TryGetProperty("query", out var asked) ? Padded(LearningGolden.Numbers(asked)) : [];
        double[] InverseOf(int arm) => [.. Enumerable.Range(0, agent.ObservationLength).SelectMany(row => agent.Model(arm).InverseRow(row).ToArray())];
        return quantity switch
        {
            "theta_per_arm" => [.. Enumerable.Range(0, arms).SelectMany(arm => agent.Model(arm).Weights.ToArray())],
            "inverse_design_matrix" => InverseOf(inputs.GetProperty("arm").GetInt32()),
            "thompson_posterior_mean_and_covariance" => [.. agent.Model(inputs.GetProperty("arm").GetInt32()).Weights, .. InverseOf(inputs.GetProperty("arm").GetInt32())],
            "upper_confidence_bounds" => agent.Scores(query.AsSpan(0, agent.ObservationLength)),
            "mean_and_width_per_arm" => [.. Enumerable.Range(0, arms).SelectMany(arm => new[] { agent.Model(arm).Mean(query), Math.Sqrt(agent.Model(arm).Variance(query)) })],
            _ => null,
        };
    }));

    [SharedDataFact]
    public void Discounted_and_sliding_window()
    {
        Assert.Equal(12, LearningGolden.Check("discounted_ucb", (quantity, inputs) =>
        {
            var agent = new DiscountedUcb(1, inputs.GetProperty("arms").GetInt32(), inputs.GetProperty("gamma").GetDouble(), Or(inputs, "xi"), Or(inputs, "bound"));
            Play(agent, inputs);
            return quantity == "index_per_arm" ? agent.Scores([0]) : [.. agent.Counts, .. Enumerable.Range(0, agent.ActionCount).Select(agent.Mean)];
        }));
        Assert.Equal(4, LearningGolden.Check("sliding_window_ucb", (quantity, inputs) =>
        {
            var agent = new SlidingWindowUcb(1, inputs.GetProperty("arms").GetInt32(), inputs.GetProperty("window").GetInt32(), Or(inputs, "xi"), Or(inputs, "bound"));
            Play(agent, inputs);
            return quantity == "index_per_arm" ? agent.Scores([0]) : [.. agent.Counts, .. Enumerable.Range(0, agent.ActionCount).Select(agent.Mean)];
        }));
    }

    [SharedDataFact]
    public void Ucb1_kl_ucb_and_square_cb()
    {
        IReadOnlyList<double> Indices(JsonElement inputs, Func<double, double, double, double> index)
        {
            var (counts, means) = (LearningGolden.Numbers(inputs.GetProperty("counts")), LearningGolden.Numbers(inputs.GetProperty("means")));
            return [.. means.Zip(counts, (mean, count) => index(mean, count, inputs.GetProperty("round").GetDouble()))];
        }

        Assert.Equal(2, LearningGolden.Check("ucb1", (_, inputs) => Indices(inputs, (mean, count, plays) => Ucb1.Index(mean, count, plays, 1))));
        Assert.Equal(3, LearningGolden.Check("kl_ucb", (_, inputs) => Indices(inputs, KlUcb.Index)));
        Assert.Equal(4, LearningGolden.Check("square_cb", (_, inputs) =>
        {
            double[] scores = [.. LearningGolden.Numbers(inputs.GetProperty("predicted_costs")).Select(cost => -cost)];
            var probabilities = new double[scores.Length];
            SquareCb.Probabilities(scores, BanditWorld.All(scores.Length), inputs.GetProperty("gamma").GetDouble(), probabilities);
            return probabilities;
        }));
    }

    private static double Or(JsonElement inputs, string name) => inputs.TryGetProperty(name, out var value) ? value.GetDouble() : 1;

    private static void Play(BanditAgent agent, JsonElement inputs)
    {
        foreach (var step in inputs.GetProperty("history").EnumerateArray())
        {
            agent.Learn([0], step.GetProperty("arm").GetInt32(), step.GetProperty("reward").GetDouble());
        }
    }

    private static double[] Padded(double[] x) => [.. x, .. new double[LinearModel.PaddedLength(x.Length) - x.Length]];

    private static void AssertEqual(double[] expected, double[] found, double tolerance)
    {
        Assert.Equal(expected.Length, found.Length);
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, tolerance));
    }
}
