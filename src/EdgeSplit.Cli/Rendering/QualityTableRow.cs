using EdgeSplit.Core.Quality;

namespace EdgeSplit.Cli.Rendering;

/// <summary>One cell of a quality table, of whatever kind.</summary>
internal sealed record QualityTableRow(
    string Kind,
    int? Split = null,
    int? Layers = null,
    HiddenStateDamage? Damage = null,
    int? Bits = null,
    int? GroupSize = null,
    QualityEstimate? Estimate = null,
    LeakageCell? Leakage = null)
{
    internal static IEnumerable<QualityTableRow> Of(QualityTable table) =>
    [
        new("clean", Estimate: table.Clean),
        .. table.Cells.Select(cell => new QualityTableRow("hidden state", cell.Split, Damage: cell.Damage, Estimate: cell.Estimate)),
        .. table.Weights.Select(cell => new QualityTableRow("weights", Layers: cell.Layers, Bits: cell.Bits, GroupSize: cell.GroupSize, Estimate: cell.Estimate)),
        .. table.Leakage.Select(cell => new QualityTableRow("leakage", cell.Split, Damage: cell.Damage, Leakage: cell)),
    ];
}
