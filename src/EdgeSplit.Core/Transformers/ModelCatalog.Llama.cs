namespace EdgeSplit.Core.Transformers;

/// <summary>Llama and models of its shape.</summary>
public static partial class ModelCatalog
{
    private static ModelEntry[] Llamas() =>
    [
        Entry(Llama("llama-7b", 32, 4096, 11008, 32, 32, 128, 32000, 2048), "huggyllama/llama-7b"),
        Entry(Llama("llama-13b", 40, 5120, 13824, 40, 40, 128, 32000, 2048), "huggyllama/llama-13b"),
        Entry(Llama("llama-33b", 60, 6656, 17920, 52, 52, 128, 32000, 2048), "huggyllama/llama-30b"),
        Entry(Llama("llama-65b", 80, 8192, 22016, 64, 64, 128, 32000, 2048), "huggyllama/llama-65b"),
        Entry(Llama("llama-2-7b", 32, 4096, 11008, 32, 32, 128, 32000, 4096), "meta-llama/Llama-2-7b-hf"),
        Entry(Llama("llama-2-13b", 40, 5120, 13824, 40, 40, 128, 32000, 4096), "meta-llama/Llama-2-13b-hf"),
        Entry(Llama("llama-2-70b", 80, 8192, 28672, 64, 8, 128, 32000, 4096), "meta-llama/Llama-2-70b-hf"),
        Entry(Llama("codellama-7b", 32, 4096, 11008, 32, 32, 128, 32016, 16384), "codellama/CodeLlama-7b-hf"),
        Entry(Llama("codellama-13b", 40, 5120, 13824, 40, 40, 128, 32016, 16384), "codellama/CodeLlama-13b-hf"),
        Entry(Llama("codellama-34b", 48, 8192, 22016, 64, 8, 128, 32000, 16384), "codellama/CodeLlama-34b-Instruct-hf"),
        Entry(Llama("llama-3-8b", 32, 4096, 14336, 32, 8, 128, 128256, 8192), "meta-llama/Meta-Llama-3-8B"),
        Entry(Llama("llama-3-70b", 80, 8192, 28672, 64, 8, 128, 128256, 8192), "meta-llama/Meta-Llama-3-70B"),
        Entry(Llama("llama-3.1-8b", 32, 4096, 14336, 32, 8, 128, 128256, 131072), "meta-llama/Llama-3.1-8B"),
        Entry(Llama("llama-3.1-70b", 80, 8192, 28672, 64, 8, 128, 128256, 131072), "meta-llama/Llama-3.1-70B"),
        Entry(Llama("llama-3.1-405b", 126, 16384, 53248, 128, 8, 128, 128256, 131072), "meta-llama/Llama-3.1-405B"),
        Entry(Llama("llama-3.2-1b", 16, 2048, 8192, 32, 8, 64, 128256, 131072, tied: true), "meta-llama/Llama-3.2-1B"),
        Entry(Llama("llama-3.2-3b", 28, 3072, 8192, 24, 8, 128, 128256, 131072, tied: true), "meta-llama/Llama-3.2-3B"),
        Entry(Llama("llama-3.3-70b", 80, 8192, 28672, 64, 8, 128, 128256, 131072), "meta-llama/Llama-3.3-70B-Instruct"),
    ];

