namespace EdgeSplit.Core.Wireless.Fading;

/// <summary>Remembers the quantile table of the last law, so that many links of one law share one table.</summary>
/// <remarks>It does not take part in equality. Safe to use from any thread: at worst two threads build the same table.</remarks>
internal sealed class QuantileMemory : IEquatable<QuantileMemory>
{
    private Entry? last;

    internal GainQuantile Of(IFadingModel law)
    {
        var entry = last;
        if (entry is null || !entry.Law.Equals(law))
        {
            last = entry = new Entry(law, new GainQuantile(law));
        }

        return entry.Table;
    }

    public bool Equals(QuantileMemory? other) => other is not null;

    public override bool Equals(object? obj) => Equals(obj as QuantileMemory);

    public override int GetHashCode() => 0;

    private sealed record Entry(IFadingModel Law, GainQuantile Table);
}
