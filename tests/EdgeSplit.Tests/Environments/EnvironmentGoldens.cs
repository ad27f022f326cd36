using System.Text.Json;

namespace EdgeSplit.Tests.Environments;

/// <summary>The golden records of environments in the shared learning.json.</summary>
internal sealed record EnvironmentGoldens(string Quantity, JsonElement Inputs, JsonElement Expected, double Tolerance)
{
    internal static List<EnvironmentGoldens> Of(string component)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(SharedData.PathOf(Path.Combine("data", "golden", "learning.json"))));
        return [.. document.RootElement.EnumerateArray()
            .Where(record => record.GetProperty("component").GetString() == component)
            .Select(record => new EnvironmentGoldens(
                record.GetProperty("quantity").GetString()!,
                record.GetProperty("inputs").Clone(),
                record.GetProperty("expected").Clone(),
                record.GetProperty("tolerance").GetDouble()))];
    }

    internal double[] Doubles(string input) => Flatten(Inputs.GetProperty(input));

    internal int[] Integers(string input) => [.. Inputs.GetProperty(input).EnumerateArray().Select(value => value.GetInt32())];

    internal double Number(string input) => Inputs.GetProperty(input).GetDouble();

    internal string Text(string input) => Inputs.GetProperty(input).GetString()!;

    internal bool Flag(string input) => Inputs.GetProperty(input).GetBoolean();

    internal void AssertEqual(params double[] found)
    {
        var expected = Flatten(Expected);
        Assert.Equal(expected.Length, found.Length);
        for (var i = 0; i < found.Length; i++)
        {
            Assert.True(Math.Abs(found[i] - expected[i]) <= Tolerance, FormattableString.Invariant($"{Quantity} {Inputs} entry {i}: {found[i]:R} instead of {expected[i]:R}"));
        }
    }

    internal static double[] Flatten(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? [.. element.EnumerateArray().SelectMany(Flatten)] : [element.GetDouble()];
}
