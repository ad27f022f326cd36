namespace EdgeSplit.Core.Transformers;

/// <summary>What a model family has in common and what no key of its configuration says.</summary>
/// <remarks>Source: the configuration and modelling classes of Hugging Face transformers (4.x), by <c>model_type</c>.</remarks>
internal sealed record TransformerFamily(string Name)
{
    /// <summary>How the layers with a sliding window are chosen when <c>layer_types</c> does not list them.</summary>
    internal enum WindowRule
    {
        /// <summary>No layer.</summary>
        None,

        /// <summary>Every layer, when <c>sliding_window</c> is a number.</summary>
        All,

        /// <summary>From layer <c>max_window_layers</c> on, when <c>use_sliding_window</c> is true (Qwen).</summary>
        FromMaxWindowLayers,

        /// <summary>All but every n-th (Gemma 2: 2, Gemma 3: 6).</summary>
        AllButEvery,
    }

    internal bool TiedByDefault { get; init; }

    internal NormKind Norm { get; init; }

    internal int NormsPerLayer { get; init; } = 2;

    internal bool QueryKeyNorms { get; init; }

    internal bool WholeQueryKeyNorms { get; init; }

    internal bool InnerNorms { get; init; }

    internal bool AttentionSinks { get; init; }

    internal bool RouterBias { get; init; }

    internal bool QueryKeyValueBias { get; init; }

    /// <summary>Biases of the attention output and the feed-forward matrices.</summary>
    internal bool OtherBiases { get; init; }

    internal bool HeadBias { get; init; }

    internal bool Gated { get; init; } = true;

    /// <summary>Head dimension when the key is absent; 0 is hidden size / heads.</summary>
    internal int DefaultHeadDimension { get; init; }

    /// <summary>Whether an absent <c>num_key_value_heads</c> means one per query head, as the family's class has it.</summary>
    internal bool KeyValueHeadsMayBeAbsent { get; init; }

    internal WindowRule Windows { get; init; }

    /// <summary>Period of <see cref="WindowRule.AllButEvery"/>.</summary>
    internal int WindowPeriod { get; init; }

    /// <summary>Window when the key is absent; 0 is none.</summary>
    internal int DefaultWindow { get; init; }

    internal static TransformerFamily Llama { get; } = new("llama") { KeyValueHeadsMayBeAbsent = true };

    internal static TransformerFamily Mistral { get; } = new("mistral") { Windows = WindowRule.All, DefaultWindow = 4096 };

    internal static TransformerFamily Mixtral { get; } = new("mixtral") { Windows = WindowRule.All };

    internal static TransformerFamily Qwen2 { get; } = new("qwen2") { QueryKeyValueBias = true, Windows = WindowRule.FromMaxWindowLayers };

    internal static TransformerFamily Qwen3 { get; } =
        new("qwen3") { QueryKeyNorms = true, Windows = WindowRule.FromMaxWindowLayers, DefaultHeadDimension = 128 };

    internal static TransformerFamily Qwen3Moe { get; } = new("qwen3_moe") { QueryKeyNorms = true, Windows = WindowRule.FromMaxWindowLayers };

    internal static TransformerFamily Gemma { get; } = new("gemma") { TiedByDefault = true, DefaultHeadDimension = 256 };

    internal static TransformerFamily Gemma2 { get; } = new("gemma2")
    {
        TiedByDefault = true,
        DefaultHeadDimension = 256,
        NormsPerLayer = 4,
        Windows = WindowRule.AllButEvery,
        WindowPeriod = 2,
        DefaultWindow = 4096,
    };

    internal static TransformerFamily Gemma3 { get; } = new("gemma3")
    {
        TiedByDefault = true,
        DefaultHeadDimension = 256,
        NormsPerLayer = 4,
        QueryKeyNorms = true,
        Windows = WindowRule.AllButEvery,
        WindowPeriod = 6,
        DefaultWindow = 4096,
    };

    internal static TransformerFamily Phi { get; } = new("phi")
    {
        Norm = NormKind.Layer,
        NormsPerLayer = 1,
        QueryKeyValueBias = true,
        OtherBiases = true,
        HeadBias = true,
        Gated = false,
        KeyValueHeadsMayBeAbsent = true,
    };

    internal static TransformerFamily Phi3 { get; } = new("phi3") { Windows = WindowRule.All, KeyValueHeadsMayBeAbsent = true };

    internal static TransformerFamily Granite { get; } = new("granite") { KeyValueHeadsMayBeAbsent = true };

    internal static TransformerFamily SmolLm3 { get; } = new("smollm3") { TiedByDefault = true, Windows = WindowRule.FromMaxWindowLayers };

    internal static TransformerFamily MiniCpm { get; } = new("minicpm") { TiedByDefault = true, KeyValueHeadsMayBeAbsent = true };

    internal static TransformerFamily InternLm2 { get; } = new("internlm2") { KeyValueHeadsMayBeAbsent = true };

    internal static TransformerFamily InternLm3 { get; } = new("internlm3") { KeyValueHeadsMayBeAbsent = true };

    internal static TransformerFamily Baichuan { get; } = new("baichuan") { KeyValueHeadsMayBeAbsent = true };

    internal static TransformerFamily ChatGlm { get; } = new("chatglm") { QueryKeyValueBias = true };

    internal static TransformerFamily Glm { get; } = new("glm") { DefaultHeadDimension = 128 };

    internal static TransformerFamily Glm4 { get; } = new("glm4") { NormsPerLayer = 4, DefaultHeadDimension = 128 };

