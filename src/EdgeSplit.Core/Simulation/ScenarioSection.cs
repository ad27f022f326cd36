using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeSplit.Core.Simulation;

/// <summary>One JSON object of a scenario; every reading error names file, path, what was found and what is allowed.</summary>
/// <remarks>Creating it refuses unknown keys.</remarks>
internal sealed class ScenarioSection
{
    private readonly JsonObject json;
    private readonly string keysPath; // the path without places in arrays

    internal ScenarioSection(string file, string path, JsonObject json, string? keysPath = null)
    {
        (File, Path, this.json, this.keysPath) = (file, path, json, keysPath ?? path);
        var known = ScenarioKeys.ByPath[this.keysPath];
        foreach (var (key, _) in json)
        {
            if (!known.Contains(key))
            {
                var near = NearestName.Suggest(key, known);
                throw new ScenarioException(
                    file, PathOf(key), "an unknown key", (near is null ? "" : $"did you mean \"{near}\"? ") + "one of " + string.Join(", ", known));
            }
        }
    }

    internal string File { get; }

    internal string Path { get; }

    internal bool Has(string key) => json.ContainsKey(Known(key));

    internal string PathOf(string key) => Path + "." + key;

    internal ScenarioException Error(string key, string found, string allowed, Exception? cause = null) => new(File, PathOf(key), found, allowed, cause);

    /// <summary>The error for a key that is there.</summary>
    internal ScenarioException Error(string key, string allowed, Exception? cause = null) => Error(key, Describe(json[key]), allowed, cause);

    /// <summary>The error for a key that is not there.</summary>
    internal ScenarioException Missing(string key, string allowed) => Error(key, "nothing (the key is required)", allowed);

    /// <summary>A finite number in [minimum, maximum], or null where the key is absent.</summary>
    internal double? Number(string key, double minimum, double maximum, bool aboveMinimum = false)
    {
        if (!json.TryGetPropertyValue(Known(key), out var node))
        {
            return null;
        }

        return ToNumber(node) is { } number && (aboveMinimum ? number > minimum : number >= minimum) && number <= maximum
            ? number
            : throw Error(key, NumberRange(minimum, maximum, aboveMinimum));
    }

    /// <summary>A whole number in [minimum, maximum], or null where the key is absent.</summary>
    internal int? Whole(string key, int minimum, int maximum)
    {
        if (!json.TryGetPropertyValue(Known(key), out var node))
        {
            return null;
        }

        return ToNumber(node) is { } number && Math.Floor(number) == number && number >= minimum && number <= maximum
            ? (int)number
            : throw Error(key, string.Create(CultureInfo.InvariantCulture, $"a whole number in [{minimum}, {maximum}]"));
    }

    /// <summary>A whole number of 64 bits without sign, or null where the key is absent.</summary>
    internal ulong? Unsigned(string key)
    {
        if (!json.TryGetPropertyValue(Known(key), out var node))
        {
            return null;
        }

        return node is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue<ulong>(out var number)
            ? number
            : throw Error(key, string.Create(CultureInfo.InvariantCulture, $"a whole number in [0, {ulong.MaxValue}]"));
    }

    /// <summary>True or false, or null where the key is absent.</summary>
    internal bool? Truth(string key)
    {
        if (!json.TryGetPropertyValue(Known(key), out var node))
        {
            return null;
        }

        return node is JsonValue value && value.TryGetValue<bool>(out var truth) ? truth : throw Error(key, "true or false");
    }

    /// <summary>A text that is not blank, or null where the key is absent.</summary>
    internal string? Text(string key, string allowed)
    {
        if (!json.TryGetPropertyValue(Known(key), out var node))
        {
            return null;
        }

        return node is JsonValue value && value.TryGetValue<string>(out var text) && !string.IsNullOrWhiteSpace(text) ? text : throw Error(key, allowed);
    }

    /// <summary>One of several named values, or null where the key is absent.</summary>
    internal T? Choice<T>(string key, string kind, IReadOnlyDictionary<string, T> choices)
        where T : class
    {
        return Text(key, Names(kind, choices.Keys)) is not { } name ? null
            : choices.TryGetValue(name, out var choice) ? choice
            : throw Unknown(key, kind, name, choices.Keys);
    }

