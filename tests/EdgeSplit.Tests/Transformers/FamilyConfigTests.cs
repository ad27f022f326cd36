using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Tests.Transformers;

/// <summary>Configurations of the families whose keys differ from those of Llama, cut down to the keys that matter, against the catalogue's shapes.</summary>
public class FamilyConfigTests
{
    [Theory]
    [InlineData("gpt-oss-20b", """
        {"model_type": "gpt_oss", "hidden_size": 2880, "intermediate_size": 2880, "num_hidden_layers": 24, "num_attention_heads": 64, "num_key_value_heads": 8, "head_dim": 64,
         "vocab_size": 201088, "max_position_embeddings": 131072, "num_local_experts": 32, "num_experts_per_tok": 4, "sliding_window": 128, "attention_bias": true, "tie_word_embeddings": false}
        """)]
    [InlineData("deepseek-v2-lite", """
        {"model_type": "deepseek_v2", "hidden_size": 2048, "intermediate_size": 10944, "moe_intermediate_size": 1408, "num_hidden_layers": 27, "num_attention_heads": 16,
         "num_key_value_heads": 16, "n_shared_experts": 2, "n_routed_experts": 64, "num_experts_per_tok": 6, "first_k_dense_replace": 1, "moe_layer_freq": 1, "kv_lora_rank": 512,
         "q_lora_rank": null, "qk_nope_head_dim": 128, "qk_rope_head_dim": 64, "v_head_dim": 128, "vocab_size": 102400, "max_position_embeddings": 163840, "tie_word_embeddings": false}
        """)]
    [InlineData("falcon-7b", """
        {"model_type": "falcon", "hidden_size": 4544, "num_hidden_layers": 32, "num_attention_heads": 71, "multi_query": true, "new_decoder_architecture": false, "parallel_attn": true,
         "bias": false, "vocab_size": 65024}
        """)]
    [InlineData("redpajama-incite-3b", """
        {"model_type": "gpt_neox", "hidden_size": 2560, "intermediate_size": 10240, "num_hidden_layers": 32, "num_attention_heads": 32, "vocab_size": 50432,
         "max_position_embeddings": 2048, "tie_word_embeddings": false}
        """)]
    [InlineData("stablelm-2-1.6b", """
        {"model_type": "stablelm", "hidden_size": 2048, "intermediate_size": 5632, "num_hidden_layers": 24, "num_attention_heads": 32, "num_key_value_heads": 32, "vocab_size": 100352,
         "max_position_embeddings": 4096, "use_qkv_bias": true, "tie_word_embeddings": false}
        """)]
    [InlineData("granite-3.1-8b", """
        {"model_type": "granite", "hidden_size": 4096, "intermediate_size": 12800, "num_hidden_layers": 40, "num_attention_heads": 32, "num_key_value_heads": 8, "vocab_size": 49155,
         "max_position_embeddings": 131072, "attention_bias": false, "mlp_bias": false, "tie_word_embeddings": true}
        """)]
    [InlineData("olmo-2-7b", """
        {"model_type": "olmo2", "hidden_size": 4096, "intermediate_size": 11008, "num_hidden_layers": 32, "num_attention_heads": 32, "num_key_value_heads": 32, "vocab_size": 100352,
         "max_position_embeddings": 4096, "tie_word_embeddings": false}
        """)]
    [InlineData("olmoe-1b-7b", """
        {"model_type": "olmoe", "hidden_size": 2048, "intermediate_size": 1024, "num_hidden_layers": 16, "num_attention_heads": 16, "num_key_value_heads": 16, "vocab_size": 50304,
         "max_position_embeddings": 4096, "num_experts": 64, "num_experts_per_tok": 8, "tie_word_embeddings": false}
        """)]
    [InlineData("phi-3.5-moe", """
        {"model_type": "phimoe", "hidden_size": 4096, "intermediate_size": 6400, "num_hidden_layers": 32, "num_attention_heads": 32, "num_key_value_heads": 8, "vocab_size": 32064,
         "max_position_embeddings": 131072, "num_local_experts": 16, "num_experts_per_tok": 2, "attention_bias": true, "lm_head_bias": true, "sliding_window": 131072, "tie_word_embeddings": false}
        """)]
    [InlineData("internlm2-7b", """
        {"model_type": "internlm2", "hidden_size": 4096, "intermediate_size": 14336, "num_hidden_layers": 32, "num_attention_heads": 32, "num_key_value_heads": 8, "vocab_size": 92544,
         "max_position_embeddings": 32768, "bias": false, "tie_word_embeddings": false}
        """)]
    [InlineData("internlm3-8b", """
        {"model_type": "internlm3", "hidden_size": 4096, "intermediate_size": 10240, "num_hidden_layers": 48, "num_attention_heads": 32, "num_key_value_heads": 2, "head_dim": 128,
         "vocab_size": 128512, "max_position_embeddings": 32768, "bias": false, "qkv_bias": false, "tie_word_embeddings": false}
        """)]
    [InlineData("minicpm-2b", """
        {"model_type": "minicpm", "hidden_size": 2304, "intermediate_size": 5760, "num_hidden_layers": 40, "num_attention_heads": 36, "num_key_value_heads": 36, "vocab_size": 122753,
         "max_position_embeddings": 4096}
        """)]
    [InlineData("smollm3-3b", """
        {"model_type": "smollm3", "hidden_size": 2048, "intermediate_size": 11008, "num_hidden_layers": 36, "num_attention_heads": 16, "num_key_value_heads": 4, "vocab_size": 128256,
         "max_position_embeddings": 65536, "use_sliding_window": false, "sliding_window": null}
        """)]
    [InlineData("bitnet-b1.58-2b", """
        {"model_type": "bitnet", "hidden_size": 2560, "intermediate_size": 6912, "num_hidden_layers": 30, "num_attention_heads": 20, "num_key_value_heads": 5, "vocab_size": 128256,
         "max_position_embeddings": 4096, "tie_word_embeddings": true}
        """)]
    [InlineData("baichuan-7b", """
        {"model_type": "baichuan", "hidden_size": 4096, "intermediate_size": 11008, "num_hidden_layers": 32, "num_attention_heads": 32, "vocab_size": 64000, "model_max_length": 4096,
         "tie_word_embeddings": false}
        """)]
    [InlineData("glm-4-9b", """
        {"model_type": "chatglm", "hidden_size": 4096, "ffn_hidden_size": 13696, "num_layers": 40, "num_attention_heads": 32, "kv_channels": 128, "multi_query_attention": true,
         "multi_query_group_num": 2, "padded_vocab_size": 151552, "seq_length": 131072, "add_bias_linear": false, "add_qkv_bias": true, "rmsnorm": true, "post_layer_norm": true,
         "tie_word_embeddings": false}
        """)]
    public void A_configuration_of_the_family_gives_the_shape_of_the_catalogue(string name, string json)
    {
        var expected = ModelCatalog.Find(name).Shape;
        var read = HuggingFaceConfig.Parse(json, name);
        Assert.Equal(expected.TotalParameters, read.TotalParameters);
        Assert.Equal(
            Enumerable.Range(0, expected.Layers).Select(layer => (expected.AttentionWindow(layer), expected.HasExperts(layer))),
            Enumerable.Range(0, read.Layers).Select(layer => (read.AttentionWindow(layer), read.HasExperts(layer))));
        Assert.Equal(expected with { WindowedLayers = read.WindowedLayers, ExpertLayers = read.ExpertLayers }, read);
    }

