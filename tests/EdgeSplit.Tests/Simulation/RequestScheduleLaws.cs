using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Simulation;
using EdgeSplit.Core.Wireless;

namespace EdgeSplit.Tests.Simulation;

/// <summary>Requests follow the laws of the workload and are drawn before any decision.</summary>
public sealed class RequestScheduleLaws
{
    [Fact]
    public void Gaps_between_conversations_are_exponential()
    {
        var gaps = new List<double>();
        var last = 0.0;
        foreach (var turn in new RequestSchedule(TestScenarios.Lively(6000), 1).Turns)
        {
            if (turn.Turn == 0)
            {
                gaps.Add(turn.ArrivalSeconds - last);
                last = turn.ArrivalSeconds;
            }
        }

        AssertFollows(new ExponentialDistribution(0.05), gaps);
    }

    [Fact]
    public void Pauses_are_exponential()
    {
        var pauses = new RequestSchedule(TestScenarios.Lively(3000), 1).Turns.ToArray().Select(t => t.ThinkSeconds);
        AssertFollows(new ExponentialDistribution(1.0 / 20), [.. pauses]);
    }

    [Fact]
    public void Lengths_follow_their_distribution_rounded_up_and_cut()
    {
        var scenario = TestScenarios.Lively(6000);
        var turns = new RequestSchedule(scenario, 2).Turns.ToArray();
        AssertRoundedUp(scenario.Workload.PromptTokens, turns.Select(t => t.PromptTokens), 4096 - 128);
        AssertRoundedUp(scenario.Workload.OutputTokens, turns.Select(t => t.OutputTokens), 128);
    }

    [Fact]
    public void Expected_output_tokens_are_the_mean_after_rounding_and_cutting()
    {
        var scenario = TestScenarios.Lively(20000);
        var outputs = new RequestSchedule(scenario, 3).Turns.ToArray().Select(t => (double)t.OutputTokens).ToArray();
        var mean = outputs.Average();
        var error = Math.Sqrt(outputs.Sum(o => (o - mean) * (o - mean)) / outputs.Length / outputs.Length);
        Assert.Equal(scenario.Workload.ExpectedOutputTokens, mean, 4 * error);

        // By hand: uniform on (0, 4) rounds up to 1, 2, 3, 4 with equal probability; cut at 3 the mean is (1 + 2 + 3 + 3) / 4.
        var uniform = scenario.Workload with { OutputTokens = new UniformDistribution(0, 4), MaximumOutputTokens = 3 };
        Assert.Equal(2.25, uniform.ExpectedOutputTokens, 1e-12);
        Assert.Equal(2.5, (uniform with { MaximumOutputTokens = 4 }).ExpectedOutputTokens, 1e-12);
        Assert.Equal(1, (uniform with { MaximumOutputTokens = 1 }).ExpectedOutputTokens);
    }

    [Fact]
    public void Turns_are_geometric_until_cut()
    {
        var turns = new RequestSchedule(TestScenarios.Lively(6000), 4).Turns.ToArray();
        var lengths = turns.GroupBy(t => t.Conversation).Select(g => g.Count()).SkipLast(1).ToArray();
        for (var n = 1; n < 8; n++)
        {
            var expected = Math.Pow(2 / 3.0, n);
            Assert.Equal(expected, lengths.Count(l => l > n) / (double)lengths.Length, 4 * Math.Sqrt(expected * (1 - expected) / lengths.Length));
        }

        Assert.Equal(8, lengths.Max());
    }

    [Fact]
    public void Context_is_what_earlier_turns_left_and_starts_anew_where_positions_run_out()
    {
        var anew = 0;
        foreach (var conversation in new RequestSchedule(TestScenarios.Lively(4000, "gpt2"), 5).Turns.ToArray().GroupBy(t => t.Conversation))
        {
            var context = 0;
            var expectedTurn = 0;
            foreach (var turn in conversation)
            {
                Assert.Equal(expectedTurn++, turn.Turn);
                Assert.Equal(conversation.First().LevelDb, turn.LevelDb);
                if (context + turn.PromptTokens + 128 > 1024)
                {
                    context = 0;
                    anew++;
                }

                Assert.Equal(context, turn.ContextTokens);
                context += turn.PromptTokens + turn.OutputTokens;
            }

            Assert.True(conversation.Last().IsLast);
            Assert.All(conversation.SkipLast(1), t => Assert.False(t.IsLast));
        }

        Assert.True(anew > 5);
    }

    [Fact]
    public void A_longer_schedule_begins_with_the_shorter_one()
    {
        var shorter = new RequestSchedule(TestScenarios.Lively(301), 6).Turns.ToArray();
        var longer = new RequestSchedule(TestScenarios.Lively(900), 6).Turns.ToArray();
        Assert.Equal(301, shorter.Length);
        Assert.Equal(900, longer.Length);

        // The last turn of the shorter one may be cut out of the middle of a conversation.
        Assert.Equal(longer[..301].Select((t, i) => i == 300 ? t with { IsLast = true } : t), shorter);
        Assert.NotEqual(shorter, new RequestSchedule(TestScenarios.Lively(301), 7).Turns.ToArray());
    }

