using System.Globalization;
using System.Text.Json;

namespace EdgeSplit.Tests.Learning;

/// <summary>The golden values of the shared file learning.json, component by component.</summary>
internal static class LearningGolden
{
    /// <summary>Evaluates every record of a component and compares all numbers with what is expected, within the record's own tolerance.</summary>
    /// <param name="component">Name of the component.</param>
    /// <param name="evaluate">The library's values of a quantity, flattened row by row; null for a quantity that it does not offer (which fails).</param>
    /// <returns>The number of records.</returns>
    internal static int Check(string component, Func<string, JsonElement, IReadOnlyList<double>?> evaluate)
    {
        using var file = JsonDocument.Parse(File.ReadAllText(SharedData.PathOf("data/golden/learning.json")));
        var count = 0;
        foreach (var record in file.RootElement.EnumerateArray().Where(r => r.GetProperty("component").GetString() == component))
        {
            var (quantity, inputs) = (record.GetProperty("quantity").GetString()!, record.GetProperty("inputs"));
            var found = evaluate(quantity, inputs);
            Assert.True(found is not null, $"{component} {quantity}: not offered.");
            var expected = Numbers(record.GetProperty("expected"));
            var tolerance = record.GetProperty("tolerance").GetDouble();
            Assert.Equal(expected.Length, found.Count);
            for (var i = 0; i < expected.Length; i++)
            {
                Assert.True(
                    Math.Abs(found[i] - expected[i]) <= tolerance || (double.IsPositiveInfinity(found[i]) && double.IsPositiveInfinity(expected[i])),
                    string.Create(CultureInfo.InvariantCulture, $"{component} {quantity} {inputs}: entry {i} is {found[i]:R}, expected {expected[i]:R} within {tolerance}"));
            }

            count++;
        }

        return count;
    }

    /// <summary>A number, an array or nested arrays, flattened row by row.</summary>
    internal static double[] Numbers(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => [.. value.EnumerateArray().SelectMany(Numbers)],
        JsonValueKind.String => [double.Parse(value.GetString()!.Replace("inf", "Infinity", StringComparison.Ordinal), CultureInfo.InvariantCulture)],
        _ => [value.GetDouble()],
    };

    /// <summary>An array of arrays.</summary>
    internal static double[][] Rows(JsonElement value) => [.. value.EnumerateArray().Select(Numbers)];
}
