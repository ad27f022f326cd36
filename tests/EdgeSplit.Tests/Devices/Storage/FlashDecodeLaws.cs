using EdgeSplit.Core;
using EdgeSplit.Core.Devices.Storage;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Tests.Devices.Storage;

public sealed class FlashDecodeLaws
{
    private static readonly StorageProfile Drive = new() { Name = "drive", BytesPerSecond = 3e9, LatencySeconds = 1e-4, QueueDepth = 8 };
    private static readonly ForwardPass Decode = new(1, 500);

    [Fact]
    public void Reading_is_bandwidth_latency_and_queue_by_hand()
    {
        // 10 MiB in requests of 1 MiB at 1 GB/s with 1 ms each: one at a time 10.48576 + 10 ms; ten at a time the bandwidth and one latency.
        var one = new StorageProfile { Name = "one", BytesPerSecond = 1e9, LatencySeconds = 1e-3 };
        Assert.Equal(0.01048576 + 0.01, one.Seconds(10 * 1048576), 12);
        Assert.Equal(0.01048576 + 0.001, (one with { QueueDepth = 10 }).Seconds(10 * 1048576), 12);
        Assert.Equal(0, one.Seconds(0));
        Assert.Equal(1e-3 + 1e-9, one.Seconds(1), 12);
    }

    [Fact]
    public void Reading_is_never_faster_than_the_bandwidth_and_rises_with_bytes()
    {
        foreach (var entry in StorageCatalog.All)
        {
            var last = 0.0;
            foreach (var bytes in new[] { 1, 4096, 1e6, 1048577, 5e7, 4e9 })
            {
                var seconds = entry.Profile.Seconds(bytes);
                Assert.True(seconds >= bytes / entry.Profile.BytesPerSecond);
                Assert.True(seconds >= last);
                Assert.True((entry.Profile with { QueueDepth = entry.Profile.QueueDepth + 1 }).Seconds(bytes) <= seconds);
                last = seconds;
            }
        }
    }

    [Fact]
    public void Layers_weigh_what_they_own_and_ranges_add()
    {
        var shape = ModelCatalog.Find("llama-3.1-8b").Shape;
        var flash = new FlashDecode(shape, PlainProcessor.Fast, Drive, NumberFormat.Q4_0);
        Assert.Equal((218_103_808 * 4.5 / 8) + (8192 * 32 / 8), flash.LayerBytes(3)); // 4096 x (2 x 4096 + 2 x 1024 + 3 x 14336) weights, and 2 x 4096 of the norms, which files keep in 32 bits
        Assert.Equal(32 * flash.LayerBytes(0), flash.LayersBytes, 1.0);
        Assert.Equal(flash.LoadSeconds(0, 32), flash.LoadSeconds(0, 11) + flash.LoadSeconds(11, 32), 1e-12);
        Assert.Equal(0, flash.LoadSeconds(7, 7));
    }

    [Fact]
    public void A_cold_pass_is_the_pipeline_of_its_layers()
    {
        var shape = ModelCatalog.Find("gemma-3-1b").Shape;
        var flash = new FlashDecode(shape, new PlainProcessor(1e12, 2e10), Drive, NumberFormat.F16);
        var load = Enumerable.Range(0, shape.Layers).Select(l => l < 5 ? 0 : Drive.Seconds(flash.LayerBytes(l))).ToArray();
        var pass = new ForwardPass(200, 0);
        var compute = Enumerable.Range(0, shape.Layers).Select(l => flash.ComputeSeconds(pass, l, l + 1)).ToArray();
        Assert.Equal(LoadPipeline.Seconds(load, compute), flash.ColdPassSeconds(pass, 0, shape.Layers, 5), 1e-12);
        Assert.Equal(flash.ComputeSeconds(pass, 2, 9), flash.ColdPassSeconds(pass, 2, 9, 7), 1e-12);
        Assert.True(flash.ColdPassSeconds(pass, 0, shape.Layers) <= flash.LoadSeconds(0, shape.Layers) + flash.ComputeSeconds(pass, 0, shape.Layers));
    }

    [Fact]
    public void A_model_that_fits_takes_the_time_of_its_whole_and_less_memory_is_never_faster()
    {
        foreach (var name in new[] { "llama-3.1-8b", "qwen3-30b-a3b" })
        {
            var shape = ModelCatalog.Find(name).Shape;
            var flash = new FlashDecode(shape, PlainProcessor.Fast, Drive, NumberFormat.F16);
            var whole = WholeModel.Seconds(PlainProcessor.Fast, shape, NumberFormat.F16, Decode);
            foreach (var policy in Enum.GetValues<ResidencyPolicy>())
            {
                Assert.Equal(whole, flash.PassSeconds(Decode, flash.LayersBytes, policy), 1e-12 * whole);
                var last = whole;
                foreach (var share in new[] { 0.99, 0.9, 0.5, 0.1, 0 })
                {
                    var seconds = flash.PassSeconds(Decode, share * flash.LayersBytes, policy);
                    Assert.True(seconds >= last * (1 - 1e-12));
                    Assert.True(seconds >= flash.PassSeconds(Decode, share * flash.LayersBytes));
                    last = seconds;
                }
            }
        }
    }

