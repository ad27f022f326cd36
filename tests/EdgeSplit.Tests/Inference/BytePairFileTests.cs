using System.Text;
using System.Text.Json.Nodes;
using EdgeSplit.Core.Inference;

namespace EdgeSplit.Tests.Inference;

public sealed class BytePairFileTests
{
    [Theory]
    [InlineData("model.type", "\"Unigram\"", "model.type", "Unigram")]
    [InlineData("model.type", "\"WordPiece\"", "model.type", "BPE")]
    [InlineData("model.byte_fallback", "true", "model.byte_fallback", "SentencePiece")]
    [InlineData("model.dropout", "0.1", "model.dropout", "null")]
    [InlineData("model.end_of_word_suffix", "\"</w>\"", "model.end_of_word_suffix", "</w>")]
    [InlineData("model.continuing_subword_prefix", "\"##\"", "model.continuing_subword_prefix", "##")]
    [InlineData("model.vocab", "[]", "model.vocab", "an array")]
    [InlineData("model.vocab", "{}", "model.vocab", "256 bytes")]
    [InlineData("model.vocab.a", "-1", "model.vocab.a", "-1")]
    [InlineData("model.vocab.a", "1e999", "model.vocab.a", "1e999")]
    [InlineData("model.vocab.a", "98", "model.vocab.b", "97")]
    [InlineData("model.merges", "{}", "model.merges", "an object")]
    [InlineData("model.merges", "[\"a\"]", "model.merges[0]", "two tokens")]
    [InlineData("model.merges", "[\"t h e\"]", "model.merges[0]", "two tokens")]
    [InlineData("model.merges", "[[\"t\", 3]]", "model.merges[0]", "two tokens")]
    [InlineData("model.merges", "[\"z q\"]", "model.merges[0]", "zq")]
    [InlineData("model.merges", "[\"i n\", \"i n\"]", "model.merges[1]", "a second time")]
    [InlineData("model", "null", "model", "BPE")]
    [InlineData("normalizer", "{\"type\": \"NFKC\"}", "normalizer.type", "NFKC")]
    [InlineData("normalizer", "{\"type\": \"Sequence\", \"normalizers\": []}", "normalizer.type", "Sequence")]
    [InlineData("decoder", "{\"type\": \"Metaspace\"}", "decoder.type", "Metaspace")]
    [InlineData("pre_tokenizer", "null", "pre_tokenizer", "ByteLevel")]
    [InlineData("pre_tokenizer", "{\"type\": \"Metaspace\"}", "pre_tokenizer.type", "Metaspace")]
    [InlineData("pre_tokenizer", "{\"type\": \"Sequence\", \"pretokenizers\": []}", "pre_tokenizer.type", "empty")]
    [InlineData("pre_tokenizer", "{\"type\": \"Sequence\", \"pretokenizers\": [3]}", "pre_tokenizer.pretokenizers[0]", "an object")]
    [InlineData("pre_tokenizer.pretokenizers[0].behavior", "\"Removed\"", "pre_tokenizer.pretokenizers[0].behavior", "Isolated")]
    [InlineData("pre_tokenizer.pretokenizers[0].invert", "true", "pre_tokenizer.pretokenizers[0].invert", "false")]
    [InlineData("pre_tokenizer.pretokenizers[0].type", "\"Whitespace\"", "pre_tokenizer.pretokenizers[0].type", "Whitespace")]
    [InlineData("pre_tokenizer.pretokenizers[0].pattern", "{\"String\": \" \"}", "pre_tokenizer.pretokenizers[0].pattern.Regex", "a regular expression")]
    [InlineData("pre_tokenizer.pretokenizers[0].pattern.Regex", "\"(\"", "pre_tokenizer.pretokenizers[0].pattern.Regex", "(")]
    [InlineData("pre_tokenizer.pretokenizers[0].pattern.Regex", "\"a?+\"", "pre_tokenizer.pretokenizers[0].pattern.Regex", "a?+")]
    [InlineData("pre_tokenizer.pretokenizers[0].pattern.Regex", "\"[a-z&&[^b]]\"", "pre_tokenizer.pretokenizers[0].pattern.Regex", "intersection")]
    [InlineData("pre_tokenizer.pretokenizers[0].pattern.Regex", "\"[[:alpha:]]\"", "pre_tokenizer.pretokenizers[0].pattern.Regex", "class inside a class")]
    [InlineData("pre_tokenizer.pretokenizers[0].pattern.Regex", "\"^a\"", "pre_tokenizer.pretokenizers[0].pattern.Regex", "anchor")]
    [InlineData("pre_tokenizer.pretokenizers[0].pattern.Regex", "\"\\\\p{Han}\"", "pre_tokenizer.pretokenizers[0].pattern.Regex", "Han")]
    [InlineData("pre_tokenizer.pretokenizers[0].pattern.Regex", "\"\"", "pre_tokenizer.pretokenizers[0].pattern.Regex", "0 characters")]
    [InlineData("pre_tokenizer.pretokenizers[1].add_prefix_space", "true", "pre_tokenizer.pretokenizers[1].add_prefix_space", "false")]
    [InlineData("added_tokens[0].lstrip", "true", "added_tokens[0].lstrip", "true")]
    [InlineData("added_tokens[0].single_word", "true", "added_tokens[0].single_word", "true")]
    [InlineData("added_tokens[0].content", "\"\"", "added_tokens[0].content", "empty")]
    [InlineData("added_tokens[0].content", "\"<|begin|>x\"", "added_tokens[1].content", "a second time")]
    [InlineData("added_tokens[0].content", "\"in\"", "added_tokens[0].id", "as the vocabulary has it")]
    [InlineData("added_tokens[0].id", "97", "added_tokens[0].id", "\"a\"")]
    [InlineData("added_tokens[0].id", "-1", "added_tokens[0].id", "-1")]
    [InlineData("added_tokens", "7", "added_tokens", "an array")]
    public void What_is_not_read_is_refused_by_name(string path, string value, string key, string says)
    {
        var root = JsonNode.Parse(SmallTokenizer.Json("llama3"))!;
        var parts = path.Replace("[", ".[", StringComparison.Ordinal).Split('.');
        var node = root;
        foreach (var part in parts[..^1])
        {
            node = part[0] == '[' ? node[part[1] - '0']! : node[part]!;
        }

        if (value == "98")
        {
            // Two tokens of one id: the second is named.
            node["b"] = node["a"]!.DeepClone();
        }
        else
        {
            node[parts[^1]] = value == "1e999" ? JsonNode.Parse("1e999") : JsonNode.Parse(value);
        }

        var error = Assert.Throws<CheckpointException>(() => SmallTokenizer.ReadJson(root.ToJsonString()));
        Assert.Equal(key, error.Entry);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_oldest_files_name_no_type_and_the_name_is_that_of_the_folder()
    {
        using var folder = new TemporaryFolder();
        folder.Write("tokenizer.json", SmallTokenizer.Json("gpt2").Replace("\"type\":\"BPE\",", "", StringComparison.Ordinal));
        var tokenizer = BytePairTokenizer.Read(folder.Path);
        Assert.Equal(Path.GetFileName(folder.Path), tokenizer.Name);
        Assert.Equal(355, tokenizer.Vocabulary);
        Assert.Equal(tokenizer.Encode("the split"), SmallTokenizer.Read("gpt2").Encode("the split"));
    }

    [Fact]
    public void A_missing_or_broken_file_is_named()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("tokenizer.json", Assert.Throws<CheckpointException>(() => BytePairTokenizer.Read(folder.Path)).Message, StringComparison.Ordinal);
        foreach (var text in (ReadOnlySpan<string>)["", "{", "[]", "{}", "{\"model\":{\"vocab\":{\"\\ud800\":1}}}", "{\"model\":{\"merges\":[\"\\ud800 a\"],\"vocab\":{}}}", new string('[', 100_000)])
        {
            Assert.Throws<CheckpointException>(() => BytePairTokenizer.Read(folder.Write("tokenizer.json", text)));
        }
    }

