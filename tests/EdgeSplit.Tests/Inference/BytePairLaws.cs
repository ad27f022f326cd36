using System.Security.Cryptography;
using System.Text;
using EdgeSplit.Core.Inference;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeSplit.Tests.Inference;

public sealed class BytePairLaws
{
    private static readonly Dictionary<string, BytePairTokenizer> Tokenizers = SmallTokenizer.Forms.ToDictionary(form => form, SmallTokenizer.Read);

    /// <summary>Texts of words that merge, white space, special tokens, code points of every plane.</summary>
    private static Gen<string> Texts { get; } = Gen.OneOf(
        Gen.Elements("the", " split", "12345", "  ", "\n", "\r\n", "'s", "<|begin|>", "<|begin|>x", "caf\u00E9!", " model", "ing", "aaaaaa", "\u0301", "\u00A0", "\u3000", "\uD834\uDD1E", "\uD840\uDC00"),
        from code in Gen.Choose(0, 0x10FFFF) where code is < 0xD800 or > 0xDFFF select char.ConvertFromUtf32(code)).ListOf().Select(parts => string.Concat(parts));

    [Theory]
    [InlineData("gpt2")]
    [InlineData("llama3")]
    [InlineData("smollm")]
    [InlineData("plain")]
    public void A_text_comes_back(string form) => Prop.ForAll(Arb.From(Texts), text =>
    {
        var tokenizer = Tokenizers[form];
        var ids = tokenizer.Encode(text);
        Assert.Equal(text, tokenizer.Decode(ids));
        Assert.Equal(ids, tokenizer.Encode(Encoding.UTF8.GetBytes(text).AsSpan()));
        Assert.All(ids, id => Assert.InRange(id, 0, tokenizer.Vocabulary - 1));
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("gpt2")]
    [InlineData("llama3")]
    [InlineData("plain")]
    public void Any_bytes_come_back(string form) => Prop.ForAll(Arb.From(Gen.Choose(0, 255).ArrayOf()), values =>
    {
        var bytes = Array.ConvertAll(values, value => (byte)value);
        Assert.Equal(bytes, Tokenizers[form].DecodeBytes(Tokenizers[form].Encode(bytes.AsSpan())));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Bytes_that_are_no_text_leave_the_text_around_them_alone()
    {
        var tokenizer = Tokenizers["gpt2"];
        byte[] broken = [0xFF, 0xC3];
        var ids = tokenizer.Encode([.. "the split"u8, .. broken, .. " model"u8]);
        Assert.Equal([.. tokenizer.Encode("the split"), 0xFF, 0xC3, .. tokenizer.Encode(" model")], ids);
    }

    [Fact]
    public void Composing_twice_changes_nothing() => Prop.ForAll(Arb.From(Texts), text =>
    {
        var back = CanonicalForm(text);
        Assert.Equal(back, CanonicalForm(back));
        Assert.Equal(Tokenizers["qwen2"].Encode(text), Tokenizers["qwen2"].Encode(back));
        Assert.True(text.Any(character => character >= 0x300) || back == text);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void With_a_prefix_space_one_space_more_comes_back_at_most() => Prop.ForAll(Arb.From(Texts), text =>
    {
        // One before each stretch between added tokens that does not begin with a space.
        var back = Tokenizers["prefix"].Decode(Tokenizers["prefix"].Encode(text));
        Assert.Equal(text.Replace(" ", ""), back.Replace(" ", ""));
        Assert.InRange(back.Length - text.Length, 0, 1 + text.Split("<|begin|>").Length + text.Split("caf\u00E9!").Length);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_fast_merge_equals_the_naive_one() => Prop.ForAll(Arb.From(Texts.Where(text => !text.Contains('<') && !text.Contains('!'))), text =>
        Assert.Equal(NaiveBytePairMerge.Encode(text), Tokenizers["plain"].Encode(text))).QuickCheckThrowOnFailure();

    [Fact]
    public void A_long_piece_without_break_is_merged_like_a_short_one()
    {
        // 20,000 letters in one piece; a quadratic merge would take minutes.
        var text = string.Concat(Enumerable.Repeat("thesplitingmodel", 1250));
        var tokenizer = Tokenizers["gpt2"];
        var ids = tokenizer.Encode(text);
        Assert.Equal(text, tokenizer.Decode(ids));
        Assert.Equal(NaiveBytePairMerge.Encode(text[..320]), tokenizer.Encode(text[..320]));
    }

    [Fact]
    public void Ids_of_merges_checked_by_hand()
    {
        // Three merges over bytes: ab (256), abc (257), bc (258). By rank: "abcbc" -> ab c bc? No: ab first, then ab+c, then b+c.
        var json = HandMade(["a b", "ab c", "b c"], ["ab", "abc", "bc"]);
        Assert.Equal([257, 258], SmallTokenizer.ReadJson(json).Encode("abcbc"));

        // The other order of ranks: bc first leaves no "ab" to merge.
        json = HandMade(["b c", "a b", "ab c"], ["bc", "ab", "abc"]);
        Assert.Equal(['a', 256, 256], SmallTokenizer.ReadJson(json).Encode("abcbc"));

        // Equal ranks go from the left: aaa is aa + a.
        json = HandMade(["a a"], ["aa"]);
        Assert.Equal([256, 'a'], SmallTokenizer.ReadJson(json).Encode("aaa"));
        Assert.Equal([256, 256], SmallTokenizer.ReadJson(json).Encode("aaaa"));

        static string HandMade(string[] merges, string[] tokens)
        {
            var vocabulary = SmallTokenizer.Vocabulary().Where(pair => pair.Value < 256).ToDictionary();
            foreach (var token in tokens)
            {
                vocabulary.Add(token, vocabulary.Count);
            }

            return System.Text.Json.JsonSerializer.Serialize(new
            {
                model = new { vocab = vocabulary, merges },
                pre_tokenizer = new { type = "ByteLevel", add_prefix_space = false },
            });
        }
    }

    [Fact]
    public void Whole_tokens_win_where_merges_are_ignored()
    {
        // No merge leads to " zebra", but it is in the vocabulary.
        var json = SmallTokenizer.Json("llama3").Replace("\"vocab\":{", "\"vocab\":{\"\\u0120zebra\":400,");
        Assert.Equal([400], SmallTokenizer.ReadJson(json).Encode(" zebra"));
        Assert.NotEqual([400], SmallTokenizer.ReadJson(json.Replace("\"ignore_merges\":true", "\"ignore_merges\":false")).Encode(" zebra"));
    }

    [Fact]
    public void Every_code_point_composes_as_unicode_says()
    {
        // SHA-256 of the composed forms of each code point alone, between letters and accents, in Hangul, and amid unsorted accents, a line each; the blocks
        // that hold all decompositions and combining characters. Python 3.11, unicodedata 14.0.0.
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (first, last) in (ReadOnlySpan<(int, int)>)[(0, 0x33FF), (0xA000, 0xABFF), (0xAC00, 0xD7A3), (0xF900, 0xFFFF), (0x10000, 0x11FFF), (0x1D000, 0x1D2FF), (0x1E000, 0x1EFFF), (0x2F800, 0x2FA1F)])
        {
            var lines = new StringBuilder();
            for (var code = first; code <= last; code++)
            {
                var text = char.ConvertFromUtf32(code);
                lines.Append(text).Append("\na").Append(text).Append("\u0301\n\u1100").Append(text).Append("\u11A8\n\u0327").Append(text).Append("\u0300\u0323\n");
            }

            hash.AppendData(Encoding.UTF8.GetBytes(CanonicalForm(lines.ToString())));
        }

        Assert.Equal("c2b39e71985efa04a5e6f32e93b18853214a0fe6489943347f749cca5244dea9", Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    [Fact]
    public void An_id_that_names_no_token_is_refused()
    {
        var tokenizer = Tokenizers["gpt2"];
        Assert.Throws<ArgumentOutOfRangeException>(() => tokenizer.Decode([-1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => tokenizer.Decode([tokenizer.Vocabulary]));
        var gap = SmallTokenizer.ReadJson(SmallTokenizer.Json("gpt2").Replace("\"vocab\":{", "\"vocab\":{\"zzz\":400,"));
        Assert.Equal(401, gap.Vocabulary);
        Assert.Throws<ArgumentOutOfRangeException>(() => gap.Decode([399]));
    }

    [Fact]
    public void Byte_tokens_are_the_bytes() => Prop.ForAll(Arb.From(Texts), text =>
    {
        var tokenizer = new ByteTokenizer();
        Assert.Equal(Encoding.UTF8.GetBytes(text).Select(value => (int)value), tokenizer.Encode(text));
        Assert.Equal(text, tokenizer.Decode(tokenizer.Encode(text)));
        Assert.Throws<ArgumentOutOfRangeException>(() => tokenizer.Decode([256]));
    }).QuickCheckThrowOnFailure();

    /// <summary>The composed form, as the tokenizer of Qwen2 sees it.</summary>
    private static string CanonicalForm(string text) => Tokenizers["qwen2"].Decode(Tokenizers["qwen2"].Encode(text));
}
