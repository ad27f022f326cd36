namespace EdgeSplit.Tests.Transformers;

/// <summary>
/// Shapes, parameter counts and F16 cache bytes per token of published models, as collected in the reference table
/// model_specs.csv: shapes from the model presets of mlc-ai/mlc-llm at 01ced331 and the models' own configurations; counts are those of
/// the published checkpoints, except where the table names a recount (qwen3-30b-a3b, gemma-3-4b).
/// </summary>
public static class PublishedModels
{
    public sealed record Row(
        string Name, string Family, int Hidden, int Intermediate, int Layers, int Heads, int KeyValueHeads, int HeadDimension,
        int Vocabulary, bool Tied, int Positions, int Experts, int ActiveExperts, int ExpertIntermediate, int Window, long Parameters, int KeyValueBytes);

    public static IReadOnlyList<Row> Rows { get; } =
    [
        new("gpt2", "gpt2", 768, 3072, 12, 12, 12, 64, 50257, true, 1024, 0, 0, 0, 0, 124439808, 36864),
        new("opt-1.3b", "opt", 2048, 8192, 24, 32, 32, 64, 50272, true, 2048, 0, 0, 0, 0, 1315758080, 196608),
        new("opt-6.7b", "opt", 4096, 16384, 32, 32, 32, 128, 50272, true, 2048, 0, 0, 0, 0, 6658473984, 524288),
        new("llama-2-7b", "llama", 4096, 11008, 32, 32, 32, 128, 32000, false, 4096, 0, 0, 0, 0, 6738415616, 524288),
        new("llama-2-13b", "llama", 5120, 13824, 40, 40, 40, 128, 32000, false, 4096, 0, 0, 0, 0, 13015864320, 819200),
        new("llama-2-70b", "llama", 8192, 28672, 80, 64, 8, 128, 32000, false, 4096, 0, 0, 0, 0, 68976648192, 327680),
        new("llama-3-8b", "llama", 4096, 14336, 32, 32, 8, 128, 128256, false, 8192, 0, 0, 0, 0, 8030261248, 131072),
        new("llama-3.1-8b", "llama", 4096, 14336, 32, 32, 8, 128, 128256, false, 131072, 0, 0, 0, 0, 8030261248, 131072),
        new("llama-3.1-70b", "llama", 8192, 28672, 80, 64, 8, 128, 128256, false, 131072, 0, 0, 0, 0, 70553706496, 327680),
        new("llama-3.2-1b", "llama", 2048, 8192, 16, 32, 8, 64, 128256, true, 131072, 0, 0, 0, 0, 1235814400, 32768),
        new("llama-3.2-3b", "llama", 3072, 8192, 28, 24, 8, 128, 128256, true, 131072, 0, 0, 0, 0, 3212749824, 114688),
        new("tinyllama-1.1b", "llama", 2048, 5632, 22, 32, 4, 64, 32000, false, 2048, 0, 0, 0, 0, 1100048384, 22528),
        new("mistral-7b-v0.1", "mistral", 4096, 14336, 32, 32, 8, 128, 32000, false, 32768, 0, 0, 0, 4096, 7241732096, 131072),
        new("mixtral-8x7b", "mixtral", 4096, 14336, 32, 32, 8, 128, 32000, false, 32768, 8, 2, 14336, 0, 46702792704, 131072),
        new("qwen1.5-1.8b", "qwen2", 2048, 5504, 24, 16, 16, 128, 151936, false, 32768, 0, 0, 0, 0, 1836828672, 196608),
        new("qwen2.5-0.5b", "qwen2", 896, 4864, 24, 14, 2, 64, 151936, true, 32768, 0, 0, 0, 0, 494032768, 12288),
        new("qwen2.5-1.5b", "qwen2", 1536, 8960, 28, 12, 2, 128, 151936, true, 32768, 0, 0, 0, 0, 1543714304, 28672),
        new("qwen2.5-3b", "qwen2", 2048, 11008, 36, 16, 2, 128, 151936, true, 32768, 0, 0, 0, 0, 3085938688, 36864),
        new("qwen2.5-7b", "qwen2", 3584, 18944, 28, 28, 4, 128, 152064, false, 32768, 0, 0, 0, 0, 7615616512, 57344),
        new("qwen3-0.6b", "qwen3", 1024, 3072, 28, 16, 8, 128, 151936, true, 40960, 0, 0, 0, 0, 596049920, 114688),
        new("qwen3-1.7b", "qwen3", 2048, 6144, 28, 16, 8, 128, 151936, true, 40960, 0, 0, 0, 0, 1720574976, 114688),
        new("qwen3-4b", "qwen3", 2560, 9728, 36, 32, 8, 128, 151936, true, 40960, 0, 0, 0, 0, 4022468096, 147456),
        new("qwen3-8b", "qwen3", 4096, 12288, 36, 32, 8, 128, 151936, false, 40960, 0, 0, 0, 0, 8190735360, 147456),
        new("qwen3-30b-a3b", "qwen3_moe", 2048, 6144, 48, 32, 4, 128, 151936, false, 262144, 128, 8, 768, 0, 30532122624, 98304),
        new("phi-2", "phi", 2560, 10240, 32, 32, 32, 80, 51200, false, 2048, 0, 0, 0, 0, 2779683840, 327680),
        new("phi-3-mini-4k", "phi3", 3072, 8192, 32, 32, 32, 96, 32064, false, 4096, 0, 0, 0, 2047, 3821079552, 393216),
        new("gemma-2b", "gemma", 2048, 16384, 18, 8, 1, 256, 256000, true, 8192, 0, 0, 0, 0, 2506172416, 18432),
        new("gemma-2-2b", "gemma2", 2304, 9216, 26, 8, 4, 256, 256000, true, 8192, 0, 0, 0, 4096, 2614341888, 106496),
        new("gemma-2-9b", "gemma2", 3584, 14336, 42, 16, 8, 256, 256000, true, 8192, 0, 0, 0, 4096, 9241705984, 344064),
        new("gemma-3-1b", "gemma3", 1152, 6912, 26, 4, 1, 256, 262144, true, 32768, 0, 0, 0, 512, 999885952, 26624),
        new("gemma-3-4b", "gemma3", 2560, 10240, 34, 8, 4, 256, 262144, true, 131072, 0, 0, 0, 1024, 3880099328, 139264),
        new("smollm2-135m", "llama", 576, 1536, 30, 9, 3, 64, 49152, true, 8192, 0, 0, 0, 0, 134515008, 23040),
        new("smollm2-360m", "llama", 960, 2560, 32, 15, 5, 64, 49152, true, 8192, 0, 0, 0, 0, 361821120, 40960),
        new("smollm2-1.7b", "llama", 2048, 8192, 24, 32, 32, 64, 49152, true, 8192, 0, 0, 0, 0, 1711376384, 196608),
    ];

