namespace EdgeSplit.Core.Transformers;

/// <summary>Mixtures of experts.</summary>
public static partial class ModelCatalog
{
    private static ModelEntry[] Mixtures() =>
    [
        Entry(
            WithExperts(TransformerFamily.Mixtral.Shape("mixtral-8x7b", 32, 4096, 14336, 32, 8, 128, 32000, 32768), 8, 2, 14336),
            "mistralai/Mixtral-8x7B-v0.1"),
        Entry(
            WithExperts(TransformerFamily.Mixtral.Shape("mixtral-8x22b", 56, 6144, 16384, 48, 8, 128, 32768, 65536), 8, 2, 16384),
            "mistralai/Mixtral-8x22B-Instruct-v0.1"),
        Entry(
            WithExperts(TransformerFamily.Qwen3Moe.Shape("qwen3-30b-a3b", 48, 2048, 6144, 32, 4, 128, 151936, 40960), 128, 8, 768),
            "Qwen/Qwen3-30B-A3B"),
        Entry(
            WithExperts(TransformerFamily.Qwen3Moe.Shape("qwen3-235b-a22b", 94, 4096, 12288, 64, 4, 128, 151936, 40960), 128, 8, 1536),
            "Qwen/Qwen3-235B-A22B"),
        Entry(
            WithExperts(TransformerFamily.Olmoe.Shape("olmoe-1b-7b", 16, 2048, 1024, 16, 16, 128, 50304, 4096), 64, 8, 1024),
            "allenai/OLMoE-1B-7B-0924"),
        Entry(
            WithExperts(TransformerFamily.PhiMoe.Shape("phi-3.5-moe", 32, 4096, 6400, 32, 8, 128, 32064, 131072), 16, 2, 6400) with
            { QueryKeyValueBias = true, AttentionOutputBias = true, HeadBias = true, SlidingWindow = 131072 },
            "microsoft/Phi-3.5-MoE-instruct"),
        Entry(GptOss("gpt-oss-20b", 24, 32), "openai/gpt-oss-20b"),
        Entry(GptOss("gpt-oss-120b", 36, 128), "openai/gpt-oss-120b"),
        Entry(
            WithExperts(TransformerFamily.DeepSeekV2.Shape("deepseek-v2-lite", 27, 2048, 10944, 16, 16, 192, 102400, 163840), 64, 6, 1408) with
            {
                KeyValueLatentDimension = 512,
                RotaryHeadDimension = 64,
                ValueHeadDimension = 128,
                SharedExpertIntermediateSize = 2 * 1408,
                ExpertLayers = AllAfter(1, 27),
            },
            "deepseek-ai/DeepSeek-V2-Lite"),
        Entry(
            WithExperts(TransformerFamily.DeepSeekV3.Shape("deepseek-v3", 61, 7168, 18432, 128, 128, 192, 129280, 163840), 256, 8, 2048) with
            {
                KeyValueLatentDimension = 512,
                QueryLatentDimension = 1536,
                RotaryHeadDimension = 64,
                ValueHeadDimension = 128,
                SharedExpertIntermediateSize = 2048,
                ExpertLayers = AllAfter(3, 61),
            },
            "deepseek-ai/DeepSeek-V3"),
    ];

    private static TransformerShape GptOss(string name, int layers, int experts) =>
        WithExperts(TransformerFamily.GptOss.Shape(name, layers, 2880, 2880, 64, 8, 64, 201088, 131072), experts, 4, 2880) with { SlidingWindow = 128 };

    private static LayerPattern AllAfter(int first, int layers)
    {
        var flags = new bool[layers];
        flags.AsSpan(first).Fill(true);
        return LayerPattern.Repeat(flags);
    }
}
