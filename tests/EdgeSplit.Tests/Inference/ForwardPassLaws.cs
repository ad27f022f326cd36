using EdgeSplit.Core.Inference;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Tests.Inference;

/// <summary>The forward pass of every family against the same arithmetic written plainly, and against itself: prefill and decode, any number of threads, formats of weights.</summary>
public sealed class ForwardPassLaws
{
    private const double Tolerance = 1e-4;

    // Sizes off the multiples of vectors and panels, windows shorter than the text, every rotary scaling.
    private static readonly Dictionary<string, RandomCheckpoint> Variants = new()
    {
        ["llama"] = new() { Layers = 2, HiddenSize = 72, IntermediateSize = 100, QueryHeads = 6, KeyValueHeads = 2, HeadDimension = 12, Vocabulary = 67 },
        ["llama tied, all biases"] = new() { Tied = true, AttentionBias = true, FeedForwardBias = true, HiddenSize = 40, HeadDimension = 10, Vocabulary = 130 },
        ["llama F16, wide"] = new() { HiddenSize = 576, IntermediateSize = 700, QueryHeads = 4, KeyValueHeads = 1, HeadDimension = 144, Layers = 1, Type = TensorType.F16 },
        ["llama BF16, shards"] = new() { HiddenSize = 48, Type = TensorType.BF16, Shards = 3 },
        ["llama 3.1"] = new()
        {
            HeadDimension = 16,
            ExtraKeys = """{"rope_theta":500000,"rope_scaling":{"rope_type":"llama3","factor":8.0,"low_freq_factor":1.0,"high_freq_factor":4.0,"original_max_position_embeddings":24}}""",
        },
        ["llama, linear scaling"] = new() { HeadDimension = 8, ExtraKeys = """{"rope_scaling":{"type":"linear","factor":4.0}}""" },
        ["mistral, window 9"] = new() { Family = "mistral", HeadDimension = 8, ExtraKeys = """{"sliding_window":9}""" },
        ["qwen2"] = new() { Family = "qwen2", HeadDimension = 4, Tied = true },
        ["qwen2, window from layer 1"] = new() { Family = "qwen2", Layers = 3, ExtraKeys = """{"use_sliding_window":true,"sliding_window":7,"max_window_layers":1}""" },
        ["qwen3"] = new() { Family = "qwen3", HeadDimension = 20, HiddenSize = 32 },
        ["qwen3 F16, biases"] = new() { Family = "qwen3", AttentionBias = true, HeadDimension = 20, HiddenSize = 32, Type = TensorType.F16 },
    };

