using System.Globalization;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Core.Inference;

/// <summary>Turns the keys of one configuration into what the forward pass follows, and refuses what it does not do.</summary>
internal static class LlamaConfigurationReader
{
    private const string Families = "llama, mistral, qwen2, qwen3";

    private static readonly string[] WindowTypes = ["full_attention", "sliding_attention"];

    internal static LlamaConfiguration Read(ConfigSection root, string name)
    {
        RequireFamily(root);
        var shape = HuggingFaceConfig.Read(root, name);
        RequireActivation(root);
        RequireWindows(root, shape);
        if (root.Section("quantization_config") is { } quantization)
        {
            var method = quantization.Has("quant_method") ? quantization.Text("quant_method", "a text") : "unnamed";
            throw root.Error("quantization_config", $"weights quantised by \"{method}\"", $"weights stored as {SafetensorsHeader.ReadTypes}");
        }

        if (shape.HeadDimension % 2 != 0)
        {
            throw root.Error(
                "head_dim", string.Create(CultureInfo.InvariantCulture, $"heads of {shape.HeadDimension} values"), "an even number, as rotary positions turn pairs");
        }

        if (root.OptionalNumber("partial_rotary_factor", 0, 1) is { } share && share != 1)
        {
            throw root.Error("partial_rotary_factor", string.Create(CultureInfo.InvariantCulture, $"the number {share}"), "1 (positions turn the whole head)");
        }

        var (rotaryBase, scaling) = RotaryReader.Read(root);
        return new LlamaConfiguration
        {
            Name = name,
            Family = shape.Family,
            Layers = shape.Layers,
            HiddenSize = shape.HiddenSize,
            IntermediateSize = shape.IntermediateSize,
            QueryHeads = shape.QueryHeads,
            KeyValueHeads = shape.KeyValueHeads,
            HeadDimension = shape.HeadDimension,
            Vocabulary = shape.VocabularySize,
            MaximumPositions = shape.MaximumPositions,
            NormEpsilon = (float)(root.OptionalNumber("rms_norm_eps", 1e-30, 1) ?? 1e-6),
            RotaryBase = rotaryBase,
            Scaling = scaling,
            AttentionBias = shape.QueryKeyValueBias,
            OutputBias = shape.AttentionOutputBias,
            FeedForwardBias = shape.FeedForwardBias,
            QueryKeyNorms = shape.QueryKeyNorms,
            TiedEmbeddings = shape.TiedEmbeddings,
            SlidingWindow = shape.SlidingWindow > 0 ? shape.SlidingWindow : null,
            WindowedLayers = shape.WindowedLayers,
            BeginToken = root.OptionalInteger("bos_token_id", 0, shape.VocabularySize - 1),
        };
    }

    private static void RequireFamily(ConfigSection root)
    {
        if (root.Has("text_config"))
        {
            throw root.Error("text_config", "a multimodal model", "a text model of the family " + Families);
        }

        var family = root.Text("model_type", "one of " + Families);
        if (family is not ("llama" or "mistral" or "qwen2" or "qwen3"))
        {
            var found = TransformerFamily.Find(family) is null ? $"the family \"{family}\"" : $"\"{family}\" (the cost model knows the family {family}, the executable forward pass does not)";
            throw root.Error("model_type", found, "one of " + Families);
        }
    }

    private static void RequireActivation(ConfigSection root)
    {
        if (root.Has("hidden_act") && root.Text("hidden_act", "silu") is var activation && activation != "silu")
        {
            throw root.Error("hidden_act", $"\"{activation}\"", "silu");
        }
    }

    /// <summary>Refuses lists of windowed layers that the family's own class would not follow.</summary>
    private static void RequireWindows(ConfigSection root, TransformerShape shape)
    {
        var windowed = root.OptionalTexts("layer_types", WindowTypes)?.Count(type => type == "sliding_attention") ?? -1;
        var agrees = windowed < 0 || shape.Family switch
        {
            "llama" => windowed == 0,
            "mistral" => windowed == (root.Declares("sliding_window") && !root.Has("sliding_window") ? 0 : shape.Layers),
            _ => windowed == 0 || root.Boolean("use_sliding_window", false),
        };
        if (!agrees)
        {
            throw root.Error(
                "layer_types",
                string.Create(CultureInfo.InvariantCulture, $"{windowed} layers of sliding_attention"),
                shape.Family switch
                {
                    "llama" => "none, as llama has no windows",
                    "mistral" => "all or none, as sliding_window says",
                    _ => "none where use_sliding_window is false",
                });
        }
    }
}
