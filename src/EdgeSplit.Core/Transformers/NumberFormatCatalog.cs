namespace EdgeSplit.Core.Transformers;

/// <summary>The built-in formats in the order in which tables list them.</summary>
/// <remarks>
/// Bits are 8 x block bytes / block values, written as that quotient. Sources beside the formats; GGUF blocks: <c>ggml-common.h</c>.
/// </remarks>
internal static class NumberFormatCatalog
{
    internal static IReadOnlyList<NumberFormat> All { get; } = Array.AsReadOnly(
    [
        NumberFormat.F32, NumberFormat.F16, NumberFormat.BF16,
        NumberFormat.Int8, NumberFormat.Int4, NumberFormat.Int4Group128, NumberFormat.Int4Group32,
        Block("INT4-G64", 34, 64),
        Block("INT4-G256", 130, 256),

        // Llama 3.2 as Meta published it for ExecuTorch: linear layers in 4 bits by groups of 32, head and embedding in 8 bits.
        new("INT4-G32-HEAD8", 8.0 * 18 / 32, 8, 8),

        // AutoAWQ and GPTQ: 4 bits, a 16-bit scale and a 4-bit zero per 128 values; head and embedding stay 16 bits.
        new("AWQ", 4 + (20.0 / 128), 16, 16),
        new("GPTQ", 4 + (20.0 / 128), 16, 16),

        // T-MAC: GPTQ models of 3 and 2 bits, one 16-bit scale per 128 values; head and embedding stay 16 bits.
        new("INT3-G128", 8.0 * 50 / 128, 16, 16),
        new("INT2-G128", 8.0 * 34 / 128, 16, 16),

        // MLC-LLM q3f16_0: ten 3-bit values in each 32-bit word, a 16-bit scale per 40 values.
        Block("INT3-G40", 18, 40),

        // Prism ML Bonsai: a sign and a 16-bit scale per 128 values, head and embedding too (model card of Bonsai-8B-gguf).
        Block("Q1_0-G128", 18, 128),

        // BitNet b1.58: ternary weights kept as 2 bits (bitnet.cpp I2_S), head and embedding 16 bits.
        new("BITNET-1.58", 2, 16, 16),

        // Layers in FP8 (E4M3), scales too coarse to count; vLLM leaves head and embedding in 16 bits.
        new("FP8", 8, 16, 16),

        // OCP Microscaling: 32 4-bit floats with one 8-bit scale. NVFP4: 16 with one 8-bit scale, head and embedding 16 bits (NVIDIA ModelOpt).
        Block("MXFP4", 17, 32),
        new("NVFP4", 8.0 * 9 / 16, 16, 16),

        // QLoRA (arXiv 2305.14314): 64 values per 8-bit constant, 256 of these per 32-bit one; head and embedding 16 bits. Without the second step 4.5 bits.
        new("NF4", 4 + (8.0 / 64) + (32.0 / (64 * 256)), 16, 16),

        // gpt-oss as published: experts in MXFP4, all else in 16 bits. As a GGUF file of the type MXFP4_MOE: all else in Q8_0.
        new("MXFP4-BF16", 16, 16, 16, 8.0 * 17 / 32),
        NumberFormat.Gguf("MXFP4_MOE", GgufBlock.Q8_0, GgufMixture.MxFp4Moe),

        // distributed-llama: Q40 has the blocks of Q4_0 in every layer and in the head, the embedding stays 32 bits.
        new("Q40", 8.0 * 18 / 32, 8.0 * 18 / 32, 32),

        Block("Q8_K", 292, 256),
        NumberFormat.Q8_0, NumberFormat.Q5_1, NumberFormat.Q5_0, NumberFormat.Q4_1, NumberFormat.Q4_0,
        NumberFormat.Q6_K, NumberFormat.Q5_K, NumberFormat.Q4_K, NumberFormat.Q3_K, NumberFormat.Q2_K,
        NumberFormat.Q5_K_M, NumberFormat.Q5_K_S, NumberFormat.Q4_K_M, NumberFormat.Q4_K_S,
        NumberFormat.Q3_K_L, NumberFormat.Q3_K_M, NumberFormat.Q3_K_S,
        NumberFormat.Gguf("Q2_K_M", GgufBlock.Q2_K, GgufMixture.Q2_K),
        NumberFormat.Gguf("Q2_K_S", GgufBlock.Q2_K, GgufMixture.Q2_K_S),
        NumberFormat.Gguf("IQ4_NL", GgufBlock.IQ4_NL, GgufMixture.IQ4),
        NumberFormat.Gguf("IQ4_XS", GgufBlock.IQ4_XS, GgufMixture.IQ4),

        // ik_llama.cpp: 128 bytes per 256 values (one scale per row is not counted), head in Q6_K.
        new("IQ4_KT", 8.0 * 128 / 256, 8.0 * 210 / 256),
        NumberFormat.Gguf("IQ3_M", GgufBlock.IQ3_S, GgufMixture.IQ3_M),
        NumberFormat.Gguf("IQ3_S", GgufBlock.IQ3_S, GgufMixture.IQ3_S),
        NumberFormat.Gguf("IQ3_XS", GgufBlock.IQ3_S, GgufMixture.IQ3_XS),
        NumberFormat.Gguf("IQ3_XXS", GgufBlock.IQ3_XXS, GgufMixture.IQ3_XXS),
        NumberFormat.Gguf("IQ2_M", GgufBlock.IQ2_S, GgufMixture.IQ2_M),
        NumberFormat.Gguf("IQ2_S", GgufBlock.IQ2_XS, GgufMixture.IQ2_S),
        NumberFormat.Gguf("IQ2_XS", GgufBlock.IQ2_XS, GgufMixture.IQ2_XS),
        NumberFormat.Gguf("IQ2_XXS", GgufBlock.IQ2_XXS, GgufMixture.IQ2_XXS),
        NumberFormat.Gguf("IQ1_M", GgufBlock.IQ1_M, GgufMixture.IQ1_M),
        NumberFormat.Gguf("IQ1_S", GgufBlock.IQ1_S, GgufMixture.IQ1_S),
        NumberFormat.Gguf("TQ2_0", GgufBlock.TQ2_0, GgufMixture.Ternary),
        NumberFormat.Gguf("TQ1_0", GgufBlock.TQ1_0, GgufMixture.Ternary),
    ]);

    private static NumberFormat Block(string name, int bytes, int values) => new(name, 8.0 * bytes / values);
}
