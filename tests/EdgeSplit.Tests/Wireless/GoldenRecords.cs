using System.Globalization;
using System.Text.Json;

namespace EdgeSplit.Tests.Wireless;

/// <summary>The golden values of the shared file wireless.json, component by component.</summary>
internal static class GoldenRecords
{
    /// <summary>Evaluates every record of a component and compares it with what is expected, within the record's own tolerance.</summary>
    /// <param name="component">Name of the component.</param>
    /// <param name="evaluate">The library's value of a quantity, or null for a quantity that it does not offer (which fails).</param>
    /// <returns>The number of records.</returns>
    internal static int Check(string component, Func<string, GoldenInputs, double?> evaluate)
    {
        using var file = JsonDocument.Parse(File.ReadAllText(SharedData.PathOf("data/golden/wireless.json")));
        var count = 0;
        foreach (var record in file.RootElement.EnumerateArray())
        {
            if (record.GetProperty("component").GetString() != component)
            {
                continue;
            }

            var (quantity, inputs) = (record.GetProperty("quantity").GetString()!, record.GetProperty("inputs"));
            var value = evaluate(quantity, new GoldenInputs(inputs));
            Assert.True(value is not null, $"{component} {quantity}: not offered.");
            var (expected, tolerance) = (record.GetProperty("expected").GetDouble(), record.GetProperty("tolerance").GetDouble());
            Assert.True(
                Math.Abs(value.Value - expected) <= tolerance,
                string.Create(CultureInfo.InvariantCulture, $"{component} {quantity} {inputs}: {value}, expected {expected} within {tolerance}"));
            count++;
        }

        return count;
    }
}

/// <summary>The inputs of one golden record.</summary>
internal readonly struct GoldenInputs(JsonElement inputs)
{
    internal double this[string name] => inputs.GetProperty(name).GetDouble();

    internal bool Has(string name) => inputs.TryGetProperty(name, out _);

    internal double Or(string name, double otherwise) => inputs.TryGetProperty(name, out var value) ? value.GetDouble() : otherwise;

    internal int Whole(string name) => inputs.GetProperty(name).GetInt32();

    internal string Text(string name) => inputs.GetProperty(name).GetString()!;

    internal bool Flag(string name) => inputs.GetProperty(name).GetBoolean();

    internal double[] Numbers(string name) => [.. inputs.GetProperty(name).EnumerateArray().Select(item => item.GetDouble())];

    internal JsonElement Raw(string name) => inputs.GetProperty(name);
}
