using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using EdgeSplit.Core.Compression;

namespace EdgeSplit.Core.Quality;

/// <summary>The text of a quality table: one cell per line, sorted, numbers that read back exactly.</summary>
internal static class QualityTableWriter
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static string Write(QualityTable table)
    {
        var text = new StringBuilder();
        text.Append("{\n");
        Line(text, "format", Quoted(QualityTable.Format));
        Line(text, "version", Whole(QualityTable.Version));
        Line(text, "libraryVersion", Quoted(table.LibraryVersion));
        Line(text, "seed", table.Seed.ToString(CultureInfo.InvariantCulture));
        var model = table.Model;
        Line(text, "model", Object(
            ("name", Quoted(model.Name)), ("sha256", Quoted(model.Sha256)), ("layers", Whole(model.Layers)), ("hiddenSize", Whole(model.HiddenSize)), ("vocabulary", Whole(model.Vocabulary))));
        Line(text, "text", Object(
            ("source", Quoted(table.Text.Source)), ("sha256", Quoted(table.Text.Sha256)), ("windows", Whole(table.Text.Windows)), ("contextTokens", Whole(table.Text.ContextTokens))));
        Line(text, "clean", Estimate(table.Clean));
        List(text, "cells", table.Cells
            .OrderBy(cell => cell.Split).ThenBy(cell => cell.Damage, ByDamage)
            .Select(cell => Object(("split", Whole(cell.Split)), ("damage", Damage(cell.Damage)), ("estimate", Estimate(cell.Estimate)))));
        text.Append(",\n");
        List(text, "weights", table.Weights
            .OrderBy(cell => cell.Bits).ThenBy(cell => cell.GroupSize).ThenBy(cell => cell.Layers)
            .Select(cell => Object(("layers", Whole(cell.Layers)), ("bits", Whole(cell.Bits)), ("groupSize", Whole(cell.GroupSize)), ("estimate", Estimate(cell.Estimate)))));
        text.Append(",\n");
        List(text, "leakage", table.Leakage
            .OrderBy(cell => cell.Attack, StringComparer.Ordinal).ThenBy(cell => cell.Split).ThenBy(cell => cell.Damage, ByDamage)
            .Select(cell => Object(
                ("split", Whole(cell.Split)), ("attack", Quoted(cell.Attack)), ("damage", Damage(cell.Damage)), ("recoveryRate", Real(cell.RecoveryRate)),
                ("lower", Real(cell.Lower)), ("upper", Real(cell.Upper)), ("tokens", Whole(cell.Tokens)))));
        text.Append("\n}\n");
        return text.ToString();
    }

    private static Comparer<HiddenStateDamage> ByDamage { get; } = Comparer<HiddenStateDamage>.Create((left, right) => Order(left).CompareTo(Order(right)));

    private static (int Bits, QuantizationScale Scale, double NoiseShare, ErasurePattern Pattern, ErasureRecovery Recovery, int PacketValues, double Probability) Order(HiddenStateDamage damage)
    {
        var simple = damage.Simplified;
        return (-(simple.Bits ?? 32), simple.Scale, -(simple.SnrDb ?? double.MaxValue), simple.Pattern, simple.Recovery, simple.PacketValues, simple.ErasureProbability);
    }

    private static string Damage(HiddenStateDamage damage)
    {
        var simple = damage.Simplified;
        var fields = new List<(string, string)>();
        if (simple.ErasureProbability != 0)
        {
            fields.Add(("erasureProbability", Real(simple.ErasureProbability)));
            fields.Add(("pattern", Quoted(EnumWords<ErasurePattern>.Of(simple.Pattern))));
            fields.Add(("recovery", Quoted(EnumWords<ErasureRecovery>.Of(simple.Recovery))));
            if (simple.Pattern != ErasurePattern.Elements)
            {
                fields.Add(("packetValues", Whole(simple.PacketValues)));
            }
        }

        if (simple.SnrDb is { } snr)
        {
            fields.Add(("snrDb", Real(snr)));
        }

        if (simple.Bits is { } bits)
        {
            fields.Add(("bits", Whole(bits)));
            fields.Add(("scale", Quoted(EnumWords<QuantizationScale>.Of(simple.Scale))));
        }

        return Object([.. fields]);
    }

    private static string Estimate(QualityEstimate estimate) => Object(
        ("nll", Real(estimate.Nll)),
        ("nllStandardError", Real(estimate.NllStandardError)),
        ("kl", Real(estimate.Kl)),
        ("klStandardError", Real(estimate.KlStandardError)),
        ("top1", Real(estimate.Top1)),
        ("top1StandardError", Real(estimate.Top1StandardError)),
        ("nllRise", Real(estimate.NllRise)),
        ("nllRiseStandardError", Real(estimate.NllRiseStandardError)));

    private static void Line(StringBuilder text, string key, string value) => text.Append("  ").Append(Quoted(key)).Append(": ").Append(value).Append(",\n");

    private static void List(StringBuilder text, string key, IEnumerable<string> items)
    {
        var lines = items.Select(item => "    " + item).ToArray();
        text.Append("  ").Append(Quoted(key)).Append(": [");
        text.Append(lines.Length == 0 ? "]" : "\n" + string.Join(",\n", lines) + "\n  ]");
    }

    private static string Object(params (string Key, string Value)[] fields) =>
        fields.Length == 0 ? "{}" : "{ " + string.Join(", ", fields.Select(field => Quoted(field.Key) + ": " + field.Value)) + " }";

    private static string Quoted(string text) => JsonSerializer.Serialize(text, Relaxed);

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);

    // JSON has no NaN: written as text, it is refused when the text is read back.
    private static string Real(double number) =>
        double.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) : Quoted(number.ToString(CultureInfo.InvariantCulture));
}