    public static Row Of(string name) => Rows.Single(row => row.Name == name);

    public static TheoryData<string> Names => [.. Rows.Select(row => row.Name)];

    /// <summary>The configuration that Hugging Face would publish for the row: the keys of its family and no others.</summary>
    public static string ConfigOf(Row row)
    {
        var keys = new Dictionary<string, object?> { ["model_type"] = row.Family == "gemma3" ? "gemma3_text" : row.Family, ["vocab_size"] = row.Vocabulary };
        if (row.Family == "gpt2")
        {
            keys["n_embd"] = row.Hidden;
            keys["n_layer"] = row.Layers;
            keys["n_head"] = row.Heads;
            keys["n_positions"] = row.Positions;
            return System.Text.Json.JsonSerializer.Serialize(keys);
        }

        keys["hidden_size"] = row.Hidden;
        keys["num_hidden_layers"] = row.Layers;
        keys["num_attention_heads"] = row.Heads;
        keys["max_position_embeddings"] = row.Positions;
        if (row.Family == "opt")
        {
            keys["ffn_dim"] = row.Intermediate;
            return System.Text.Json.JsonSerializer.Serialize(keys);
        }

        keys["intermediate_size"] = row.Intermediate;
        keys["num_key_value_heads"] = row.KeyValueHeads;
        keys["tie_word_embeddings"] = row.Tied;
        if (row.HeadDimension * row.Heads != row.Hidden || row.Family.StartsWith("gemma", StringComparison.Ordinal))
        {
            keys["head_dim"] = row.HeadDimension;
        }

        if (row.Window > 0)
        {
            keys["sliding_window"] = row.Window;
        }

        if (row.Experts > 0)
        {
            keys[row.Family == "mixtral" ? "num_local_experts" : "num_experts"] = row.Experts;
            keys["num_experts_per_tok"] = row.ActiveExperts;
            keys["moe_intermediate_size"] = row.ExpertIntermediate;
        }

        return System.Text.Json.JsonSerializer.Serialize(keys);
    }
}
