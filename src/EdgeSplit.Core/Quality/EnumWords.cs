namespace EdgeSplit.Core.Quality;

/// <summary>The words that files use for the values of an enumeration: its names with a small first letter.</summary>
internal static class EnumWords<T>
    where T : struct, Enum
{
    /// <summary>The values by word.</summary>
    internal static IReadOnlyDictionary<string, T> Values { get; } = Enum.GetValues<T>().ToDictionary(Of, value => value, StringComparer.Ordinal);

    /// <summary>The word of a value.</summary>
    internal static string Of(T value)
    {
        var name = value.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
