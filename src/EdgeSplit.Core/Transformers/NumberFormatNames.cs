using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace EdgeSplit.Core.Transformers;

/// <summary>Understands the many ways in which benchmark files write a weight format.</summary>
/// <remarks>
/// <para>Names a file, not a block: <c>Q4_K</c> is the mixture Q4_K_M, as llama.cpp has it, and <c>Q2_K</c> the mixture of that name;
/// <c>MXFP4</c> is a file with experts in MXFP4. <c>int4</c> without a group size means groups of 32 with a 16-bit scale (4.5 bits), which is
/// what MLC-LLM's q4f16 stores and MLX needs too; <c>w4</c> and <c>w4a16</c> mean one scale per channel (4 bits). <see cref="NumberFormat.Parse"/> takes catalogue names only.</para>
/// <para>Stateless, safe to call from any thread; case and the kind of separators do not matter.</para>
/// </remarks>
public static partial class NumberFormatNames
{
    private static readonly Dictionary<string, string> Written = new(StringComparer.Ordinal)
    {
        ["q2k"] = "Q2_K_M",
        ["q2km"] = "Q2_K_M",
        ["q3k"] = "Q3_K_M",
        ["q4k"] = "Q4_K_M",
        ["q5k"] = "Q5_K_M",
        ["q4kxl"] = "Q4_K_M",
        ["q4"] = "Q4_0",
        ["q5"] = "Q5_0",
        ["q8"] = "Q8_0",
        ["q40"] = "Q4_0",
        ["q41"] = "Q4_1",
        ["q50"] = "Q5_0",
        ["q51"] = "Q5_1",
        ["q80"] = "Q8_0",
        ["f32"] = "F32",
        ["fp32"] = "F32",
        ["float32"] = "F32",
        ["w32"] = "F32",
        ["f16"] = "F16",
        ["fp16"] = "F16",
        ["float16"] = "F16",
        ["half"] = "F16",
        ["w16a16"] = "F16",
        ["q0f16"] = "F16",
        ["16bit"] = "F16",
        ["bf16"] = "BF16",
        ["bfloat16"] = "BF16",
        ["q0bf16"] = "BF16",
        ["int8"] = "INT8",
        ["8bit"] = "INT8",
        ["w8"] = "INT8",
        ["w8a8"] = "INT8",
        ["w8a16"] = "INT8",
        ["int8dynamic"] = "INT8",
        ["dynamicint8"] = "INT8",
        ["8da8w"] = "INT8",
        ["int4"] = "INT4-G32",
        ["int4q4"] = "Q4_0",
        ["int4mixed"] = "INT4-G32",
        ["4bit"] = "INT4-G32",
        ["int4g32"] = "INT4-G32",
        ["q4f16"] = "INT4-G32",
        ["q4f160"] = "INT4-G32",
        ["q4f161"] = "INT4-G32",
        ["q4f162"] = "INT4-G32",
        ["q4f32"] = "INT4-G32",
        ["q4f320"] = "INT4-G32",
        ["q4f321"] = "INT4-G32",
        ["q3f16"] = "INT3-G40",
        ["q3f160"] = "INT3-G40",
        ["q3f161"] = "INT3-G40",
        ["w4"] = "INT4",
        ["w4a8"] = "INT4",
        ["w4a16"] = "INT4",
        ["w4a32"] = "INT4",
        ["int4g64"] = "INT4-G64",
        ["int4g128"] = "INT4-G128",
        ["int4g256"] = "INT4-G256",
        ["w4a16g128"] = "INT4-G128",
        ["w4g128"] = "INT4-G128",
        ["w4a16g32"] = "INT4-G32",
        ["8da4w"] = "INT4-G32",
        ["int4qatlora"] = "INT4-G32-HEAD8",
        ["int4qat"] = "INT4-G32-HEAD8",
        ["qlora"] = "INT4-G32-HEAD8",
        ["int4spinquant"] = "INT4-G32-HEAD8",
        ["spinquant"] = "INT4-G32-HEAD8",
        ["awq"] = "AWQ",
        ["awqint4"] = "AWQ",
        ["int4awq"] = "AWQ",
        ["w4a16awq"] = "AWQ",
        ["int4g128awq"] = "AWQ",
        ["gptq"] = "GPTQ",
        ["gptqint4"] = "GPTQ",
        ["int4gptq"] = "GPTQ",
        ["w4a16gptq"] = "GPTQ",
        ["int4g128gptq"] = "GPTQ",
        ["w3"] = "INT3-G128",
        ["w2"] = "INT2-G128",
        ["int2"] = "INT2-G128",
        ["int3"] = "INT3-G128",
        ["w3g128"] = "INT3-G128",
        ["w2g128"] = "INT2-G128",
        ["1bit"] = "Q1_0-G128",
        ["q10"] = "Q1_0-G128",
        ["bitnet"] = "BITNET-1.58",
        ["1.58bit"] = "BITNET-1.58",
        ["w1.58"] = "BITNET-1.58",
        ["b1.58"] = "BITNET-1.58",
        ["i2s"] = "BITNET-1.58",
        ["fp8"] = "FP8",
        ["fp8e4m3"] = "FP8",
        ["f8e4m3"] = "FP8",
        ["w8a8fp8"] = "FP8",
        ["mxfp4"] = "MXFP4_MOE",
        ["mxfp4moe"] = "MXFP4_MOE",
        ["nf4"] = "NF4",
        ["nvfp4"] = "NVFP4",
        ["fp4nvfp4"] = "NVFP4",
        ["bnbnf4"] = "NF4",
        ["q40dllama"] = "Q40",
        ["q40weightsq80sync"] = "Q40",
        ["q40weightsf32sync"] = "Q40",
    };

