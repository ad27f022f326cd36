namespace EdgeSplit.Core.Transformers;

/// <summary>Dense models of the other families.</summary>
public static partial class ModelCatalog
{
    private static ModelEntry[] Classics() =>
    [
        Entry(Gpt2("gpt2", 12, 768, 12), "openai-community/gpt2"),
        Entry(Gpt2("gpt2-medium", 24, 1024, 16), "openai-community/gpt2-medium"),
        Entry(Gpt2("gpt2-large", 36, 1280, 20), "openai-community/gpt2-large"),
        Entry(Gpt2("gpt2-xl", 48, 1600, 25), "openai-community/gpt2-xl"),
        Entry(Opt("opt-125m", 12, 768, 12), "facebook/opt-125m"),
        Entry(Opt("opt-1.3b", 24, 2048, 32), "facebook/opt-1.3b"),
        Entry(Opt("opt-2.7b", 32, 2560, 32), "facebook/opt-2.7b"),
        Entry(Opt("opt-6.7b", 32, 4096, 32), "facebook/opt-6.7b"),
        Entry(Opt("opt-13b", 40, 5120, 40), "facebook/opt-13b"),
        Entry(Opt("opt-30b", 48, 7168, 56), "facebook/opt-30b"),
        Entry(NeoX("pythia-160m", 12, 768, 12, 50304), "EleutherAI/pythia-160m"),
        Entry(NeoX("pythia-410m", 24, 1024, 16, 50304), "EleutherAI/pythia-410m"),
        Entry(NeoX("pythia-1b", 16, 2048, 8, 50304), "EleutherAI/pythia-1b"),
        Entry(NeoX("pythia-1.4b", 24, 2048, 16, 50304), "EleutherAI/pythia-1.4b"),
        Entry(NeoX("pythia-2.8b", 32, 2560, 32, 50304), "EleutherAI/pythia-2.8b"),
        Entry(NeoX("pythia-6.9b", 32, 4096, 32, 50432), "EleutherAI/pythia-6.9b"),
        Entry(NeoX("redpajama-incite-3b", 32, 2560, 32, 50432), "togethercomputer/RedPajama-INCITE-Base-3B-v1"),
    ];

    private static ModelEntry[] Mistrals() =>
    [
        Entry(Mistral("mistral-7b-v0.1", 32, 4096, 14336, 32, 32000, 32768, 4096), "mistralai/Mistral-7B-v0.1"),
        Entry(Mistral("mistral-7b-v0.2", 32, 4096, 14336, 32, 32000, 32768), "mistralai/Mistral-7B-Instruct-v0.2"),
        Entry(Mistral("mistral-7b-v0.3", 32, 4096, 14336, 32, 32768, 32768), "mistralai/Mistral-7B-v0.3"),
        Entry(Mistral("ministral-8b", 36, 4096, 12288, 32, 131072, 32768, 32768), "mistralai/Ministral-8B-Instruct-2410"),
        Entry(Mistral("mistral-nemo-12b", 40, 5120, 14336, 32, 131072, 131072), "mistralai/Mistral-Nemo-Base-2407"),
        Entry(Mistral("mistral-small-22b", 56, 6144, 16384, 48, 32768, 32768), "mistralai/Mistral-Small-Instruct-2409"),
        Entry(Mistral("mistral-small-24b", 40, 5120, 32768, 32, 131072, 32768), "mistralai/Mistral-Small-24B-Instruct-2501"),
        Entry(Mistral("mistral-large-123b", 88, 12288, 28672, 96, 32768, 131072), "mistralai/Mistral-Large-Instruct-2407"),
    ];

