using System.Text;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Tests.Transformers;

public class HuggingFaceConfigTests
{
    private const string Llama = """
        {"model_type": "llama", "hidden_size": 64, "intermediate_size": 128, "num_hidden_layers": 2, "num_attention_heads": 8,
         "num_key_value_heads": 4, "vocab_size": 1000, "max_position_embeddings": 256}
        """;

    /// <summary>Published configuration files and the published parameter counts, from the models' cards; null: the family is refused.</summary>
    public static TheoryData<string, long?> Files => new()
    {
        { "llama-2-7b", 6_738_415_616 },
        { "llama-3.1-8b", 8_030_261_248 },
        { "codellama-34b-instruct", 33_743_970_304 },
        { "mistral-7b-v0.1", 7_241_732_096 },
        { "qwen2.5-0.5b", 494_032_768 },
        { "qwen3-0.6b", 596_049_920 },
        { "qwen3-30b-a3b", 30_532_122_624 },
        { "gemma-2-2b", 2_614_341_888 },
        { "gemma-3-1b-it", 999_885_952 },
        { "phi-2", 2_779_683_840 },
        { "opt-1.3b", 1_315_758_080 },
        { "gpt2-large", 774_030_080 },
        { "tinyllama-1.1b-chat-v1.0", 1_100_048_384 },
        { "qwen2.5-vl-7b-instruct", 7_615_616_512 }, // language part: the shape of Qwen2.5-7B, "7.62 B"
        { "gemma-4-26b-a4b", null },
        { "deepseek-v3", 671_026_419_200 }, // without the layer that predicts a second token
        { "baichuan2-7b", 7_505_973_248 },
        { "chatglm3-6b", 6_243_584_000 },
    };

