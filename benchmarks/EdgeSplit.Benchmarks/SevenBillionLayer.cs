using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using EdgeSplit.Core.Inference;

namespace EdgeSplit.Benchmarks;

/// <summary>A checkpoint of one layer in the shape of Llama 2 7B (hidden size 4096, feed-forward 11008, 32 heads) in F16 with made-up weights, in a temporary folder.</summary>
internal sealed class SevenBillionLayer : IDisposable
{
    internal const int HiddenSize = 4096;
    internal const int IntermediateSize = 11008;

    /// <summary>Weights of the layer's matrices, 2 bytes each.</summary>
    internal const long MatrixBytes = 2L * ((4L * HiddenSize * HiddenSize) + (3L * HiddenSize * IntermediateSize));

    private readonly string folder = Path.Combine(Path.GetTempPath(), "edgesplit-layer-" + Environment.ProcessId);

    internal SevenBillionLayer()
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(
            Path.Combine(folder, "config.json"),
            """
            {"model_type":"llama","hidden_act":"silu","hidden_size":4096,"intermediate_size":11008,"num_hidden_layers":1,"num_attention_heads":32,
             "num_key_value_heads":32,"vocab_size":256,"max_position_embeddings":4096,"rms_norm_eps":1e-5,"rope_theta":10000.0,"tie_word_embeddings":true}
            """);
        Write(Path.Combine(folder, "model.safetensors"));
        Model = LlamaModel.Load(folder);
    }

    internal LlamaModel Model { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Model.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static void Write(string path)
    {
        (string Name, int[] Shape)[] tensors =
        [
            ("model.embed_tokens.weight", [256, HiddenSize]),
            ("model.layers.0.input_layernorm.weight", [HiddenSize]),
            ("model.layers.0.self_attn.q_proj.weight", [HiddenSize, HiddenSize]),
            ("model.layers.0.self_attn.k_proj.weight", [HiddenSize, HiddenSize]),
            ("model.layers.0.self_attn.v_proj.weight", [HiddenSize, HiddenSize]),
            ("model.layers.0.self_attn.o_proj.weight", [HiddenSize, HiddenSize]),
            ("model.layers.0.post_attention_layernorm.weight", [HiddenSize]),
            ("model.layers.0.mlp.gate_proj.weight", [IntermediateSize, HiddenSize]),
            ("model.layers.0.mlp.up_proj.weight", [IntermediateSize, HiddenSize]),
            ("model.layers.0.mlp.down_proj.weight", [HiddenSize, IntermediateSize]),
            ("model.norm.weight", [HiddenSize]),
        ];
        var header = new Dictionary<string, object>();
        var offset = 0L;
        foreach (var (name, shape) in tensors)
        {
            var bytes = 2 * shape.Aggregate(1L, (size, next) => size * next);
            header[name] = new { dtype = "F16", shape, data_offsets = new[] { offset, offset + bytes } };
            offset += bytes;
        }

        var json = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(header));
        using var file = File.Create(path);
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
        file.Write(length);
        file.Write(json);
        var block = new byte[1 << 20];
        var state = 1u;
        for (var done = 0L; done < offset; done += block.Length)
        {
            for (var i = 0; i < block.Length; i += 2)
            {
                state = (1664525 * state) + 1013904223;
                var value = ((state >> 16) / 65536.0 * 0.04) - 0.02;
                BinaryPrimitives.WriteHalfLittleEndian(block.AsSpan(i), (Half)value);
            }

            file.Write(block, 0, (int)Math.Min(block.Length, offset - done));
        }
    }
}
