using System.Diagnostics.CodeAnalysis;

namespace EdgeSplit.Core.Transformers;

#pragma warning disable CA1707 // Q4_K_M is the name that the field uses.

/// <summary>A storage format of weights, activations or cached keys and values, with its true bits per value.</summary>
/// <remarks>
/// <para>Bits include what is stored beside the values: scales and minima of a block. A block format of b bytes per n values has 8 b / n bits.</para>
/// <para>A file stores its tensors in different formats. <see cref="BitsPerValue"/> is that of the layers; the head, an embedding table of its own and
/// experts may differ. A table that also serves as the head is stored like the head.</para>
/// <para>GGUF types follow the rules of llama.cpp tensor by tensor, so that what they take depends on the model: <see cref="TransformerShape.WeightBits"/> and
/// <see cref="TransformerShape.FileBytes"/> give it. The properties here are then those of LLaMA-7B (6,738,415,616 parameters). In such files norms,
/// biases and routers are F32, and rows that are no multiple of 256 fall back to larger blocks of 32.</para>
/// <para>The names Q2_K to Q6_K without a suffix are the blocks, used for every layer. Files that people call Q4_K are mixtures:
/// <see cref="NumberFormatNames"/> knows.</para>
/// <para>Immutable, compared by value, safe to share between threads.</para>
/// <para>Sources: block layouts of ggml (<c>ggml-common.h</c>); mixtures of llama.cpp (<c>llama-quant.cpp</c>, early 2024 on).</para>
/// </remarks>
public sealed record NumberFormat
{
    /// <summary>Creates a format.</summary>
    /// <param name="name">Name, not blank.</param>
    /// <param name="bitsPerValue">Bits per value of the layers, in (0, 64].</param>
    /// <param name="headBitsPerValue">Bits per value of the head, in (0, 64]; those of the layers by default.</param>
    /// <param name="embeddingBitsPerValue">Bits per value of an embedding table that is not the head, in (0, 64]; those of the layers by default.</param>
    /// <param name="expertBitsPerValue">Bits per value of experts, in (0, 64]; those of the layers by default.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is blank.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number of bits is NaN or out of range.</exception>
    public NumberFormat(
        string name, double bitsPerValue, double? headBitsPerValue = null, double? embeddingBitsPerValue = null, double? expertBitsPerValue = null)
    {
        Name = Guard.NotBlank(name);
        BitsPerValue = Guard.InRange(Guard.Positive(bitsPerValue), 0, 64);
        HeadBitsPerValue = headBitsPerValue is { } head ? Guard.InRange(Guard.Positive(head, nameof(headBitsPerValue)), 0, 64, nameof(headBitsPerValue)) : BitsPerValue;
        EmbeddingBitsPerValue = embeddingBitsPerValue is { } table
            ? Guard.InRange(Guard.Positive(table, nameof(embeddingBitsPerValue)), 0, 64, nameof(embeddingBitsPerValue))
            : BitsPerValue;
        ExpertBitsPerValue = expertBitsPerValue is { } expert
            ? Guard.InRange(Guard.Positive(expert, nameof(expertBitsPerValue)), 0, 64, nameof(expertBitsPerValue))
            : BitsPerValue;
    }

    /// <summary>The name, such as <c>F16</c> or <c>Q4_K_M</c>.</summary>
    public string Name { get; }

    /// <summary>Bits per value of the layers, scales included, in (0, 64]; of a GGUF mixture the average over the layers of LLaMA-7B.</summary>
    public double BitsPerValue { get; }

    /// <summary>Bits per value of the head, and of the table that serves as one, in (0, 64].</summary>
    public double HeadBitsPerValue { get; }

    /// <summary>Bits per value of an embedding table that is not the head, in (0, 64].</summary>
    public double EmbeddingBitsPerValue { get; }

    /// <summary>Bits per value of experts, in (0, 64].</summary>
    public double ExpertBitsPerValue { get; }

