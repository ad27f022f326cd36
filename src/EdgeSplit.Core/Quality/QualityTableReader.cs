using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using EdgeSplit.Core.Compression;

namespace EdgeSplit.Core.Quality;

/// <summary>From the text of a quality table to its records; the only place that checks them.</summary>
internal static partial class QualityTableReader
{
    internal const int MostBytes = 64 * 1024 * 1024;

    private const double MostNats = 1e6;
    private const int MostLayers = 100_000;

    private static readonly JsonDocumentOptions Options = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 16 };

    internal static QualityTable Read(string json, string file)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Options);
            return Table(new QualityTableSection(
                file, "$", document.RootElement, "format", "version", "libraryVersion", "seed", "model", "text", "clean", "cells", "weights", "leakage"));
        }
        catch (ArgumentException error) when (error.InnerException is EncoderFallbackException)
        {
            throw new QualityTableException(file, "$", "a text with half a surrogate pair", "Unicode text", error);
        }
        catch (JsonException error)
        {
            throw new QualityTableException(
                file,
                "$",
                string.Create(CultureInfo.InvariantCulture, $"broken JSON in line {error.LineNumber + 1}, column {error.BytePositionInLine + 1}"),
                "JSON; comments and trailing commas may stand in it, NaN and Infinity may not",
                error);
        }
    }

    private static QualityTable Table(QualityTableSection root)
    {
        if (root.Text("format") != QualityTable.Format)
        {
            throw root.Error("format", $"\"{QualityTable.Format}\"");
        }

        root.Whole("version", QualityTable.Version, QualityTable.Version);
        var model = root.Section("model", "name", "sha256", "layers", "hiddenSize", "vocabulary");
        var text = root.Section("text", "source", "sha256", "windows", "contextTokens");
        var layers = model.Whole("layers", 2, MostLayers);
        return new QualityTable
        {
            LibraryVersion = root.Text("libraryVersion"),
            Seed = root.Unsigned("seed"),
            Model = new QualityTableModel(model.Text("name"), model.Hash("sha256"), layers, model.Whole("hiddenSize", 1, int.MaxValue), model.Whole("vocabulary", 2, int.MaxValue)),
            Text = new QualityTableText(text.Text("source"), text.Hash("sha256"), text.Whole("windows", 1, int.MaxValue), text.Whole("contextTokens", 2, int.MaxValue)),
            Clean = Estimate(root, "clean"),
            Cells = Distinct(
                root.Items("cells", "split", "damage", "estimate"),
                cell => new QualityCell(cell.Whole("split", 1, layers - 1), Damage(cell), Estimate(cell, "estimate")),
                cell => (cell.Split, cell.Damage)),
            Weights = Distinct(
                root.Items("weights", "layers", "bits", "groupSize", "estimate"),
                cell => new WeightCell(cell.Whole("layers", 1, layers), cell.Whole("bits", 1, 16), cell.Whole("groupSize", 0, int.MaxValue), Estimate(cell, "estimate")),
                cell => (cell.Layers, cell.Bits, cell.GroupSize)),
            Leakage = Distinct(
                root.Items("leakage", "split", "attack", "damage", "recoveryRate", "lower", "upper", "tokens"),
                cell => Leakage(cell, layers),
                cell => (cell.Split, cell.Attack, cell.Damage)),
        };
    }

    private static LeakageCell Leakage(QualityTableSection cell, int layers)
    {
        var attack = cell.Text("attack");
        if (!AttackName().IsMatch(attack))
        {
            throw cell.Error("attack", "small letters, digits and dashes, at most 40");
        }

        var rate = cell.Number("recoveryRate", 0, 1);
        return new LeakageCell(
            cell.Whole("split", 1, layers - 1), attack, Damage(cell), rate, cell.Number("lower", 0, rate), cell.Number("upper", rate, 1), cell.Whole("tokens", 1, int.MaxValue));
    }

    private static QualityEstimate Estimate(QualityTableSection parent, string key)
    {
        var estimate = parent.Section(key, "nll", "nllStandardError", "kl", "klStandardError", "top1", "top1StandardError", "nllRise", "nllRiseStandardError");
        return new QualityEstimate(
            estimate.Number("nll", 0, MostNats),
            estimate.Number("nllStandardError", 0, MostNats),
            estimate.Number("kl", 0, MostNats),
            estimate.Number("klStandardError", 0, MostNats),
            estimate.Number("top1", 0, 1),
            estimate.Number("top1StandardError", 0, 1),
            estimate.Number("nllRise", -MostNats, MostNats),
            estimate.Number("nllRiseStandardError", 0, MostNats));
    }

    private static HiddenStateDamage Damage(QualityTableSection parent)
    {
        var damage = parent.Section("damage", "erasureProbability", "pattern", "recovery", "packetValues", "snrDb", "bits", "scale");
        var result = HiddenStateDamage.None;
        if (damage.Has("erasureProbability"))
        {
            result = result with
            {
                ErasureProbability = damage.Number("erasureProbability", 0, 1, aboveMinimum: true),
                Pattern = damage.Choice("pattern", EnumWords<ErasurePattern>.Values),
                Recovery = damage.Choice("recovery", EnumWords<ErasureRecovery>.Values),
            };
            if (result.Pattern != ErasurePattern.Elements)
            {
                result = result with { PacketValues = damage.Whole("packetValues", 1, int.MaxValue) };
            }
            else
            {
                damage.Refuse("with single elements", "packetValues");
            }
        }
        else
        {
            damage.Refuse("without erasureProbability", "pattern", "recovery", "packetValues");
        }

        if (damage.Has("snrDb"))
        {
            result = result with { SnrDb = damage.Number("snrDb", -200, 200) };
        }

        if (damage.Has("bits"))
        {
            return result with { Bits = damage.Whole("bits", 1, 16), Scale = damage.Choice("scale", EnumWords<QuantizationScale>.Values) };
        }

        damage.Refuse("without bits", "scale");
        return result;
    }

    private static T[] Distinct<T, TKey>(IEnumerable<QualityTableSection> sections, Func<QualityTableSection, T> read, Func<T, TKey> keyOf)
        where TKey : notnull
    {
        var cells = new List<T>();
        var seen = new Dictionary<TKey, string>();
        foreach (var section in sections)
        {
            var cell = read(section);
            if (!seen.TryAdd(keyOf(cell), section.Path))
            {
                throw new QualityTableException(section.File, section.Path, "the cell of " + seen[keyOf(cell)] + " again", "each cell once");
            }

            cells.Add(cell);
        }

        return [.. cells];
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,39}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex AttackName();
}
