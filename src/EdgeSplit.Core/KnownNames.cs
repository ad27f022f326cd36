namespace EdgeSplit.Core;

/// <summary>Writes the names that a message allows: all of a short list, the nearest few of a long one and where to see the others.</summary>
/// <remarks>Pure; safe to call from any thread.</remarks>
internal static class KnownNames
{
    /// <summary>The longest list that is written out.</summary>
    internal const int MostWritten = 60;

    private const int Nearest = 5;

    /// <summary>The names, separated by commas.</summary>
    /// <param name="kind">What they name, in the singular: <c>device</c>, <c>model</c>.</param>
    /// <param name="known">Every name.</param>
    /// <param name="wanted">The name that was asked for: those nearest to it stand first in a long list; the first few of the catalogue where it is null or none is near.</param>
    internal static string Text(string kind, IEnumerable<string> known, string? wanted = null)
    {
        var names = known as IReadOnlyList<string> ?? [.. known];
        if (names.Count <= MostWritten)
        {
            return string.Join(", ", names);
        }

        var near = wanted is null ? [] : NearestName.Order(wanted, names, Nearest);
        var shown = near.Count > 0 ? near : [.. names.Take(Nearest)];
        return string.Join(", ", shown) + FormattableString.Invariant($", ... and {names.Count - shown.Count} more") + (ListOf(kind) is { } list ? ": edgesplit list " + list : "");
    }

    private static string? ListOf(string kind) => kind switch
    {
        "device" or "data sheet" => "devices",
        "model" => "models",
        "number format" => "formats",
        "link" => "links",
        _ => null,
    };
}
