using System.Globalization;
using System.Text.Json;

namespace EdgeSplit.Core.Quality;

/// <summary>One JSON object of a quality table; every error names file, path, what was found and what is allowed.</summary>
internal sealed class QualityTableSection
{
    private readonly Dictionary<string, JsonElement> fields = new(StringComparer.Ordinal);

    /// <summary>Takes up an object; unknown and repeated keys are refused.</summary>
    internal QualityTableSection(string file, string path, JsonElement json, params string[] keys)
    {
        (File, Path) = (file, path);
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new QualityTableException(file, path, Describe(json), "an object with the keys " + string.Join(", ", keys));
        }

        foreach (var property in json.EnumerateObject())
        {
            var name = NameOf(property);
            if (!keys.Contains(name))
            {
                throw new QualityTableException(file, path, $"the unknown key \"{Shorten(name)}\"", "the keys " + string.Join(", ", keys));
            }

            if (!fields.TryAdd(name, property.Value))
            {
                throw new QualityTableException(file, path + "." + name, "the same key twice", "each key once");
            }
        }
    }

    internal string File { get; }

    internal string Path { get; }

    internal bool Has(string key) => fields.ContainsKey(key);

    internal QualityTableException Error(string key, string allowed) =>
        new(File, Path + "." + key, fields.TryGetValue(key, out var value) ? Describe(value) : "nothing (the key is required)", allowed);

    internal void Refuse(string circumstance, params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            if (Has(key))
            {
                throw new QualityTableException(File, Path + "." + key, $"a key that means nothing {circumstance}", "no such key");
            }
        }
    }

    internal double Number(string key, double minimum, double maximum, bool aboveMinimum = false) =>
        fields.TryGetValue(key, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number)
            && (aboveMinimum ? number > minimum : number >= minimum) && number <= maximum
            ? number
            : throw Error(key, string.Create(CultureInfo.InvariantCulture, $"a number {(aboveMinimum ? "above" : "of at least")} {minimum} and at most {maximum}"));

    internal int Whole(string key, int minimum, int maximum) =>
        fields.TryGetValue(key, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= minimum && number <= maximum
            ? number
            : throw Error(key, minimum == maximum ? minimum.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"a whole number in [{minimum}, {maximum}]"));

    internal ulong Unsigned(string key) =>
        fields.TryGetValue(key, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetUInt64(out var number)
            ? number
            : throw Error(key, string.Create(CultureInfo.InvariantCulture, $"a whole number in [0, {ulong.MaxValue}]"));

    internal string Text(string key) =>
        fields.TryGetValue(key, out var value) && TextOf(value) is { } text && !string.IsNullOrWhiteSpace(text) ? text : throw Error(key, "a text that is not blank");

    internal string Hash(string key) =>
        fields.TryGetValue(key, out var value) && TextOf(value) is { Length: 64 } text && text.All(char.IsAsciiHexDigitLower) ? text : throw Error(key, "64 hexadecimal digits in small letters");

    internal T Choice<T>(string key, IReadOnlyDictionary<string, T> choices) =>
        fields.TryGetValue(key, out var value) && TextOf(value) is { } text && choices.TryGetValue(text, out var choice)
            ? choice
            : throw Error(key, "one of " + string.Join(", ", choices.Keys));

    internal QualityTableSection Section(string key, params string[] keys) =>
        fields.TryGetValue(key, out var value) ? new QualityTableSection(File, Path + "." + key, value, keys) : throw Error(key, "an object with the keys " + string.Join(", ", keys));

    internal IEnumerable<QualityTableSection> Items(string key, params string[] keys)
    {
        if (!fields.TryGetValue(key, out var value) || value.ValueKind != JsonValueKind.Array)
        {
            throw Error(key, "an array of objects");
        }

        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            yield return new QualityTableSection(File, string.Create(CultureInfo.InvariantCulture, $"{Path}.{key}[{index++}]"), item, keys);
        }
    }

    // Half a surrogate pair is legal in JSON's grammar but is no text.
    private string NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException error)
        {
            throw new QualityTableException(File, Path, "a key with half a surrogate pair", "Unicode text", error);
        }
    }

    private static string? TextOf(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => TextOf(value) is { } text ? $"the text \"{Shorten(text)}\"" : "a text with half a surrogate pair",
        JsonValueKind.Number => "the number " + Shorten(value.GetRawText()),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Array => "an array",
        JsonValueKind.Object => "an object",
        _ => "null",
    };

    private static string Shorten(string text) => text.Length <= 60 ? text : text[..60] + "...";
}
