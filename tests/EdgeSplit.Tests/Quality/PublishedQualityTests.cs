using EdgeSplit.Core.Quality;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Tests.Quality;

public sealed class PublishedQualityTests
{
    [Fact]
    public void Q4_0_on_LLaMA_7B_costs_the_logarithm_of_its_perplexity_ratio()
    {
        // compute reference, last section: base 5.9066, rise 0.2499.
        var expected = Math.Log((5.9066 + 0.2499) / 5.9066);
        Assert.Equal(expected, PublishedFormatLoss.Llama7B.NegativeLogLikelihoodIncreaseNats(NumberFormat.Q4_0), 15);
        Assert.Equal(0.0414, expected, 3);
        Assert.Equal(Math.Log((6.233160 + 0.021748) / 6.233160), PublishedFormatLoss.Llama3With8B.NegativeLogLikelihoodIncreaseNats(NumberFormat.Q6_K), 15);
    }

    [Fact]
    public void Sixteen_and_thirty_two_bits_lose_nothing()
    {
        foreach (var format in new[] { NumberFormat.F32, NumberFormat.F16, NumberFormat.BF16 })
        {
            Assert.Equal(0, PublishedFormatLoss.Llama7B.NegativeLogLikelihoodIncreaseNats(format));
            Assert.Equal(0, PublishedFormatLoss.Llama3With8B.NegativeLogLikelihoodIncreaseNats(format));
        }
    }

    [Fact]
    public void Integers_are_read_as_the_nearest_block_format_and_say_so()
    {
        var loss = PublishedFormatLoss.Llama7B;
        Assert.Equal(loss.NegativeLogLikelihoodIncreaseNats(NumberFormat.Q8_0), loss.NegativeLogLikelihoodIncreaseNats(NumberFormat.Int8));
        Assert.Equal(loss.NegativeLogLikelihoodIncreaseNats(NumberFormat.Q4_0), loss.NegativeLogLikelihoodIncreaseNats(NumberFormat.Int4));
        Assert.Equal(QualityKind.Surrogate, loss.ProvenanceOf(NumberFormat.Int4).Kind);
        Assert.Contains("read as Q4_0", loss.ProvenanceOf(NumberFormat.Int4).Source, StringComparison.Ordinal);
        Assert.Equal(QualityKind.Published, loss.ProvenanceOf(NumberFormat.Q4_0).Kind);
        Assert.Equal(QualityKind.Surrogate, loss.ProvenanceOf(NumberFormat.BF16).Kind);
    }

    [Fact]
    public void A_format_without_a_published_figure_is_refused_with_those_that_have_one()
    {
        var error = Assert.Throws<ArgumentException>(() => PublishedFormatLoss.Llama3With8B.NegativeLogLikelihoodIncreaseNats(NumberFormat.Q4_0));
        Assert.Contains("Q6_K", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => PublishedFormatLoss.Llama3With8B.NegativeLogLikelihoodIncreaseNats(NumberFormat.Int4));
        Assert.Throws<ArgumentNullException>(() => PublishedFormatLoss.Llama7B.NegativeLogLikelihoodIncreaseNats(null!));
    }

    [Fact]
    public void Within_a_family_of_formats_fewer_bits_lose_more()
    {
        NumberFormat[] family = [NumberFormat.F16, NumberFormat.Q8_0, NumberFormat.Q6_K, NumberFormat.Q5_K_M, NumberFormat.Q4_K_M, NumberFormat.Q3_K_L, NumberFormat.Q3_K_M, NumberFormat.Q3_K_S];
        var losses = family.Select(PublishedFormatLoss.Llama7B.NegativeLogLikelihoodIncreaseNats).ToArray();
        Assert.Equal(losses.Order(), losses);
    }

    [Fact]
    public void A_figure_warns_when_it_is_used_for_another_model()
    {
        Assert.Null(PublishedFormatLoss.Llama3With8B.Provenance.WarningFor("llama-3-8b"));
        Assert.Contains("LLaMA-7B", PublishedFormatLoss.Llama7B.Provenance.WarningFor("llama-3.2-3b"), StringComparison.Ordinal);
        Assert.NotNull(PublishedLeakageCurve.Instance.Provenance.WarningFor("llama-3.2-3b"));
        Assert.Throws<ArgumentException>(() => PublishedFormatLoss.Llama7B.Provenance.WarningFor(" "));
    }