    private static ModelEntry[] Qwens() =>
    [
        Entry(Qwen2("qwen1.5-0.5b", 24, 1024, 2816, 16, 16, 64, 151936, true), "Qwen/Qwen1.5-0.5B"),
        Entry(Qwen2("qwen1.5-1.8b", 24, 2048, 5504, 16, 16, 128, 151936, false), "Qwen/Qwen1.5-1.8B"),
        Entry(Qwen2("qwen1.5-4b", 40, 2560, 6912, 20, 20, 128, 151936, false), "Qwen/Qwen1.5-4B"),
        Entry(Qwen2("qwen1.5-7b", 32, 4096, 11008, 32, 32, 128, 151936, false), "Qwen/Qwen1.5-7B"),
        Entry(Qwen2("qwen1.5-14b", 40, 5120, 13696, 40, 40, 128, 152064, false), "Qwen/Qwen1.5-14B"),
        Entry(Qwen2("qwen2-0.5b", 24, 896, 4864, 14, 2, 64, 151936, true, 131072), "Qwen/Qwen2-0.5B"),
        Entry(Qwen2("qwen2-1.5b", 28, 1536, 8960, 12, 2, 128, 151936, true, 131072), "Qwen/Qwen2-1.5B"),
        Entry(Qwen2("qwen2-7b", 28, 3584, 18944, 28, 4, 128, 152064, false, 131072), "Qwen/Qwen2-7B"),
        Entry(Qwen2("qwen2-72b", 80, 8192, 29568, 64, 8, 128, 152064, false, 131072), "Qwen/Qwen2-72B"),
        Entry(Qwen2("qwen2.5-0.5b", 24, 896, 4864, 14, 2, 64, 151936, true), "Qwen/Qwen2.5-0.5B"),
        Entry(Qwen2("qwen2.5-1.5b", 28, 1536, 8960, 12, 2, 128, 151936, true), "Qwen/Qwen2.5-1.5B"),
        Entry(Qwen2("qwen2.5-3b", 36, 2048, 11008, 16, 2, 128, 151936, true), "Qwen/Qwen2.5-3B"),
        Entry(Qwen2("qwen2.5-7b", 28, 3584, 18944, 28, 4, 128, 152064, false), "Qwen/Qwen2.5-7B"),
        Entry(Qwen2("qwen2.5-14b", 48, 5120, 13824, 40, 8, 128, 152064, false), "Qwen/Qwen2.5-14B"),
        Entry(Qwen2("qwen2.5-32b", 64, 5120, 27648, 40, 8, 128, 152064, false), "Qwen/Qwen2.5-32B"),
        Entry(Qwen2("qwen2.5-72b", 80, 8192, 29568, 64, 8, 128, 152064, false), "Qwen/Qwen2.5-72B"),
        Entry(Qwen2("deepseek-r1-distill-qwen-1.5b", 28, 1536, 8960, 12, 2, 128, 151936, false, 131072), "deepseek-ai/DeepSeek-R1-Distill-Qwen-1.5B"),
        Entry(Qwen3("qwen3-0.6b", 28, 1024, 3072, 16, true), "Qwen/Qwen3-0.6B"),
        Entry(Qwen3("qwen3-1.7b", 28, 2048, 6144, 16, true), "Qwen/Qwen3-1.7B"),
        Entry(Qwen3("qwen3-4b", 36, 2560, 9728, 32, true), "Qwen/Qwen3-4B"),
        Entry(Qwen3("qwen3-8b", 36, 4096, 12288, 32, false), "Qwen/Qwen3-8B"),
        Entry(Qwen3("qwen3-14b", 40, 5120, 17408, 40, false), "Qwen/Qwen3-14B"),
        Entry(Qwen3("qwen3-32b", 64, 5120, 25600, 64, false), "Qwen/Qwen3-32B"),
    ];