    public static TheoryData<string> Names { get; } = [.. Variants.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void LogitsAndStatesAreThoseOfThePlainArithmetic(string name)
    {
        using var folder = new TemporaryFolder();
        using var model = Load(folder, name);
        var tokens = Tokens(model, 37);
        var (states, logits) = new NaiveLlama(model.Checkpoint).Run(tokens);
        Assert.InRange(ReferenceModel.Difference(ReferenceModel.Logits(model, tokens), [.. logits.SelectMany(x => x)]), 0, Tolerance);

        var hidden = new float[tokens.Length * model.HiddenSize];
        var workspace = new LlamaWorkspace();
        model.Embed(tokens, hidden);
        for (var layer = 0; layer <= model.Layers; layer++)
        {
            Assert.InRange(ReferenceModel.Difference(hidden, [.. states[layer].SelectMany(x => x)]), 0, Tolerance);
            if (layer < model.Layers)
            {
                model.RunLayers(hidden, 1, tokens.Length, layer, layer + 1, workspace);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void PrefillAndDecodeAgree(string name)
    {
        using var folder = new TemporaryFolder();
        using var model = Load(folder, name);
        AssertPrefillAndDecodeAgree(model, Tokens(model, 40));
    }

    [Fact]
    public void PrefillAndDecodeOfTheReferenceModelAgree() => AssertPrefillAndDecodeAgree(ReferenceModel.Model, ReferenceModel.Sentence);

    [Theory]
    [MemberData(nameof(Names))]
    public void ThreadsChangeNoBit(string name)
    {
        using var folder = new TemporaryFolder();
        using var model = Load(folder, name);
        var tokens = Tokens(model, 33);
        var one = ReferenceModel.Logits(model, tokens);
        Assert.Equal(one, ReferenceModel.Logits(model, tokens, threads: 2));
        Assert.Equal(one, ReferenceModel.Logits(model, tokens, threads: 5));
        var token = tokens[..1];
        Assert.Equal(ReferenceModel.Logits(model, token), ReferenceModel.Logits(model, token, threads: 3));
    }

    [Theory]
    [InlineData("llama")]
    [InlineData("mistral, window 9")]
    public void SequencesSideBySideAreThoseAlone(string name)
    {
        using var folder = new TemporaryFolder();
        using var model = Load(folder, name);
        const int sequences = 3, length = 21;
        var tokens = Tokens(model, sequences * length);
        var hidden = new float[tokens.Length * model.HiddenSize];
        var workspace = new LlamaWorkspace();
        model.Embed(tokens, hidden);
        model.RunLayers(hidden, sequences, length, 0, model.Layers, workspace);
        for (var i = 0; i < sequences; i++)
        {
            var alone = new float[length * model.HiddenSize];
            model.Embed(tokens.AsSpan(i * length, length), alone);
            model.RunLayers(alone, 1, length, 0, model.Layers, workspace);
            Assert.Equal(alone, hidden[(i * alone.Length)..((i + 1) * alone.Length)]);
        }

        // The same through a cache of several sequences, one token of each at a time.
        var cache = new KeyValueCache(model, 0, model.Layers, sequences, length);
        for (var t = 0; t < length; t++)
        {
            int[] column = [.. Enumerable.Range(0, sequences).Select(i => tokens[(i * length) + t])];
            var state = new float[sequences * model.HiddenSize];
            model.Embed(column, state);
            model.RunLayers(state, sequences, 1, 0, model.Layers, workspace, cache);
            cache.Advance(1);
            for (var i = 0; i < sequences; i++)
            {
                var expected = hidden.AsSpan(((i * length) + t) * model.HiddenSize, model.HiddenSize);
                Assert.InRange(ReferenceModel.Difference(state.AsSpan(i * model.HiddenSize, model.HiddenSize), expected), 0, Tolerance);
            }
        }
    }

    [Fact]
    public void FormatsShardsAndHeadsAgreeToFormatPrecision()
    {
        using var folder = new TemporaryFolder();
        var tokens = ReferenceModel.Sentence;
        var expected = ReferenceModel.Logits(ReferenceModel.Model, tokens);
        using var source = Checkpoint.Open(ReferenceModel.Folder);
        foreach (var (type, shards, tied, tolerance) in new[]
        {
            (TensorType.F32, 1, false, 0.0), (TensorType.F32, 4, true, 0.0), (TensorType.F16, 1, true, 3e-3), (TensorType.BF16, 2, false, 3e-2),
        })
        {
            var path = Directory.CreateDirectory(folder.PathOf($"{type}-{shards}-{tied}")).FullName;
            Rewrite(source, path, type, shards, tied);
            using var model = LlamaModel.Load(path);
            var difference = ReferenceModel.Difference(ReferenceModel.Logits(model, tokens), expected);
            Assert.InRange(difference, 0, tolerance);
            Assert.Equal(type == TensorType.F32, difference == 0);
        }
    }

    [Fact]
    public void APassOfOneThreadAllocatesNothing()
    {
        var model = ReferenceModel.Model;
        var workspace = new LlamaWorkspace();
        var cache = new KeyValueCache(model, 0, model.Layers, 1, 100);
        var hidden = new float[64 * model.HiddenSize];
        var logits = new float[64 * model.Vocabulary];
        Passes();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Passes();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Passes()
        {
            cache.Truncate(0);
            model.Embed(ReferenceModel.Sentence.AsSpan(0, 64), hidden);
            model.RunLayers(hidden, 2, 32, 0, model.Layers, workspace);
            model.Head(hidden, 64, logits, workspace);
            for (var t = 0; t < 20; t++)
            {
                model.RunLayers(hidden.AsSpan(0, model.HiddenSize), 1, 1, 0, model.Layers, workspace, cache);
                cache.Advance(1);
            }
        }
    }

    [Fact]
    public void BadWeightsAndArgumentsAreNamed()
    {
        using var folder = new TemporaryFolder();
        var checkpoint = new RandomCheckpoint();
        var tensors = checkpoint.Tensors();
        tensors[5].Values[3] = float.NaN;
        File.WriteAllText(folder.PathOf("config.json"), checkpoint.ConfigurationJson());
        folder.Write("model.safetensors", SafetensorsWriter.Write(tensors));
        var error = Assert.Throws<CheckpointException>(() => LlamaModel.Load(folder.Path));
        Assert.Contains(tensors[5].Name, error.Message, StringComparison.Ordinal);
        Assert.Contains("NaN", error.Message, StringComparison.Ordinal);

        folder.Write("model.safetensors", SafetensorsWriter.Write(checkpoint.Tensors().Skip(1)));
        Assert.Contains("model.embed_tokens.weight", Assert.Throws<CheckpointException>(() => LlamaModel.Load(folder.Path)).Message, StringComparison.Ordinal);

        var model = ReferenceModel.Model;
        var hidden = new float[2 * model.HiddenSize];
        var workspace = new LlamaWorkspace();
        Assert.Throws<ArgumentOutOfRangeException>("tokens", () => model.Embed([1, 256], hidden));
        Assert.Throws<ArgumentOutOfRangeException>("endLayer", () => model.RunLayers(hidden, 1, 2, 0, 13, workspace));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.RunLayers(hidden, 1, 3, 0, 12, workspace));
        var cache = new KeyValueCache(model, 2, 4, 1, 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => model.RunLayers(hidden, 1, 2, 2, 4, workspace, cache));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.RunLayers(hidden.AsSpan(0, 128), 1, 1, 0, 4, workspace, cache));
        Assert.Throws<ArgumentOutOfRangeException>(() => cache.Advance(2));
    }

    private static void AssertPrefillAndDecodeAgree(LlamaModel model, int[] tokens)
    {
        var expected = ReferenceModel.Logits(model, tokens);
        var found = new float[expected.Length];
        var workspace = new LlamaWorkspace();
        var cache = new KeyValueCache(model, 0, model.Layers, 1, tokens.Length);
        var start = 0;

        // A prompt in two parts, then token by token.
        foreach (var count in (int[])[11, 13, .. Enumerable.Repeat(1, tokens.Length - 24)])
        {
            var hidden = new float[count * model.HiddenSize];
            model.Embed(tokens.AsSpan(start, count), hidden);
            model.RunLayers(hidden, 1, count, 0, model.Layers, workspace, cache);
            cache.Advance(count);
            model.Head(hidden, count, found.AsSpan(start * model.Vocabulary, count * model.Vocabulary), workspace);
            start += count;
        }

        Assert.InRange(ReferenceModel.Difference(found, expected), 0, Tolerance);
    }

    private static LlamaModel Load(TemporaryFolder folder, string name)
    {
        Variants[name].Write(folder.Path);
        return LlamaModel.Load(folder.Path);
    }

    private static int[] Tokens(LlamaModel model, int count)
    {
        var random = new RandomSource(StreamKey.Create(11, "tokens"));
        var tokens = new int[count];
        for (var i = 0; i < count; i++)
        {
            tokens[i] = random.NextInt32(model.Vocabulary);
        }

        return tokens;
    }

    /// <summary>The reference model again, in another format, in shards, or with a head of its own.</summary>
    private static void Rewrite(Checkpoint source, string path, TensorType type, int shards, bool tied)
    {
        var like = new RandomCheckpoint
        {
            Layers = 12,
            HiddenSize = 128,
            IntermediateSize = 352,
            QueryHeads = 4,
            KeyValueHeads = 2,
            HeadDimension = 32,
            Vocabulary = 256,
            MaximumPositions = 256,
            Tied = tied,
            Type = type,
            Shards = shards,
        };
        like.Write(path, tensor =>
        {
            var values = new float[tensor.Values.Length];
            source.Tensor(tensor.Name == "lm_head.weight" ? "model.embed_tokens.weight" : tensor.Name, tensor.Shape).CopyTo(values);
            return tensor with { Values = values };
        });
    }
}
