using System.Security.Cryptography;
using System.Text;
using EdgeSplit.Core.Inference;
using EdgeSplit.Core.Quality.Leakage;

namespace EdgeSplit.Core.Quality.Measurement;

/// <summary>Everything that the numbers of a measurement depend on.</summary>
internal sealed class MeasurementIdentity
{
    internal MeasurementIdentity(LlamaModel model, MeasurementText text, QualityPlan plan, LeakageMeasurement? leakage, ulong seed)
    {
        CheckpointSha256 = model.Checkpoint.ComputeSha256();
        LibraryVersion = typeof(QualityTable).Assembly.GetName().Version!.ToString(3);
        var words = new StringBuilder();
        words.Append(FormattableString.Invariant($"{LibraryVersion}\n{CheckpointSha256}\n{model.Configuration with { Name = "" }}\n{text.Provenance}\n{seed}\n"));
        foreach (var cell in plan.Cells)
        {
            words.Append(FormattableString.Invariant($"{cell.Split} {Words(cell.Damage)}\n"));
        }

        foreach (var weights in plan.Weights)
        {
            words.Append(FormattableString.Invariant($"{weights}\n"));
        }

        if (leakage is not null)
        {
            words.Append(FormattableString.Invariant($"{leakage.Plan.Seed} {leakage.Plan.Positions} {leakage.Plan.SearchWidth} {leakage.Plan.ShortlistTokens}\n"));
            words.AppendJoin(' ', leakage.Text.Attacked.ToArray()).Append('\n').AppendJoin(' ', leakage.Text.Training.ToArray()).Append('\n');
            foreach (var unit in leakage.Units)
            {
                words.Append(FormattableString.Invariant($"{unit.Attack} {unit.Split} {unit.FirstWindow} {unit.Windows}\n"));
            }

            foreach (var attack in leakage.Units.Select(unit => unit.Attack).Distinct())
            {
                words.Append(attack).Append('\n').AppendJoin('\n', leakage.Plan.DamagesOf(attack).Select(Words));
            }
        }

        Sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(words.ToString())));
    }

    /// <summary>Of the weight files.</summary>
    internal string CheckpointSha256 { get; }

    /// <summary>Version of the library, without build information.</summary>
    internal string LibraryVersion { get; }

    /// <summary>Of everything.</summary>
    internal string Sha256 { get; }

    private static string Words(HiddenStateDamage damage) => FormattableString.Invariant(
        $"{damage.ErasureProbability:R} {damage.Pattern} {damage.Recovery} {damage.PacketValues} {damage.SnrDb:R} {damage.Bits} {damage.Scale}");
}
