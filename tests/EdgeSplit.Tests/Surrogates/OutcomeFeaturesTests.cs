using EdgeSplit.Agents.Surrogates;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Simulation;
using EdgeSplit.Tests.Policies;

namespace EdgeSplit.Tests.Surrogates;

public sealed class OutcomeFeaturesTests
{
    /// <summary>Times from nothing to an hour, energies to a megajoule, and observations to the ends of their documented practical ranges.</summary>
    [Fact]
    public void Features_are_finite_and_of_order_one_over_wide_ranges()
    {
        var features = new float[OutcomeFeatures.Length];
        var totals = new SplitTotals(80);
        foreach (var size in new[] { 0, 1e-9, 1e-3, 1, 3600 })
        {
            Array.Fill(totals.DeviceSeconds, size);
            Array.Fill(totals.NetworkSeconds, size * 1e-3);
            Array.Fill(totals.ServerSeconds, size / 7);
            Array.Fill(totals.TimeToFirstTokenSeconds, size / 2);
            Array.Fill(totals.DeviceJoules, size * 300);
            foreach (var tokens in new[] { 1, 1000, 10_000_000 })
            {
                foreach (var snrDb in new[] { -60.0, 0, 80 })
                {
                    foreach (var k in new[] { 0, 1, 79, 80 })
                    {
                        var observation = SmallScenarios.Observation with
                        {
                            ChannelEstimateDb = snrDb,
                            RecentUplinkBitsPerSecond = tokens * 1e4,
                            ReportedServerJobs = tokens / 1000,
                            PromptTokens = tokens,
                            ContextTokens = tokens - 1,
                            CacheSplitPoint = 3,
                        };
                        OutcomeFeatures.Write(observation, tokens, k, totals, features);
                        Assert.All(features, x => Assert.InRange(x, -6, 6));
                    }
                }
            }
        }
    }

    [Fact]
    public void Typical_features_are_well_inside()
    {
        var belief = new Belief(SmallScenarios.Conversations(2));
        var features = new float[OutcomeFeatures.Length];
        var context = SmallScenarios.Context(belief, SmallScenarios.Observation);
        for (var k = 0; k <= SmallScenarios.Layers; k++)
        {
            OutcomeFeatures.Write(context.Observation, 20, k, context.Belief, features);
            Assert.All(features, x => Assert.InRange(x, -2, 2));
        }
    }

    [Fact]
    public void No_two_splits_look_alike()
    {
        var belief = new Belief(SmallScenarios.Conversations(2));
        var context = SmallScenarios.Context(belief, SmallScenarios.Observation);
        var seen = new HashSet<string>();
        for (var k = 0; k <= SmallScenarios.Layers; k++)
        {
            var features = new float[OutcomeFeatures.Length];
            OutcomeFeatures.Write(context.Observation, 20, k, context.Belief, features);
            Assert.True(seen.Add(string.Join(' ', features)));
        }
    }

    [Fact]
    public void A_destination_of_another_length_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() =>
        OutcomeFeatures.Write(SmallScenarios.Observation, 20, 0, new SplitTotals(5), new float[OutcomeFeatures.Length + 1]));
}
