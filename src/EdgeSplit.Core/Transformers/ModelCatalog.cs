namespace EdgeSplit.Core.Transformers;

/// <summary>The shapes of well-known open models, by name.</summary>
/// <remarks>
/// Immutable, safe to share between threads. Each shape gives the published parameter count exactly, where an exact one is published. Sources are the
/// models' published Hugging Face configurations.
/// </remarks>
public static class ModelCatalog
{
    /// <summary>Every model, by family and then by size.</summary>
    public static IReadOnlyList<ModelEntry> All { get; } = Array.AsReadOnly(
    [
        Entry(Gpt2("gpt2", 12, 768, 12), "openai-community/gpt2"),
        Entry(Gpt2("gpt2-large", 36, 1280, 20), "openai-community/gpt2-large"),
        Entry(Opt("opt-1.3b", 24, 2048, 32), "facebook/opt-1.3b"),
        Entry(Opt("opt-6.7b", 32, 4096, 32), "facebook/opt-6.7b"),
        Entry(Llama("llama-2-7b", 32, 4096, 11008, 32, 32, 128, 32000, 4096), "meta-llama/Llama-2-7b-hf"),
        Entry(Llama("llama-2-13b", 40, 5120, 13824, 40, 40, 128, 32000, 4096), "meta-llama/Llama-2-13b-hf"),
        Entry(Llama("llama-2-70b", 80, 8192, 28672, 64, 8, 128, 32000, 4096), "meta-llama/Llama-2-70b-hf"),
        Entry(Llama("codellama-34b", 48, 8192, 22016, 64, 8, 128, 32000, 16384), "codellama/CodeLlama-34b-Instruct-hf"),
        Entry(Llama("llama-3-8b", 32, 4096, 14336, 32, 8, 128, 128256, 8192), "meta-llama/Meta-Llama-3-8B"),
        Entry(Llama("llama-3.1-8b", 32, 4096, 14336, 32, 8, 128, 128256, 131072), "meta-llama/Llama-3.1-8B"),
        Entry(Llama("llama-3.1-70b", 80, 8192, 28672, 64, 8, 128, 128256, 131072), "meta-llama/Llama-3.1-70B"),
        Entry(Llama("llama-3.2-1b", 16, 2048, 8192, 32, 8, 64, 128256, 131072, tied: true), "meta-llama/Llama-3.2-1B"),
        Entry(Llama("llama-3.2-3b", 28, 3072, 8192, 24, 8, 128, 128256, 131072, tied: true), "meta-llama/Llama-3.2-3B"),
        Entry(Llama("tinyllama-1.1b", 22, 2048, 5632, 32, 4, 64, 32000, 2048), "TinyLlama/TinyLlama-1.1B-Chat-v1.0"),
        Entry(Llama("smollm2-135m", 30, 576, 1536, 9, 3, 64, 49152, 8192, tied: true), "HuggingFaceTB/SmolLM2-135M"),
        Entry(Llama("smollm2-360m", 32, 960, 2560, 15, 5, 64, 49152, 8192, tied: true), "HuggingFaceTB/SmolLM2-360M"),
        Entry(Llama("smollm2-1.7b", 24, 2048, 8192, 32, 32, 64, 49152, 8192, tied: true), "HuggingFaceTB/SmolLM2-1.7B"),
        Entry(
            TransformerFamily.Mistral.Shape("mistral-7b-v0.1", 32, 4096, 14336, 32, 8, 128, 32000, 32768) with { SlidingWindow = 4096 },
            "mistralai/Mistral-7B-v0.1"),
        Entry(
            TransformerFamily.Mixtral.Shape("mixtral-8x7b", 32, 4096, 14336, 32, 8, 128, 32000, 32768) with
            { Experts = 8, ActiveExperts = 2, ExpertIntermediateSize = 14336 },
            "mistralai/Mixtral-8x7B-v0.1"),
        Entry(Qwen2("qwen1.5-1.8b", 24, 2048, 5504, 16, 16, 128, 151936, false), "Qwen/Qwen1.5-1.8B"),
        Entry(Qwen2("qwen2.5-0.5b", 24, 896, 4864, 14, 2, 64, 151936, true), "Qwen/Qwen2.5-0.5B"),
        Entry(Qwen2("qwen2.5-1.5b", 28, 1536, 8960, 12, 2, 128, 151936, true), "Qwen/Qwen2.5-1.5B"),
        Entry(Qwen2("qwen2.5-3b", 36, 2048, 11008, 16, 2, 128, 151936, true), "Qwen/Qwen2.5-3B"),
        Entry(Qwen2("qwen2.5-7b", 28, 3584, 18944, 28, 4, 128, 152064, false), "Qwen/Qwen2.5-7B"),
        Entry(Qwen3("qwen3-0.6b", 28, 1024, 3072, 16, true), "Qwen/Qwen3-0.6B"),
        Entry(Qwen3("qwen3-1.7b", 28, 2048, 6144, 16, true), "Qwen/Qwen3-1.7B"),
        Entry(Qwen3("qwen3-4b", 36, 2560, 9728, 32, true), "Qwen/Qwen3-4B"),
        Entry(Qwen3("qwen3-8b", 36, 4096, 12288, 32, false), "Qwen/Qwen3-8B"),
        Entry(
            TransformerFamily.Qwen3Moe.Shape("qwen3-30b-a3b", 48, 2048, 6144, 32, 4, 128, 151936, 40960) with
            { Experts = 128, ActiveExperts = 8, ExpertIntermediateSize = 768 },
            "Qwen/Qwen3-30B-A3B"),
        Entry(TransformerFamily.Gemma.Shape("gemma-2b", 18, 2048, 16384, 8, 1, 256, 256000, 8192), "google/gemma-2b"),
        Entry(TransformerFamily.Gemma2.Shape("gemma-2-2b", 26, 2304, 9216, 8, 4, 256, 256000, 8192) with { SlidingWindow = 4096 }, "google/gemma-2-2b"),
        Entry(TransformerFamily.Gemma2.Shape("gemma-2-9b", 42, 3584, 14336, 16, 8, 256, 256000, 8192) with { SlidingWindow = 4096 }, "google/gemma-2-9b"),
        Entry(TransformerFamily.Gemma3.Shape("gemma-3-1b", 26, 1152, 6912, 4, 1, 256, 262144, 32768) with { SlidingWindow = 512 }, "google/gemma-3-1b-it"),
        Entry(
            TransformerFamily.Gemma3.Shape("gemma-3-4b", 34, 2560, 10240, 8, 4, 256, 262208, 131072) with { SlidingWindow = 1024 },
            "google/gemma-3-4b-it, language part"),
        Entry(TransformerFamily.Phi.Shape("phi-2", 32, 2560, 10240, 32, 32, 80, 51200, 2048), "microsoft/phi-2"),
        Entry(
            TransformerFamily.Phi3.Shape("phi-3-mini-4k", 32, 3072, 8192, 32, 32, 96, 32064, 4096) with { SlidingWindow = 2047 },
            "microsoft/Phi-3-mini-4k-instruct"),
    ]);

