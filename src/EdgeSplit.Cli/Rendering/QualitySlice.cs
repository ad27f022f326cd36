using System.Globalization;
using EdgeSplit.Core.Compression;
using EdgeSplit.Core.Quality;

namespace EdgeSplit.Cli.Rendering;

/// <summary>A part of a quality table to show as rows by split or number of layers, and columns by damage.</summary>
/// <param name="Title">What is shown.</param>
/// <param name="RowHeader">What the rows are.</param>
/// <param name="NumberFormat">Format of the values.</param>
/// <param name="Rows">Splits or numbers of layers, rising.</param>
/// <param name="Points">The columns.</param>
internal sealed record QualitySlice(string Title, string RowHeader, string NumberFormat, IReadOnlyList<int> Rows, IReadOnlyList<QualitySlice.Point> Points)
{
    /// <summary>The slices that a table has cells for.</summary>
    internal static IEnumerable<QualitySlice> Of(QualityTable table)
    {
        var single = table.Cells.ToLookup(cell => Kinds(cell.Damage));
        var published = single[1].Where(cell => cell.Damage is { Pattern: ErasurePattern.Elements, Recovery: ErasureRecovery.Zero });
        yield return Damages("perplexity where this share of the values is erased and set to zero", published, damage => damage.ErasureProbability, Percent, Perplexity, "0.00");
        yield return Damages("perplexity at this signal-to-noise ratio", single[2], damage => -damage.SnrDb!.Value, value => Words($"{-value} dB"), Perplexity, "0.00");
        foreach (var scale in Enum.GetValues<QuantizationScale>())
        {
            var own = single[4].Where(cell => cell.Damage.Scale == scale);
            yield return Damages($"rise in nats per token with these bits, a scale per {Small(scale)}", own, damage => damage.Bits!.Value, value => Words($"{value} bits"), Rise, "0.0000");
        }

        var others = single[1].Except(published).GroupBy(cell => (cell.Damage.Pattern, cell.Damage.PacketValues, cell.Damage.Recovery)).OrderBy(group => group.Key);
        foreach (var group in others)
        {
            var what = group.Key.Pattern switch
            {
                ErasurePattern.Elements => "values",
                ErasurePattern.Packets => Words($"packets of {group.Key.PacketValues} values"),
                _ => Words($"interleaved packets of {group.Key.PacketValues} values"),
            };
            yield return Damages($"rise in nats per token: share of {what} lost, recovery {RecoveryWords(group.Key.Recovery)}", group, damage => damage.ErasureProbability, Percent, Rise, "0.000");
        }

        var combined = table.Cells.Where(cell => Kinds(cell.Damage) is not (1 or 2 or 4)).ToArray();
        yield return OfCells("rise in nats per token under two damages at once", combined, [.. combined.Select(cell => cell.Damage).Distinct().Select(damage => (Both(damage), damage))], Rise, "0.000");
        yield return Weights(table);
        yield return Leakage(table);
    }

    private static QualitySlice Damages(
        string title, IEnumerable<QualityCell> cells, Func<HiddenStateDamage, double> at, Func<double, string> header, Func<QualityEstimate, double> value, string format)
    {
        var own = cells.ToArray();
        return OfCells(title, own, [.. own.Select(cell => cell.Damage).Distinct().OrderBy(at).Select(damage => (header(at(damage)), damage))], value, format);
    }

    private static QualitySlice OfCells(
        string title, QualityCell[] cells, IReadOnlyList<(string Header, HiddenStateDamage Damage)> columns, Func<QualityEstimate, double> value, string format)
    {
        var values = cells.ToDictionary(cell => (cell.Split, cell.Damage), cell => value(cell.Estimate));
        return new QualitySlice(title, "k", format, [.. cells.Select(cell => cell.Split).Distinct().Order()], [.. columns.Select(column =>
            new Point(column.Header, split => values.TryGetValue((split, column.Damage), out var found) ? found : null))]);
    }

    private static QualitySlice Weights(QualityTable table)
    {
        var values = table.Weights.ToDictionary(cell => (cell.Layers, cell.Bits, cell.GroupSize), cell => cell.Estimate.NllRise);
        var formats = table.Weights.Select(cell => (cell.Bits, cell.GroupSize)).Distinct().Order();
        return new QualitySlice(
            "rise in nats per token where weights of the first layers have these bits (scales by group)",
            "layers",
            "0.0000",
            [.. table.Weights.Select(cell => cell.Layers).Distinct().Order()],
            [.. formats.Select(format => new Point(
                Words($"{format.Bits} bits/{(format.GroupSize == 0 ? "row" : format.GroupSize)}"),
                layers => values.TryGetValue((layers, format.Bits, format.GroupSize), out var found) ? found : null))]);
    }

    private static QualitySlice Leakage(QualityTable table)
    {
        var clean = table.Leakage.Where(cell => cell.Damage.IsNone).ToDictionary(cell => (cell.Split, cell.Attack), cell => cell.RecoveryRate);
        return new QualitySlice(
            "share of the prompt's tokens recovered from a clean hidden state, at least, by attack",
            "k",
            "0.000",
            [.. clean.Keys.Select(key => key.Split).Distinct().Order()],
            [.. clean.Keys.Select(key => key.Attack).Distinct().Order(StringComparer.Ordinal).Select(attack =>
                new Point(attack, split => clean.TryGetValue((split, attack), out var found) ? found : null))]);
    }

    private static int Kinds(in HiddenStateDamage damage) => (damage.ErasureProbability > 0 ? 1 : 0) | (damage.SnrDb is null ? 0 : 2) | (damage.Bits is null ? 0 : 4);

    private static double Perplexity(QualityEstimate estimate) => Math.Exp(estimate.Nll);

    private static double Rise(QualityEstimate estimate) => estimate.NllRise;

    private static string Percent(double share) => Words($"{100 * share:0.###} %");

    private static string Both(HiddenStateDamage damage) => string.Join(' ', new[]
    {
        damage.ErasureProbability > 0 ? Percent(damage.ErasureProbability) : null,
        damage.SnrDb is { } snr ? Words($"{snr} dB") : null,
        damage.Bits is { } bits ? Words($"{bits} bit") : null,
    }.OfType<string>());

    private static string RecoveryWords(ErasureRecovery recovery) => recovery switch
    {
        ErasureRecovery.Zero => "zero",
        ErasureRecovery.Mean => "channel mean",
        ErasureRecovery.PreviousToken => "previous token",
        _ => "zero with rescaling",
    };

    private static string Small<T>(T word)
        where T : struct, Enum => word.ToString().ToLowerInvariant();

    private static string Words(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>A column: its header and the value in a row, null where there is none.</summary>
    internal sealed record Point(string Header, Func<int, double?> Value);
}
