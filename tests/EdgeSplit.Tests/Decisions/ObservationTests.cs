using EdgeSplit.Core.Decisions;

namespace EdgeSplit.Tests.Decisions;

public sealed class ObservationTests
{
    [Fact]
    public void Fields_are_copied_in_their_documented_order()
    {
        var values = new double[Observation.Length];
        new Observation(-3.5, 2e6, 4, 50, 61.25, 512, 700, 12, 3).CopyTo(values);
        Assert.Equal([-3.5, 2e6, 4, 50, 61.25, 512, 700, 12, 3], values);
        Assert.Throws<ArgumentOutOfRangeException>(() => default(Observation).CopyTo(new double[8]));
    }

    [Fact]
    public void Every_field_is_described_under_its_own_name()
    {
        Assert.Equal(Observation.Length, Observation.Fields.Count);
        var names = typeof(Observation).GetConstructors().Single(c => c.GetParameters().Length == Observation.Length).GetParameters().Select(p => p.Name!);
        Assert.Equal(names, Observation.Fields.Select(f => char.ToUpperInvariant(f.Name[0]) + f.Name[1..]));
        Assert.All(Observation.Fields, f => Assert.True(f.Minimum < f.Maximum && f.Unit.Length > 0 && f.Meaning.Length > 0));
    }
}
