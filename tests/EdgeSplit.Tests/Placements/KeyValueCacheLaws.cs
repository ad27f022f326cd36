using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Tests.Placements;

/// <summary>A layer with a sliding window keeps no more tokens than its window, in memory and on the move.</summary>
public sealed class KeyValueCacheLaws
{
    [Theory]
    [InlineData("llama-2-7b", 100)]
    [InlineData("llama-2-7b", 4000)]
    [InlineData("gemma-3-1b", 300)]
    [InlineData("gemma-3-1b", 3000)]
    [InlineData("gemma-2-2b", 6000)]
    [InlineData("mistral-7b-v0.1", 8000)]
    public void A_move_carries_what_each_layer_keeps(string model, int contextTokens)
    {
        var system = TestSystem(model);
        var migration = new KeyValueMigration(new SplitProfile(system));
        var (from, to) = (1, system.Layers - 2);
        var expected = 0.0;
        for (var layer = from; layer < to; layer++)
        {
            // Two vectors of kv_heads x head_dim values per token that the layer can still see.
            expected += 2.0 * system.Shape.KeyValueHeads * system.Shape.HeadDimension * 16 * Math.Min(contextTokens, system.Shape.AttentionWindow(layer));
        }

        Assert.Equal(expected, migration.MoveBits(from, to, contextTokens), 1e-3);
        Assert.Equal(expected, migration.MoveBits(to, from, contextTokens), 1e-3);
    }

    [Fact]
    public void Memory_beyond_the_window_grows_by_the_full_layers_only()
    {
        var system = TestSystem("gemma-3-1b");
        var profile = new SplitProfile(system);
        TurnWork Work(int prompt) => new(prompt, 0, 1, 1);
        var layersInFull = Enumerable.Range(0, system.Layers).Count(layer => system.Shape.AttentionWindow(layer) == int.MaxValue);
        Assert.InRange(layersInFull, 1, system.Layers - 1);
        var grown = profile.DeviceBytes(system.Layers, Work(20_001)) - profile.DeviceBytes(system.Layers, Work(10_001));
        Assert.Equal(10_000.0 * layersInFull * 2 * system.Shape.KeyValueDimension * 2, grown, 1e-3);
    }

    private static SplitSystem TestSystem(string model) => new()
    {
        Shape = ModelCatalog.Find(model).Shape,
        Device = EdgeSplit.Core.Devices.DeviceCatalog.Find("raspberry-pi-5").Profile,
        Server = EdgeSplit.Core.Devices.DeviceCatalog.Find("a100-sxm-80gb-vllm").Profile,
        DeviceWeights = NumberFormat.Q4_0,
        Radio = EdgeSplit.Core.Wireless.Energy.RadioEnergyModel.WiFi,
        FormatLoss = EdgeSplit.Core.Quality.PublishedFormatLoss.Llama7B,
        Leakage = EdgeSplit.Core.Quality.PublishedLeakageCurve.Instance,
    };
}
