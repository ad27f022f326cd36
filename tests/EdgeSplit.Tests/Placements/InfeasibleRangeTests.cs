using EdgeSplit.Core.Placements;

namespace EdgeSplit.Tests.Placements;

public sealed class InfeasibleRangeTests
{
    [Fact]
    public void Neighbours_with_equal_reasons_form_one_range()
    {
        const SplitInfeasibility none = SplitInfeasibility.None, privacy = SplitInfeasibility.PrivacyLimit, memory = SplitInfeasibility.DeviceMemory;
        Assert.Equal(
            [new InfeasibleRange(0, 1, privacy), new InfeasibleRange(2, 2, privacy | memory), new InfeasibleRange(5, 6, memory)],
            InfeasibleRange.Of([privacy, privacy, privacy | memory, none, none, memory, memory]));
        Assert.Empty(InfeasibleRange.Of([none, none]));
        Assert.Equal("device memory, privacy limit", InfeasibleRange.Words(privacy | memory));
    }
}
