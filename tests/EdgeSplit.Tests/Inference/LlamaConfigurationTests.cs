using EdgeSplit.Core.Inference;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Tests.Inference;

public sealed class LlamaConfigurationTests
{
    private const string Least =
        """{"model_type": "FAMILY", "num_hidden_layers": 4, "hidden_size": 64, "intermediate_size": 96, "num_attention_heads": 4, KV "vocab_size": 100, "max_position_embeddings": 512 MORE}""";

    [Theory]
    [InlineData("llama")]
    [InlineData("mistral")]
    [InlineData("qwen2")]
    [InlineData("qwen3")]
    public void What_a_file_leaves_out_follows_the_class(string family)
    {
        var found = Read(family);
        Assert.Equal(family, found.Family);
        Assert.Equal((4, 64, 96, 4, 100, 512), (found.Layers, found.HiddenSize, found.IntermediateSize, found.QueryHeads, found.Vocabulary, found.MaximumPositions));
        Assert.Equal(family == "qwen3" ? 128 : 16, found.HeadDimension);
        Assert.Equal(family == "llama" ? 4 : 2, found.KeyValueHeads);
        Assert.Equal(1e-6f, found.NormEpsilon);
        Assert.Equal(10_000, found.RotaryBase);
        Assert.Equal(RotaryScaling.None, found.Scaling);
        Assert.Equal(family == "qwen2", found.AttentionBias);
        Assert.False(found.OutputBias);
        Assert.False(found.FeedForwardBias);
        Assert.False(found.TiedEmbeddings);
        Assert.Equal(family == "qwen3", found.QueryKeyNorms);
        Assert.Equal(family == "mistral" ? 4096 : null, found.SlidingWindow);
        Assert.Equal(family == "mistral", found.IsWindowed(3));
        Assert.Null(found.BeginToken);
    }

    [Fact]
    public void What_a_file_says_is_taken()
    {
        var llama = Read("llama", """
            , "attention_bias": true, "mlp_bias": true, "tie_word_embeddings": true, "rms_norm_eps": 1e-5, "rope_theta": 500000.0, "head_dim": 32, "bos_token_id": 7, "hidden_act": "silu",
            "rope_scaling": {"rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0, "original_max_position_embeddings": 8192}
            """);
        Assert.True(llama.AttentionBias && llama.OutputBias && llama.FeedForwardBias && llama.TiedEmbeddings);
        Assert.Equal((1e-5f, 500_000.0, 32, 7), (llama.NormEpsilon, llama.RotaryBase, llama.HeadDimension, llama.BeginToken!.Value));
        Assert.Equal(RotaryScaling.Llama3(8, 1, 4, 8192), llama.Scaling);
        Assert.Equal(RotaryScaling.Linear(4), Read("llama", """, "rope_scaling": {"type": "linear", "factor": 4}""").Scaling);
        Assert.Equal(RotaryScaling.None, Read("llama", """, "rope_scaling": null""").Scaling);
        Assert.Equal(RotaryScaling.None, Read("llama", """, "rope_scaling": {"type": "default"}""").Scaling);

        var newer = Read("qwen3", """, "rope_parameters": {"rope_type": "linear", "factor": 2, "rope_theta": 1000000}, "attention_bias": true""");
        Assert.Equal((1e6, RotaryScaling.Linear(2)), (newer.RotaryBase, newer.Scaling));
        Assert.True(newer.AttentionBias && newer.OutputBias && newer.QueryKeyNorms);
        Assert.Equal(5e5, Read("llama", """, "rope_parameters": {"rope_theta": 500000}""").RotaryBase);
    }

    [Fact]
    public void Windows_follow_the_family()
    {
        Assert.Null(Read("mistral", """, "sliding_window": null""").SlidingWindow);
        Assert.Equal(128, Read("mistral", """, "sliding_window": 128""").SlidingWindow);
        Assert.Null(Read("qwen2", """, "sliding_window": 128, "use_sliding_window": false""").SlidingWindow);
        Assert.Null(Read("llama", """, "sliding_window": 128""").SlidingWindow);

        var late = Read("qwen2", """, "sliding_window": 128, "use_sliding_window": true, "max_window_layers": 3""");
        Assert.Equal([false, false, false, true], Enumerable.Range(0, 4).Select(late.IsWindowed));
        var listed = Read("qwen3", """, "sliding_window": 128, "use_sliding_window": true, "layer_types": ["full_attention", "sliding_attention", "full_attention", "sliding_attention"]""");
        Assert.Equal([false, true, false, true], Enumerable.Range(0, 4).Select(listed.IsWindowed));
        Assert.Throws<ArgumentOutOfRangeException>(() => listed.IsWindowed(4));
        Assert.Throws<ArgumentOutOfRangeException>(() => listed.IsWindowed(-1));
    }

