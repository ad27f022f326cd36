using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeSplit.Core.Simulation;

/// <summary>From the text of a scenario file, and overrides, to a JSON tree without duplicate keys.</summary>
internal static class ScenarioText
{
    private static readonly JsonDocumentOptions Options = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    internal static JsonObject Parse(string file, string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Options);
            RefuseDuplicates(file, "$", document.RootElement);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? (JsonObject)JsonNode.Parse(text, documentOptions: Options)!
                : throw new ScenarioException(file, "$", "JSON that is not an object", "one JSON object");
        }
        catch (JsonException error)
        {
            throw new ScenarioException(
                file,
                "$",
                string.Create(CultureInfo.InvariantCulture, $"broken JSON in line {error.LineNumber + 1}, column {error.BytePositionInLine + 1}: {LineOf(text, error)}"),
                "JSON; comments and trailing commas may stand in it, NaN and Infinity may not",
                error);
        }
    }

    /// <summary>Sets one field. A section given by name becomes an object with that name, so that fields can be set beside it.</summary>
    internal static void Set(string file, JsonObject root, string path, string value)
    {
        var segments = path.Split('.');
        if (segments is ["$", .. var rest])
        {
            segments = rest;
        }

        if (segments.Length == 0 || segments.Any(string.IsNullOrWhiteSpace))
        {
            throw new ScenarioException(file, path, "an override of this path", "keys with dots between them, such as link.bandwidthHz");
        }

        var at = root;
        var atPath = "$";
        foreach (var segment in segments[..^1])
        {
            atPath += "." + segment;
            at = Descend(file, at, segment, atPath);
        }

        at[segments[^1]] = Value(file, atPath + "." + segments[^1], value);
    }

    private static JsonObject Descend(string file, JsonObject parent, string key, string path)
    {
        parent.TryGetPropertyValue(key, out var node);
        if (node is JsonObject inner)
        {
            return inner;
        }

        var made = new JsonObject();
        if (node is JsonValue name && name.GetValueKind() == JsonValueKind.String && ScenarioKeys.NameKeyOf(path) is { } nameKey)
        {
            made[nameKey] = name.DeepClone();
        }
        else if (parent.ContainsKey(key) && !ScenarioKeys.ByPath.ContainsKey(path))
        {
            throw new ScenarioException(file, path, ScenarioSection.Describe(node), "an object, where a field below it is set");
        }

        parent[key] = made;
        return made;
    }

    // Bare words are texts, so that names need no quotes on a command line.
    private static JsonNode? Value(string file, string path, string value)
    {
        try
        {
            using var document = JsonDocument.Parse(value, Options);
            RefuseDuplicates(file, path, document.RootElement);
            return JsonNode.Parse(value, documentOptions: Options);
        }
        catch (JsonException)
        {
            return JsonValue.Create(value);
        }
    }

    private static void RefuseDuplicates(string file, string path, JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.String)
        {
            Readable(file, path, element.GetString);
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            var index = 0;
            foreach (var item in element.EnumerateArray())
            {
                RefuseDuplicates(file, string.Create(CultureInfo.InvariantCulture, $"{path}[{index++}]"), item);
            }
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var property in element.EnumerateObject())
            {
                var name = Readable(file, path, () => property.Name);
                var inner = path + "." + name;
                if (!seen.Add(name))
                {
                    throw new ScenarioException(file, inner, "the same key twice", "each key once");
                }

                RefuseDuplicates(file, inner, property.Value);
            }
        }
    }

    // Half a surrogate pair is legal in JSON's grammar but is no text.
    private static string Readable(string file, string path, Func<string?> text)
    {
        try
        {
            return text() ?? "";
        }
        catch (InvalidOperationException error)
        {
            throw new ScenarioException(file, path, "a text with half a surrogate pair", "Unicode text", error);
        }
    }

    private static string LineOf(string text, JsonException error)
    {
        var line = text.Split('\n').ElementAtOrDefault((int)(error.LineNumber ?? 0))?.Trim() ?? "";
        return line.Length == 0 ? "the end of the text" : line.Length <= 80 ? line : line[..80] + "...";
    }
}