    /// <summary>The rules of a GGUF file; null where one number of bits holds for every matrix of the layers.</summary>
    internal GgufFile? File { get; private init; }

    /// <summary>Bytes per value: <see cref="BitsPerValue"/> / 8.</summary>
    public double BytesPerValue => BitsPerValue / 8;

    /// <summary>IEEE 754 single precision, 32 bits.</summary>
    public static NumberFormat F32 { get; } = new("F32", 32);

    /// <summary>IEEE 754 half precision, 16 bits.</summary>
    public static NumberFormat F16 { get; } = new("F16", 16);

    /// <summary>bfloat16, 16 bits.</summary>
    public static NumberFormat BF16 { get; } = new("BF16", 16);

    /// <summary>8-bit integers with scales too coarse to count (per tensor or channel), head and embedding too: 8 bits.</summary>
    public static NumberFormat Int8 { get; } = new("INT8", 8);

    /// <summary>4-bit integers with scales too coarse to count (per tensor or channel), head and embedding too: 4 bits.</summary>
    public static NumberFormat Int4 { get; } = new("INT4", 4);

    /// <summary>4-bit integers, symmetric, one 16-bit scale per 128 values, head and embedding too: 4.125 bits.</summary>
    public static NumberFormat Int4Group128 { get; } = new("INT4-G128", 4 + (16.0 / 128));

    /// <summary>4-bit integers, symmetric, one 16-bit scale per 32 values, head and embedding too: 4.5 bits.</summary>
    public static NumberFormat Int4Group32 { get; } = new("INT4-G32", 4 + (16.0 / 32));

    /// <summary>GGUF block format, 34 bytes per 32 values: 8.5 bits, head and embedding too.</summary>
    public static NumberFormat Q8_0 { get; } = Gguf("Q8_0", GgufBlock.Q8_0);

    /// <summary>GGUF block format, 24 bytes per 32 values: 6 bits.</summary>
    public static NumberFormat Q5_1 { get; } = Gguf("Q5_1", GgufBlock.Q5_1);

    /// <summary>GGUF block format, 22 bytes per 32 values: 5.5 bits.</summary>
    public static NumberFormat Q5_0 { get; } = Gguf("Q5_0", GgufBlock.Q5_0);

    /// <summary>GGUF block format, 20 bytes per 32 values: 5 bits.</summary>
    public static NumberFormat Q4_1 { get; } = Gguf("Q4_1", GgufBlock.Q4_1);

    /// <summary>GGUF block format, 18 bytes per 32 values: 4.5 bits.</summary>
    public static NumberFormat Q4_0 { get; } = Gguf("Q4_0", GgufBlock.Q4_0);

    /// <summary>GGUF block format, 210 bytes per 256 values: 6.5625 bits.</summary>
    public static NumberFormat Q6_K { get; } = Gguf("Q6_K", GgufBlock.Q6_K);

    /// <summary>GGUF block format, 176 bytes per 256 values: 5.5 bits.</summary>
    public static NumberFormat Q5_K { get; } = Gguf("Q5_K", GgufBlock.Q5_K);

    /// <summary>GGUF block format, 144 bytes per 256 values: 4.5 bits.</summary>
    public static NumberFormat Q4_K { get; } = Gguf("Q4_K", GgufBlock.Q4_K);

    /// <summary>GGUF block format, 110 bytes per 256 values: 3.4375 bits.</summary>
    public static NumberFormat Q3_K { get; } = Gguf("Q3_K", GgufBlock.Q3_K);

    /// <summary>GGUF block format, 84 bytes per 256 values: 2.625 bits. A file of the type "Q2_K" is the mixture Q2_K_M.</summary>
    public static NumberFormat Q2_K { get; } = Gguf("Q2_K", GgufBlock.Q2_K);

    /// <summary>GGUF mixture of Q5_K and Q6_K blocks.</summary>
    public static NumberFormat Q5_K_M { get; } = Gguf("Q5_K_M", GgufBlock.Q5_K, GgufMixture.Q5_K_M);