    /// <summary>The error for a name that no list holds, with the nearest one that it does.</summary>
    internal ScenarioException Unknown(string key, string kind, string name, IEnumerable<string> known)
    {
        var near = NearestName.Suggest(name, known);
        return Error(key, $"the unknown {kind} \"{Shorten(name)}\"", (near is null ? "" : $"did you mean \"{near}\"? ") + "one of " + KnownNames.Text(kind, known, name));
    }

    /// <summary>An object below this one; the text form of a section becomes an object with one key. Null where the key is absent.</summary>
    internal ScenarioSection? Section(string key)
    {
        if (!json.TryGetPropertyValue(Known(key), out var node))
        {
            return null;
        }

        var path = PathOf(key);
        var nameKey = ScenarioKeys.NameKeyOf(path);
        return node is JsonObject inner ? new ScenarioSection(File, path, inner)
            : nameKey is not null && node is JsonValue value && value.GetValueKind() == JsonValueKind.String
                ? new ScenarioSection(File, path, new JsonObject { [nameKey] = value.DeepClone() })
            : throw Error(key, (nameKey is null ? "" : "a name or ") + "an object with the keys " + string.Join(", ", ScenarioKeys.ByPath[path]));
    }

    /// <summary>An object below this one, or an array of such objects; empty where the key is absent.</summary>
    internal IReadOnlyList<ScenarioSection> Sections(string key)
    {
        if (!json.TryGetPropertyValue(Known(key), out var node))
        {
            return [];
        }

        var path = PathOf(key);
        return node switch
        {
            JsonObject inner => [new ScenarioSection(File, path, inner)],
            JsonArray array when array.All(item => item is JsonObject) =>
                [.. array.Select((item, i) => new ScenarioSection(File, string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), (JsonObject)item!, path))],
            _ => throw Error(key, "an object with the keys " + string.Join(", ", ScenarioKeys.ByPath[path]) + ", or an array of such objects"),
        };
    }

    internal ScenarioSection RequiredSection(string key) => Section(key)
        ?? throw Missing(key, (ScenarioKeys.NameKeyOf(PathOf(key)) is null ? "" : "a name or ") + "an object with the keys " + string.Join(", ", ScenarioKeys.ByPath[PathOf(key)]));

    /// <summary>An array of numbers or of pairs of numbers, or null where the key is absent; null among the results where an element is something else.</summary>
    internal JsonArray? Items(string key, string allowed)
    {
        if (!json.TryGetPropertyValue(Known(key), out var node))
        {
            return null;
        }

        return node as JsonArray ?? throw Error(key, allowed);
    }

    /// <summary>Refuses keys that a choice leaves without meaning.</summary>
    internal void RefuseOthers(string choiceKey, string choice, params ReadOnlySpan<string> meaningful)
    {
        foreach (var (key, _) in json)
        {
            if (key != choiceKey && !meaningful.Contains(key))
            {
                throw Error(key, $"a key that means nothing with {choiceKey} \"{choice}\"", meaningful.IsEmpty ? $"no other key with {choiceKey} \"{choice}\"" : string.Join(", ", meaningful.ToArray()));
            }
        }
    }

    internal bool IsObject(string key) => json.TryGetPropertyValue(Known(key), out var node) && node is JsonObject;

    /// <summary>The finite number that a node is, or null.</summary>
    internal static double? ToNumber(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue<double>(out var number) && double.IsFinite(number) ? number : null;

    internal static string Describe(JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.String => $"the text \"{Shorten(node.GetValue<string>())}\"",
        JsonValueKind.Number => "the number " + Shorten(node.ToJsonString()),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Array => "the array " + Shorten(node.ToJsonString()),
        JsonValueKind.Object => "an object",
        _ => "null",
    };

    internal static string Names(string kind, IEnumerable<string> known) => $"the name of a {kind}: {KnownNames.Text(kind, known)}";

    private static string NumberRange(double minimum, double maximum, bool aboveMinimum) =>
        string.Create(CultureInfo.InvariantCulture, $"a number {(aboveMinimum ? "above" : "of at least")} {minimum} and at most {maximum}");

    private static string Shorten(string text) => text.Length <= 60 ? text : text[..60] + "...";

    // A key that is read but not declared would be refused in files: a mistake of this program.
    private string Known(string key) => ScenarioKeys.ByPath[keysPath].Contains(key) ? key : throw new InvalidOperationException($"'{PathOf(key)}' is not declared.");
}
