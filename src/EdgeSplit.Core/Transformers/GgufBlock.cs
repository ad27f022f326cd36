namespace EdgeSplit.Core.Transformers;

/// <summary>A block layout of ggml: so many bytes hold so many values.</summary>
/// <remarks>Source: the block structures of ggml (<c>ggml-common.h</c>); what replaces a block that a row's length does not fit: <c>llama-quant.cpp</c> of llama.cpp.</remarks>
/// <param name="Bytes">Bytes of one block.</param>
/// <param name="Values">Values of one block; a row must hold whole blocks.</param>
internal readonly record struct GgufBlock(int Bytes, int Values)
{
    internal static readonly GgufBlock Q4_0 = new(18, 32);
    internal static readonly GgufBlock Q4_1 = new(20, 32);
    internal static readonly GgufBlock Q5_0 = new(22, 32);
    internal static readonly GgufBlock Q5_1 = new(24, 32);
    internal static readonly GgufBlock Q8_0 = new(34, 32);
    internal static readonly GgufBlock IQ4_NL = new(18, 32);
    internal static readonly GgufBlock MXFP4 = new(17, 32);
    internal static readonly GgufBlock Q2_K = new(84, 256);
    internal static readonly GgufBlock Q3_K = new(110, 256);
    internal static readonly GgufBlock Q4_K = new(144, 256);
    internal static readonly GgufBlock Q5_K = new(176, 256);
    internal static readonly GgufBlock Q6_K = new(210, 256);
    internal static readonly GgufBlock IQ1_S = new(50, 256);
    internal static readonly GgufBlock IQ1_M = new(56, 256);
    internal static readonly GgufBlock IQ2_XXS = new(66, 256);
    internal static readonly GgufBlock IQ2_XS = new(74, 256);
    internal static readonly GgufBlock IQ2_S = new(82, 256);
    internal static readonly GgufBlock IQ3_XXS = new(98, 256);
    internal static readonly GgufBlock IQ3_S = new(110, 256);
    internal static readonly GgufBlock IQ4_XS = new(136, 256);
    internal static readonly GgufBlock TQ1_0 = new(54, 256);
    internal static readonly GgufBlock TQ2_0 = new(66, 256);

    internal double Bits => 8.0 * Bytes / Values;

    /// <summary>This block, or the one that llama.cpp takes where a row of this length holds no whole number of blocks of 256.</summary>
    internal GgufBlock ForRow(int length) => length % Values == 0 ? this : Bytes switch
    {
        144 => Q5_0,             // Q4_K
        176 => Q5_1,             // Q5_K
        210 => Q8_0,             // Q6_K
        54 => Q4_0,              // TQ1_0
        _ => Values == 256 ? IQ4_NL : this,
    };
}