    [Fact]
    public void Users_out_of_coverage_are_drawn_again()
    {
        var scenario = TestScenarios.Lively(500);
        var turns = new RequestSchedule(scenario with { Link = scenario.RadioLink with { ShadowingStandardDeviationDb = 20 } }, 8).Turns.ToArray();
        Assert.All(turns, t => Assert.True(t.LevelDb >= LinkParameters.CoverageSnrDb));
        Assert.Contains(turns, t => t.LevelDb < 0);
        var hopeless = scenario with { Link = scenario.RadioLink with { Uplink = scenario.RadioLink.Uplink with { TransmitPowerDbm = -200 } } };
        Assert.Contains("does not cover", Assert.Throws<InvalidOperationException>(() => new RequestSchedule(hopeless, 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Users_are_spread_evenly_over_the_area_of_the_cell()
    {
        // Without shadowing the SNR tells the distance; r^2 is uniform between the squares of the radii.
        var scenario = TestScenarios.Lively(4000);
        var link = scenario.RadioLink with { ShadowingStandardDeviationDb = 0, MinimumDistanceMetres = 20, MaximumDistanceMetres = 200 };
        var turns = new RequestSchedule(scenario with { Link = link }, 9).Turns.ToArray();
        double SnrAt(double metres) => link.Uplink.Evaluate(link.PathLoss.LossDb(metres), 0).SnrDb;
        foreach (var share in new[] { 0.25, 0.5, 0.9 })
        {
            var radius = Math.Sqrt(400 + (share * (40000 - 400)));
            var conversations = turns.Where(t => t.Turn == 0).ToArray();
            Assert.Equal(share, conversations.Count(t => t.LevelDb >= SnrAt(radius)) / (double)conversations.Length, 0.06);
        }
    }

    [Fact]
    public void The_estimate_is_the_mean_SNR_with_its_error_in_whole_decibels()
    {
        var turns = new RequestSchedule(TestScenarios.Lively(8000), 10).Turns.ToArray();
        var errors = turns.Select(t => t.ChannelEstimateDb - t.LevelDb).ToArray();
        Assert.All(turns, t => Assert.Equal(Math.Round(t.ChannelEstimateDb), t.ChannelEstimateDb));
        Assert.Equal(0, errors.Average(), 0.1);
        Assert.Equal(Math.Sqrt(4 + (1 / 12.0)), Math.Sqrt(errors.Average(e => e * e)), 0.08);
    }

    [Fact]
    public void An_estimate_in_coarse_steps_that_is_late_is_the_rounded_level_of_then()
    {
        var lively = TestScenarios.Lively(400);
        var scenario = lively with
        {
            Link = LinkCatalog.Find("trace-lte-driving").Link,
            Settings = lively.Settings with { ChannelEstimateErrorDb = 0, ChannelEstimateStepDb = 2.5, ChannelEstimateDelaySeconds = 3 },
        };
        var sampler = scenario.Link.CreateSampler();
        var late = 0;
        foreach (var turn in new RequestSchedule(scenario, 4).Turns)
        {
            var then = sampler.LevelDb(4, (ulong)turn.Conversation, Math.Max(0, turn.LinkSeconds - 3));
            Assert.Equal(2.5 * Math.Round(then / 2.5), turn.ChannelEstimateDb, 1e-12);
            Assert.Equal(sampler.LevelDb(4, (ulong)turn.Conversation, turn.LinkSeconds), turn.LevelDb);
            late += turn.LinkSeconds > 3 && then != turn.LevelDb ? 1 : 0;
        }

        Assert.True(late > 20, $"only {late} turns with an old estimate");
    }

    /// <summary>Kolmogorov and Smirnov at a level of about one in a million.</summary>
    private static void AssertFollows(ExponentialDistribution law, IReadOnlyList<double> sample)
    {
        var sorted = sample.Order().ToArray();
        var distance = sorted.Select((x, i) => Math.Max(law.CumulativeProbability(x) - (i / (double)sorted.Length), ((i + 1) / (double)sorted.Length) - law.CumulativeProbability(x))).Max();
        Assert.True(distance * Math.Sqrt(sorted.Length) < 2.7, $"distance {distance} with {sorted.Length} draws");
    }

    private static void AssertRoundedUp(IDistribution law, IEnumerable<int> sample, int maximum)
    {
        var sorted = sample.Order().ToArray();
        Assert.InRange(sorted[0], 1, maximum);
        Assert.InRange(sorted[^1], 1, maximum);
        for (var n = 1; n < maximum; n += Math.Max(1, n / 8))
        {
            var expected = law.CumulativeProbability(n);
            Assert.Equal(expected, sorted.Count(x => x <= n) / (double)sorted.Length, (5 * Math.Sqrt(expected * (1 - expected) / sorted.Length)) + 1e-9);
        }
    }
}
