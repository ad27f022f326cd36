using EdgeSplit.Agents.Bandits;
using EdgeSplit.Agents.Evaluation;
using EdgeSplit.Tests.Bandits;
using EdgeSplit.Tests.Learning;

namespace EdgeSplit.Tests.Evaluation;

public sealed class RegretTests
{
    [Fact]
    public void Known_values()
    {
        Assert.Equal(2.2520996985, Regret.LaiRobbinsConstant([0.9, 0.8]), 1e-10);
        double[][] means = [[1, 0], [0, 3], [2, 1]];
        Assert.Equal([1.0, 1, 2], Regret.Dynamic(means, [1, 1, 1]));
        Assert.Equal(0, Regret.Static(means, [1, 1, 1]));
        Assert.Equal(-2, Regret.Static(means, [0, 1, 0]));
        Assert.Equal(5.958, new WheelBandit(0.95, 1).OptimalReward, 1e-12);
        Assert.Equal(1.9955, new WheelBandit(0.95, 1).UniformReward, 1e-12);
    }

    [SharedDataFact]
    public void Golden_values()
    {
        Assert.Equal(6, LearningGolden.Check("regret", (quantity, inputs) =>
        {
            if (quantity == "lai_robbins_constant")
            {
                return [Regret.LaiRobbinsConstant(LearningGolden.Numbers(inputs.GetProperty("bernoulli_means")))];
            }

            var means = LearningGolden.Rows(inputs.GetProperty("mean_reward_per_round_and_arm"));
            int[] actions = [.. LearningGolden.Numbers(inputs.GetProperty("actions")).Select(action => (int)action)];
            return quantity == "static_regret" ? [Regret.Static(means, actions)] : Regret.Dynamic(means, actions);
        }));
        Assert.Equal(8, LearningGolden.Check("wheel_bandit", (quantity, inputs) =>
        {
            var wheel = new WheelBandit(inputs.GetProperty("delta").GetDouble(), 1);
            return [quantity == "optimal_expected_reward" ? wheel.OptimalReward : wheel.UniformReward];
        }));
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void The_wheel_pays_what_its_closed_forms_say(double delta)
    {
        var wheel = new WheelBandit(delta, 3);
        const int Rounds = 40_000;
        var (best, uniform) = (0.0, 0.0);
        var context = new double[2];
        for (var round = 0; round < Rounds; round++)
        {
            wheel.Context(round, context);
            Assert.InRange((context[0] * context[0]) + (context[1] * context[1]), 0, 1);
            best += Enumerable.Range(0, 5).Max(action => wheel.MeanReward(context, action));
            uniform += wheel.Reward(round, context, round % 5);
        }

        Assert.Equal(wheel.OptimalReward, best / Rounds, 5 * 25 / Math.Sqrt(Rounds));
        Assert.Equal(wheel.UniformReward, uniform / Rounds, 5 * 25 / Math.Sqrt(Rounds));
    }

    /// <summary>With the quadrant in the context's signs, most of the wheel can be learned by linear models, and all of it by features that are learned.</summary>
    [Theory]
    [InlineData("lin-ucb")]
    [InlineData("linear-thompson")]
    [InlineData("neural-linear")]
    public void The_wheel_is_learned(string name)
    {
        var wheel = new WheelBandit(0.5, 5);
        var exploration = new LinearBanditOptions { Exploration = 10 };
        BanditAgent agent = name switch
        {
            "lin-ucb" => new LinUcb(2, 5, exploration),
            "linear-thompson" => new LinearThompson(2, 5, 1, exploration),
            _ => new NeuralLinear(2, 5, 1, new NeuralLinearOptions { HiddenWidth = 20, LearningRate = 0.01 }),
        };
        const int Rounds = 1500;
        var earned = 0.0;
        var context = new double[2];
        for (var round = 0; round < Rounds; round++)
        {
            wheel.Context(round, context);
            var action = agent.Act(context).Action;
            agent.Learn(context, action, wheel.Reward(round, context, action));
            earned += round >= Rounds - 500 ? wheel.MeanReward(context, action) / 500 : 0;
        }

        var share = (earned - wheel.UniformReward) / (wheel.OptimalReward - wheel.UniformReward);
        Assert.True(share > 0.85, $"{name} earns {earned}: {share:P0} of the way from uniform to optimal");
    }
}
