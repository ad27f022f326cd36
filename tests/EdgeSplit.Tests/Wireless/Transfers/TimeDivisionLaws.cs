using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless;
using EdgeSplit.Core.Wireless.Transfers;

namespace EdgeSplit.Tests.Wireless.Transfers;

public sealed class TimeDivisionLaws
{
    private static readonly TimeDivisionPattern Usual = new("DDDDDDDSUU");

    public static TheoryData<string, string, int> Patterns => new()
    {
        { "DDDDDDDSUU", "6:4:4", 1 },
        { "DDDSU", "10:2:2", 1 },
        { "DSUUD", "12:2:0", 2 },
        { "U", "6:4:4", 0 },
        { "DDDSUDDSUU", "3:8:3", 3 },
        { "SS", "0:7:7", 1 },
    };

    [Fact]
    public void Seven_one_two_leaves_the_uplink_32_of_140_symbols()
    {
        Assert.Equal(32.0 / 140, Usual.UplinkShare, 15);
        Assert.Equal(104.0 / 140, Usual.DownlinkShare, 15);
        Assert.Equal(4.0 / 140, Usual.GuardShare, 15);
        Assert.Equal(5e-3, Usual.PeriodSeconds, 15);
        // Opportunities at 7 10/14, 8 and 9 slots: gaps of 4/14, 1 and 8 10/14 slots.
        Assert.Equal((8 + (10.0 / 14)) * 0.5e-3, Usual.WorstUplinkWaitSeconds, 12);
        Assert.Equal((((4.0 / 14) * (4.0 / 14)) + 1 + ((8 + (10.0 / 14)) * (8 + (10.0 / 14)))) / 20 * 0.5e-3, Usual.MeanUplinkWaitSeconds, 12);
    }

    [Theory]
    [MemberData(nameof(Patterns))]
    public void Shares_and_guard_sum_to_one(string slots, string special, int numerology)
    {
        var pattern = new TimeDivisionPattern(slots, special, numerology);
        Assert.Equal(1.0, pattern.UplinkShare + pattern.DownlinkShare + pattern.GuardShare, 14);
        Assert.Equal(1e-3 / Math.Pow(2, numerology), pattern.SlotSeconds);
    }

    [Theory]
    [MemberData(nameof(Patterns))]
    public void The_share_of_the_slots_integrates_to_the_share_of_the_period(string slots, string special, int numerology)
    {
        var pattern = new TimeDivisionPattern(slots, special, numerology);
        foreach (var direction in Enum.GetValues<LinkDirection>())
        {
            var link = new SharedLink(new ConstantEfficiencyProcess(2.0), 1e6, pattern.SlotShares(direction));
            Assert.Equal(pattern.Share(direction) * pattern.PeriodSeconds * 2e6, link.Bits(0, pattern.PeriodSeconds), 6);
            Assert.Equal(pattern.Share(direction) * pattern.PeriodSeconds * 6e6, link.Bits(0.4 * pattern.SlotSeconds, (0.4 * pattern.SlotSeconds) + (3 * pattern.PeriodSeconds)), 6);
        }
    }

    [Theory]
    [MemberData(nameof(Patterns))]
    public void Waits_of_random_messages_average_to_the_mean_wait_and_stay_below_the_worst(string slots, string special, int numerology)
    {
        var pattern = new TimeDivisionPattern(slots, special, numerology);
        foreach (var direction in Enum.GetValues<LinkDirection>())
        {
            if (pattern.Share(direction) == 0)
            {
                Assert.Equal(double.PositiveInfinity, pattern.MeanWaitSeconds(direction));
                Assert.Equal(double.PositiveInfinity, pattern.WorstWaitSeconds(direction));
                Assert.Equal(double.PositiveInfinity, pattern.WaitSeconds(direction, 1.0));
                continue;
            }

            const int steps = 20_000;
            var (sum, longest) = (0.0, 0.0);
            for (var i = 0; i < steps; i++)
            {
                var wait = pattern.WaitSeconds(direction, 7.0 + ((i + 0.5) / steps * pattern.PeriodSeconds));
                sum += wait;
                longest = Math.Max(longest, wait);
            }

            Assert.Equal(1.0, sum / steps / pattern.MeanWaitSeconds(direction), 3);
            Assert.InRange(longest, 0.999 * pattern.WorstWaitSeconds(direction), pattern.WorstWaitSeconds(direction));
        }
    }

