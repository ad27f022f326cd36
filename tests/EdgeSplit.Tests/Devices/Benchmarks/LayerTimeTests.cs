using EdgeSplit.Core.Devices.Benchmarks;

namespace EdgeSplit.Tests.Devices.Benchmarks;

/// <summary>Files of times per operation.</summary>
public sealed class LayerTimeTests
{
    [Fact]
    public void The_columns_become_a_row()
    {
        var content = LayerTimeFile.Parse(BenchmarkSamples.LayerTimes, "times");

        Assert.Empty(content.Skipped);
        Assert.Equal(
            [
                new LayerTimeRow
                {
                    Location = "line 2", Device = "A100 80GB", Model = "Llama-2-7b", Format = "fp16", TensorParallelDegree = 2, Operation = "mlp_up_proj", Phase = LayerTimePhase.Any, Tokens = 4096,
                    Seconds = 1911.5e-6, Flop = 412316860416, WeightBytes = 100663296, Notes = "median", Source = "made-up",
                },
                new LayerTimeRow
                {
                    Location = "line 3", Device = "Card", Model = "Qwen", Format = "bf16", Operation = "attention", Phase = LayerTimePhase.Decode, PrefillChunkTokens = 0, PrefillCachedTokens = 0,
                    DecodeSequences = 8, DecodeCachedTokens = 16384, Seconds = 57.25 * 1e-6, Source = "made-up",
                },
                new LayerTimeRow
                {
                    Location = "line 4", Device = "MI210", Model = "", Format = "fp16", Operation = "matmul", Phase = LayerTimePhase.Any, ProductRows = 8192, ProductInner = 12288, ProductColumns = 12288,
                    ActivatedExperts = 8, Seconds = 30000 * 1e-6, Source = "made-up",
                },
            ],
            content.Rows);
    }

    [Theory]
    [InlineData(",1911.5,", ",,", "no time")]
    [InlineData(",1911.5,", ",0,", "time_us \"0\" is not positive")]
    [InlineData(",1911.5,", ",1e999,", "not positive and finite")]
    [InlineData(",4096,", ",many,", "tokens \"many\"")]
    [InlineData(",any,4096", ",sometimes,4096", "none of any, prefill, decode, per-sequence")]
    [InlineData("A100 80GB", "", "no device")]
    public void A_row_that_cannot_be_used_says_why(string from, string to, string reason)
    {
        var content = LayerTimeFile.Parse(BenchmarkSamples.LayerTimes.Replace(from, to, StringComparison.Ordinal), "times");

        Assert.Equal(2, content.Rows.Count);
        Assert.Contains(reason, Assert.Single(content.Skipped).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "an empty file")]
    [InlineData("model,phase\na,b\n", "the header")]
    [InlineData("op,time_us\nx,1\n", "a header without device, phase")]
    [InlineData("device,op,phase,time_us\nx,y,any,-1\n", "no row that can be read")]
    [InlineData("device,op,phase,time_us,op\nx,y,any,1,z\n", "several columns of one meaning")]
    public void A_file_of_other_contents_says_what_was_found(string text, string found)
    {
        var error = Assert.Throws<BenchmarkFileException>(() => LayerTimeFile.Parse(text, "times"));

        Assert.Contains(found, error.Found, StringComparison.Ordinal);
        Assert.StartsWith($"times: {error.Location}: found {error.Found}; allowed: {error.Allowed}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Speeds_and_times_are_not_taken_for_each_other()
    {
        Assert.Contains("times per operation", Assert.Throws<BenchmarkFileException>(() => BenchmarkFile.Parse(BenchmarkSamples.LayerTimes, "times")).Found, StringComparison.Ordinal);
        Assert.Throws<BenchmarkFileException>(() => LayerTimeFile.Parse(BenchmarkSamples.Measured, "speeds"));
    }

    [SharedDataFact]
    public void The_shared_times_are_read_whole()
    {
        var content = LayerTimeFile.Read(SharedData.PathOf("data/measured_layer_times.csv"));

        Assert.Empty(content.Skipped);
        Assert.Equal(5123, content.Rows.Count);
        Assert.Equal((4789, 190, 108, 36), (Count(LayerTimePhase.Any), Count(LayerTimePhase.Decode), Count(LayerTimePhase.Prefill), Count(LayerTimePhase.PerSequence)));
        Assert.Equal(5, content.Rows.Select(row => row.Device).Distinct().Count());
        Assert.Equal(22, content.Rows.Count(row => row.ProductRows is not null));
        Assert.Equal(1020, content.Rows.Count(row => row.TensorParallelDegree == 8));
        Assert.Equal((234e-6, "emb", 4096), (content.Rows[0].Seconds, content.Rows[0].Operation, content.Rows[0].Tokens));

        int Count(LayerTimePhase phase) => content.Rows.Count(row => row.Phase == phase);
    }
}
