using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Tests.Transformers;

public class StoredWeightsTests
{
    private const double Gibi = 1024.0 * 1024 * 1024;

    [Theory]
    [InlineData("qwen2.5-7b", "Q4_K_M", 4_677_120_000)]
    [InlineData("gpt-oss-20b", "MXFP4_MOE", 12_096_558_336)]
    public void A_file_takes_the_bytes_that_llama_bench_prints(string model, string format, double bytes) =>
        Assert.Equal(bytes, ModelCatalog.Find(model).Shape.FileBytes(NumberFormat.Parse(format)));

    [Fact]
    public void A_file_with_a_table_of_rotary_factors_takes_their_32_values_more() =>

        // Llama 3.2 1B, Q4_K_M: 799,862,912 bytes and 1,235,814,432 parameters as llama-bench prints them.
        Assert.Equal(799_862_912 - (32 * 4), ModelCatalog.Find("llama-3.2-1b").Shape.FileBytes(NumberFormat.Q4_K_M));

    // Published sizes in GiB: llama.cpp's quantize --help (LLaMA-7B, later Llama-3-8B), llama-bench outputs, hub pages (general knowledge, not read again). Two decimals where no more are printed.
    [Theory]
    [InlineData("llama-7b", "F16", 12.55)]
    [InlineData("llama-7b", "Q8_0", 6.67)]
    [InlineData("llama-7b", "Q6_K", 5.15)]
    [InlineData("llama-7b", "Q5_K_M", 4.45)]
    [InlineData("llama-7b", "Q5_K_S", 4.33)]
    [InlineData("llama-7b", "Q4_1", 3.95)]
    [InlineData("llama-7b", "Q4_K_M", 3.80)]
    [InlineData("llama-7b", "Q4_K_S", 3.59)]
    [InlineData("llama-7b", "Q4_0", 3.56)]
    [InlineData("llama-7b", "Q3_K_L", 3.35)]
    [InlineData("llama-7b", "Q3_K_M", 3.07)]
    [InlineData("llama-7b", "Q3_K_S", 2.75)]
    [InlineData("llama-13b", "Q4_0", 6.86)]
    [InlineData("mistral-7b-v0.1", "Q4_0", 3.83)]
    [InlineData("mistral-7b-v0.1", "Q4_K_M", 4.07)]
    [InlineData("llama-3-8b", "F16", 14.96)]
    [InlineData("llama-3-8b", "Q8_0", 7.96)]
    [InlineData("llama-3-8b", "Q6_K", 6.14)]
    [InlineData("llama-3-8b", "Q5_K_M", 5.33)]
    [InlineData("llama-3-8b", "Q5_K_S", 5.21)]
    [InlineData("llama-3-8b", "Q4_K_M", 4.58)]
    [InlineData("llama-3-8b", "Q4_K_S", 4.37)]
    [InlineData("llama-3-8b", "Q4_0", 4.34)]
    [InlineData("llama-3-8b", "Q3_K_L", 4.03)]
    [InlineData("llama-3-8b", "Q3_K_M", 3.74)]
    [InlineData("llama-3-8b", "Q3_K_S", 3.41)]
    [InlineData("llama-3-8b", "Q2_K_M", 2.96)]
    [InlineData("llama-3-70b", "F16", 131.42)]
    [InlineData("llama-3-70b", "Q4_K_M", 39.59)]
    [InlineData("mixtral-8x7b", "Q4_0", 24.62)]
    [InlineData("mixtral-8x7b", "Q8_0", 46.22)]
    [InlineData("tinyllama-1.1b", "Q4_K_M", 0.6212)]
    [InlineData("llama-3.2-3b", "Q4_K_M", 1.87)]
    [InlineData("gpt-oss-20b", "MXFP4-BF16", 12.83)]
    public void A_file_takes_the_published_size_within_one_and_a_half_per_cent(string model, string format, double gibibytes) =>
        Assert.Equal(gibibytes, ModelCatalog.Find(model).Shape.FileBytes(NumberFormat.Parse(format)) / Gibi, 0.015 * gibibytes);

    [Fact]
    public void Rows_that_hold_no_whole_blocks_of_256_take_larger_blocks()
    {
        // SmolLM-135M is 576 wide: its Q2_K file is one of IQ4_NL (4.5 bits) but for what is 1,536 long, with a table in Q8_0. The hub shows 88.2 MB with metadata.
        var smol = ModelCatalog.Find("smollm-135m").Shape;
        Assert.Equal(88.2e6, smol.FileBytes(NumberFormat.Parse("Q2_K_M")), 0.04 * 88.2e6);
        Assert.True(smol.WeightBits(TransformerUnit.Attention, 0, NumberFormat.Q2_K) > 4.4 * smol.ParametersOf(TransformerUnit.Attention, 0));

        // Qwen2.5-0.5B is 896 wide: the hub shows 397.8 MB for Q4_K_M, of which about 6 MB are metadata; 4.8 bits would be 300 MB.
        Assert.Equal(391.8e6, ModelCatalog.Find("qwen2.5-0.5b").Shape.FileBytes(NumberFormat.Q4_K_M), 0.015 * 391.8e6);
    }