    [Theory]
    [InlineData("\"kv_lora_rank\": 8", "\"kv_lora_rank\": 0", "kv_lora_rank")]
    [InlineData("\"v_head_dim\": 8", "\"v_head_dim\": 0", "v_head_dim")]
    [InlineData("\"qk_rope_head_dim\": 4", "\"qk_rope_head_dim\": null", "qk_rope_head_dim")]
    [InlineData("\"num_experts_per_tok\": 2", "\"num_experts_per_tok\": 5", "num_experts_per_tok")]
    [InlineData("\"n_shared_experts\": 1", "\"n_shared_experts\": -1", "n_shared_experts")]
    [InlineData("\"first_k_dense_replace\": 1", "\"first_k_dense_replace\": 4", "first_k_dense_replace")]
    [InlineData("\"v_head_dim\": 8", "\"v_head_dim\": 8, \"attention_bias\": true", "attention_bias")]
    public void A_wrong_key_of_latent_attention_or_experts_is_refused_by_name(string from, string to, string key)
    {
        const string Json = """
            {"model_type": "deepseek_v3", "hidden_size": 32, "intermediate_size": 64, "moe_intermediate_size": 16, "num_hidden_layers": 3, "num_attention_heads": 2,
             "n_shared_experts": 1, "n_routed_experts": 4, "num_experts_per_tok": 2, "first_k_dense_replace": 1, "kv_lora_rank": 8, "q_lora_rank": 12,
             "qk_nope_head_dim": 8, "qk_rope_head_dim": 4, "v_head_dim": 8, "vocab_size": 100, "max_position_embeddings": 64}
            """;
        Assert.True(HuggingFaceConfig.Parse(Json, "small").TotalParameters > 0);
        Assert.Contains(from, Json, StringComparison.Ordinal);
        Assert.Equal(key, Assert.Throws<TransformerConfigException>(() => HuggingFaceConfig.Parse(Json.Replace(from, to, StringComparison.Ordinal), "small")).Key);
    }

    [Fact]
    public void Latent_attention_caches_one_vector_for_all_heads_and_refuses_what_does_not_fit_it()
    {
        // 512 + 64 values per token and layer, where 16 heads of 192 would take 6,144.
        var shape = ModelCatalog.Find("deepseek-v2-lite").Shape;
        Assert.Equal((512 + 64) * 16, shape.KeyValueBitsPerToken(0, NumberFormat.F16));
        var cost = TransformerCostTests.Prepare(shape, TransformerUnit.Attention, 0).Evaluate(new ForwardPass(1, 999));
        Assert.Equal(1000.0 * (512 + 64) * 2, cost.KeyValueReadBytes);
        Assert.Equal(1000.0 * 2 * 16 * ((2 * 512) + 64), cost.AttentionFlop);
        Assert.Throws<ArgumentException>(() => (shape with { RotaryHeadDimension = 192 }).Validate());
        Assert.Throws<ArgumentException>(() => (shape with { KeyValueHeads = 8 }).Validate());
        Assert.Throws<ArgumentException>(() => (shape with { QueryKeyNorms = true }).Validate());
        Assert.Throws<ArgumentOutOfRangeException>(() => shape with { KeyValueLatentDimension = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => shape with { SharedExpertIntermediateSize = -1 });
    }
}
