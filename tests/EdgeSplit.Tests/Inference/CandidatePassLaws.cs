using EdgeSplit.Core.Inference;

namespace EdgeSplit.Tests.Inference;

/// <summary>Many candidates behind one shared cache against each candidate alone.</summary>
public sealed class CandidatePassLaws
{
    private static readonly Dictionary<string, RandomCheckpoint> Variants = new()
    {
        ["llama"] = new() { Layers = 3, HiddenSize = 72, IntermediateSize = 100, QueryHeads = 6, KeyValueHeads = 2, HeadDimension = 12, Vocabulary = 67 },
        ["mistral, window 9"] = new() { Family = "mistral", HeadDimension = 8, Vocabulary = 40, ExtraKeys = """{"sliding_window":9}""" },
        ["qwen2, tied"] = new() { Family = "qwen2", Tied = true, Vocabulary = 37 },
        ["qwen3 F16"] = new() { Family = "qwen3", HeadDimension = 20, HiddenSize = 32, Type = TensorType.F16 },
    };

    public static TheoryData<string> Names { get; } = [.. Variants.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryCandidateIsWhatItIsAlone(string name)
    {
        using var folder = new TemporaryFolder();
        Variants[name].Write(folder.Path);
        using var model = LlamaModel.Load(folder.Path);
        var workspace = new LlamaWorkspace();
        var candidates = Enumerable.Range(0, model.Vocabulary).Reverse().ToArray();
        foreach (var past in new[] { 0, 1, 8, 15, 16, 40 })
        {
            var cache = Prefix(model, past, 41);
            var together = new float[candidates.Length * model.HiddenSize];
            model.RunCandidates(candidates, together, model.Layers, workspace, cache);
            Assert.Equal(past, cache.Length);
            var alone = new float[together.Length];
            for (var i = 0; i < candidates.Length; i++)
            {
                var row = alone.AsSpan(i * model.HiddenSize, model.HiddenSize);
                model.Embed(candidates.AsSpan(i, 1), row);
                model.RunLayers(row, 1, 1, 0, model.Layers, workspace, cache);
            }

            Assert.InRange(ReferenceModel.Difference(together, alone), 0, 1e-5);

            // What stands in the free place of the cache does not count, and neither do threads.
            var again = new float[together.Length];
            model.RunCandidates(candidates, again, model.Layers, new LlamaWorkspace(3), cache);
            Assert.Equal(together, again);
        }
    }

    [Fact]
    public void NoLayersGiveTheEmbeddings()
    {
        var model = ReferenceModel.Model;
        var (found, expected) = (new float[3 * model.HiddenSize], new float[3 * model.HiddenSize]);
        model.RunCandidates([7, 0, 255], found, 0, new LlamaWorkspace(), Prefix(model, 4, 5));
        model.Embed([7, 0, 255], expected);
        Assert.Equal(expected, found);
    }

    [Fact]
    public void ACopiedCacheGoesOnLikeTheOriginal()
    {
        var model = ReferenceModel.Model;
        var cache = Prefix(model, 20, 30);
        var copy = new KeyValueCache(model, 0, model.Layers, 1, 30);
        copy.CopyFrom(cache);
        Assert.Equal(20, copy.Length);
        cache.Truncate(3);
        var (first, second) = (Next(model, Prefix(model, 20, 30)), Next(model, copy));
        Assert.Equal(first, second);
        Assert.Throws<ArgumentOutOfRangeException>("source", () => copy.CopyFrom(new KeyValueCache(model, 0, model.Layers, 1, 31)));
        Assert.Throws<ArgumentOutOfRangeException>("source", () => copy.CopyFrom(new KeyValueCache(model, 0, 3, 1, 30)));
        Assert.Throws<ArgumentOutOfRangeException>("source", () => copy.CopyFrom(new KeyValueCache(model, 0, model.Layers, 2, 30)));
    }

    [Fact]
    public void BadArgumentsAreRefused()
    {
        var model = ReferenceModel.Model;
        var workspace = new LlamaWorkspace();
        var row = new float[model.HiddenSize];
        Assert.Throws<ArgumentOutOfRangeException>(() => model.RunCandidates([256], row, 1, workspace, Prefix(model, 1, 2)));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.RunCandidates([], [], 1, workspace, Prefix(model, 1, 2)));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.RunCandidates([1, 2], row, 1, workspace, Prefix(model, 1, 2)));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.RunCandidates([1], row, 13, workspace, Prefix(model, 1, 2)));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.RunCandidates([1], row, 1, workspace, Prefix(model, 2, 2)));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.RunCandidates([1], row, 2, workspace, new KeyValueCache(model, 1, 3, 1, 4)));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.RunCandidates([1], row, 1, workspace, new KeyValueCache(model, 0, 3, 2, 4)));
    }

    private static KeyValueCache Prefix(LlamaModel model, int tokens, int capacity)
    {
        var cache = new KeyValueCache(model, 0, model.Layers, 1, capacity);
        if (tokens > 0)
        {
            var hidden = new float[tokens * model.HiddenSize];
            model.Embed([.. Enumerable.Range(0, tokens).Select(i => i * 7 % model.Vocabulary)], hidden);
            model.RunLayers(hidden, 1, tokens, 0, model.Layers, new LlamaWorkspace(), cache);
            cache.Advance(tokens);
        }

        return cache;
    }

    private static float[] Next(LlamaModel model, KeyValueCache cache)
    {
        var hidden = new float[model.HiddenSize];
        model.Embed([5], hidden);
        model.RunLayers(hidden, 1, 1, 0, model.Layers, new LlamaWorkspace(), cache);
        return hidden;
    }
}
