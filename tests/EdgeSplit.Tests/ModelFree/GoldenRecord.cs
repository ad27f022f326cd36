using System.Text.Json;

namespace EdgeSplit.Tests.ModelFree;

/// <summary>One record of the golden file of learning.</summary>
internal sealed record GoldenRecord(string Quantity, JsonElement Inputs, JsonElement Expected, double Tolerance)
{
    internal static IEnumerable<GoldenRecord> Of(string component)
    {
        using var stream = File.OpenRead(SharedData.PathOf("data/golden/learning.json"));
        using var document = JsonDocument.Parse(stream);
        foreach (var record in document.RootElement.EnumerateArray())
        {
            if (record.GetProperty("component").GetString() == component)
            {
                var copy = record.Clone();
                yield return new GoldenRecord(
                    copy.GetProperty("quantity").GetString()!, copy.GetProperty("inputs"), copy.GetProperty("expected"), copy.GetProperty("tolerance").GetDouble());
            }
        }
    }

    internal double Number(string name) => Inputs.GetProperty(name).GetDouble();

    internal double[] Numbers(string name) => [.. Inputs.GetProperty(name).EnumerateArray().Select(value => value.GetDouble())];

    internal bool[] Flags(string name) => [.. Inputs.GetProperty(name).EnumerateArray().Select(value => value.GetBoolean())];

    internal void AssertEqual(ReadOnlySpan<double> found)
    {
        Assert.Equal(Expected.GetArrayLength(), found.Length);
        for (var i = 0; i < found.Length; i++)
        {
            Assert.Equal(Expected[i].GetDouble(), found[i], Tolerance);
        }
    }
}