    /// <summary>Finds a model by its name, without regard to case.</summary>
    /// <param name="name">The name, such as <c>llama-2-7b</c>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    /// <exception cref="UnknownNameException">There is no such model; the error names the nearest.</exception>
    public static ModelEntry Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var wanted = name.Trim();
        return All.FirstOrDefault(entry => string.Equals(entry.Name, wanted, StringComparison.OrdinalIgnoreCase))
            ?? throw new UnknownNameException("model", name, All.Select(entry => entry.Name));
    }

    private static ModelEntry Entry(TransformerShape shape, string repository) => new(shape.Name, shape, "Hugging Face config.json of " + repository);

    private static TransformerShape Gpt2(string name, int layers, int hidden, int heads) =>
        TransformerFamily.Gpt2.Shape(name, layers, hidden, 4 * hidden, heads, heads, hidden / heads, 50257, 1024) with { LearnedPositionRows = 1024 };

    private static TransformerShape Opt(string name, int layers, int hidden, int heads) =>
        TransformerFamily.Opt.Shape(name, layers, hidden, 4 * hidden, heads, heads, hidden / heads, 50272, 2048) with { LearnedPositionRows = 2050 };

    private static TransformerShape Llama(
        string name, int layers, int hidden, int intermediate, int heads, int keyValueHeads, int headDimension, int vocabulary, int positions, bool tied = false) =>
        TransformerFamily.Llama.Shape(name, layers, hidden, intermediate, heads, keyValueHeads, headDimension, vocabulary, positions, tied);

    private static TransformerShape Qwen2(
        string name, int layers, int hidden, int intermediate, int heads, int keyValueHeads, int headDimension, int vocabulary, bool tied) =>
        TransformerFamily.Qwen2.Shape(name, layers, hidden, intermediate, heads, keyValueHeads, headDimension, vocabulary, 32768, tied);

    private static TransformerShape Qwen3(string name, int layers, int hidden, int intermediate, int heads, bool tied) =>
        TransformerFamily.Qwen3.Shape(name, layers, hidden, intermediate, heads, 8, 128, 151936, 40960, tied);
}