    internal static TransformerFamily Olmo2 { get; } = new("olmo2") { QueryKeyNorms = true, WholeQueryKeyNorms = true, KeyValueHeadsMayBeAbsent = true };

    internal static TransformerFamily Olmoe { get; } = new("olmoe") { QueryKeyNorms = true, WholeQueryKeyNorms = true, KeyValueHeadsMayBeAbsent = true };

    internal static TransformerFamily BitNet { get; } = new("bitnet") { InnerNorms = true, KeyValueHeadsMayBeAbsent = true };

    internal static TransformerFamily StableLm { get; } = new("stablelm") { Norm = NormKind.Layer, KeyValueHeadsMayBeAbsent = true };

    internal static TransformerFamily PhiMoe { get; } = new("phimoe") { Norm = NormKind.Layer, Windows = WindowRule.All };

    internal static TransformerFamily GptOss { get; } = new("gpt_oss")
    {
        QueryKeyValueBias = true,
        OtherBiases = true,
        RouterBias = true,
        AttentionSinks = true,
        DefaultHeadDimension = 64,
        Windows = WindowRule.AllButEvery,
        WindowPeriod = 2,
        DefaultWindow = 128,
    };

    internal static TransformerFamily DeepSeekV2 { get; } = new("deepseek_v2");

    internal static TransformerFamily DeepSeekV3 { get; } = new("deepseek_v3") { RouterBias = true };

    internal static TransformerFamily Falcon { get; } = new("falcon") { TiedByDefault = true, Norm = NormKind.Layer, NormsPerLayer = 1, Gated = false };

    internal static TransformerFamily GptNeoX { get; } = Classic("gpt_neox") with { TiedByDefault = false, KeyValueHeadsMayBeAbsent = true };

    internal static TransformerFamily Gpt2 { get; } = Classic("gpt2");

    internal static TransformerFamily Opt { get; } = Classic("opt");

    /// <summary>Families by <c>model_type</c>, aliases included, in the order in which messages list them.</summary>
    internal static IReadOnlyList<KeyValuePair<string, TransformerFamily>> ByModelType { get; } =
    [
        new("llama", Llama), new("mistral", Mistral), new("mixtral", Mixtral),
        new("qwen2", Qwen2), new("qwen2_vl", Qwen2), new("qwen2_vl_text", Qwen2), new("qwen2_5_vl", Qwen2), new("qwen2_5_vl_text", Qwen2),
        new("qwen3", Qwen3), new("qwen3_moe", Qwen3Moe),
        new("gemma", Gemma), new("gemma2", Gemma2), new("gemma3", Gemma3), new("gemma3_text", Gemma3),
        new("phi", Phi), new("phi3", Phi3), new("phimoe", PhiMoe),
        new("deepseek_v2", DeepSeekV2), new("deepseek_v3", DeepSeekV3), new("gpt_oss", GptOss),
        new("granite", Granite), new("smollm3", SmolLm3), new("minicpm", MiniCpm), new("internlm2", InternLm2), new("internlm3", InternLm3),
        new("baichuan", Baichuan), new("chatglm", ChatGlm), new("glm", Glm), new("glm4", Glm4), new("olmo2", Olmo2), new("olmoe", Olmoe),
        new("bitnet", BitNet), new("stablelm", StableLm), new("falcon", Falcon), new("gpt_neox", GptNeoX), new("gpt2", Gpt2), new("opt", Opt),
    ];

    /// <summary>Whether GGUF files of the family hold queries, keys and values in one matrix.</summary>
    internal static bool FusesQueryKeyValue(string family) => family is "phi" or "phi3" or "gpt2" or "gpt_neox" or "falcon" or "chatglm";

    internal static TransformerFamily? Find(string modelType) => ByModelType.FirstOrDefault(pair => pair.Key == modelType).Value;

    /// <summary>A shape of this family; what varies inside the family beyond the arguments is set by <c>with</c>.</summary>
    internal TransformerShape Shape(
        string name, int layers, int hidden, int intermediate, int queryHeads, int keyValueHeads, int headDimension, int vocabulary, int positions, bool? tied = null)
        => new()
        {
            Name = name,
            Family = Name,
            Layers = layers,
            HiddenSize = hidden,
            IntermediateSize = intermediate,
            QueryHeads = queryHeads,
            KeyValueHeads = keyValueHeads,
            HeadDimension = headDimension,
            VocabularySize = vocabulary,
            MaximumPositions = positions,
            TiedEmbeddings = tied ?? TiedByDefault,
            Norm = Norm,
            NormsPerLayer = NormsPerLayer,
            QueryKeyNorms = QueryKeyNorms,
            WholeQueryKeyNorms = WholeQueryKeyNorms,
            InnerNorms = InnerNorms,
            AttentionSinks = AttentionSinks,
            RouterBias = RouterBias,
            QueryKeyValueBias = QueryKeyValueBias,
            AttentionOutputBias = OtherBiases,
            FeedForwardBias = OtherBiases,
            HeadBias = HeadBias,
            GatedFeedForward = Gated,
            WindowedLayers = Windows == WindowRule.AllButEvery ? LayerPattern.AllButEvery(WindowPeriod) : LayerPattern.All,
        };

    private static TransformerFamily Classic(string name) => new(name)
    {
        TiedByDefault = true,
        Norm = NormKind.Layer,
        QueryKeyValueBias = true,
        OtherBiases = true,
        Gated = false,
    };
}