    [Fact]
    public void Pinned_weights_read_what_is_missing_and_least_recently_used_pages_read_everything()
    {
        var shape = ModelCatalog.Find("llama-2-7b").Shape;
        var drive = new StorageProfile { Name = "drive", BytesPerSecond = 1e9, QueueDepth = 64 };
        var flash = new FlashDecode(shape, PlainProcessor.Fast, drive, NumberFormat.F16);
        Assert.Equal(0.25 * flash.LayersBytes / 1e9, flash.PassSeconds(Decode, 0.75 * flash.LayersBytes), 1e-6);
        var whole = WholeModel.Seconds(PlainProcessor.Fast, shape, NumberFormat.F16, Decode);
        Assert.Equal((flash.LayersBytes / 1e9) + whole, flash.PassSeconds(Decode, 0.75 * flash.LayersBytes, ResidencyPolicy.LeastRecentlyUsed), 1e-6);
    }

    [Fact]
    public void Of_experts_only_the_touched_ones_are_read()
    {
        var shape = ModelCatalog.Find("qwen3-30b-a3b").Shape;
        var flash = new FlashDecode(shape, PlainProcessor.Fast, Drive with { LatencySeconds = 0 }, NumberFormat.F16);
        var seconds = flash.PassSeconds(Decode, 0);
        Assert.InRange(seconds, 0.06 * flash.LayersBytes / Drive.BytesPerSecond, 0.12 * flash.LayersBytes / Drive.BytesPerSecond);
    }

    [Fact]
    public void A_70B_on_a_computer_too_small_for_it_takes_the_measured_ten_seconds_a_token()
    {
        // prima.cpp's table: Llama-3-70B 10,120 ms per token with llama.cpp's memory map, the file (Q4_K_M, 39.59 GiB) read again for each token: between the drives of its time.
        var shape = ModelCatalog.Find("llama-3.1-70b").Shape;
        double Token(string drive) => new FlashDecode(shape, PlainProcessor.Fast, StorageCatalog.Find(drive).Profile, NumberFormat.Q4_K_M)
            .PassSeconds(Decode, 8e9, ResidencyPolicy.LeastRecentlyUsed);
        Assert.InRange(10.12, Token("nvme-gen4"), Token("nvme-gen3"));
    }

    [Fact]
    public void Kinds_of_storage_are_named_sourced_and_in_order()
    {
        Assert.Equal(StorageCatalog.All.OrderBy(entry => entry.Profile.BytesPerSecond), StorageCatalog.All);
        Assert.All(StorageCatalog.All, entry => Assert.Contains("assumption", entry.Source, StringComparison.Ordinal));
        Assert.Equal(4.2e9, StorageCatalog.Find("UFS-4.0").Profile.BytesPerSecond);
        Assert.Throws<UnknownNameException>(() => StorageCatalog.Find("ufs-5"));
        Assert.Throws<ArgumentNullException>(() => StorageCatalog.Find(null!));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-1)]
    [InlineData(double.PositiveInfinity)]
    public void Bad_numbers_are_refused(double bad)
    {
        var flash = new FlashDecode(ModelCatalog.Find("gpt2").Shape, PlainProcessor.Fast, Drive, NumberFormat.F16);
        Assert.Throws<ArgumentOutOfRangeException>(() => Drive with { BytesPerSecond = bad });
        Assert.Throws<ArgumentOutOfRangeException>(() => Drive with { LatencySeconds = bad });
        Assert.Throws<ArgumentOutOfRangeException>(() => Drive with { RequestBytes = bad });
        Assert.Throws<ArgumentOutOfRangeException>(() => Drive with { QueueDepth = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => Drive.Seconds(bad));
        Assert.Throws<ArgumentOutOfRangeException>(() => flash.PassSeconds(Decode, bad));
        Assert.Throws<ArgumentOutOfRangeException>(() => flash.PassSeconds(Decode, 1, (ResidencyPolicy)7));
        Assert.Throws<ArgumentOutOfRangeException>(() => flash.LoadSeconds(3, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => flash.ColdPassSeconds(Decode, 0, 13));
        Assert.Throws<ArgumentOutOfRangeException>(() => flash.ColdPassSeconds(Decode, 0, 3, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => flash.LayerBytes(12));
    }
}
