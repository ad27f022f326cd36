using EdgeSplit.Agents.Environments;
using EdgeSplit.Agents.Environments.Classic;

namespace EdgeSplit.Tests.Environments.Classic;

public class ClassicEnvironmentLaws
{
    public static TheoryData<string> Names => [.. All.Keys];

    internal static Dictionary<string, Func<int, BatchedEnvironment>> All { get; } = new()
    {
        ["CartPole"] = count => new CartPole(count),
        ["Acrobot"] = count => new Acrobot(count, 60),
        ["MountainCar"] = count => new MountainCar(count, 50),
        ["FrozenLake"] = count => new FrozenLake(count),
        ["FrozenLake 8x8"] = count => new FrozenLake(count, FrozenLake.Map8x8, 0.8, isOneHot: true),
        ["CliffWalking"] = count => new CliffWalking(count, isSlippery: true, stepLimit: 40),
        ["Identity"] = count => new Identity(count, 3),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void It_keeps_the_contract_one_by_one(string name)
    {
        // The grid worlds always start in the same state: their seeds show in the moves only, after a slip.
        Assert.Empty(EnvironmentContract.Check(() => new SingleEnvironment(All[name](1))));
        Assert.Empty(EnvironmentContract.Check(() => new SingleEnvironment(new SynchronousBatch(1, _ => new SingleEnvironment(All[name](1))))));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Saved_and_loaded_it_goes_on_bit_for_bit(string name)
    {
        BatchRun.AssertGoesOnAfterLoading(() => All[name](3), 70, 150);
        BatchRun.AssertGoesOnAfterLoading(() => new SynchronousBatch(2, _ => new SingleEnvironment(All[name](1))), 30, 120);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_step_allocates_nothing(string name)
    {
        var run = new BatchRun(All[name](5));
        run.Reset(1);
        Assert.Equal(0, run.AllocatedBytes(300));
    }

    [Fact]
    public void A_state_of_another_process_or_size_is_refused_and_changes_nothing()
    {
        var cart = new BatchRun(new CartPole(2));
        cart.Reset(5);
        var state = BatchRun.Save((CartPole)cart.Environment);
        Assert.Contains("'CartPole', expected 'Identity'", Assert.Throws<InvalidDataException>(() => BatchRun.Load(new Identity(2), state)).Message, StringComparison.Ordinal);
        Assert.Contains("found 2, expected 3", Assert.Throws<InvalidDataException>(() => BatchRun.Load(new CartPole(3), state)).Message, StringComparison.Ordinal);
    }

    // Source: 2,000,000 episodes of Gymnasium's dynamics; the tolerance is four standard errors of 10,000 episodes.
    [Fact]
    public void Random_actions_keep_the_pole_up_for_22_steps_on_average()
    {
        var returns = RandomReturns(new CartPole(100), 10_000);
        Assert.Equal(22.25, returns.Average(), 0.5);
        Assert.Equal(11.85, StandardDeviation(returns), 0.6);
        Assert.Equal(0.4699, returns.Count(value => value >= 20) / 10_000.0, 0.02);
        Assert.Equal(0.0367, returns.Count(value => value >= 50) / 10_000.0, 0.008);
    }

    [SharedDataFact]
    public void Random_actions_earn_what_the_golden_records_say()
    {
        var records = EnvironmentGoldens.Of("random_policy");
        Assert.NotEmpty(records);
        foreach (var record in records)
        {
            var returns = RandomReturns(
                record.Text("environment") == "CartPole-v1" ? new CartPole(100) : new MountainCar(100), (int)record.Number("episodes"));
            record.AssertEqual(record.Quantity switch
            {
                "mean_return" => returns.Average(),
                "return_standard_deviation" => StandardDeviation(returns),
                "fraction_of_episodes_at_least" => returns.Count(value => value >= record.Number("steps")) / (double)returns.Count,
                _ => throw new InvalidOperationException(record.Quantity),
            });
        }
    }

    [Fact]
    public void Naming_the_symbol_pays_1_and_another_one_nothing()
    {
        var run = new BatchRun(new Identity(4, 5));
        run.Reset(1);
        for (var step = 0; step < 250; step++)
        {
            for (var i = 0; i < 4; i++)
            {
                var shown = run.Observations.AsSpan(i * 5, 5).IndexOf(1);
                run.Actions[i] = i < 2 ? shown : (shown + 1) % 5;
            }

            run.Step();
            Assert.Equal([1, 1, 0, 0], run.Rewards);
            Assert.All(run.Truncated, flag => Assert.Equal((step + 1) % 100 == 0, flag));
            Assert.DoesNotContain(true, run.Terminated);
        }
    }

    [Fact]
    public void MountainCar_stops_at_the_left_wall()
    {
        var car = new MountainCar(1);
        var run = new BatchRun(car);
        run.Reset(1);
        new[] { -1.199, -0.05 }.CopyTo(car.StateOf(0));
        run.Step();
        Assert.Equal([-1.2, 0], run.Observations);
    }

    [Fact]
    public void A_batch_of_single_environments_is_the_batch_itself()
    {
        // A single view derives nothing: environment i is seeded with seed + i either way.
        var direct = new BatchRun(new CartPole(3, 30));
        var wrapped = new BatchRun(new SynchronousBatch(3, _ => new SingleEnvironment(new CartPole(1, 30))));
        direct.Reset(11);
        wrapped.Reset(11);
        for (var step = 0; step < 200; step++)
        {
            direct.StepRandomly();
            wrapped.StepRandomly();
            Assert.Equal(direct.Trace(), wrapped.Trace());
        }
    }

    private static List<double> RandomReturns(IBatchedEnvironment environment, int episodes)
    {
        // The same number of episodes from every environment, so that short ones are not preferred.
        var run = new BatchRun(environment);
        run.Reset(20);
        var sums = new double[environment.Count];
        var counts = new int[environment.Count];
        var returns = new List<double>();
        while (returns.Count < episodes)
        {
            run.StepRandomly();
            for (var i = 0; i < sums.Length; i++)
            {
                sums[i] += run.Rewards[i];
                if (!(run.Terminated[i] || run.Truncated[i]))
                {
                    continue;
                }

                if (counts[i]++ < episodes / sums.Length)
                {
                    returns.Add(sums[i]);
                }

                sums[i] = 0;
            }
        }

        return returns;
    }

    private static double StandardDeviation(List<double> values) => Math.Sqrt(values.Average(value => value * value) - Math.Pow(values.Average(), 2));
}
