using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeSplit.Cli.Rendering;

/// <summary>Writes JSON. Numbers that JSON cannot hold are null.</summary>
internal static class JsonOutput
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static void Write(TextWriter output, JsonNode node) => output.WriteLine(node.ToJsonString(Indented));

    internal static JsonArray Rows<T>(IReadOnlyList<Column<T>> columns, IEnumerable<T> rows) => [.. rows.Select(row => (JsonNode?)Row(columns, row))];

    internal static JsonObject Row<T>(IReadOnlyList<Column<T>> columns, T row)
    {
        var json = new JsonObject();
        foreach (var column in columns)
        {
            json[column.Key] = column.Value(row) switch
            {
                null => null,
                double number => Number(number),
                int number => number,
                long number => number,
                ulong number => number,
                bool truth => truth,
                var other => other.ToString(),
            };
        }

        return json;
    }

    internal static JsonNode? Number(double number) => double.IsFinite(number) ? JsonValue.Create(number) : null;
}
