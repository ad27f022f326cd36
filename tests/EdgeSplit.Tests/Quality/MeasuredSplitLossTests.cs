using EdgeSplit.Core;
using EdgeSplit.Core.Compression;
using EdgeSplit.Core.Quality;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Tests.Quality;

public sealed class MeasuredSplitLossTests
{
    private static readonly TransformerShape Twelve = ModelCatalog.Find("gpt2").Shape; // 12 layers of 768 values
    private static readonly MeasuredSplitLoss Loss = new(new MeasuredQuality(TestTables.Table), PublishedFormatLoss.Llama7B);

    [Fact]
    public void Weights_lose_what_their_first_layers_lose_linear_between_measured_numbers_of_layers()
    {
        double At(int k, NumberFormat device, NumberFormat server) => Loss.WeightLossNats(k, Twelve, device, server);
        Assert.Equal(0, At(0, NumberFormat.Q4_0, NumberFormat.F16));
        Assert.Equal(0.02 * 4, At(4, NumberFormat.Q4_0, NumberFormat.F16), 1e-15);
        Assert.Equal(0.02 * 4 / 2, At(2, NumberFormat.Q4_0, NumberFormat.F16), 1e-15);
        Assert.Equal(0.02 * (4 + 16) / 2, At(6, NumberFormat.Int4Group128, NumberFormat.F16), 1e-15);
        Assert.Equal(0.02 * 36, At(12, NumberFormat.Int4, NumberFormat.Q8_0), 1e-15);
        Assert.Equal((0.02 * 16) + 0.006 - 0.004, At(8, NumberFormat.Q4_0, NumberFormat.Int8), 1e-15);
    }

    [Fact]
    public void Formats_that_were_not_measured_take_their_share_of_the_published_loss()
    {
        var published = PublishedFormatLoss.Llama7B.NegativeLogLikelihoodIncreaseNats(NumberFormat.Q4_K_M);
        Assert.Equal(published / 4, Loss.WeightLossNats(3, Twelve, NumberFormat.Q4_K_M, NumberFormat.F16), 1e-15);
        Assert.Equal((published / 4) + 0.006 - 0.0015, Loss.WeightLossNats(3, Twelve, NumberFormat.Q4_K_M, NumberFormat.Q8_0), 1e-15);
        Assert.False(Loss.CoversWeights(NumberFormat.Q4_K_M));
        Assert.Equal(QualityKind.Published, Loss.WeightProvenance(NumberFormat.Q4_K_M).Kind);
        Assert.Equal((QualityKind.Measured, TestTables.ModelName), (Loss.WeightProvenance(NumberFormat.Q4_0).Kind, Loss.WeightProvenance(NumberFormat.Q4_0).MeasuredOn));

        var untouched = new MeasuredSplitLoss(Loss.Quality, PublishedFormatLoss.Llama7B, useMeasuredWeights: false);
        Assert.Equal(
            SplitFormatLoss.NegativeLogLikelihoodIncreaseNats(PublishedFormatLoss.Llama7B, 5, 12, NumberFormat.Q4_0, NumberFormat.F16), untouched.WeightLossNats(5, Twelve, NumberFormat.Q4_0, NumberFormat.F16));

        // Where layers beyond the measured ones would be extrapolated, the format is not covered.
        var half = new MeasuredSplitLoss(new MeasuredQuality(TestTables.Table with { Weights = [.. TestTables.Table.Weights.Where(cell => cell.Layers < 6)] }), PublishedFormatLoss.Llama7B);
        Assert.False(half.CoversWeights(NumberFormat.Q4_0));
    }

    [Fact]
    public void A_packet_is_as_long_as_in_the_table_where_it_holds_as_large_a_part_of_a_token()
    {
        double At(int values) => Loss.HiddenStateLossNats(4, Twelve, new() { ErasureProbability = 0.4, Pattern = ErasurePattern.Packets, PacketValues = values });
        Assert.Equal(2 * 2.5 * 0.4, At(768 / 2), 1e-12); // half a token, as 6 of 12 values
        Assert.Equal(2 * 2.8 * 0.4, At(768 * 4), 1e-12);
        Assert.Equal(2 * 2.5 * 0.4, At(1), 1e-12);
        var far = Loss.HiddenStateProvenance(Twelve, new() { ErasureProbability = 0.4, Pattern = ErasurePattern.Packets, PacketValues = 7 });
        Assert.Contains("packets of 0.009 tokens read as the nearest measured, 0.5 tokens", far.Source, StringComparison.Ordinal);
        Assert.DoesNotContain("nearest", Loss.HiddenStateProvenance(Twelve, new() { ErasureProbability = 0.4, Pattern = ErasurePattern.Packets, PacketValues = 400 }).Source, StringComparison.Ordinal);
    }

    [Fact]
    public void Noise_of_the_measurement_does_not_make_damage_useful()
    {
        var lucky = TestTables.Table with { Cells = [new QualityCell(3, new() { Bits = 8 }, TestTables.Estimate(0.001) with { NllRise = -0.002 })] };
        var loss = new MeasuredSplitLoss(new MeasuredQuality(lucky), PublishedFormatLoss.Llama7B);
        Assert.Equal(-0.002, loss.Quality.NllRiseNats(3, 6, new() { Bits = 8 }));
        Assert.Equal(0, loss.HiddenStateLossNats(6, Twelve, new() { Bits = 8 }));
    }

    [Fact]
    public void Leakage_is_that_of_the_attack_on_the_undamaged_state_and_held_behind_the_last_split()
    {
        var leakage = new MeasuredLeakage(TestTables.Table, "ridge");
        Assert.Equal(1, leakage.TokenRecoveryRate(0, 12));
        Assert.Equal(0.95, leakage.TokenRecoveryRate(1, 12), 1e-15);
        Assert.Equal(0.9, leakage.TokenRecoveryRate(2, 12), 1e-15);
        Assert.Equal(0.7, leakage.TokenRecoveryRate(6, 12), 1e-15);
        Assert.Equal(0.5, leakage.TokenRecoveryRate(11, 12), 1e-15);
        Assert.Equal(0, leakage.TokenRecoveryRate(12, 12));
        Assert.Equal(["nearest-embedding", "ridge"], MeasuredLeakage.AttacksOf(TestTables.Table));
        Assert.Equal(0.4, new MeasuredLeakage(TestTables.Table, "nearest-embedding").TokenRecoveryRate(5, 6));
        Assert.Contains("ridge", Assert.Throws<UnknownNameException>(() => new MeasuredLeakage(TestTables.Table, "exhaustive")).KnownText, StringComparison.Ordinal);
    }
}
