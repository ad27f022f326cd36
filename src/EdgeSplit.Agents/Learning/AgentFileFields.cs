using System.Text.Json.Nodes;

namespace EdgeSplit.Agents.Learning;

/// <summary>The fields of an agent file's header.</summary>
internal static class AgentFileFields
{
    internal static AgentFileHeader Read(JsonNode? node, string file, string format, int version, Func<JsonObject, string> hash)
    {
        if (node is not JsonObject root)
        {
            throw new AgentFileException(file, "$", JsonDifference.Text(node), "an object");
        }

        Fixed(root, file, "format", format);
        Fixed(root, file, "version", version);
        if (Field(root, file, "settings") is not JsonObject settings)
        {
            throw new AgentFileException(file, "$.settings", JsonDifference.Text(root["settings"]), "an object");
        }

        Fixed(root, file, "settingsSha256", hash(settings));
        var bytes = Value<long>(root, file, "stateBytes", "a whole number");
        if (bytes is < 0 or > int.MaxValue)
        {
            throw new AgentFileException(file, "$.stateBytes", FormattableString.Invariant($"{bytes}"), FormattableString.Invariant($"0 to {int.MaxValue}"));
        }

        var header = new AgentFileHeader(
            Value<string>(root, file, "agent", "a text"),
            Value<int>(root, file, "stateVersion", "a whole number"),
            (JsonObject)settings.DeepClone(),
            bytes,
            Value<string>(root, file, "stateSha256", "a text"));
        foreach (var (key, value) in root)
        {
            if (key is not ("format" or "version" or "agent" or "stateVersion" or "settings" or "settingsSha256" or "stateBytes" or "stateSha256"))
            {
                throw new AgentFileException(file, "$." + key, JsonDifference.Text(value), "nothing");
            }
        }

        return header;
    }

    private static void Fixed<T>(JsonObject root, string file, string key, T expected)
        where T : IEquatable<T>
    {
        var node = Field(root, file, key);
        if (node is not JsonValue value || !value.TryGetValue<T>(out var found) || !found.Equals(expected))
        {
            throw new AgentFileException(file, "$." + key, JsonDifference.Text(node), FormattableString.Invariant($"{expected}"));
        }
    }

    private static T Value<T>(JsonObject root, string file, string key, string expected)
    {
        var node = Field(root, file, key);
        return node is JsonValue value && value.TryGetValue<T>(out var found) ? found : throw new AgentFileException(file, "$." + key, JsonDifference.Text(node), expected);
    }

    private static JsonNode? Field(JsonObject root, string file, string key) =>
        root.TryGetPropertyValue(key, out var node) ? node : throw new AgentFileException(file, "$." + key, "nothing", "a value");
}