    /// <summary>Finds the format that a text means; false when it means none that is known.</summary>
    /// <param name="written">The text as a file has it, such as <c>Q4_K - Medium</c>, <c>w4a16</c> or <c>mostly Q4_0</c>; null allowed.</param>
    /// <param name="format">The format, or null.</param>
    public static bool TryFind(string? written, [NotNullWhen(true)] out NumberFormat? format)
    {
        format = null;
        var trimmed = written?.Trim();
        if (string.IsNullOrEmpty(trimmed) || trimmed.Length > 100)
        {
            return false;
        }

        // "Q40" is distributed-llama's own spelling; with an underscore it is ggml's.
        if (string.Equals(trimmed, "Q40", StringComparison.OrdinalIgnoreCase))
        {
            return NumberFormat.TryParse("Q40", out format);
        }

        var text = Decoration().Replace(trimmed.ToLowerInvariant(), " ");
        text = Size().Replace(text, match => "_" + match.Groups[1].Value[0]);
        var key = Separator().Replace(text, "");
        if (Written.TryGetValue(key, out var name))
        {
            return NumberFormat.TryParse(name, out format);
        }

        foreach (var known in NumberFormat.All)
        {
            if (key == Separator().Replace(known.Name.ToLowerInvariant(), ""))
            {
                format = known;
            }
        }

        return format is not null;
    }

    /// <summary>Finds the format that a text means for one model: gpt-oss keeps its experts in MXFP4 whatever the file is called after.</summary>
    /// <param name="written">The text as a file has it; null allowed.</param>
    /// <param name="shape">The model.</param>
    /// <param name="format">The format, or null. For gpt-oss the experts take 4.25 bits, and a 16-bit format is MXFP4-BF16.</param>
    /// <exception cref="ArgumentNullException"><paramref name="shape"/> is null.</exception>
    public static bool TryFind(string? written, TransformerShape shape, [NotNullWhen(true)] out NumberFormat? format)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (!TryFind(written, out format))
        {
            return false;
        }

        if (shape.Family == "gpt_oss")
        {
            format = NumberFormat.Parse(format.BitsPerValue >= 16 ? "MXFP4-BF16" : "MXFP4_MOE");
        }

        return true;
    }

    // Words that leave the bits as they are.
    [GeneratedRegex(@"\((?:newer card|guessed)\)|\b(?:mostly|all|weights?[ -]only|gguf|imatrix|quantized|quantised)\b|^ud-")]
    private static partial Regex Decoration();

    // "Q4_K - Medium" of llama-bench is Q4_K_M.
    [GeneratedRegex(@"\s*-\s*(small|medium|large)\s*$")]
    private static partial Regex Size();

    [GeneratedRegex(@"[\s_\-/+(),:]+")]
    private static partial Regex Separator();
}