    [SharedDataFact]
    public void Published_files_give_the_published_counts_or_a_clear_refusal()
    {
        var folder = SharedData.PathOf("data/configs");
        foreach (var row in Files)
        {
            var (name, parameters) = ((string)((object?[])row)[0]!, (long?)((object?[])row)[1]);
            var path = Path.Combine(folder, name + ".json");
            if (parameters is { } count)
            {
                var shape = HuggingFaceConfig.Read(path);
                Assert.Equal(count, shape.TotalParameters);
                Assert.Equal(name, shape.Name);
                continue;
            }

            var error = Assert.Throws<TransformerConfigException>(() => HuggingFaceConfig.Read(path));
            Assert.Equal(path, error.ConfigSource);
            Assert.EndsWith("model_type", error.Key, StringComparison.Ordinal);
            Assert.Contains("qwen3_moe", error.Allowed, StringComparison.Ordinal);
            Assert.Contains(path, error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(Directory.GetFiles(folder, "*.json").Length, Files.Count);
    }

    [SharedDataFact]
    public void A_published_file_and_its_catalogue_entry_are_the_same_shape()
    {
        foreach (var (file, name) in new[]
        {
            ("llama-2-7b", "llama-2-7b"), ("llama-3.1-8b", "llama-3.1-8b"), ("codellama-34b-instruct", "codellama-34b"), ("mistral-7b-v0.1", "mistral-7b-v0.1"),
            ("qwen2.5-0.5b", "qwen2.5-0.5b"), ("qwen3-0.6b", "qwen3-0.6b"), ("qwen3-30b-a3b", "qwen3-30b-a3b"), ("gemma-2-2b", "gemma-2-2b"),
            ("deepseek-v3", "deepseek-v3"), ("baichuan2-7b", "baichuan2-7b"), ("chatglm3-6b", "chatglm3-6b"),
            ("gemma-3-1b-it", "gemma-3-1b"), ("phi-2", "phi-2"), ("opt-1.3b", "opt-1.3b"), ("gpt2-large", "gpt2-large"), ("tinyllama-1.1b-chat-v1.0", "tinyllama-1.1b"),
        })
        {
            Assert.Equal(ModelCatalog.Find(name).Shape, HuggingFaceConfig.Read(SharedData.PathOf($"data/configs/{file}.json")) with { Name = name });
        }
    }

    [Theory]
    [InlineData("gemma4", "gemma")]
    [InlineData("mamba", null)]
    [InlineData("deepseek_v4", "deepseek_v2")]
    [InlineData("gpt_os", "gpt_oss")]
    [InlineData("lama", "llama")]
    [InlineData("qwen2_moe", "qwen3_moe")]
    [InlineData("mistrall", "mistral")]
    public void An_unknown_family_is_refused_with_the_nearest(string family, string? nearest)
    {
        var error = Refused(Llama.Replace("llama", family, StringComparison.Ordinal), "model_type");
        Assert.Contains(family, error.Found, StringComparison.Ordinal);
        Assert.Equal(nearest is not null, error.Allowed.Contains("nearest", StringComparison.Ordinal));
        Assert.EndsWith(nearest is null ? "opt" : $"(nearest: {nearest})", error.Allowed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"hidden_size\": 64", "\"hidden_size\": \"64\"", "hidden_size", "\"64\"")]
    [InlineData("\"hidden_size\": 64", "\"hidden_size\": 64.5", "hidden_size", "64.5")]
    [InlineData("\"hidden_size\": 64", "\"hidden_size\": 0", "hidden_size", "0")]
    [InlineData("\"hidden_size\": 64", "\"hidden_size\": -64", "hidden_size", "-64")]
    [InlineData("\"hidden_size\": 64", "\"hidden_size\": 1e300", "hidden_size", "1e300")]
    [InlineData("\"hidden_size\": 64", "\"hidden_size\": null", "hidden_size", "null")]
    [InlineData("\"hidden_size\": 64", "\"hidden_size\": true", "hidden_size", "true")]
    [InlineData("\"hidden_size\": 64", "\"hidden_size\": [64]", "hidden_size", "array")]
    [InlineData("\"hidden_size\": 64", "\"hiden_size\": 64", "hidden_size", "hiden_size")]
    [InlineData("\"hidden_size\": 64", "\"hidden_size\": NaN", "", "hidden_size")]
    [InlineData("\"hidden_size\": 64", "\"hidden_size\": \"NaN\"", "hidden_size", "NaN")]
    [InlineData("\"hidden_size\": 64", "\"hidden_size\": 65", "num_attention_heads", "8")]
    [InlineData("\"num_key_value_heads\": 4", "\"num_key_value_heads\": 3", "num_key_value_heads", "3")]
    [InlineData("\"num_key_value_heads\": 4", "\"num_key_value_heads\": 16", "num_key_value_heads", "16")]
    [InlineData("\"num_hidden_layers\": 2", "\"num_hidden_layers\": 2000000", "num_hidden_layers", "2000000")]
    [InlineData("\"vocab_size\": 1000", "\"vocab_size\": 1000, \"tie_word_embeddings\": \"yes\"", "tie_word_embeddings", "yes")]
    [InlineData("\"vocab_size\": 1000", "\"vocab_size\": 1000, \"head_dim\": 0", "head_dim", "0")]
    [InlineData("\"vocab_size\": 1000", "\"vocab_size\": 1000, \"attention_bias\": 1", "attention_bias", "1")]
    [InlineData("\"vocab_size\": 1000", "\"vocab_size\": 1000, \"layer_types\": [\"full_attention\"]", "layer_types", "1 entries")]
    [InlineData("\"vocab_size\": 1000", "\"vocab_size\": 1000, \"layer_types\": [\"full_attention\", \"linear_attention\"]", "layer_types[1]", "linear_attention")]
    [InlineData("\"vocab_size\": 1000", "\"vocab_size\": 1000, \"layer_types\": [\"full_attention\", \"sliding_attention\"]", "sliding_window", "no such key")]
    [InlineData("\"vocab_size\": 1000", "\"vocab_size\": 1000, \"text_config\": 5", "text_config", "5")]
    [InlineData("\"model_type\": \"llama\"", "\"model_type\": 7", "model_type", "7")]
    [InlineData("\"model_type\": \"llama\", ", "", "model_type", "no such key")]
    [InlineData("\"llama\"", "\"mistral\", \"sliding_window\": 0", "sliding_window", "0")]
    [InlineData("\"llama\"", "\"mixtral\"", "num_local_experts", "no such key")]
    [InlineData("\"llama\"", "\"mixtral\", \"num_local_experts\": 8, \"num_experts_per_tok\": 9", "num_experts_per_tok", "9")]
    [InlineData("\"llama\"", "\"qwen3_moe\", \"num_experts\": 8, \"num_experts_per_tok\": 2, \"moe_intermediate_size\": 9, \"mlp_only_layers\": [2]", "mlp_only_layers[0]", "2")]
    [InlineData("\"llama\"", "\"gpt2\"", "n_embd", "no such key")]
    [InlineData("\"llama\"", "\"opt\", \"ffn_dim\": 256, \"word_embed_proj_dim\": 32", "word_embed_proj_dim", "32")]
    [InlineData("\"llama\"", "\"opt\", \"ffn_dim\": 256, \"do_layer_norm_before\": false", "do_layer_norm_before", "false")]
    public void A_wrong_value_is_refused_with_its_key_and_what_was_found(string from, string to, string key, string found)
    {
        Assert.Contains(from, Llama, StringComparison.Ordinal);
        Assert.Contains(found, Refused(Llama.Replace(from, to, StringComparison.Ordinal), key).Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("42")]
    [InlineData("{\"model_type\": \"llama\"")]
    [InlineData("{} {}")]
    [InlineData("{\"model_type\": \"\\ud800\"}")]
    [InlineData("{\"model_type\": \"\ud800\"}")]
    public void What_is_not_a_JSON_object_is_refused(string json) => Assert.Throws<TransformerConfigException>(() => HuggingFaceConfig.Parse(json, "broken"));

    [Fact]
    public void A_missing_file_or_folder_is_refused_by_name()
    {
        foreach (var path in new[] { "no/such/config.json", "", "bad\0path", Path.GetTempPath() })
        {
            var error = Assert.Throws<TransformerConfigException>(() => HuggingFaceConfig.Read(path));
            Assert.StartsWith(path, error.ConfigSource, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_folder_is_read_by_its_config_and_gives_the_name()
    {
        var folder = Path.Combine(Path.GetTempPath(), "edgesplit-config-test-" + Environment.ProcessId, "tiny-llama");
        try
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, "config.json"), "\n " + Llama, new UTF8Encoding(true));
            Assert.Equal("tiny-llama", HuggingFaceConfig.Read(folder).Name);
            Assert.Equal("tiny-llama", HuggingFaceConfig.Read(Path.Combine(folder, "config.json")).Name);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(folder)!, true);
        }
    }

    [Fact]
    public void Damaged_text_gives_a_shape_or_the_one_exception_and_never_another()
    {
        var state = 12345u;
        uint Next()
        {
            state = unchecked((state * 1664525u) + 1013904223u);
            return state >> 8;
        }

        var sources = new[] { Llama, PublishedModels.ConfigOf(PublishedModels.Of("qwen3-30b-a3b")), PublishedModels.ConfigOf(PublishedModels.Of("gpt2")) };
        const string Letters = "0123456789eE-.\"{}[],:ntf\\u ";
        for (var round = 0; round < 6000; round++)
        {
            var text = new StringBuilder(sources[round % sources.Length]);
            for (var edit = 0; edit < 1 + (Next() % 3); edit++)
            {
                var at = (int)(Next() % (uint)text.Length);
                _ = (Next() % 3) switch
                {
                    0 => text.Remove(at, 1),
                    1 => text.Insert(at, Letters[(int)(Next() % (uint)Letters.Length)]),
                    _ => text.Replace(text[at], Letters[(int)(Next() % (uint)Letters.Length)], at, 1),
                };
            }

            try
            {
                Assert.True(HuggingFaceConfig.Parse(text.ToString(), "damaged").TotalParameters > 0);
            }
            catch (TransformerConfigException)
            {
            }
        }
    }

    [Fact]
    public void The_language_part_of_a_multimodal_Gemma_3_is_read_with_the_defaults_of_its_class()
    {
        // The text_config of google/gemma-3-4b-it names no other key that matters here; its table has 262,208 rows.
        const string Json = """
            {"architectures": ["Gemma3ForConditionalGeneration"], "model_type": "gemma3", "vision_config": {"hidden_size": 1152},
             "text_config": {"hidden_size": 2560, "intermediate_size": 10240, "model_type": "gemma3_text", "num_hidden_layers": 34, "sliding_window": 1024}}
            """;
        Assert.Equal(ModelCatalog.Find("gemma-3-4b").Shape, HuggingFaceConfig.Parse(Json, "gemma-3-4b"));
        Assert.Equal(ModelCatalog.Find("gemma-3-4b").Shape, HuggingFaceConfig.Parse(Json.Replace("\"model_type\": \"gemma3_text\", ", "", StringComparison.Ordinal), "gemma-3-4b"));
        Assert.Equal("text_config.hidden_size", Refused(Json.Replace("\"hidden_size\": 2560, ", "", StringComparison.Ordinal), "text_config.hidden_size").Key);
    }

    [Fact]
    public void Windows_follow_the_keys()
    {
        string Mistral(string keys) => Llama.Replace("\"llama\"", "\"mistral\"" + keys, StringComparison.Ordinal);
        Assert.Equal(4096, HuggingFaceConfig.Parse(Mistral(""), "a").AttentionWindow(0));
        Assert.Equal(int.MaxValue, HuggingFaceConfig.Parse(Mistral(", \"sliding_window\": null"), "a").AttentionWindow(0));

        string Qwen(string keys) => Llama.Replace("\"llama\"", "\"qwen2\", \"sliding_window\": 99" + keys, StringComparison.Ordinal);
        Assert.Equal(int.MaxValue, HuggingFaceConfig.Parse(Qwen(""), "a").AttentionWindow(1));
        var upper = HuggingFaceConfig.Parse(Qwen(", \"use_sliding_window\": true, \"max_window_layers\": 1"), "a");
        Assert.Equal((int.MaxValue, 99), (upper.AttentionWindow(0), upper.AttentionWindow(1)));
        Assert.Equal(int.MaxValue, HuggingFaceConfig.Parse(Qwen(", \"use_sliding_window\": true"), "a").AttentionWindow(1));

        var listed = HuggingFaceConfig.Parse(
            Llama.Replace("\"llama\"", "\"gemma2\", \"sliding_window\": 7, \"layer_types\": [\"full_attention\", \"sliding_attention\"]", StringComparison.Ordinal), "a");
        Assert.Equal((int.MaxValue, 7), (listed.AttentionWindow(0), listed.AttentionWindow(1)));
    }

    [Fact]
    public void Biases_and_norms_follow_the_family_and_the_keys()
    {
        TransformerShape Parse(string family, string keys = "") => HuggingFaceConfig.Parse(Llama.Replace("\"llama\"", $"\"{family}\"{keys}", StringComparison.Ordinal), "a");
        var plain = Parse("llama").TotalParameters;
        Assert.Equal(2 * (64 + 32 + 32 + 64), Parse("llama", ", \"attention_bias\": true").TotalParameters - plain);
        Assert.Equal(2 * (128 + 128 + 64), Parse("llama", ", \"mlp_bias\": true").TotalParameters - plain);
        Assert.Equal(2 * (64 + 32 + 32), Parse("qwen2").TotalParameters - plain);
        Assert.Equal(2 * (2 * 8), Parse("qwen3", ", \"head_dim\": 8").TotalParameters - plain);
        Assert.Equal((2 * 2 * 64) - (1000 * 64), Parse("gemma2", ", \"head_dim\": 8").TotalParameters - plain);
        Assert.Equal(-1000 * 64, Parse("llama", ", \"tie_word_embeddings\": true").TotalParameters - plain);
        Assert.Equal(128, Parse("qwen3").HeadDimension);
        Assert.Equal(256, Parse("gemma").HeadDimension);
    }

    [Fact]
    public void Layers_without_experts_are_dense()
    {
        var shape = HuggingFaceConfig.Parse(
            """
            {"model_type": "qwen3_moe", "hidden_size": 64, "intermediate_size": 128, "num_hidden_layers": 6, "num_attention_heads": 8, "num_key_value_heads": 4,
             "vocab_size": 1000, "max_position_embeddings": 256, "num_experts": 4, "num_experts_per_tok": 2, "moe_intermediate_size": 32,
             "decoder_sparse_step": 2, "mlp_only_layers": [3]}
            """,
            "mixed");
        Assert.Equal([false, true, false, false, false, true], Enumerable.Range(0, 6).Select(shape.HasExperts));
        Assert.Equal((3 * 64 * 128) + 64, shape.ParametersOf(TransformerUnit.FeedForward, 0));
        Assert.Equal((4 * 64) + (4 * 3 * 64 * 32) + 64, shape.ParametersOf(TransformerUnit.FeedForward, 1));
    }

    private static TransformerConfigException Refused(string json, string key)
    {
        var error = Assert.Throws<TransformerConfigException>(() => HuggingFaceConfig.Parse(json, "some-file.json"));
        Assert.Equal(key, error.Key);
        Assert.Contains("some-file.json", error.Message, StringComparison.Ordinal);
        Assert.Contains(key, error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(error.Allowed);
        return error;
    }
}