    [Fact]
    public void A_message_at_an_opportunity_does_not_wait_and_one_just_after_it_waits_for_the_next()
    {
        for (var period = 0; period < 1000; period += 37)
        {
            var uplink = (period * 5e-3) + (8 * 0.5e-3);
            Assert.Equal(0.0, Usual.WaitSeconds(LinkDirection.Uplink, uplink), 12);
            Assert.Equal(0.4e-3, Usual.WaitSeconds(LinkDirection.Uplink, uplink + 0.1e-3), 10);
            Assert.Equal(0.0, Usual.WaitSeconds(LinkDirection.Downlink, period * 5e-3), 12);
        }
    }

    [Fact]
    public void A_transfer_waits_for_the_uplink_slots()
    {
        var link = new SharedLink(new ConstantEfficiencyProcess(1.0), 1e6, Usual.SlotShares(LinkDirection.Uplink));
        Assert.Equal(8.25 * 0.5e-3, link.CompletionSeconds(0.0, (4.0 / 14 * 500) + 125), 9); // the special slot's part, then a quarter of slot 8
        Assert.Equal(0.2, link.CompletionSeconds(0, (640_000 / 14.0) - 1e-3), 8); // 40 periods
    }

    [Fact]
    public void Frequency_division_has_every_slot()
    {
        var division = new FrequencyDivision(1e-3);
        Assert.Equal(1.0, division.SlotShare(LinkDirection.Uplink, 12345) * division.SlotShare(LinkDirection.Downlink, 0));
        Assert.Equal(1, division.PeriodSlots);
    }

    [Fact]
    public void Equal_patterns_are_equal() => Assert.Equal(new TimeDivisionPattern("DSU", "10:2:2", 1), new TimeDivisionPattern("DSU", "10:2:2", 1));

    [Theory]
    [InlineData("DDXU", "6:4:4", "'X' at place 3")]
    [InlineData("DDdU", "6:4:4", "'d' at place 3")]
    [InlineData("DS U", "6:4:4", "' ' at place 3")]
    [InlineData("DSU", "6:4", "\"6:4\"")]
    [InlineData("DSU", "6:4:5", "sum to 14")]
    [InlineData("DSU", "6:-4:12", "\"6:-4:12\"")]
    [InlineData("DSU", "6:4:4:0", "downlink:guard:uplink")]
    [InlineData("DSU", "a:b:c", "\"a:b:c\"")]
    [InlineData("DSU", "99999999999:0:0", "99999999999")]
    [InlineData("", "6:4:4", "empty")]
    [InlineData(null, "6:4:4", "empty")]
    [InlineData("DSU", " ", "empty")]
    public void Bad_patterns_are_refused_with_the_reason(string? slots, string special, string reason) =>
        Assert.Contains(reason, Assert.Throws<ArgumentException>(() => new TimeDivisionPattern(slots!, special)).Message, StringComparison.Ordinal);

    [Fact]
    public void Bad_numbers_are_refused()
    {
        Assert.Equal("numerology", Assert.Throws<ArgumentOutOfRangeException>(() => new TimeDivisionPattern("DSU", "6:4:4", 7)).ParamName);
        Assert.Equal("numerology", Assert.Throws<ArgumentOutOfRangeException>(() => TimeDivisionPattern.SlotSecondsOf(-1)).ParamName);
        Assert.Throws<ArgumentOutOfRangeException>(() => Usual.SlotShare(LinkDirection.Uplink, -1));
        Assert.Throws<ArgumentException>(() => new TimeDivisionPattern(new string('D', 65537)));
        foreach (var bad in new[] { double.NaN, -1, double.PositiveInfinity })
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => Usual.WaitSeconds(LinkDirection.Uplink, bad));
            Assert.Throws<ArgumentOutOfRangeException>(() => new FrequencyDivision(bad));
        }
    }
}