    [Fact]
    public void A_file_is_the_sum_of_its_units_and_a_plain_format_takes_bits_times_parameters()
    {
        foreach (var shape in ModelCatalog.All.Select(entry => entry.Shape))
        {
            foreach (var format in new[] { NumberFormat.Q4_K_M, NumberFormat.Parse("MXFP4_MOE"), NumberFormat.Parse("AWQ") })
            {
                var bits = shape.WeightBits(TransformerUnit.Embedding, 0, format) + shape.WeightBits(TransformerUnit.Head, 0, format);
                for (var layer = 0; layer < shape.Layers; layer++)
                {
                    bits += shape.WeightBits(TransformerUnit.Attention, layer, format) + shape.WeightBits(TransformerUnit.FeedForward, layer, format);
                }

                Assert.Equal(bits / 8, shape.FileBytes(format), bits * 1e-12);
            }

            Assert.Equal(2.0 * shape.TotalParameters, shape.FileBytes(NumberFormat.BF16));
        }
    }

    [Fact]
    public void Bits_per_value_of_a_GGUF_file_lie_between_its_smallest_block_and_the_floats_of_norms()
    {
        foreach (var entry in ModelCatalog.All)
        {
            var q4 = entry.Shape.FileBytes(NumberFormat.Q4_K_M) * 8 / entry.Shape.TotalParameters;
            Assert.InRange(q4, 4.5, 7.4);
            var rising = new[] { "Q2_K_M", "Q3_K_M", "Q4_K_M", "Q5_K_M", "Q8_0", "F16" }.Select(name => entry.Shape.FileBytes(NumberFormat.Parse(name))).ToArray();
            Assert.Equal(rising.Order(), rising);
        }
    }

    [Fact]
    public void The_cost_reads_what_the_unit_stores()
    {
        foreach (var name in new[] { "llama-3-8b", "qwen2.5-0.5b", "gpt-oss-20b", "deepseek-v2-lite", "gpt2", "bitnet-b1.58-2b" })
        {
            var shape = ModelCatalog.Find(name).Shape;
            foreach (var format in NumberFormat.All)
            {
                UnitCost Cost(TransformerUnit unit) => TransformerCost.Prepare(shape, unit, shape.Layers - 1, format, NumberFormat.F16, NumberFormat.F16).Evaluate(new ForwardPass(100_000, 0));
                foreach (var unit in new[] { TransformerUnit.Attention, TransformerUnit.FeedForward })
                {
                    var stored = shape.WeightBits(unit, shape.Layers - 1, format) / 8;
                    Assert.Equal(stored, Cost(unit).WeightBytes, 1e-9 * stored);
                }

                var head = (shape.WeightBits(TransformerUnit.Head, 0, format) + shape.TiedHeadBits(format)) / 8;
                Assert.Equal(head, Cost(TransformerUnit.Head).WeightBytes, 1e-9 * head);
            }
        }
    }

    [Fact]
    public void The_head_is_read_at_its_own_bits_and_an_embedding_row_at_those_of_the_table()
    {
        var format = new NumberFormat("mine", 4, headBitsPerValue: 16, embeddingBitsPerValue: 8);
        double Bytes(string model, TransformerUnit unit) => TransformerCost.Prepare(ModelCatalog.Find(model).Shape, unit, 0, format, NumberFormat.F16, NumberFormat.F16)
            .Evaluate(new ForwardPass(1, 0)).WeightBytes;
        Assert.Equal(2 * ((32000.0 * 4096) + 4096), Bytes("llama-2-7b", TransformerUnit.Head));
        Assert.Equal(4096, Bytes("llama-2-7b", TransformerUnit.Embedding));
        Assert.Equal(2 * ((128256.0 * 2048) + 2048), Bytes("llama-3.2-1b", TransformerUnit.Head));
        Assert.Equal(2 * 2048, Bytes("llama-3.2-1b", TransformerUnit.Embedding));
        Assert.Equal(0, ModelCatalog.Find("llama-2-7b").Shape.TiedHeadBits(format));
        Assert.Equal(16 * 128256.0 * 2048, ModelCatalog.Find("llama-3.2-1b").Shape.TiedHeadBits(format));
    }

    [Fact]
    public void Bad_arguments_are_refused()
    {
        var shape = ModelCatalog.Find("llama-2-7b").Shape;
        Assert.Throws<ArgumentNullException>(() => shape.FileBytes(null!));
        Assert.Throws<ArgumentNullException>(() => shape.TiedHeadBits(null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => shape.WeightBits(TransformerUnit.Attention, 32, NumberFormat.F16));
        Assert.Throws<ArgumentOutOfRangeException>(() => shape.WeightBits((TransformerUnit)9, 0, NumberFormat.F16));
        Assert.Throws<ArgumentException>(() => (shape with { KeyValueHeads = 5 }).FileBytes(NumberFormat.F16));
    }
}
