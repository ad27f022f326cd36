using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Core.Quality;

/// <summary>What quantised weights in the first layers cost, from the weight cells of a quality table.</summary>
/// <remarks>
/// <para>Exact at measured numbers of layers, linear between them from no loss at 0; models with another number of layers are entered by their share k/L. A format is covered where its bits were
/// measured over all layers of the table's model: INT8 and Q8_0 are read as 8 bits, INT4 with any grouping and Q4_0 as 4, with the measured group size nearest to the format's own.
/// A negative rise, which is noise of the measurement, counts as 0.</para>
/// <para>Immutable, safe to share between threads.</para>
/// </remarks>
public sealed class MeasuredWeightLoss
{
    private const int WholeRow = 1 << 20; // larger than any group, so that a scale per row is nearest to the largest groups

    private readonly Dictionary<(int Bits, int GroupSize), MonotoneCurve> curves = [];
    private readonly int layers;

    /// <summary>Prepares a table.</summary>
    /// <param name="table">The table.</param>
    /// <exception cref="ArgumentNullException"><paramref name="table"/> is null.</exception>
    public MeasuredWeightLoss(QualityTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        layers = table.Model.Layers;
        foreach (var cells in table.Weights.GroupBy(cell => (cell.Bits, cell.GroupSize)).Where(cells => cells.Any(cell => cell.Layers == layers)))
        {
            var sorted = cells.OrderBy(cell => cell.Layers).ToArray();
            curves[cells.Key] = new MonotoneCurve([0, .. sorted.Select(cell => (double)cell.Layers)], [0, .. sorted.Select(cell => cell.Estimate.NllRise)]);
        }
    }

    /// <summary>Whether the table gives a format's loss; formats of floating point lose nothing and are covered.</summary>
    /// <param name="format">The weight format.</param>
    /// <exception cref="ArgumentNullException"><paramref name="format"/> is null.</exception>
    public bool Covers(NumberFormat format) => IsFloatingPoint(format) || CellOf(format) is not null;

    /// <summary>Bits and group size of the cells that stand for a format; null where none do, and for formats of floating point.</summary>
    /// <param name="format">The weight format.</param>
    /// <exception cref="ArgumentNullException"><paramref name="format"/> is null.</exception>
    public (int Bits, int GroupSize)? CellOf(NumberFormat format)
    {
        ArgumentNullException.ThrowIfNull(format);
        if (BitsOf(format) is not { } wanted)
        {
            return null;
        }

        var measured = curves.Keys.Where(key => key.Bits == wanted.Bits).ToArray();
        return measured.Length == 0 ? null : measured.MinBy(key => (Math.Abs(Math.Log((double)Size(key.GroupSize) / Size(wanted.GroupSize))), key.GroupSize));
    }

    /// <summary>The loss with the first k layers in a format: the rise of the negative log-likelihood, nats per token, at least 0.</summary>
    /// <param name="firstLayers">Layers in the format k, in [0, <paramref name="totalLayers"/>].</param>
    /// <param name="totalLayers">Layers L of the model, at least 1.</param>
    /// <param name="format">The format.</param>
    /// <exception cref="ArgumentNullException"><paramref name="format"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A count is out of range.</exception>
    /// <exception cref="ArgumentException">The table does not cover the format.</exception>
    public double NllRiseNats(int firstLayers, int totalLayers, NumberFormat format)
    {
        Guard.AtLeast(totalLayers, 1);
        Guard.InRange(firstLayers, 0, totalLayers);
        return IsFloatingPoint(format) ? 0
            : CellOf(format) is { } cell ? Math.Max(0, curves[cell].LinearAt((double)firstLayers * layers / totalLayers))
            : throw new ArgumentException(
                $"The quality table has no loss of {format.Name} over all layers. Covered: F32, F16, BF16{string.Concat(curves.Keys.Order().Select(key => FormattableString.Invariant($", {key.Bits} bits in groups of {(key.GroupSize == 0 ? "a row" : key.GroupSize)}")))}.",
                nameof(format));
    }

    private static bool IsFloatingPoint(NumberFormat format) => format == NumberFormat.F32 || format == NumberFormat.F16 || format == NumberFormat.BF16;

    private static (int Bits, int GroupSize)? BitsOf(NumberFormat format) =>
        format == NumberFormat.Int8 ? (8, 0)
        : format == NumberFormat.Q8_0 ? (8, 32)
        : format == NumberFormat.Int4 ? (4, 0)
        : format == NumberFormat.Int4Group128 ? (4, 128)
        : format == NumberFormat.Int4Group32 || format == NumberFormat.Q4_0 ? (4, 32)
        : null;

    private static int Size(int groupSize) => groupSize == 0 ? WholeRow : groupSize;
}
