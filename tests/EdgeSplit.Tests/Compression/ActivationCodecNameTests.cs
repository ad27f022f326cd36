using EdgeSplit.Core;
using EdgeSplit.Core.Compression;

namespace EdgeSplit.Tests.Compression;

public sealed class ActivationCodecNameTests
{
    [Fact]
    public void The_name_of_a_codec_gives_the_same_codec_again()
    {
        foreach (var name in CodecMessages.Names.Concat(ActivationCodecs.All.Select(entry => entry.Name)))
        {
            var codec = ActivationCodecs.Parse(name);
            Assert.Equal(name, codec.Name);
            Assert.Equal(name, codec.ToString());
            Assert.Equal(codec, ActivationCodecs.Parse(codec.Name.ToLowerInvariant()));
        }
    }

    [Theory]
    [InlineData("bits:3", "INT3")]
    [InlineData("BITS:12-channel", "INT12-channel")]
    [InlineData("INT8-token", "INT8")]
    [InlineData(" f16 ", "F16")]
    [InlineData("int4-TOKEN+Entropy:3", "INT4+entropy:3")]
    [InlineData("top-K:0.50", "top-k:0.5")]
    public void Other_spellings_mean_the_same(string written, string name) => Assert.Equal(name, ActivationCodecs.Parse(written).Name);

    [Theory]
    [InlineData("INT17")]
    [InlineData("INT1")]
    [InlineData("bits:0")]
    [InlineData("INT9+entropy")]
    [InlineData("INT4+entropy:4.5")]
    [InlineData("INT4+entropy:NaN")]
    [InlineData("top-k:0")]
    [InlineData("top-k:1.5")]
    [InlineData("top-k:NaN")]
    public void A_number_out_of_range_is_named_as_such(string name)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ActivationCodecs.Parse(name));
        Assert.False(ActivationCodecs.TryParse(name, out var codec));
        Assert.Null(codec);
    }

    [Theory]
    [InlineData("INT8-chanel", "INT8-channel")]
    [InlineData("FP16", "F16")]
    [InlineData("top-k", null)]
    [InlineData("INT4+entrop", "INT4+entropy")]
    [InlineData("INT", null)]
    [InlineData("INT-4", null)]
    [InlineData("low-rank:64", null)]
    [InlineData("", null)]
    [InlineData("int4-channel-token", null)]
    [InlineData("INT4+entropy:", null)]
    [InlineData("INT99999999999", null)]
    public void An_unknown_name_says_which_one_is_near(string name, string? near)
    {
        var error = Assert.Throws<UnknownNameException>(() => ActivationCodecs.Parse(name));
        Assert.Contains("F16", error.Known);
        if (near is not null)
        {
            Assert.Equal(near, error.Suggestion);
        }

        Assert.False(ActivationCodecs.TryParse(name, out _));
    }

    [Fact]
    public void No_name_is_no_codec()
    {
        Assert.Throws<ArgumentNullException>(() => ActivationCodecs.Parse(null!));
        Assert.False(ActivationCodecs.TryParse(null, out _));
    }

    [Fact]
    public void The_list_has_each_name_once_and_says_what_it_means()
    {
        Assert.Equal(ActivationCodecs.All.Count, ActivationCodecs.All.Select(entry => entry.Name).Distinct().Count());
        Assert.All(ActivationCodecs.All, entry => Assert.EndsWith(".", entry.Meaning, StringComparison.Ordinal));
        Assert.All(ActivationCodecs.All, entry => Assert.Equal(entry.Codec.ValueBits, entry.ValueBits));
    }
}
