using System.Collections.Frozen;

namespace EdgeSplit.Core.Devices.Benchmarks;

/// <summary>Names of the columns of published speed measurements.</summary>
internal static class MeasuredSpeedColumns
{
    internal const int Needed = (int)MeasuredSpeedColumn.Speed + 1;

    internal static readonly int Number = Enum.GetValues<MeasuredSpeedColumn>().Length;

    private static readonly string[] NeededNames = ["model", "quant", "device", "backend", "phase", "tokens_per_s"];

    private static readonly FrozenDictionary<string, MeasuredSpeedColumn> Names = new Dictionary<string, MeasuredSpeedColumn>
    {
        ["model"] = MeasuredSpeedColumn.Model,
        ["quant"] = MeasuredSpeedColumn.Format,
        ["format"] = MeasuredSpeedColumn.Format,
        ["device"] = MeasuredSpeedColumn.Device,
        ["backend"] = MeasuredSpeedColumn.Backend,
        ["phase"] = MeasuredSpeedColumn.Phase,
        ["tokens_per_s"] = MeasuredSpeedColumn.Speed,
        ["tokens_per_second"] = MeasuredSpeedColumn.Speed,
        ["source_url_or_repo_path"] = MeasuredSpeedColumn.Source,
        ["source"] = MeasuredSpeedColumn.Source,
        ["weights_bytes_if_given"] = MeasuredSpeedColumn.WeightBytes,
        ["weight_bytes"] = MeasuredSpeedColumn.WeightBytes,
        ["prompt_tokens"] = MeasuredSpeedColumn.PromptTokens,
        ["gen_tokens"] = MeasuredSpeedColumn.GeneratedTokens,
        ["context"] = MeasuredSpeedColumn.Context,
        ["batch"] = MeasuredSpeedColumn.Batch,
        ["power_w"] = MeasuredSpeedColumn.Power,
        ["confidence"] = MeasuredSpeedColumn.Confidence,
        ["notes"] = MeasuredSpeedColumn.Notes,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    internal static bool TryFind(string name, out MeasuredSpeedColumn column) => Names.TryGetValue(name, out column);

    /// <summary>The needed columns that a header lacks.</summary>
    internal static List<string> Missing(IReadOnlyList<string> header)
    {
        var found = header.Select(name => Names.TryGetValue(name, out var column) ? column : (MeasuredSpeedColumn?)null).ToHashSet();
        return NeededNames.Where((_, i) => !found.Contains((MeasuredSpeedColumn)i)).ToList();
    }

    internal static string NameOf(MeasuredSpeedColumn column) => Names.Where(pair => pair.Value == column).Select(pair => pair.Key).MaxBy(name => name.Length)!;
}