    private static ModelEntry[] Gemmas() =>
    [
        Entry(TransformerFamily.Gemma.Shape("gemma-2b", 18, 2048, 16384, 8, 1, 256, 256000, 8192), "google/gemma-2b"),
        Entry(TransformerFamily.Gemma.Shape("gemma-7b", 28, 3072, 24576, 16, 16, 256, 256000, 8192), "google/gemma-7b"),
        Entry(TransformerFamily.Gemma2.Shape("gemma-2-2b", 26, 2304, 9216, 8, 4, 256, 256000, 8192) with { SlidingWindow = 4096 }, "google/gemma-2-2b"),
        Entry(TransformerFamily.Gemma2.Shape("gemma-2-9b", 42, 3584, 14336, 16, 8, 256, 256000, 8192) with { SlidingWindow = 4096 }, "google/gemma-2-9b"),
        Entry(TransformerFamily.Gemma2.Shape("gemma-2-27b", 46, 4608, 36864, 32, 16, 128, 256000, 8192) with { SlidingWindow = 4096 }, "google/gemma-2-27b"),
        Entry(Gemma3("gemma-3-270m", 18, 640, 2048, 4, 1, 256, 262144, 32768, 512), "google/gemma-3-270m"),
        Entry(Gemma3("gemma-3-1b", 26, 1152, 6912, 4, 1, 256, 262144, 32768, 512), "google/gemma-3-1b-it"),
        Entry(Gemma3("gemma-3-4b", 34, 2560, 10240, 8, 4, 256, 262208, 131072, 1024), "google/gemma-3-4b-it, language part"),
        Entry(Gemma3("gemma-3-12b", 48, 3840, 15360, 16, 8, 256, 262208, 131072, 1024), "google/gemma-3-12b-it, language part"),
        Entry(Gemma3("gemma-3-27b", 62, 5376, 21504, 32, 16, 128, 262208, 131072, 1024), "google/gemma-3-27b-it, language part"),
    ];

    private static ModelEntry[] Phis() =>
    [
        Entry(TransformerFamily.Phi.Shape("phi-1.5", 24, 2048, 8192, 32, 32, 64, 51200, 2048), "microsoft/phi-1_5"),
        Entry(TransformerFamily.Phi.Shape("phi-2", 32, 2560, 10240, 32, 32, 80, 51200, 2048), "microsoft/phi-2"),
        Entry(Phi3("phi-3-mini-4k", 32, 3072, 8192, 32, 32, 96, 32064, 4096, 2047), "microsoft/Phi-3-mini-4k-instruct"),
        Entry(Phi3("phi-3.5-mini", 32, 3072, 8192, 32, 32, 96, 32064, 131072, 262144), "microsoft/Phi-3.5-mini-instruct"),
        Entry(Phi3("phi-3-medium-4k", 40, 5120, 17920, 40, 10, 128, 32064, 4096, 2047), "microsoft/Phi-3-medium-4k-instruct"),
        Entry(Phi3("phi-4-mini", 32, 3072, 8192, 24, 8, 128, 200064, 131072, 262144, tied: true), "microsoft/Phi-4-mini-instruct"),
        Entry(Phi3("phi-4", 40, 5120, 17920, 40, 10, 128, 100352, 16384, 0), "microsoft/phi-4"),
    ];

    private static ModelEntry[] Others() =>
    [
        Entry(
            TransformerFamily.StableLm.Shape("stablelm-2-1.6b", 24, 2048, 5632, 32, 32, 64, 100352, 4096) with { QueryKeyValueBias = true },
            "stabilityai/stablelm-2-1_6b"),
        Entry(TransformerFamily.StableLm.Shape("stablelm-3b", 32, 2560, 6912, 32, 32, 80, 50304, 4096), "stabilityai/stablelm-3b-4e1t"),
        Entry(TransformerFamily.Falcon.Shape("falcon-7b", 32, 4544, 18176, 71, 1, 64, 65024, 2048), "tiiuae/falcon-7b"),
        Entry(TransformerFamily.ChatGlm.Shape("chatglm3-6b", 28, 4096, 13696, 32, 2, 128, 65024, 8192), "THUDM/chatglm3-6b"),
        Entry(TransformerFamily.ChatGlm.Shape("glm-4-9b", 40, 4096, 13696, 32, 2, 128, 151552, 131072), "THUDM/glm-4-9b-chat"),
        Entry(TransformerFamily.Olmo2.Shape("olmo-2-1b", 16, 2048, 8192, 16, 16, 128, 100352, 4096), "allenai/OLMo-2-0425-1B"),
        Entry(TransformerFamily.Olmo2.Shape("olmo-2-7b", 32, 4096, 11008, 32, 32, 128, 100352, 4096), "allenai/OLMo-2-1124-7B"),
        Entry(TransformerFamily.Olmo2.Shape("olmo-2-13b", 40, 5120, 13824, 40, 40, 128, 100352, 4096), "allenai/OLMo-2-1124-13B"),
    ];
}
