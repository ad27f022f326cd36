using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeSplit.Agents.Learning;

/// <summary>The first place where two JSON values differ.</summary>
internal static class JsonDifference
{
    /// <summary>The first difference in the order of the expected value: its JSON path and both texts; null where the values are equal.</summary>
    /// <remarks>Numbers are compared as doubles, the order of an object's keys does not count. A key that is missing reads "nothing".</remarks>
    internal static (string Path, string Found, string Expected)? Find(JsonNode? found, JsonNode? expected, string path)
    {
        if (found is JsonObject foundObject && expected is JsonObject expectedObject)
        {
            return InObject(foundObject, expectedObject, path);
        }

        if (found is JsonArray foundArray && expected is JsonArray expectedArray)
        {
            for (var i = 0; i < Math.Max(foundArray.Count, expectedArray.Count); i++)
            {
                var place = FormattableString.Invariant($"{path}[{i}]");
                if (i >= foundArray.Count || i >= expectedArray.Count)
                {
                    return (place, i < foundArray.Count ? Text(foundArray[i]) : "nothing", i < expectedArray.Count ? Text(expectedArray[i]) : "nothing");
                }

                if (Find(foundArray[i], expectedArray[i], place) is { } inside)
                {
                    return inside;
                }
            }

            return null;
        }

        return Same(found, expected) ? null : (path, Text(found), Text(expected));
    }

    internal static string Text(JsonNode? node) => node?.ToJsonString() ?? "null";

    private static (string Path, string Found, string Expected)? InObject(JsonObject found, JsonObject expected, string path)
    {
        foreach (var (key, value) in expected)
        {
            if (!found.TryGetPropertyValue(key, out var other))
            {
                return ($"{path}.{key}", "nothing", Text(value));
            }

            if (Find(other, value, $"{path}.{key}") is { } inside)
            {
                return inside;
            }
        }

        foreach (var (key, value) in found)
        {
            if (!expected.ContainsKey(key))
            {
                return ($"{path}.{key}", Text(value), "nothing");
            }
        }

        return null;
    }

    private static bool Same(JsonNode? found, JsonNode? expected)
    {
        if (found is null || expected is null || found.GetValueKind() != expected.GetValueKind())
        {
            return found is null && expected is null;
        }

        // Text first: whole numbers beyond 2^53, such as seeds, are exact in their text only.
        return string.Equals(Text(found), Text(expected), StringComparison.Ordinal)
            || (found.GetValueKind() == JsonValueKind.Number && Number(found) is { } x && Number(expected) is { } y && x == y && Math.Abs(x) < 1L << 53);
    }

    private static double? Number(JsonNode node) =>
        double.TryParse(Text(node), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var value) ? value : null;
}
