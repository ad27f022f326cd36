using System.Collections.Frozen;

namespace EdgeSplit.Core.Devices.Benchmarks;

/// <summary>Names of the columns of times per operation.</summary>
internal static class LayerTimeColumns
{
    internal static readonly int Number = Enum.GetValues<LayerTimeColumn>().Length;

    /// <summary>Names in the order of <see cref="LayerTimeColumn"/>.</summary>
    private static readonly string[] Names =
    [
        "device", "op", "phase", "time_us", "model", "dtype", "tp", "tokens", "prefill_chunk", "kv_prefill", "n_decode", "kv_decode",
        "m", "k", "n", "activated_experts", "flops_hand", "weight_bytes_hand", "notes", "source_repo_path",
    ];

    private static readonly FrozenDictionary<string, LayerTimeColumn> Columns =
        Names.Select((name, i) => KeyValuePair.Create(name, (LayerTimeColumn)i)).ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    internal static bool TryFind(string name, out LayerTimeColumn column) => Columns.TryGetValue(name, out column);

    internal static string NameOf(LayerTimeColumn column) => Names[(int)column];

    /// <summary>Whether a header names operations and times at all.</summary>
    internal static bool AreEnough(IReadOnlyList<string> header) =>
        header.Contains("op", StringComparer.OrdinalIgnoreCase) && header.Contains("time_us", StringComparer.OrdinalIgnoreCase);

    /// <summary>The needed columns that a header lacks.</summary>
    internal static string[] Missing(IReadOnlyList<string> header) =>
        Names[..((int)LayerTimeColumn.Time + 1)].Where(name => !header.Contains(name, StringComparer.OrdinalIgnoreCase)).ToArray();
}
