using System.Globalization;

namespace EdgeSplit.Core.Transformers;

/// <summary>Turns the keys of one configuration into a shape, by the rules of its family.</summary>
internal static partial class ShapeReader
{
    private const int MaximumWidth = 1 << 24;
    private const int MaximumLayers = 10_000;
    private const int MaximumHeads = 65_536;

    internal static TransformerShape Read(ConfigSection section, ConfigSection root, TransformerFamily family, string name)
    {
        if (ReferenceEquals(family, TransformerFamily.Gpt2))
        {
            return ReadGpt2(section, root, name);
        }

        if (ReferenceEquals(family, TransformerFamily.Opt))
        {
            return ReadOpt(section, root, name);
        }

        if (ReferenceEquals(family, TransformerFamily.Falcon))
        {
            return ReadFalcon(section, root, name);
        }

        if (ReferenceEquals(family, TransformerFamily.ChatGlm))
        {
            return ReadChatGlm(section, root, name);
        }

        if (ReferenceEquals(family, TransformerFamily.DeepSeekV2) || ReferenceEquals(family, TransformerFamily.DeepSeekV3))
        {
            return ReadDeepSeek(section, root, family, name);
        }

        var gemma3 = ReferenceEquals(family, TransformerFamily.Gemma3);
        var layers = section.Integer("num_hidden_layers", 1, MaximumLayers);
        var hidden = section.Integer("hidden_size", 1, MaximumWidth);

        // The files of the multimodal Gemma 3 leave out what equals the defaults of its class.
        var heads = gemma3 ? section.OptionalInteger("num_attention_heads", 1, MaximumHeads) ?? 8 : section.Integer("num_attention_heads", 1, MaximumHeads);
        var keyValueHeads = KeyValueHeads(section, family, heads, gemma3);
        var shape = family.Shape(
            name,
            layers,
            hidden,
            section.Integer("intermediate_size", 1, MaximumWidth),
            heads,
            keyValueHeads,
            HeadDimension(section, family, hidden, heads),
            gemma3 ? section.OptionalInteger("vocab_size", 1, MaximumWidth) ?? 262_208 : section.Integer("vocab_size", 1, MaximumWidth),
            gemma3 ? section.OptionalInteger("max_position_embeddings", 1, int.MaxValue) ?? 131_072
                : family.Name == "baichuan" ? section.OptionalInteger("max_position_embeddings", 1, int.MaxValue) ?? section.Integer("model_max_length", 1, int.MaxValue)
                : section.Integer("max_position_embeddings", 1, int.MaxValue),
            Tied(section, root));
        return WithWindows(WithExperts(WithBiases(shape, section, family), section, family), section, family);
    }

    private static int KeyValueHeads(ConfigSection section, TransformerFamily family, int heads, bool gemma3)
    {
        var found = section.OptionalInteger("num_key_value_heads", 1, heads)
            ?? (gemma3 ? 4 : family.KeyValueHeadsMayBeAbsent ? heads : section.Integer("num_key_value_heads", 1, heads));
        return heads % found == 0
            ? found
            : throw section.Error(
                "num_key_value_heads",
                string.Create(CultureInfo.InvariantCulture, $"the number {found}"),
                string.Create(CultureInfo.InvariantCulture, $"a divisor of num_attention_heads, which is {heads}"));
    }

    private static int HeadDimension(ConfigSection section, TransformerFamily family, int hidden, int heads)
    {
        if (section.OptionalInteger("head_dim", 1, MaximumWidth / heads) is { } found)
        {
            return found;
        }

        return family.DefaultHeadDimension > 0 ? family.DefaultHeadDimension : Quotient(section, "num_attention_heads", hidden, heads);
    }

    private static int Quotient(ConfigSection section, string key, int hidden, int heads) => hidden % heads == 0
        ? hidden / heads
        : throw section.Error(
            key,
            string.Create(CultureInfo.InvariantCulture, $"the number {heads}"),
            string.Create(CultureInfo.InvariantCulture, $"a divisor of the hidden size, which is {hidden} (or a head_dim key)"));

    private static bool? Tied(ConfigSection section, ConfigSection root) =>
        section.OptionalBoolean("tie_word_embeddings") ?? root.OptionalBoolean("tie_word_embeddings");

    private static TransformerShape WithBiases(TransformerShape shape, ConfigSection section, TransformerFamily family)
    {
        if (ReferenceEquals(family, TransformerFamily.Phi))
        {
            return shape with { QueryKeyNorms = section.Boolean("qk_layernorm", false) };
        }

        if (WithFamilyBiases(shape, section, family) is { } own)
        {
            return own;
        }

        if (family.Name is "llama" or "qwen3" or "qwen3_moe" or "gemma" or "gemma2" or "gemma3" or "granite" or "smollm3" or "minicpm" or "olmo2" or "olmoe" or "bitnet"
            && section.Boolean("attention_bias", false))
        {
            shape = shape with { QueryKeyValueBias = true, AttentionOutputBias = true };
        }

        return family.Name is "llama" or "granite" or "smollm3" && section.Boolean("mlp_bias", false) ? shape with { FeedForwardBias = true } : shape;
    }

