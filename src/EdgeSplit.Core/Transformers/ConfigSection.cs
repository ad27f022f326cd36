using System.Globalization;
using System.Text.Json;

namespace EdgeSplit.Core.Transformers;

/// <summary>One JSON object of a model configuration; every reading error names file, key, what was found and what is allowed.</summary>
internal sealed class ConfigSection
{
    private readonly JsonElement _object;
    private readonly string _prefix;

    internal ConfigSection(string source, string prefix, JsonElement json)
    {
        (Source, _prefix, _object) = (source, prefix, json);
    }

    internal string Source { get; }

    internal bool Has(string key) => Find(key) is not null;

    /// <summary>Whether the key stands there at all, null included.</summary>
    internal bool Declares(string key) => _object.TryGetProperty(key, out _);

    internal string PathOf(string key) => _prefix + key;

    internal TransformerConfigException Error(string key, string found, string allowed) => new(Source, PathOf(key), found, allowed);

    internal string Text(string key, string allowed)
    {
        var value = Find(key) ?? throw Error(key, "no such key", allowed);
        return value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Error(key, Describe(value), allowed);
    }

    internal ConfigSection? Section(string key)
    {
        if (Find(key) is not { } value)
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Object
            ? new ConfigSection(Source, PathOf(key) + ".", value)
            : throw Error(key, Describe(value), "an object");
    }

    /// <summary>The objects of an array; empty where the key is absent.</summary>
    internal ConfigSection[] Sections(string key) => Find(key) is not { } value ? [] :
        [.. Items(key, value).Select((item, index) => item.ValueKind == JsonValueKind.Object
            ? new ConfigSection(Source, PathOf(Indexed(key, index)) + ".", item)
            : throw Error(Indexed(key, index), Describe(item), "an object"))];

    /// <summary>The items of an array, of any kind.</summary>
    internal JsonElement[] Elements(string key) =>
        Items(key, Find(key) ?? throw Error(key, Missing(key), "an array"));

    /// <summary>The keys and values of the object itself, in the order of the file, repeated keys included.</summary>
    internal IEnumerable<JsonProperty> Properties => _object.EnumerateObject();

    internal int Integer(string key, int minimum, int maximum) =>
        OptionalInteger(key, minimum, maximum) ?? throw Error(key, Missing(key), Whole(minimum, maximum));

    internal int? OptionalInteger(string key, int minimum, int maximum)
    {
        if (Find(key) is not { } value)
        {
            return null;
        }

        return IsWhole(value, out var number) && number >= minimum && number <= maximum
            ? (int)number
            : throw Error(key, Describe(value), Whole(minimum, maximum));
    }

    internal double Number(string key, double minimum, double maximum) =>
        OptionalNumber(key, minimum, maximum) ?? throw Error(key, Missing(key), Within(minimum, maximum));

    internal double? OptionalNumber(string key, double minimum, double maximum)
    {
        if (Find(key) is not { } value)
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number >= minimum && number <= maximum
            ? number
            : throw Error(key, Describe(value), Within(minimum, maximum));
    }

    internal bool Boolean(string key, bool byDefault) => OptionalBoolean(key) ?? byDefault;

    internal bool? OptionalBoolean(string key) => Find(key) is not { } value ? null : value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Error(key, Describe(value), "true or false"),
    };

    internal int[]? OptionalIntegers(string key, int minimum, int maximum)
    {
        if (Find(key) is not { } value)
        {
            return null;
        }

        var items = Items(key, value);
        return [.. items.Select((item, index) => IsWhole(item, out var number) && number >= minimum && number <= maximum
            ? (int)number
            : throw Error(Indexed(key, index), Describe(item), Whole(minimum, maximum)))];
    }

    internal string[]? OptionalTexts(string key, params string[] allowed)
    {
        if (Find(key) is not { } value)
        {
            return null;
        }

        var items = Items(key, value);
        return [.. items.Select((item, index) => item.ValueKind == JsonValueKind.String && allowed.Contains(item.GetString())
            ? item.GetString()!
            : throw Error(Indexed(key, index), Describe(item), string.Join(" or ", allowed)))];
    }

    internal static string Indexed(string key, int index) => string.Create(CultureInfo.InvariantCulture, $"{key}[{index}]");

    private static string Whole(int minimum, int maximum) => maximum == int.MaxValue
        ? string.Create(CultureInfo.InvariantCulture, $"a whole number of at least {minimum}")
        : string.Create(CultureInfo.InvariantCulture, $"a whole number in [{minimum}, {maximum}]");

    private static string Within(double minimum, double maximum) => string.Create(CultureInfo.InvariantCulture, $"a number in [{minimum}, {maximum}]");

    internal static bool IsWhole(JsonElement value, out double number)
    {
        number = 0;
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out number) && Math.Abs(number) < 1e15 && Math.Floor(number) == number;
    }

    private JsonElement[] Items(string key, JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : throw Error(key, Describe(value), "an array");

    /// <summary>The value of a key; null when it is absent or JSON null, which Hugging Face treats alike.</summary>
    private JsonElement? Find(string key) =>
        _object.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private string Missing(string key)
    {
        if (_object.TryGetProperty(key, out _))
        {
            return "null";
        }

        var near = NearestName.Suggest(key, _object.EnumerateObject().Select(property => property.Name));
        return near is null ? "no such key" : $"no such key (but \"{near}\")";
    }

    internal static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => $"the text \"{Shorten(value.GetString()!)}\"",
        JsonValueKind.Number => "the number " + Shorten(value.GetRawText()),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Null => "null",
        JsonValueKind.Array => "an array",
        _ => "an object",
    };

    private static string Shorten(string text) => text.Length <= 60 ? text : text[..60] + "...";
}