    [Theory]
    [InlineData("gemma2", "", "model_type", "the executable forward pass does not")]
    [InlineData("qwen2_vl", "", "model_type", "the executable forward pass does not")]
    [InlineData("mixtral", "", "model_type", "llama, mistral, qwen2, qwen3")]
    [InlineData("mamba", "", "model_type", "\"mamba\"")]
    [InlineData("llama", """, "text_config": {"model_type": "llama"}""", "text_config", "multimodal")]
    [InlineData("llama", """, "hidden_act": "gelu" """, "hidden_act", "silu")]
    [InlineData("llama", """, "rope_scaling": {"rope_type": "yarn", "factor": 4}""", "rope_scaling.rope_type", "\"yarn\"")]
    [InlineData("llama", """, "rope_scaling": {"type": "dynamic", "factor": 4}""", "rope_scaling.type", "\"dynamic\"")]
    [InlineData("llama", """, "rope_scaling": {"factor": 4}""", "rope_scaling.rope_type", "default, linear or llama3")]
    [InlineData("llama", """, "rope_scaling": {"type": "linear"}""", "rope_scaling.factor", "no such key")]
    [InlineData("llama", """, "rope_scaling": {"type": "linear", "factor": 0.5}""", "rope_scaling.factor", "0.5")]
    [InlineData("llama", """, "rope_scaling": {"type": "linear", "factor": 1e999}""", "rope_scaling.factor", "1e999")]
    [InlineData("llama", """, "rope_scaling": {"type": "llama3", "factor": 8, "low_freq_factor": 4, "high_freq_factor": 4, "original_max_position_embeddings": 8192}""", "rope_scaling.high_freq_factor", "above low_freq_factor")]
    [InlineData("llama", """, "rope_scaling": {"type": "llama3", "factor": 8, "low_freq_factor": 1, "high_freq_factor": 4}""", "rope_scaling.original_max_position_embeddings", "no such key")]
    [InlineData("llama", """, "rope_scaling": {"type": "default"}, "rope_parameters": {"rope_type": "default"}""", "rope_scaling", "one of the two")]
    [InlineData("qwen3", """, "rope_parameters": {"full_attention": {"rope_theta": 10000}}""", "rope_parameters.full_attention", "all layers")]
    [InlineData("llama", """, "rope_theta": 0""", "rope_theta", "0")]
    [InlineData("llama", """, "rope_theta": "10000" """, "rope_theta", "10000")]
    [InlineData("llama", """, "rms_norm_eps": 0""", "rms_norm_eps", "0")]
    [InlineData("llama", """, "rms_norm_eps": 1e-60""", "rms_norm_eps", "1e-60")]
    [InlineData("llama", """, "head_dim": 15""", "head_dim", "15")]
    [InlineData("llama", """, "partial_rotary_factor": 0.5""", "partial_rotary_factor", "0.5")]
    [InlineData("llama", """, "bos_token_id": 100""", "bos_token_id", "100")]
    [InlineData("llama", """, "quantization_config": {"quant_method": "gptq"}""", "quantization_config", "gptq")]
    [InlineData("llama", """, "sliding_window": 9, "layer_types": ["full_attention", "sliding_attention", "full_attention", "full_attention"]""", "layer_types", "llama has no windows")]
    [InlineData("mistral", """, "sliding_window": 9, "layer_types": ["full_attention", "sliding_attention", "full_attention", "full_attention"]""", "layer_types", "all or none")]
    [InlineData("qwen2", """, "sliding_window": 9, "layer_types": ["full_attention", "sliding_attention", "full_attention", "full_attention"]""", "layer_types", "use_sliding_window")]
    public void What_the_forward_pass_does_not_do_is_refused(string family, string more, string key, string says)
    {
        var error = Assert.Throws<TransformerConfigException>(() => Read(family, more));
        Assert.Equal(key, error.Key);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("llama", """, "attention_bias": true, "mlp_bias": true, "tie_word_embeddings": true""")]
    [InlineData("mistral", """, "sliding_window": 77, "head_dim": 32""")]
    [InlineData("qwen2", """, "sliding_window": 128, "use_sliding_window": true, "max_window_layers": 3""")]
    [InlineData("qwen3", """, "attention_bias": true""")]
    public void The_cost_model_sees_the_same_model(string family, string more)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("config.json", Json(family, more));
        var shape = HuggingFaceConfig.Read(path);
        var found = LlamaConfiguration.Read(path);
        Assert.Equal(
            (shape.Name, shape.Family, shape.Layers, shape.HiddenSize, shape.IntermediateSize, shape.QueryHeads, shape.KeyValueHeads, shape.HeadDimension),
            (found.Name, found.Family, found.Layers, found.HiddenSize, found.IntermediateSize, found.QueryHeads, found.KeyValueHeads, found.HeadDimension));
        Assert.Equal(
            (shape.VocabularySize, shape.MaximumPositions, shape.TiedEmbeddings, shape.QueryKeyValueBias, shape.AttentionOutputBias, shape.FeedForwardBias, shape.QueryKeyNorms),
            (found.Vocabulary, found.MaximumPositions, found.TiedEmbeddings, found.AttentionBias, found.OutputBias, found.FeedForwardBias, found.QueryKeyNorms));
        for (var layer = 0; layer < shape.Layers; layer++)
        {
            Assert.Equal(shape.AttentionWindow(layer), found.IsWindowed(layer) ? found.SlidingWindow!.Value : int.MaxValue);
        }
    }

    [SharedDataFact]
    public void Published_files_of_the_families_are_read_and_those_of_others_refused()
    {
        var read = 0;
        foreach (var path in Directory.EnumerateFiles(SharedData.PathOf("data/configs"), "*.json", SearchOption.AllDirectories))
        {
            TransformerShape shape;
            try
            {
                shape = HuggingFaceConfig.Read(path);
            }
            catch (TransformerConfigException)
            {
                continue;
            }

            try
            {
                var found = LlamaConfiguration.Read(path);
                Assert.Equal((shape.Layers, shape.HiddenSize, shape.TiedEmbeddings), (found.Layers, found.HiddenSize, found.TiedEmbeddings));
                read++;
            }
            catch (TransformerConfigException error)
            {
                Assert.True(shape.Family is not ("llama" or "mistral" or "qwen2" or "qwen3") || error.Key is "text_config" or "model_type" or "quantization_config" || error.Key.StartsWith("rope_scaling", StringComparison.Ordinal) || error.Key == "hidden_act", $"{path}: {error.Message}");
            }
        }

        Assert.InRange(read, 5, int.MaxValue);
    }

    [Fact]
    public void Rotary_scaling_follows_its_formula()
    {
        Assert.Equal(0.25, RotaryScaling.None.Scale(0.25));
        Assert.Equal(0.0625, RotaryScaling.Linear(4).Scale(0.25));

        // Llama 3.1: wavelengths up to 8192 / 4 tokens stay, from 8192 / 1 on they grow eightfold, half way in turns (2.5) the mean of both.
        var scaling = RotaryScaling.Llama3(8, 1, 4, 8192);
        double Wave(double length) => Math.Tau / scaling.Scale(Math.Tau / length);
        Assert.Equal(2000, Wave(2000), 1e-9);
        Assert.Equal(8 * 9000.0, Wave(9000), 1e-6);
        Assert.Equal(8192 / 2.5 / ((1 + (1 / 8.0)) / 2), Wave(8192 / 2.5), 1e-6);

        // Continuous and increasing in the frequency.
        var before = 0.0;
        for (var exponent = -8.0; exponent < 0; exponent += 1e-3)
        {
            var scaled = scaling.Scale(Math.Pow(10, exponent));
            Assert.InRange(scaled, before * (1 + 1e-12), exponent > -8 ? before * 1.03 : double.MaxValue);
            before = scaled;
        }
    }

    [Fact]
    public void Rotary_scaling_refuses_what_it_cannot_mean()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => RotaryScaling.Linear(0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => RotaryScaling.Linear(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => RotaryScaling.Llama3(8, 4, 4, 8192));
        Assert.Throws<ArgumentOutOfRangeException>(() => RotaryScaling.Llama3(8, 0, 4, 8192));
        Assert.Throws<ArgumentOutOfRangeException>(() => RotaryScaling.Llama3(8, 1, double.NaN, 8192));
        Assert.Throws<ArgumentOutOfRangeException>(() => RotaryScaling.Llama3(8, 1, double.PositiveInfinity, 8192));
        Assert.Throws<ArgumentOutOfRangeException>(() => RotaryScaling.Llama3(8, 1, 4, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => RotaryScaling.None.Scale(0));
    }

    [Fact]
    public void A_missing_or_broken_file_is_named()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("config.json", Assert.Throws<TransformerConfigException>(() => LlamaConfiguration.Read(folder.Path)).Message, StringComparison.Ordinal);
        Assert.Throws<TransformerConfigException>(() => LlamaConfiguration.Read(folder.Write("config.json", "{")));
        Assert.Throws<TransformerConfigException>(() => LlamaConfiguration.Read(folder.Write("config.json", "[]")));
        Assert.Throws<TransformerConfigException>(() => LlamaConfiguration.Read(folder.Write("config.json", "{}")));
    }

    private static LlamaConfiguration Read(string family, string more = "")
    {
        using var folder = new TemporaryFolder();
        return LlamaConfiguration.Read(folder.Write("config.json", Json(family, more)));
    }

    private static string Json(string family, string more) => Least
        .Replace("FAMILY", family)
        .Replace("KV", family == "llama" ? "" : "\"num_key_value_heads\": 2,")
        .Replace("MORE", more);
}