    [Fact]
    public void A_hostile_pattern_ends_in_an_error()
    {
        // A backtracking engine tries 2^n ways to cut n letters before it gives up looking for the mark behind them.
        var json = SmallTokenizer.Json("llama3").Replace(System.Text.Json.JsonSerializer.Serialize(SmallTokenizer.Llama3Pattern), "\"(?:[a-c]+[a-d]?)+(?=!)\"", StringComparison.Ordinal);
        var tokenizer = SmallTokenizer.ReadJson(json);
        var error = Assert.Throws<CheckpointException>(() => tokenizer.Encode(new string('a', 60)));
        Assert.Equal("pre_tokenizer", error.Entry);

        // Without a lookahead the engine needs no backtracking, so the same loops are harmless.
        tokenizer = SmallTokenizer.ReadJson(json.Replace("(?=!)", "!", StringComparison.Ordinal));
        Assert.Equal(60, tokenizer.DecodeBytes(tokenizer.Encode(new string('a', 60))).Length);
    }

    [Fact]
    public void A_damaged_tokenizer_works_or_is_refused()
    {
        using var folder = new TemporaryFolder();
        var valid = Encoding.UTF8.GetBytes(SmallTokenizer.Json("llama3"));
        var refused = 0;
        for (ulong n = 0; n < 2000; n++)
        {
            try
            {
                var tokenizer = BytePairTokenizer.Read(folder.Write("tokenizer.json", FileMutation.Mutate(valid, valid.Length, n)));
                Assert.Equal("the split", tokenizer.Decode(tokenizer.Encode("the split")));
            }
            catch (CheckpointException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 1000, 1999);
    }
}
