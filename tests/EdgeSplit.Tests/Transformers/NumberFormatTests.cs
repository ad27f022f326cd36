using EdgeSplit.Core;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Tests.Transformers;

public class NumberFormatTests
{
    // Block bytes per values of ggml: 18/32, 20/32, 22/32, 24/32, 34/32, 84/256, 110/256, 144/256, 176/256, 210/256.
    [Theory]
    [InlineData("F32", 32)]
    [InlineData("F16", 16)]
    [InlineData("BF16", 16)]
    [InlineData("INT8", 8)]
    [InlineData("INT4", 4)]
    [InlineData("INT4-G128", 4.125)]
    [InlineData("INT4-G32", 4.5)]
    [InlineData("INT4-G64", 4.25)]
    [InlineData("INT4-G256", 4.0625)]
    [InlineData("AWQ", 4.15625)]
    [InlineData("GPTQ", 4.15625)]
    [InlineData("INT3-G128", 3.125)]
    [InlineData("INT2-G128", 2.125)]
    [InlineData("INT3-G40", 3.6)]
    [InlineData("Q1_0-G128", 1.125)]
    [InlineData("FP8", 8)]
    [InlineData("MXFP4", 4.25)]
    [InlineData("NVFP4", 4.5)]
    [InlineData("NF4", 4.126953125)]
    [InlineData("Q8_K", 9.125)]
    [InlineData("IQ4_NL", 4.5)]
    [InlineData("IQ4_XS", 4.25)]
    [InlineData("IQ4_KT", 4)]
    [InlineData("TQ1_0", 1.6875)]
    [InlineData("TQ2_0", 2.0625)]
    [InlineData("Q4_0", 4.5)]
    [InlineData("Q4_1", 5)]
    [InlineData("Q5_0", 5.5)]
    [InlineData("Q5_1", 6)]
    [InlineData("Q8_0", 8.5)]
    [InlineData("Q2_K", 2.625)]
    [InlineData("Q3_K", 3.4375)]
    [InlineData("Q4_K", 4.5)]
    [InlineData("Q5_K", 5.5)]
    [InlineData("Q6_K", 6.5625)]
    public void Bits_are_those_of_the_blocks(string name, double bits)
    {
        var format = NumberFormat.Parse(name);
        Assert.Equal(bits, format.BitsPerValue);
        Assert.Equal(bits / 8, format.BytesPerValue);
        Assert.Equal(name, format.ToString());
    }

    [Fact]
    public void Mixtures_lie_between_their_blocks_and_larger_files_have_more_bits()
    {
        NumberFormat[] rising = [NumberFormat.Q3_K_S, NumberFormat.Q3_K_M, NumberFormat.Q3_K_L, NumberFormat.Q4_K_S, NumberFormat.Q4_K_M, NumberFormat.Q5_K_S, NumberFormat.Q5_K_M];
        Assert.Equal(rising.Select(format => format.BitsPerValue).Order(), rising.Select(format => format.BitsPerValue));
        Assert.InRange(NumberFormat.Q4_K_M.BitsPerValue, NumberFormat.Q4_K.BitsPerValue, NumberFormat.Q6_K.BitsPerValue);
        Assert.InRange(NumberFormat.Q3_K_S.BitsPerValue, NumberFormat.Q3_K.BitsPerValue, NumberFormat.Q4_K.BitsPerValue);
    }

    [Fact]
    public void Every_format_is_found_by_its_name_in_any_case_and_names_are_unique()
    {
        foreach (var format in NumberFormat.All)
        {
            Assert.Same(format, NumberFormat.Parse(format.Name.ToLowerInvariant()));
        }

        Assert.Equal(NumberFormat.All.Count, NumberFormat.All.Select(format => format.Name).Distinct().Count());
        Assert.Same(NumberFormat.F16, NumberFormat.Parse("float16"));
        Assert.Same(NumberFormat.BF16, NumberFormat.Parse("bfloat16"));
        Assert.Same(NumberFormat.F32, NumberFormat.Parse("fp32"));
    }

    [Theory]
    [InlineData("Q4_KM", "Q4_K_M")]
    [InlineData("q8-0", "Q8_0")]
    [InlineData("F61", "F16")]
    [InlineData("hexadecimal", null)]
    [InlineData("", null)]
    public void An_unknown_format_names_the_nearest(string wanted, string? nearest)
    {
        Assert.False(NumberFormat.TryParse(wanted, out _));
        var error = Assert.Throws<UnknownNameException>(() => NumberFormat.Parse(wanted));
        Assert.Equal(wanted, error.Wanted);
        Assert.Equal(nearest, error.Suggestion);
        Assert.Equal(NumberFormat.All.Count, error.Known.Count);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(0)]
    [InlineData(-4)]
    [InlineData(65)]
    public void Bits_out_of_range_are_refused(double bits) => Assert.Throws<ArgumentOutOfRangeException>(() => new NumberFormat("mine", bits));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(0)]
    [InlineData(65)]
    public void Bits_of_head_embedding_or_experts_out_of_range_are_refused(double bits)
    {
        Assert.Throws<ArgumentOutOfRangeException>("headBitsPerValue", () => new NumberFormat("mine", 4, headBitsPerValue: bits));
        Assert.Throws<ArgumentOutOfRangeException>("embeddingBitsPerValue", () => new NumberFormat("mine", 4, embeddingBitsPerValue: bits));
        Assert.Throws<ArgumentOutOfRangeException>("expertBitsPerValue", () => new NumberFormat("mine", 4, expertBitsPerValue: bits));
    }

    [Fact]
    public void Head_embedding_and_experts_take_the_bits_of_the_layers_unless_told_otherwise()
    {
        var plain = new NumberFormat("mine", 4);
        Assert.Equal((4, 4, 4), (plain.HeadBitsPerValue, plain.EmbeddingBitsPerValue, plain.ExpertBitsPerValue));
        var told = new NumberFormat("mine", 4, 8, 16, 3);
        Assert.Equal((8, 16, 3), (told.HeadBitsPerValue, told.EmbeddingBitsPerValue, told.ExpertBitsPerValue));
        Assert.Equal(told, new NumberFormat("mine", 4, 8, 16, 3));
        Assert.NotEqual(told, plain);
    }

    [Fact]
    public void The_head_of_a_GGUF_file_is_Q6_K_and_its_embedding_is_of_the_base_block()
    {
        foreach (var (name, head, embedding) in new[]
        {
            ("Q4_0", 6.5625, 4.5), ("Q8_0", 8.5, 8.5), ("Q6_K", 6.5625, 6.5625), ("Q4_K_M", 6.5625, 4.5), ("Q3_K_M", 6.5625, 3.4375), ("Q2_K_M", 6.5625, 2.625),
            ("IQ2_XXS", 5.5, 2.625), ("IQ4_XS", 6.5625, 4.25), ("F16", 16, 16), ("MXFP4_MOE", 8.5, 8.5),
        })
        {
            var format = NumberFormat.Parse(name);
            Assert.Equal((head, embedding), (format.HeadBitsPerValue, format.EmbeddingBitsPerValue));
        }

        Assert.Equal(4.25, NumberFormat.Parse("MXFP4_MOE").ExpertBitsPerValue);
    }
}
