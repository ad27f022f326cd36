using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeSplit.Core.Inference;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Tests.Inference;

/// <summary>A checkpoint of random weights of a given configuration, for tests that need a model and not a trained one.</summary>
internal sealed record RandomCheckpoint
{
    internal string Family { get; init; } = "llama";

    internal int Layers { get; init; } = 2;

    internal int HiddenSize { get; init; } = 16;

    internal int IntermediateSize { get; init; } = 24;

    internal int QueryHeads { get; init; } = 4;

    internal int KeyValueHeads { get; init; } = 2;

    internal int HeadDimension { get; init; } = 4;

    internal int Vocabulary { get; init; } = 32;

    internal int MaximumPositions { get; init; } = 64;

    internal bool Tied { get; init; }

    /// <summary><c>attention_bias</c> of llama and qwen3; qwen2 has its biases always.</summary>
    internal bool AttentionBias { get; init; }

    /// <summary><c>mlp_bias</c>, llama only.</summary>
    internal bool FeedForwardBias { get; init; }

    internal TensorType Type { get; init; } = TensorType.F32;

    /// <summary>1 for one file, more for an index and shards.</summary>
    internal int Shards { get; init; } = 1;

    internal ulong Seed { get; init; } = 1;

    /// <summary>Further keys of <c>config.json</c>, which replace those written otherwise: <c>{"rope_theta": 500000}</c>.</summary>
    internal string ExtraKeys { get; init; } = "{}";

    /// <summary>The file that describes the model.</summary>
    internal string ConfigurationJson()
    {
        var json = new JsonObject
        {
            ["model_type"] = Family,
            ["hidden_act"] = "silu",
            ["num_hidden_layers"] = Layers,
            ["hidden_size"] = HiddenSize,
            ["intermediate_size"] = IntermediateSize,
            ["num_attention_heads"] = QueryHeads,
            ["num_key_value_heads"] = KeyValueHeads,
            ["head_dim"] = HeadDimension,
            ["vocab_size"] = Vocabulary,
            ["max_position_embeddings"] = MaximumPositions,
            ["rms_norm_eps"] = 1e-5,
            ["tie_word_embeddings"] = Tied,
            ["attention_bias"] = AttentionBias,
            ["mlp_bias"] = FeedForwardBias,
        };
        foreach (var (key, value) in JsonNode.Parse(ExtraKeys)!.AsObject())
        {
            json[key] = value?.DeepClone();
        }

        return json.ToJsonString();
    }

    /// <summary>Every tensor of the model with values that are finite in the format: norms near 1, the rest of variance 1 / inputs.</summary>
    internal IReadOnlyList<SafetensorsWriter.Tensor> Tensors() => [.. Shapes().Select((entry, index) =>
    {
        var random = new RandomSource(StreamKey.Create(Seed, "weights"), (ulong)index);
        var values = new float[entry.Shape.Aggregate(1, (product, size) => product * size)];
        var scale = entry.Shape.Length == 2 ? Math.Sqrt(3.0 / entry.Shape[1]) : 0.1;
        for (var i = 0; i < values.Length; i++)
        {
            var symmetric = (2 * random.NextUniform()) - 1;
            values[i] = SafetensorsWriter.Rounded(Type, (float)((symmetric * scale) + (entry.Name.EndsWith("norm.weight", StringComparison.Ordinal) ? 1 : 0)));
        }

        return new SafetensorsWriter.Tensor(entry.Name, Type, entry.Shape, values);
    })];

    /// <summary>Writes <c>config.json</c> and the weights into a folder, each tensor changed first where wanted.</summary>
    internal void Write(string folder, Func<SafetensorsWriter.Tensor, SafetensorsWriter.Tensor>? change = null)
    {
        File.WriteAllText(Path.Combine(folder, "config.json"), ConfigurationJson());
        IReadOnlyList<SafetensorsWriter.Tensor> tensors = [.. Tensors().Select(tensor => change?.Invoke(tensor) ?? tensor)];
        if (Shards == 1)
        {
            File.WriteAllBytes(Path.Combine(folder, "model.safetensors"), SafetensorsWriter.Write(tensors));
            return;
        }

        var map = new Dictionary<string, string>();
        foreach (var shard in tensors.Select((tensor, index) => (tensor, index)).GroupBy(pair => pair.index % Shards))
        {
            var name = FormattableString.Invariant($"model-{shard.Key + 1:D5}-of-{Shards:D5}.safetensors");
            File.WriteAllBytes(Path.Combine(folder, name), SafetensorsWriter.Write(shard.Select(pair => pair.tensor)));
            foreach (var (tensor, _) in shard)
            {
                map.Add(tensor.Name, name);
            }
        }

        File.WriteAllText(Path.Combine(folder, "model.safetensors.index.json"), JsonSerializer.Serialize(new { metadata = new { total_size = 0 }, weight_map = map }));
    }

    private IEnumerable<(string Name, int[] Shape)> Shapes()
    {
        var queries = QueryHeads * HeadDimension;
        var keys = KeyValueHeads * HeadDimension;
        var biases = Family == "qwen2" || (AttentionBias && Family is "llama" or "qwen3");
        yield return ("model.embed_tokens.weight", [Vocabulary, HiddenSize]);
        for (var layer = 0; layer < Layers; layer++)
        {
            var prefix = FormattableString.Invariant($"model.layers.{layer}.");
            yield return (prefix + "input_layernorm.weight", [HiddenSize]);
            foreach (var (name, outputs, inputs) in ((string, int, int)[])[("q", queries, HiddenSize), ("k", keys, HiddenSize), ("v", keys, HiddenSize), ("o", HiddenSize, queries)])
            {
                yield return ($"{prefix}self_attn.{name}_proj.weight", [outputs, inputs]);
                if (biases && (name != "o" || Family != "qwen2"))
                {
                    yield return ($"{prefix}self_attn.{name}_proj.bias", [outputs]);
                }
            }

            if (Family == "qwen3")
            {
                yield return (prefix + "self_attn.q_norm.weight", [HeadDimension]);
                yield return (prefix + "self_attn.k_norm.weight", [HeadDimension]);
            }

            yield return (prefix + "post_attention_layernorm.weight", [HiddenSize]);
            foreach (var (name, outputs, inputs) in ((string, int, int)[])[("gate", IntermediateSize, HiddenSize), ("up", IntermediateSize, HiddenSize), ("down", HiddenSize, IntermediateSize)])
            {
                yield return ($"{prefix}mlp.{name}_proj.weight", [outputs, inputs]);
                if (FeedForwardBias && Family == "llama")
                {
                    yield return ($"{prefix}mlp.{name}_proj.bias", [outputs]);
                }
            }
        }

        yield return ("model.norm.weight", [HiddenSize]);
        if (!Tied)
        {
            yield return ("lm_head.weight", [Vocabulary, HiddenSize]);
        }
    }
}
