using System.Collections.Frozen;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Core.Quality;

/// <summary>Published perplexity rises of weight formats, as nats per token: ln((base + rise) / base).</summary>
/// <remarks>
/// <para>Perplexity over F16 on the WikiText-2 test set. F32, F16 and BF16 weights lose nothing here (BF16's loss is below what the
/// tables resolve: an assumption). INT8 is read as Q8_0 and INT4, grouped or not, as Q4_0, the block formats nearest to
/// round-to-nearest at those widths: an assumption too; INT4 with scales per channel loses more, AWQ and the like lose less.
/// Q2_K is the row of the file type of that name, a mixture. <see cref="ProvenanceOf"/> says which figures rest on an assumption.</para>
/// <para>Newer and smaller models lose more than LLaMA-7B in the same format: six times at Q8_0, five at Q6_K, for Llama-3-8B.</para>
/// <para>Immutable; safe to share between threads; no allocation per look-up.</para>
/// <para>Source: llama.cpp, help text of its quantize tool (2023) and pull request 6936.</para>
/// </remarks>
public sealed class PublishedFormatLoss : IFormatLossSource
{
    private readonly FrozenDictionary<string, double> nats;
    private readonly string formats;

    private PublishedFormatLoss(string model, string source, double basePerplexity, (string Format, double Rise)[] rises)
    {
        Provenance = new QualityProvenance(QualityKind.Published, source, model);
        BasePerplexity = basePerplexity;
        formats = string.Join(", ", rises.Select(row => row.Format));
        nats = rises.ToFrozenDictionary(
            row => row.Format, row => Math.Log((basePerplexity + row.Rise) / basePerplexity), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>LLaMA-7B (2023), 14 formats: llama.cpp, help text of its quantize tool; perplexity at F16 5.9066.</summary>
    public static PublishedFormatLoss Llama7B { get; } = new(
        "LLaMA-7B", "llama.cpp quantize help: perplexity rise over F16, WikiText-2 test", 5.9066,
        [
            ("Q8_0", 0.0004), ("Q6_K", 0.0044), ("Q5_K_M", 0.0142), ("Q5_K_S", 0.0353), ("Q5_1", 0.0415), ("Q5_0", 0.0796),
            ("Q4_K_M", 0.0535), ("Q4_K_S", 0.1149), ("Q4_1", 0.1846), ("Q4_0", 0.2499), ("Q3_K_L", 0.1803), ("Q3_K_M", 0.2437),
            ("Q3_K_S", 0.5505), ("Q2_K", 0.8698),
        ]);

    /// <summary>Llama-3-8B, 6 formats from Q8_0 to Q5_0: llama.cpp pull request 6936, no importance matrix; perplexity at F16 6.233160. It has no 4-bit figure.</summary>
    public static PublishedFormatLoss Llama3With8B { get; } = new(
        "Llama-3-8B", "github ggml-org/llama.cpp pull 6936: perplexity rise over F16, WikiText-2 test, no importance matrix", 6.233160,
        [("Q8_0", 0.002650), ("Q6_K", 0.021748), ("Q5_K_M", 0.056974), ("Q5_K_S", 0.104964), ("Q5_1", 0.106223), ("Q5_0", 0.131591)]);

    /// <summary>The perplexity of the unquantised model, dimensionless.</summary>
    public double BasePerplexity { get; }

    /// <inheritdoc/>
    public QualityProvenance Provenance { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="format"/> is null.</exception>
    /// <exception cref="ArgumentException">The table has no figure for the format.</exception>
    public double NegativeLogLikelihoodIncreaseNats(NumberFormat format)
    {
        ArgumentNullException.ThrowIfNull(format);
        return IsUnquantised(format) ? 0
            : nats.TryGetValue(RowOf(format), out var value) ? value
            : throw new ArgumentException(
                $"No published loss of {format.Name} on {Provenance.MeasuredOn}. Covered: F32, F16, BF16, INT8, INT4 (where their rows are), {formats}.", nameof(format));
    }

    /// <summary>Where the figure of one format comes from: its own published row, or a stand-in.</summary>
    /// <param name="format">The weight format.</param>
    /// <exception cref="ArgumentNullException"><paramref name="format"/> is null.</exception>
    public QualityProvenance ProvenanceOf(NumberFormat format)
    {
        ArgumentNullException.ThrowIfNull(format);
        var row = RowOf(format);
        return format == NumberFormat.BF16 || format == NumberFormat.F32
            ? new QualityProvenance(QualityKind.Surrogate, $"{format.Name} assumed to lose nothing against F16", Provenance.MeasuredOn)
            : row == format.Name ? Provenance
            : new QualityProvenance(QualityKind.Surrogate, $"{format.Name} read as {row}: {Provenance.Source}", Provenance.MeasuredOn);
    }

    private static bool IsUnquantised(NumberFormat format) =>
        format == NumberFormat.F32 || format == NumberFormat.F16 || format == NumberFormat.BF16;

    private static string RowOf(NumberFormat format) =>
        format == NumberFormat.Int8 ? "Q8_0"
        : format == NumberFormat.Int4 || format == NumberFormat.Int4Group32 || format == NumberFormat.Int4Group128 ? "Q4_0"
        : format.Name;
}
