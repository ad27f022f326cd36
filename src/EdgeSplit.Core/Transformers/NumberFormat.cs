using System.Diagnostics.CodeAnalysis;

namespace EdgeSplit.Core.Transformers;

#pragma warning disable CA1707 // Q4_K_M is the name that the field uses.

/// <summary>A storage format of weights, activations or cached keys and values, with its true bits per value.</summary>
/// <remarks>
/// <para>Bits include what is stored beside the values: scales and minima of a block. A GGUF block format of b bytes per n values
/// has 8 b / n bits. The mixtures that end in _S, _M or _L store different tensors in different block formats; their bits are the
/// average of a published file of LLaMA-7B (6,738,415,616 parameters): size in GiB x 2^33 / parameters. For other
/// models the average moves by a few per cent, because the share of embedding and head differs.</para>
/// <para>Immutable, compared by value, safe to share between threads.</para>
/// <para>Sources: block layouts of ggml (<c>ggml-common.h</c>); file sizes as printed by <c>llama-quantize --help</c> of llama.cpp, build
/// of early 2024, "LLaMA-v1-7B".</para>
/// </remarks>
public sealed record NumberFormat
{
    private const double Llama7BParameters = 6_738_415_616;

    /// <summary>Creates a format.</summary>
    /// <param name="name">Name, not blank.</param>
    /// <param name="bitsPerValue">Bits per value, in (0, 64].</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is blank.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bitsPerValue"/> is NaN or out of range.</exception>
    public NumberFormat(string name, double bitsPerValue)
    {
        Name = Guard.NotBlank(name);
        BitsPerValue = Guard.InRange(Guard.Positive(bitsPerValue), 0, 64);
    }

    /// <summary>The name, such as <c>F16</c> or <c>Q4_K_M</c>.</summary>
    public string Name { get; }

    /// <summary>Bits per value, scales included, in (0, 64].</summary>
    public double BitsPerValue { get; }

    /// <summary>Bytes per value: <see cref="BitsPerValue"/> / 8.</summary>
    public double BytesPerValue => BitsPerValue / 8;

    /// <summary>IEEE 754 single precision, 32 bits.</summary>
    public static NumberFormat F32 { get; } = new("F32", 32);

    /// <summary>IEEE 754 half precision, 16 bits.</summary>
    public static NumberFormat F16 { get; } = new("F16", 16);

    /// <summary>bfloat16, 16 bits.</summary>
    public static NumberFormat BF16 { get; } = new("BF16", 16);

    /// <summary>8-bit integers with scales too coarse to count (per tensor or channel): 8 bits.</summary>
    public static NumberFormat Int8 { get; } = new("INT8", 8);

    /// <summary>4-bit integers with scales too coarse to count (per tensor or channel): 4 bits.</summary>
    public static NumberFormat Int4 { get; } = new("INT4", 4);

    /// <summary>4-bit integers, symmetric, one 16-bit scale per 128 values: 4.125 bits.</summary>
    public static NumberFormat Int4Group128 { get; } = new("INT4-G128", 4 + (16.0 / 128));

    /// <summary>4-bit integers, symmetric, one 16-bit scale per 32 values: 4.5 bits.</summary>
    public static NumberFormat Int4Group32 { get; } = new("INT4-G32", 4 + (16.0 / 32));

    /// <summary>GGUF block format, 34 bytes per 32 values: 8.5 bits.</summary>
    public static NumberFormat Q8_0 { get; } = Block("Q8_0", 34, 32);

    /// <summary>GGUF block format, 24 bytes per 32 values: 6 bits.</summary>
    public static NumberFormat Q5_1 { get; } = Block("Q5_1", 24, 32);

    /// <summary>GGUF block format, 22 bytes per 32 values: 5.5 bits.</summary>
    public static NumberFormat Q5_0 { get; } = Block("Q5_0", 22, 32);

    /// <summary>GGUF block format, 20 bytes per 32 values: 5 bits.</summary>
    public static NumberFormat Q4_1 { get; } = Block("Q4_1", 20, 32);

    /// <summary>GGUF block format, 18 bytes per 32 values: 4.5 bits.</summary>
    public static NumberFormat Q4_0 { get; } = Block("Q4_0", 18, 32);

    /// <summary>GGUF block format, 210 bytes per 256 values: 6.5625 bits.</summary>
    public static NumberFormat Q6_K { get; } = Block("Q6_K", 210, 256);

    /// <summary>GGUF block format, 176 bytes per 256 values: 5.5 bits.</summary>
    public static NumberFormat Q5_K { get; } = Block("Q5_K", 176, 256);

    /// <summary>GGUF block format, 144 bytes per 256 values: 4.5 bits.</summary>
    public static NumberFormat Q4_K { get; } = Block("Q4_K", 144, 256);

    /// <summary>GGUF block format, 110 bytes per 256 values: 3.4375 bits.</summary>
    public static NumberFormat Q3_K { get; } = Block("Q3_K", 110, 256);

    /// <summary>GGUF block format, 84 bytes per 256 values: 2.625 bits. A file of the type "Q2_K" is a mixture and larger.</summary>
    public static NumberFormat Q2_K { get; } = Block("Q2_K", 84, 256);

    /// <summary>GGUF mixture, average of the LLaMA-7B file of 4.45 GiB: 5.67 bits.</summary>
    public static NumberFormat Q5_K_M { get; } = Mixture("Q5_K_M", 4.45);

    /// <summary>GGUF mixture, average of the LLaMA-7B file of 4.33 GiB: 5.52 bits.</summary>
    public static NumberFormat Q5_K_S { get; } = Mixture("Q5_K_S", 4.33);

    /// <summary>GGUF mixture, average of the LLaMA-7B file of 3.80 GiB: 4.84 bits.</summary>
    public static NumberFormat Q4_K_M { get; } = Mixture("Q4_K_M", 3.80);

    /// <summary>GGUF mixture, average of the LLaMA-7B file of 3.59 GiB: 4.58 bits.</summary>
    public static NumberFormat Q4_K_S { get; } = Mixture("Q4_K_S", 3.59);

    /// <summary>GGUF mixture, average of the LLaMA-7B file of 3.35 GiB: 4.27 bits.</summary>
    public static NumberFormat Q3_K_L { get; } = Mixture("Q3_K_L", 3.35);

    /// <summary>GGUF mixture, average of the LLaMA-7B file of 3.07 GiB: 3.91 bits.</summary>
    public static NumberFormat Q3_K_M { get; } = Mixture("Q3_K_M", 3.07);

    /// <summary>GGUF mixture, average of the LLaMA-7B file of 2.75 GiB: 3.51 bits.</summary>
    public static NumberFormat Q3_K_S { get; } = Mixture("Q3_K_S", 2.75);

    /// <summary>Every built-in format, the plain ones first, then by falling bits within a kind.</summary>
    public static IReadOnlyList<NumberFormat> All { get; } = Array.AsReadOnly(
    [
        F32, F16, BF16, Int8, Int4, Int4Group128, Int4Group32,
        Q8_0, Q5_1, Q5_0, Q4_1, Q4_0, Q6_K, Q5_K, Q4_K, Q3_K, Q2_K,
        Q5_K_M, Q5_K_S, Q4_K_M, Q4_K_S, Q3_K_L, Q3_K_M, Q3_K_S,
    ]);

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

    private static NumberFormat Block(string name, int bytes, int values) => new(name, 8.0 * bytes / values);

    private static NumberFormat Mixture(string name, double llama7BFileGibi) =>
        new(name, llama7BFileGibi * 1024 * 1024 * 1024 * 8 / Llama7BParameters);
}
