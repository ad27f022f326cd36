using System.Text.Json.Nodes;

namespace EdgeSplit.Agents.ModelBased;

/// <summary>Reads the values of an agent's description, and names the JSON path of one that is missing or of another kind.</summary>
internal sealed class DescriptionReader(JsonObject json, string path)
{
    internal double Number(string key) => NumberOrNull(key) ?? throw Wrong(key, "a number");

    internal double? NumberOrNull(string key) => json[key] is null && json.ContainsKey(key) ? null : Value<double>(key, "a number");

    internal int Whole(string key) => Value<int>(key, "a whole number");

    internal bool Flag(string key) => Value<bool>(key, "true or false");

    internal ulong Unsigned(string key) => Value<ulong>(key, "a whole number, at least 0");

    internal T Choice<T>(string key)
        where T : struct, Enum =>
        Enum.TryParse<T>(Value<string>(key, "text"), out var value) && Enum.IsDefined(value) ? value : throw Wrong(key, string.Join(", ", Enum.GetNames<T>()));

    internal int[] Wholes(string key) => json[key] is JsonArray array
        ? [.. array.Select((item, i) => item is JsonValue value && value.TryGetValue<int>(out var whole) ? whole : throw Wrong(FormattableString.Invariant($"{key}[{i}]"), "a whole number"))]
        : throw Wrong(key, "an array");

    internal DescriptionReader Section(string key) => json[key] is JsonObject section ? new DescriptionReader(section, path + "." + key) : throw Wrong(key, "an object");

    internal IEnumerable<DescriptionReader> Sections(string key) => json[key] is JsonArray array
        ? array.Select((item, i) => item is JsonObject section
            ? new DescriptionReader(section, FormattableString.Invariant($"{path}.{key}[{i}]"))
            : throw Wrong(FormattableString.Invariant($"{key}[{i}]"), "an object"))
        : throw Wrong(key, "an array");

    private T Value<T>(string key, string allowed) => json[key] is JsonValue value && value.TryGetValue<T>(out var found) ? found : throw Wrong(key, allowed);

    private FormatException Wrong(string key, string allowed) => new($"{path}.{key}: found {json[key]?.ToJsonString() ?? "nothing"}; allowed: {allowed}.");
}