    /// <summary>GGUF file of Q5_K blocks.</summary>
    public static NumberFormat Q5_K_S { get; } = Gguf("Q5_K_S", GgufBlock.Q5_K);

    /// <summary>GGUF mixture of Q4_K and Q6_K blocks.</summary>
    public static NumberFormat Q4_K_M { get; } = Gguf("Q4_K_M", GgufBlock.Q4_K, GgufMixture.Q4_K_M);

    /// <summary>GGUF mixture of Q4_K and Q5_K blocks.</summary>
    public static NumberFormat Q4_K_S { get; } = Gguf("Q4_K_S", GgufBlock.Q4_K, GgufMixture.Q4_K_S);

    /// <summary>GGUF mixture of Q3_K and Q5_K blocks.</summary>
    public static NumberFormat Q3_K_L { get; } = Gguf("Q3_K_L", GgufBlock.Q3_K, GgufMixture.Q3_K_L);

    /// <summary>GGUF mixture of Q3_K, Q4_K and Q5_K blocks.</summary>
    public static NumberFormat Q3_K_M { get; } = Gguf("Q3_K_M", GgufBlock.Q3_K, GgufMixture.Q3_K_M);

    /// <summary>GGUF file of Q3_K blocks.</summary>
    public static NumberFormat Q3_K_S { get; } = Gguf("Q3_K_S", GgufBlock.Q3_K);

    /// <summary>Every built-in format: plain ones, integers, floats of few bits, GGUF blocks and files.</summary>
    public static IReadOnlyList<NumberFormat> All => NumberFormatCatalog.All;

    /// <summary>Finds a built-in format by its name, without regard to case; float32, fp32, float16, fp16 and bfloat16 are understood too.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    /// <exception cref="UnknownNameException">There is no such format; the error names the nearest.</exception>
    public static NumberFormat Parse(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return TryParse(name, out var format) ? format : throw new UnknownNameException("number format", name, All.Select(known => known.Name));
    }

    /// <summary>Finds a built-in format by its name as <see cref="Parse"/> does; false when there is none.</summary>
    /// <param name="name">The name, null allowed.</param>
    /// <param name="format">The format, or null.</param>
    public static bool TryParse(string? name, [NotNullWhen(true)] out NumberFormat? format)
    {
        var wanted = name?.Trim().ToUpperInvariant() switch
        {
            "FLOAT32" or "FP32" => "F32",
            "FLOAT16" or "FP16" => "F16",
            "BFLOAT16" => "BF16",
            var other => other,
        };
        format = null;
        foreach (var known in All)
        {
            if (known.Name == wanted)
            {
                format = known;
            }
        }

        return format is not null;
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <summary>A GGUF file: its bits are those of LLaMA-7B, for which llama.cpp publishes the sizes of its file types.</summary>
    internal static NumberFormat Gguf(string name, GgufBlock block, GgufMixture mixture = GgufMixture.None)
    {
        var file = new GgufFile(block, mixture);
        var llama = TransformerFamily.Llama.Shape("llama-7b", 32, 4096, 11008, 32, 32, 128, 32000, 2048);
        double Mean(WeightRole role) => file.Bits(role, role == WeightRole.Down ? llama.IntermediateSize : llama.HiddenSize, llama);
        double attention = llama.QueryDimension, inner = llama.IntermediateSize;
        var body = mixture == GgufMixture.None
            ? block.Bits
            : ((attention * (Mean(WeightRole.Query) + Mean(WeightRole.Key) + Mean(WeightRole.Value) + Mean(WeightRole.AttentionOutput)))
                + (inner * (Mean(WeightRole.Gate) + Mean(WeightRole.Up) + Mean(WeightRole.Down)))) / ((4 * attention) + (3 * inner));
        var experts = mixture == GgufMixture.MxFp4Moe ? GgufBlock.MXFP4.Bits : body;
        return new NumberFormat(name, body, file.HeadBits(llama), file.EmbeddingBits(llama), experts) { File = file };
    }
}
