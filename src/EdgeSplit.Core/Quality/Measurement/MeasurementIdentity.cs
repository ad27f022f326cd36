using System.Security.Cryptography;
using System.Text;
using EdgeSplit.Core.Inference;

namespace EdgeSplit.Core.Quality.Measurement;

/// <summary>Everything that the numbers of a measurement depend on.</summary>
internal sealed class MeasurementIdentity
{
    internal MeasurementIdentity(LlamaModel model, MeasurementText text, QualityPlan plan, ulong seed)
    {
        CheckpointSha256 = model.Checkpoint.ComputeSha256();
        LibraryVersion = typeof(QualityTable).Assembly.GetName().Version!.ToString(3);
        var words = new StringBuilder();
        words.Append(FormattableString.Invariant($"{LibraryVersion}\n{CheckpointSha256}\n{model.Configuration with { Name = "" }}\n{text.Provenance}\n{seed}\n"));
        foreach (var cell in plan.Cells)
        {
            var damage = cell.Damage;
            words.Append(FormattableString.Invariant(
                $"{cell.Split} {damage.ErasureProbability:R} {damage.Pattern} {damage.Recovery} {damage.PacketValues} {damage.SnrDb:R} {damage.Bits} {damage.Scale}\n"));
        }

        foreach (var weights in plan.Weights)
        {
            words.Append(FormattableString.Invariant($"{weights}\n"));
        }

        Sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(words.ToString())));
    }

    /// <summary>Of the weight files.</summary>
    internal string CheckpointSha256 { get; }

    /// <summary>Version of the library, without build information.</summary>
    internal string LibraryVersion { get; }

    /// <summary>Of everything.</summary>
    internal string Sha256 { get; }
}
