using EdgeSplit.Core.Devices;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Tests.Placements;

/// <summary>A split is masked exactly where a limit is broken, and says which.</summary>
public sealed class FeasibilityLaws
{
    public static TheoryData<string> Models => [.. TestSystems.Models];

    [Theory]
    [MemberData(nameof(Models))]
    public void Memory_masks_exactly_the_splits_whose_naive_bytes_do_not_fit(string model)
    {
        var seen = SplitInfeasibility.None;
        foreach (var (deviceGigabytes, serverGigabytes) in new[] { (0.05, 0.05), (0.6, 1e6), (4, 12), (9, 3), (60, 80), (1e6, 0.2), (1.5, 200) })
        {
            var system = WithMemory(TestSystems.System(model), deviceGigabytes * 1e9, serverGigabytes * 1e9);
            var profile = new SplitProfile(system);
            var mask = new SplitInfeasibility[profile.Layers + 1];
            foreach (var work in new TurnWork[] { new(1, 0, 1, 1), new(500, 300, 20, 1024), new(1500, 0, 20, 512) })
            {
                profile.Mask(work, mask);
                foreach (var k in new[] { 0, 1, profile.Layers / 3, profile.Layers / 2, profile.Layers - 1, profile.Layers })
                {
                    var naive = TestSystems.Naive(system, k, work with { OutputTokens = 1 }, new OperatingPoint(1e6, 1e6, 1));
                    Assert.Equal(naive.Nodes[0].WeightBytes + naive.Nodes[0].KeyValueBytes > system.Device.UsableMemoryBytes, mask[k].HasFlag(SplitInfeasibility.DeviceMemory));
                    Assert.Equal(naive.Nodes[1].WeightBytes + naive.Nodes[1].KeyValueBytes > system.Server.UsableMemoryBytes, mask[k].HasFlag(SplitInfeasibility.ServerMemory));
                    seen |= mask[k];
                }
            }
        }

        Assert.True(seen.HasFlag(SplitInfeasibility.DeviceMemory) && seen.HasFlag(SplitInfeasibility.ServerMemory));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Device_memory_grows_with_k_and_server_memory_falls(string model)
    {
        var profile = new SplitProfile(TestSystems.System(model));
        var work = new TurnWork(300, 0, 20, 512);
        for (var k = 1; k <= profile.Layers; k++)
        {
            Assert.True(profile.DeviceBytes(k, work) >= profile.DeviceBytes(k - 1, work));
            Assert.True(profile.ServerBytes(k, work) <= profile.ServerBytes(k - 1, work));
        }

        Assert.Equal(0, profile.DeviceBytes(0, work));
        Assert.Equal(0, profile.ServerBytes(profile.Layers, work));
    }

    [Fact]
    public void Feasibility_is_judged_on_the_longest_answer_and_not_on_the_expected_one()
    {
        var system = TestSystems.System("llama-2-7b");
        var needed = new SplitProfile(system).DeviceBytes(20, new TurnWork(100, 50, 1, 400));
        var profile = new SplitProfile(WithMemory(system, needed, 80e9));
        var mask = new SplitInfeasibility[33];
        profile.Mask(new TurnWork(100, 50, 1, 400), mask);
        Assert.Equal(SplitInfeasibility.None, mask[20]);
        Assert.Equal(SplitInfeasibility.DeviceMemory, mask[21]);
        profile.Mask(new TurnWork(100, 50, 1, 401), mask);
        Assert.Equal(SplitInfeasibility.DeviceMemory, mask[20]);
        profile.Mask(new TurnWork(100, 50, 399, 400), mask);
        Assert.Equal(SplitInfeasibility.None, mask[20]);
    }

    [Fact]
    public void A_tied_head_needs_a_copy_of_the_table_on_the_server_only_where_the_embedding_is_elsewhere()
    {
        var shape = TestSystems.Shape("llama-3.2-1b");
        Assert.True(shape.TiedEmbeddings);
        var profile = new SplitProfile(TestSystems.System("llama-3.2-1b"));
        var work = new TurnWork(10, 0, 1, 1);
        var table = (double)shape.VocabularySize * shape.HiddenSize * 2;
        var layerBytes = profile.ServerBytes(1, work) - profile.ServerBytes(2, work);

        // From k = 0 to k = 1 one layer leaves the server, and the table stays, now as the head's copy.
        TestSystems.Near(layerBytes, profile.ServerBytes(0, work) - profile.ServerBytes(1, work), 1e-9);
        TestSystems.Near(table + layerBytes + (shape.HiddenSize * 2), profile.ServerBytes(15, work), 1e-9);

        // The device has the table once, whether it runs the head or not.
        var deviceLayer = profile.DeviceBytes(2, work) - profile.DeviceBytes(1, work);
        var norm = shape.HiddenSize * 4.0; // files of packed weights keep norms in 32 bits
        TestSystems.Near(deviceLayer + norm, profile.DeviceBytes(16, work) - profile.DeviceBytes(15, work), 1e-9);
    }

    [Fact]
    public void Privacy_limit_masks_where_more_is_recovered()
    {
        var system = TestSystems.System("llama-2-7b");
        var profile = new SplitProfile(system, new SplitLimits { MaximumTokenRecoveryRate = 0.5 });
        var mask = new SplitInfeasibility[33];
        profile.Mask(new TurnWork(10, 0, 1, 1), mask);
        for (var k = 0; k <= 32; k++)
        {
            Assert.Equal(system.TokenRecoveryRate(k) > 0.5, mask[k].HasFlag(SplitInfeasibility.PrivacyLimit));
        }

        Assert.True(mask[0].HasFlag(SplitInfeasibility.PrivacyLimit));
        Assert.False(mask[32].HasFlag(SplitInfeasibility.PrivacyLimit));
    }

    [Fact]
    public void Quality_limit_masks_where_more_is_lost()
    {
        var system = TestSystems.System("llama-2-7b");
        var limit = system.NegativeLogLikelihoodIncrease(10);
        var profile = new SplitProfile(system, new SplitLimits { MaximumNegativeLogLikelihoodIncrease = limit });
        var mask = new SplitInfeasibility[33];
        profile.Mask(new TurnWork(10, 0, 1, 1), mask);
        for (var k = 0; k <= 32; k++)
        {
            Assert.Equal(k > 10, mask[k].HasFlag(SplitInfeasibility.QualityLimit));
        }
    }

    [Fact]
    public void Context_beyond_the_model_masks_every_split()
    {
        var profile = new SplitProfile(TestSystems.Roomy("llama-2-7b"));
        var mask = new SplitInfeasibility[33];
        profile.Mask(new TurnWork(2000, 1584, 1, 512), mask);
        Assert.All(mask, reason => Assert.Equal(SplitInfeasibility.None, reason));
        profile.Mask(new TurnWork(2001, 1584, 1, 512), mask);
        Assert.All(mask, reason => Assert.Equal(SplitInfeasibility.ContextLength, reason));
    }

    [Fact]
    public void Reasons_add_up()
    {
        var profile = new SplitProfile(
            WithMemory(TestSystems.System("llama-2-7b"), 1e9, 1e9),
            new SplitLimits { MaximumTokenRecoveryRate = 0, MaximumNegativeLogLikelihoodIncrease = 0 });
        var mask = new SplitInfeasibility[33];
        profile.Mask(new TurnWork(4000, 0, 1, 512), mask);
        Assert.Equal(
            SplitInfeasibility.DeviceMemory | SplitInfeasibility.ServerMemory | SplitInfeasibility.PrivacyLimit | SplitInfeasibility.QualityLimit | SplitInfeasibility.ContextLength,
            mask[16]);
    }

    [Fact]
    public void Limits_refuse_what_is_no_limit()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SplitLimits { MaximumTokenRecoveryRate = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SplitLimits { MaximumTokenRecoveryRate = 1.1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SplitLimits { MaximumNegativeLogLikelihoodIncrease = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SplitLimits { MaximumNegativeLogLikelihoodIncrease = -1 });
    }

    private static SplitSystem WithMemory(SplitSystem system, double deviceBytes, double serverBytes) => system with
    {
        Device = (RooflineProfile)system.Device with { MemoryBytes = deviceBytes, UsableMemoryShare = 1 },
        Server = (RooflineProfile)system.Server with { MemoryBytes = serverBytes, UsableMemoryShare = 1 },
    };
}