    [Fact]
    public void The_loss_of_a_split_is_the_layers_weighted_mean_of_both_sides()
    {
        var source = PublishedFormatLoss.Llama7B;
        var whole = source.NegativeLogLikelihoodIncreaseNats(NumberFormat.Int4);
        Assert.Equal(0, Loss(0, NumberFormat.Int4, NumberFormat.F16));
        Assert.Equal(whole, Loss(32, NumberFormat.Int4, NumberFormat.F16), 15);
        Assert.Equal(whole / 4, Loss(8, NumberFormat.Int4, NumberFormat.F16), 15);
        Assert.Equal(whole, Loss(13, NumberFormat.Int4, NumberFormat.Int4), 15);
        Assert.Equal(whole, Loss(8, NumberFormat.Int4, NumberFormat.Q8_0) + Loss(24, NumberFormat.Int4, NumberFormat.Q8_0) - source.NegativeLogLikelihoodIncreaseNats(NumberFormat.Q8_0), 15);
        Assert.Throws<ArgumentOutOfRangeException>(() => Loss(33, NumberFormat.Int4, NumberFormat.F16));
        Assert.Throws<ArgumentOutOfRangeException>(() => Loss(-1, NumberFormat.Int4, NumberFormat.F16));

        double Loss(int layers, NumberFormat device, NumberFormat server) => SplitFormatLoss.NegativeLogLikelihoodIncreaseNats(source, layers, 32, device, server);
    }

    [Fact]
    public void A_side_without_layers_needs_no_published_figure()
    {
        Assert.Equal(0, SplitFormatLoss.NegativeLogLikelihoodIncreaseNats(PublishedFormatLoss.Llama3With8B, 0, 32, NumberFormat.Int4, NumberFormat.F16));
        Assert.Equal(0, SplitFormatLoss.NegativeLogLikelihoodIncreaseNats(PublishedFormatLoss.Llama3With8B, 32, 32, NumberFormat.F16, NumberFormat.Int4));
    }

    // paper reference E.1, arXiv 2602.16760: 59 % at a 2-layer split, 35 % at 8.
    [Theory]
    [InlineData(0, 1.0, QualityKind.Published)]
    [InlineData(1, 0.795, QualityKind.Surrogate)]
    [InlineData(2, 0.59, QualityKind.Published)]
    [InlineData(5, 0.47, QualityKind.Surrogate)]
    [InlineData(8, 0.35, QualityKind.Published)]
    [InlineData(9, 0.35, QualityKind.Surrogate)]
    [InlineData(31, 0.35, QualityKind.Surrogate)]
    [InlineData(32, 0.0, QualityKind.Published)]
    public void Leakage_passes_through_the_published_points(int layers, double expected, QualityKind kind)
    {
        Assert.Equal(expected, PublishedLeakageCurve.Instance.TokenRecoveryRate(layers, 32), 12);
        Assert.Equal(kind, PublishedLeakageCurve.ProvenanceOf(layers, 32).Kind);
    }

    [Fact]
    public void Leakage_never_rises_with_depth_and_stays_a_share()
    {
        foreach (var total in new[] { 1, 2, 6, 8, 12, 80 })
        {
            var rates = Enumerable.Range(0, total + 1).Select(k => PublishedLeakageCurve.Instance.TokenRecoveryRate(k, total)).ToArray();
            Assert.Equal(rates.OrderDescending(), rates);
            Assert.Equal((1.0, 0.0), (rates[0], rates[^1]));
        }
    }

    [Fact]
    public void Impossible_splits_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => PublishedLeakageCurve.Instance.TokenRecoveryRate(-1, 32));
        Assert.Throws<ArgumentOutOfRangeException>(() => PublishedLeakageCurve.Instance.TokenRecoveryRate(33, 32));
        Assert.Throws<ArgumentOutOfRangeException>(() => PublishedLeakageCurve.Instance.TokenRecoveryRate(0, 0));
    }

    [Fact]
    public void Quality_look_ups_allocate_nothing()
    {
        double Sum() => SplitFormatLoss.NegativeLogLikelihoodIncreaseNats(PublishedFormatLoss.Llama7B, 8, 32, NumberFormat.Int4, NumberFormat.Q8_0)
            + PublishedLeakageCurve.Instance.TokenRecoveryRate(8, 32);
        var sum = Sum();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            sum += Sum();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(sum > 0);
    }
}