    private static TransformerShape WithExperts(TransformerShape shape, ConfigSection section, TransformerFamily family)
    {
        if (ReferenceEquals(family, TransformerFamily.Olmoe))
        {
            var olmoe = section.Integer("num_experts", 1, MaximumHeads);
            return shape with { Experts = olmoe, ActiveExperts = section.Integer("num_experts_per_tok", 1, olmoe), ExpertIntermediateSize = shape.IntermediateSize };
        }

        if (family.Name is "mixtral" or "phimoe" or "gpt_oss")
        {
            var experts = section.Integer("num_local_experts", 1, MaximumHeads);
            return shape with
            {
                Experts = experts,
                ActiveExperts = section.Integer("num_experts_per_tok", 1, experts),
                ExpertIntermediateSize = shape.IntermediateSize,
            };
        }

        if (!ReferenceEquals(family, TransformerFamily.Qwen3Moe))
        {
            return shape;
        }

        var all = section.Integer("num_experts", 1, MaximumHeads);
        var step = section.OptionalInteger("decoder_sparse_step", 1, int.MaxValue) ?? 1;
        var dense = section.OptionalIntegers("mlp_only_layers", 0, shape.Layers - 1) ?? [];
        var flags = new bool[shape.Layers];
        for (var layer = 0; layer < flags.Length; layer++)
        {
            flags[layer] = (layer + 1) % step == 0 && !dense.Contains(layer);
        }

        return shape with
        {
            Experts = all,
            ActiveExperts = section.Integer("num_experts_per_tok", 1, all),
            ExpertIntermediateSize = section.Integer("moe_intermediate_size", 1, MaximumWidth),
            ExpertLayers = LayerPattern.Repeat(flags),
        };
    }

    private static TransformerShape WithWindows(TransformerShape shape, ConfigSection section, TransformerFamily family)
    {
        var window = section.OptionalInteger("sliding_window", 1, int.MaxValue);
        if (section.OptionalTexts("layer_types", "full_attention", "sliding_attention") is { } types)
        {
            if (types.Length != shape.Layers)
            {
                throw section.Error(
                    "layer_types",
                    string.Create(CultureInfo.InvariantCulture, $"{types.Length} entries"),
                    string.Create(CultureInfo.InvariantCulture, $"one per layer, {shape.Layers}"));
            }

            var flags = Array.ConvertAll(types, type => type == "sliding_attention");
            return flags.Contains(true)
                ? shape with { SlidingWindow = window ?? section.Integer("sliding_window", 1, int.MaxValue), WindowedLayers = LayerPattern.Repeat(flags) }
                : shape;
        }

        switch (family.Windows)
        {
            case TransformerFamily.WindowRule.All:
                // A key that is null switches the window off; only an absent one takes the class's default.
                return shape with { SlidingWindow = window ?? (section.Declares("sliding_window") ? 0 : family.DefaultWindow) };

            case TransformerFamily.WindowRule.AllButEvery:
                var period = section.OptionalInteger("sliding_window_pattern", 1, 65_536) ?? family.WindowPeriod;
                return shape with { SlidingWindow = window ?? family.DefaultWindow, WindowedLayers = LayerPattern.AllButEvery(period) };

            case TransformerFamily.WindowRule.FromMaxWindowLayers when window is { } tokens && section.Boolean("use_sliding_window", false):
                var first = section.OptionalInteger("max_window_layers", 0, int.MaxValue) ?? 28;
                var flags = new bool[shape.Layers];
                flags.AsSpan(Math.Min(first, flags.Length)).Fill(true);
                return shape with { SlidingWindow = tokens, WindowedLayers = LayerPattern.Repeat(flags) };

            default:
                return shape;
        }
    }

    private static TransformerShape ReadGpt2(ConfigSection section, ConfigSection root, string name)
    {
        var hidden = section.Integer("n_embd", 1, MaximumWidth / 4);
        var heads = section.Integer("n_head", 1, MaximumHeads);
        var positions = section.Integer("n_positions", 1, MaximumWidth);
        return TransformerFamily.Gpt2.Shape(
            name,
            section.Integer("n_layer", 1, MaximumLayers),
            hidden,
            section.OptionalInteger("n_inner", 1, MaximumWidth) ?? 4 * hidden,
            heads,
            heads,
            Quotient(section, "n_head", hidden, heads),
            section.Integer("vocab_size", 1, MaximumWidth),
            positions,
            Tied(section, root)) with
        { LearnedPositionRows = positions };
    }

    private static TransformerShape ReadOpt(ConfigSection section, ConfigSection root, string name)
    {
        var hidden = section.Integer("hidden_size", 1, MaximumWidth);
        var heads = section.Integer("num_attention_heads", 1, MaximumHeads);
        var positions = section.Integer("max_position_embeddings", 1, MaximumWidth - 2);
        _ = section.OptionalInteger("word_embed_proj_dim", hidden, hidden);
        Require(section, "do_layer_norm_before");
        Require(section, "layer_norm_elementwise_affine");
        var bias = section.Boolean("enable_bias", true);
        return TransformerFamily.Opt.Shape(
            name,
            section.Integer("num_hidden_layers", 1, MaximumLayers),
            hidden,
            section.Integer("ffn_dim", 1, MaximumWidth),
            heads,
            heads,
            Quotient(section, "num_attention_heads", hidden, heads),
            section.Integer("vocab_size", 1, MaximumWidth),
            positions,
            Tied(section, root)) with
        {
            // OPT's table holds two rows more than positions: its ids start at 2.
            LearnedPositionRows = positions + 2,
            QueryKeyValueBias = bias,
            AttentionOutputBias = bias,
            FeedForwardBias = bias,
        };
    }

    private static void Require(ConfigSection section, string key)
    {
        if (!section.Boolean(key, true))
        {
            throw section.Error(key, "false", "true (the other form is not supported)");
        }
    }
}