    private static ModelEntry[] LlamaLike() =>
    [
        Entry(Llama("tinyllama-1.1b", 22, 2048, 5632, 32, 4, 64, 32000, 2048), "TinyLlama/TinyLlama-1.1B-Chat-v1.0"),
        Entry(Llama("openllama-3b", 26, 3200, 8640, 32, 32, 100, 32000, 2048), "openlm-research/open_llama_3b"),
        Entry(Llama("mobilellm-125m", 30, 576, 1536, 9, 3, 64, 32000, 2048, tied: true), "facebook/MobileLLM-125M"),
        Entry(Llama("mobilellm-350m", 32, 960, 2560, 15, 5, 64, 32000, 2048, tied: true), "facebook/MobileLLM-350M"),
        Entry(Llama("smollm-135m", 30, 576, 1536, 9, 3, 64, 49152, 2048, tied: true), "HuggingFaceTB/SmolLM-135M"),
        Entry(Llama("smollm-360m", 32, 960, 2560, 15, 5, 64, 49152, 2048, tied: true), "HuggingFaceTB/SmolLM-360M"),
        Entry(Llama("smollm-1.7b", 24, 2048, 8192, 32, 32, 64, 49152, 2048, tied: true), "HuggingFaceTB/SmolLM-1.7B"),
        Entry(Llama("smollm2-135m", 30, 576, 1536, 9, 3, 64, 49152, 8192, tied: true), "HuggingFaceTB/SmolLM2-135M"),
        Entry(Llama("smollm2-360m", 32, 960, 2560, 15, 5, 64, 49152, 8192, tied: true), "HuggingFaceTB/SmolLM2-360M"),
        Entry(Llama("smollm2-1.7b", 24, 2048, 8192, 32, 32, 64, 49152, 8192, tied: true), "HuggingFaceTB/SmolLM2-1.7B"),
        Entry(TransformerFamily.SmolLm3.Shape("smollm3-3b", 36, 2048, 11008, 16, 4, 128, 128256, 65536), "HuggingFaceTB/SmolLM3-3B"),
        Entry(Llama("falcon3-1b", 18, 2048, 8192, 8, 4, 256, 131072, 4096), "tiiuae/Falcon3-1B-Base"),
        Entry(Llama("falcon3-3b", 22, 3072, 9216, 12, 4, 256, 131072, 32768), "tiiuae/Falcon3-3B-Base"),
        Entry(Llama("falcon3-7b", 28, 3072, 23040, 12, 4, 256, 131072, 32768), "tiiuae/Falcon3-7B-Base"),
        Entry(Llama("falcon3-10b", 40, 3072, 23040, 12, 4, 256, 131072, 32768), "tiiuae/Falcon3-10B-Base"),
        Entry(Llama("yi-6b", 32, 4096, 11008, 32, 4, 128, 64000, 4096), "01-ai/Yi-6B"),
        Entry(Llama("yi-9b", 48, 4096, 11008, 32, 4, 128, 64000, 4096), "01-ai/Yi-9B"),
        Entry(Llama("yi-34b", 60, 7168, 20480, 56, 8, 128, 64000, 4096), "01-ai/Yi-34B"),
        Entry(Llama("deepseek-llm-7b", 30, 4096, 11008, 32, 32, 128, 102400, 4096), "deepseek-ai/deepseek-llm-7b-base"),
        Entry(TransformerFamily.Baichuan.Shape("baichuan-7b", 32, 4096, 11008, 32, 32, 128, 64000, 4096), "baichuan-inc/Baichuan-7B"),
        Entry(TransformerFamily.Baichuan.Shape("baichuan-13b", 40, 5120, 13696, 40, 40, 128, 64000, 4096), "baichuan-inc/Baichuan-13B-Base"),
        Entry(TransformerFamily.Baichuan.Shape("baichuan2-7b", 32, 4096, 11008, 32, 32, 128, 125696, 4096), "baichuan-inc/Baichuan2-7B-Base"),
        Entry(TransformerFamily.Baichuan.Shape("baichuan2-13b", 40, 5120, 13696, 40, 40, 128, 125696, 4096), "baichuan-inc/Baichuan2-13B-Base"),
        Entry(TransformerFamily.InternLm2.Shape("internlm2-1.8b", 24, 2048, 8192, 16, 8, 128, 92544, 32768), "internlm/internlm2-1_8b"),
        Entry(TransformerFamily.InternLm2.Shape("internlm2-7b", 32, 4096, 14336, 32, 8, 128, 92544, 32768), "internlm/internlm2-7b"),
        Entry(TransformerFamily.InternLm2.Shape("internlm2-20b", 48, 6144, 16384, 48, 8, 128, 92544, 32768), "internlm/internlm2-20b"),
        Entry(TransformerFamily.InternLm3.Shape("internlm3-8b", 48, 4096, 10240, 32, 2, 128, 128512, 32768), "internlm/internlm3-8b-instruct"),
        Entry(TransformerFamily.Granite.Shape("granite-3.1-2b", 40, 2048, 8192, 32, 8, 64, 49155, 131072, true), "ibm-granite/granite-3.1-2b-base"),
        Entry(TransformerFamily.Granite.Shape("granite-3.1-8b", 40, 4096, 12800, 32, 8, 128, 49155, 131072, true), "ibm-granite/granite-3.1-8b-base"),
        Entry(TransformerFamily.MiniCpm.Shape("minicpm-1b", 52, 1536, 3840, 24, 8, 64, 73440, 4096), "openbmb/MiniCPM-1B-sft-bf16"),
        Entry(TransformerFamily.MiniCpm.Shape("minicpm-2b", 40, 2304, 5760, 36, 36, 64, 122753, 4096), "openbmb/MiniCPM-2B-sft-bf16"),
        Entry(TransformerFamily.BitNet.Shape("bitnet-b1.58-2b", 30, 2560, 6912, 20, 5, 128, 128256, 4096, true), "microsoft/bitnet-b1.58-2B-4T"),
        Entry(TransformerFamily.BitNet.Shape("bitnet-b1.58-3b", 26, 3200, 8640, 32, 32, 100, 32002, 2048, true), "1bitLLM/bitnet_b1_58-3B"),
    ];
}
