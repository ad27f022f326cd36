namespace EdgeSplit.Core.Transformers;

/// <summary>The shapes of well-known open models, by name.</summary>
/// <remarks>
/// Immutable, safe to share between threads. Each shape gives the published parameter count exactly, where an exact one is published. Sources are the
/// models' published Hugging Face configurations. Names as benchmark files write them are understood by <see cref="ModelNames"/>.
/// </remarks>
public static partial class ModelCatalog
{
    /// <summary>Every model, by family and then by size.</summary>
    public static IReadOnlyList<ModelEntry> All { get; } = Array.AsReadOnly<ModelEntry>(
        [.. Classics(), .. Llamas(), .. LlamaLike(), .. Mistrals(), .. Qwens(), .. Gemmas(), .. Phis(), .. Others(), .. Mixtures()]);

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

    private static TransformerShape NeoX(string name, int layers, int hidden, int heads, int vocabulary) =>
        TransformerFamily.GptNeoX.Shape(name, layers, hidden, 4 * hidden, heads, heads, hidden / heads, vocabulary, 2048);

    private static TransformerShape Llama(
        string name, int layers, int hidden, int intermediate, int heads, int keyValueHeads, int headDimension, int vocabulary, int positions, bool tied = false) =>
        TransformerFamily.Llama.Shape(name, layers, hidden, intermediate, heads, keyValueHeads, headDimension, vocabulary, positions, tied);

    private static TransformerShape Mistral(
        string name, int layers, int hidden, int intermediate, int heads, int vocabulary, int positions, int window = 0) =>
        TransformerFamily.Mistral.Shape(name, layers, hidden, intermediate, heads, 8, 128, vocabulary, positions) with { SlidingWindow = window };

    private static TransformerShape Qwen2(
        string name, int layers, int hidden, int intermediate, int heads, int keyValueHeads, int headDimension, int vocabulary, bool tied, int positions = 32768) =>
        TransformerFamily.Qwen2.Shape(name, layers, hidden, intermediate, heads, keyValueHeads, headDimension, vocabulary, positions, tied);

    private static TransformerShape Qwen3(string name, int layers, int hidden, int intermediate, int heads, bool tied) =>
        TransformerFamily.Qwen3.Shape(name, layers, hidden, intermediate, heads, 8, 128, 151936, 40960, tied);

    private static TransformerShape Gemma3(string name, int layers, int hidden, int intermediate, int heads, int keyValueHeads, int headDimension, int vocabulary, int positions, int window) =>
        TransformerFamily.Gemma3.Shape(name, layers, hidden, intermediate, heads, keyValueHeads, headDimension, vocabulary, positions) with { SlidingWindow = window };

    private static TransformerShape Phi3(
        string name, int layers, int hidden, int intermediate, int heads, int keyValueHeads, int headDimension, int vocabulary, int positions, int window, bool tied = false) =>
        TransformerFamily.Phi3.Shape(name, layers, hidden, intermediate, heads, keyValueHeads, headDimension, vocabulary, positions, tied) with { SlidingWindow = window };

    private static TransformerShape WithExperts(TransformerShape shape, int experts, int active, int intermediate) =>
        shape with { Experts = experts, ActiveExperts = active, ExpertIntermediateSize = intermediate };
}
