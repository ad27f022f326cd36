using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Tests.Placements;

/// <summary>A turn whose cache lies elsewhere pays the cheaper of moving it and of reading the context again.</summary>
public sealed class KeyValueMigrationLaws
{
    private static readonly SplitSystem System = TestSystems.Roomy("llama-2-7b");
    private static readonly SplitProfile Profile = new(System);
    private static readonly KeyValueMigration Migration = new(Profile);
    private static readonly TurnWork Work = new(40, 600, 20, 64);

    [Fact]
    public void Where_the_cache_lies_right_or_there_is_none_nothing_is_paid()
    {
        var point = new OperatingPoint(5e6, 5e6, 0.5);
        for (var k = 0; k <= 32; k++)
        {
            Assert.Equal(new KeyValueMigrationPlan(KeyValueMigrationKind.None, Work, 0, 0), Migration.Plan(k, k, Work, point));
            var first = Work with { ContextTokens = 0 };
            Assert.Equal(new KeyValueMigrationPlan(KeyValueMigrationKind.None, first, 0, 0), Migration.Plan(-1, k, first, point));
        }
    }

    [Theory]
    [InlineData("llama-2-7b")]
    [InlineData("llama-3-8b")]
    public void What_moves_is_keys_and_values_of_the_layers_between(string model)
    {
        var system = TestSystems.System(model) with { KeyValues = NumberFormat.Int8 };
        var migration = new KeyValueMigration(new SplitProfile(system));
        var perLayerAndToken = 2.0 * system.Shape.KeyValueDimension * 8;
        Assert.Equal(perLayerAndToken * 5 * 600, migration.MoveBits(12, 7, 600));
        Assert.Equal(perLayerAndToken * 5 * 600, migration.MoveBits(7, 12, 600));
        Assert.Equal(perLayerAndToken * 32, migration.MoveBits(0, 32, 1));
        Assert.Equal(0, migration.MoveBits(3, 3, 600));
    }

    [Fact]
    public void The_cheaper_way_is_taken_and_both_ways_occur()
    {
        var kinds = new HashSet<KeyValueMigrationKind>();
        foreach (var rate in new[] { 1e5, 1e6, 1e7, 1e8, 1e9, 1e10 })
        {
            var point = new OperatingPoint(rate, 2 * rate, 0.4);
            foreach (var (from, to) in new[] { (0, 1), (1, 0), (0, 32), (32, 0), (8, 31), (31, 8), (16, 17), (32, 31) })
            {
                var plan = Migration.Plan(from, to, Work, point);
                var bits = Migration.MoveBits(from, to, Work.ContextTokens);
                var move = to < from ? TestSystems.UplinkDelay.TotalSeconds + (bits / rate) : TestSystems.DownlinkDelay.TotalSeconds + (bits / (2 * rate));
                var anew = Work with { PromptTokens = Work.PromptTokens + Work.ContextTokens, ContextTokens = 0 };

                // Reading again lengthens the first token, by the naive evaluator.
                var restart = TestSystems.Naive(System, to, anew with { OutputTokens = 1 }, point).LatencySeconds - TestSystems.Naive(System, to, Work with { OutputTokens = 1 }, point).LatencySeconds;
                kinds.Add(plan.Kind);
                Assert.Equal(move <= restart ? KeyValueMigrationKind.Move : KeyValueMigrationKind.Restart, plan.Kind);
                Assert.Equal(plan.Kind == KeyValueMigrationKind.Move ? Work : anew, plan.Work);
                Assert.Equal(plan.Kind == KeyValueMigrationKind.Move && to < from ? bits : 0, plan.UplinkBits);
                Assert.Equal(plan.Kind == KeyValueMigrationKind.Move && to > from ? bits : 0, plan.DownlinkBits);
            }
        }

        Assert.Equal(new HashSet<KeyValueMigrationKind> { KeyValueMigrationKind.Move, KeyValueMigrationKind.Restart }, kinds);
    }

    [Fact]
    public void Without_a_cache_the_context_is_read_again()
    {
        var plan = Migration.Plan(-1, 9, Work, new OperatingPoint(1e12, 1e12, 1));
        Assert.Equal(KeyValueMigrationKind.Restart, plan.Kind);
        Assert.Equal(640, plan.Work.PromptTokens);
        Assert.Equal(0, plan.Work.ContextTokens);
        Assert.Equal(Work.MaximumCachedTokens, plan.Work.MaximumCachedTokens);
    }
}
