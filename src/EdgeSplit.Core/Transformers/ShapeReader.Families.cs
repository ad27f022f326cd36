namespace EdgeSplit.Core.Transformers;

/// <summary>Families whose keys differ from those of Llama.</summary>
internal static partial class ShapeReader
{
    /// <summary>Biases and norms of families that have keys of their own for them; null for the others.</summary>
    private static TransformerShape? WithFamilyBiases(TransformerShape shape, ConfigSection section, TransformerFamily family)
    {
        switch (family.Name)
        {
            case "gpt_oss":
                var bias = section.Boolean("attention_bias", true);
                return shape with { QueryKeyValueBias = bias, AttentionOutputBias = bias };

            case "phimoe":
                var all = section.Boolean("attention_bias", false);
                return shape with { QueryKeyValueBias = all, AttentionOutputBias = all, HeadBias = section.Boolean("lm_head_bias", false) };

            case "stablelm":
                Forbid(section, "qk_layernorm");
                return shape with { QueryKeyValueBias = section.Boolean("use_qkv_bias", false), NormsPerLayer = section.Boolean("use_parallel_residual", false) ? 1 : 2 };

            case "internlm2":
                var old = section.Boolean("bias", false);
                return shape with { QueryKeyValueBias = old, AttentionOutputBias = old };

            case "internlm3":
                var linear = section.Boolean("bias", false);
                return shape with { QueryKeyValueBias = section.Boolean("qkv_bias", false), AttentionOutputBias = linear, FeedForwardBias = linear };

            case "glm" or "glm4":
                return shape with { QueryKeyValueBias = section.Boolean("attention_bias", false) };

            case "gpt_neox":
                var attention = section.Boolean("attention_bias", true);
                return shape with { QueryKeyValueBias = attention, AttentionOutputBias = attention };

            default:
                return null;
        }
    }

    private static TransformerShape ReadFalcon(ConfigSection section, ConfigSection root, string name)
    {
        var hidden = section.Integer("hidden_size", 1, MaximumWidth / 4);
        var heads = section.OptionalInteger("num_attention_heads", 1, MaximumHeads) ?? section.Integer("n_head", 1, MaximumHeads);
        var newer = section.Boolean("new_decoder_architecture", false);
        var keyValueHeads = newer ? section.OptionalInteger("num_kv_heads", 1, heads) ?? section.OptionalInteger("n_head_kv", 1, heads) ?? heads
            : section.Boolean("multi_query", true) ? 1 : heads;
        var bias = section.Boolean("bias", false);
        var separateNorms = newer || !section.Boolean("parallel_attn", true);
        return TransformerFamily.Falcon.Shape(
            name,
            section.OptionalInteger("num_hidden_layers", 1, MaximumLayers) ?? section.Integer("n_layer", 1, MaximumLayers),
            hidden,
            section.OptionalInteger("ffn_hidden_size", 1, MaximumWidth) ?? 4 * hidden,
            heads,
            keyValueHeads,
            Quotient(section, "num_attention_heads", hidden, heads),
            section.Integer("vocab_size", 1, MaximumWidth),
            section.OptionalInteger("max_position_embeddings", 1, int.MaxValue) ?? 2048,
            Tied(section, root)) with
        { NormsPerLayer = separateNorms ? 2 : 1, QueryKeyValueBias = bias, AttentionOutputBias = bias, FeedForwardBias = bias };
    }

    private static TransformerShape ReadChatGlm(ConfigSection section, ConfigSection root, string name)
    {
        var heads = section.Integer("num_attention_heads", 1, MaximumHeads);
        var hidden = section.Integer("hidden_size", 1, MaximumWidth);
        Require(section, "rmsnorm");
        Require(section, "post_layer_norm");
        var bias = section.Boolean("add_bias_linear", false);
        return TransformerFamily.ChatGlm.Shape(
            name,
            section.Integer("num_layers", 1, MaximumLayers),
            hidden,
            section.Integer("ffn_hidden_size", 1, MaximumWidth),
            heads,
            section.Boolean("multi_query_attention", false) ? section.Integer("multi_query_group_num", 1, heads) : heads,
            section.OptionalInteger("kv_channels", 1, MaximumWidth / heads) ?? Quotient(section, "num_attention_heads", hidden, heads),
            section.Integer("padded_vocab_size", 1, MaximumWidth),
            section.Integer("seq_length", 1, int.MaxValue),
            Tied(section, root)) with
        { QueryKeyValueBias = bias || section.Boolean("add_qkv_bias", false), AttentionOutputBias = bias, FeedForwardBias = bias };
    }

    /// <summary>DeepSeek V2 and V3; the extra layer of V3 that predicts a second token is left out.</summary>
    private static TransformerShape ReadDeepSeek(ConfigSection section, ConfigSection root, TransformerFamily family, string name)
    {
        var layers = section.Integer("num_hidden_layers", 1, MaximumLayers);
        var heads = section.Integer("num_attention_heads", 1, MaximumHeads);
        var rotary = section.Integer("qk_rope_head_dim", 1, 32_768);
        Forbid(section, "attention_bias");
        var shape = family.Shape(
            name,
            layers,
            section.Integer("hidden_size", 1, MaximumWidth),
            section.Integer("intermediate_size", 1, MaximumWidth),
            heads,
            heads,
            section.Integer("qk_nope_head_dim", 1, 32_768) + rotary,
            section.Integer("vocab_size", 1, MaximumWidth),
            section.Integer("max_position_embeddings", 1, int.MaxValue),
            Tied(section, root)) with
        {
            KeyValueLatentDimension = section.Integer("kv_lora_rank", 1, MaximumWidth),
            QueryLatentDimension = section.OptionalInteger("q_lora_rank", 1, MaximumWidth) ?? 0,
            RotaryHeadDimension = rotary,
            ValueHeadDimension = section.Integer("v_head_dim", 1, 65_536),
        };
        if (section.OptionalInteger("n_routed_experts", 1, MaximumHeads) is not { } experts)
        {
            return shape with { RouterBias = false };
        }

        var width = section.Integer("moe_intermediate_size", 1, MaximumWidth);
        var first = section.OptionalInteger("first_k_dense_replace", 0, layers) ?? 0;
        var step = section.OptionalInteger("moe_layer_freq", 1, int.MaxValue) ?? 1;
        var flags = new bool[layers];
        for (var layer = first; layer < layers; layer++)
        {
            flags[layer] = layer % step == 0;
        }

        return shape with
        {
            Experts = experts,
            ActiveExperts = section.Integer("num_experts_per_tok", 1, experts),
            ExpertIntermediateSize = width,
            SharedExpertIntermediateSize = (section.OptionalInteger("n_shared_experts", 0, MaximumWidth / width) ?? 0) * width,
            ExpertLayers = LayerPattern.Repeat(flags),
        };
    }

    private static void Forbid(ConfigSection section, string key)
    {
        if (section.Boolean(key, false))
        {
            throw section.Error(key, "true", "false (the other form is not supported)");
        }
    }
}
