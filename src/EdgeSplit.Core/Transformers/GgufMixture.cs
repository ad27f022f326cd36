namespace EdgeSplit.Core.Transformers;

/// <summary>File types of llama.cpp that store different tensors in different blocks.</summary>
internal enum GgufMixture
{
    /// <summary>One block for every matrix of the layers.</summary>
    None,
    Q2_K,
    Q2_K_S,
    Q3_K_M,
    Q3_K_L,
    Q4_K_S,
    Q4_K_M,
    Q5_K_M,
    IQ1_S,
    IQ1_M,
    IQ2_XXS,
    IQ2_XS,
    IQ2_S,
    IQ2_M,
    IQ3_XXS,
    IQ3_XS,
    IQ3_S,
    IQ3_M,
    IQ4,
    Ternary,
    MxFp4Moe,
}
