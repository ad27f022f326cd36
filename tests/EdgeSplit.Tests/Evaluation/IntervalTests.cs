using EdgeSplit.Agents.Evaluation;

namespace EdgeSplit.Tests.Evaluation;

public sealed class IntervalTests
{
    /// <summary>Two-sided 95 % points of Student's t by degrees of freedom, from the usual printed tables (e.g. NIST/SEMATECH e-Handbook, section 1.3.6.7.2).</summary>
    [Theory]
    [InlineData(1, 12.706)]
    [InlineData(2, 4.303)]
    [InlineData(4, 2.776)]
    [InlineData(9, 2.262)]
    [InlineData(19, 2.093)]
    [InlineData(29, 2.045)]
    public void The_half_width_is_the_table_value_of_t_times_the_standard_error(int degreesOfFreedom, double t)
    {
        // Values -1 and 1 in turn, with a 0 where the count is odd: mean 0 and a variance that is known by hand.
        var count = degreesOfFreedom + 1;
        var values = Enumerable.Range(0, count).Select(i => i == count - 1 && count % 2 == 1 ? 0.0 : i % 2 == 0 ? 1.0 : -1.0).ToArray();
        var deviation = Math.Sqrt((count - (count % 2)) / (double)degreesOfFreedom);
        var interval = Interval.Of(values);
        Assert.Equal(0, interval.Mean, 1e-15);
        Assert.Equal(t * deviation / Math.Sqrt(count), interval.Upper, 1e-3);
        Assert.Equal(-interval.Upper, interval.Lower, 1e-12);
    }

    [Fact]
    public void An_example_by_hand()
    {
        // Mean 3, sample variance 2.5, standard error sqrt(0.5), t(4) = 2.776445.
        var interval = Interval.Of([1, 2, 3, 4, 5]);
        Assert.Equal(3, interval.Mean, 1e-12);
        Assert.Equal(3 - (2.776445 * Math.Sqrt(0.5)), interval.Lower, 1e-5);
        Assert.Equal(3 + (2.776445 * Math.Sqrt(0.5)), interval.Upper, 1e-5);
    }

    [Fact]
    public void One_value_has_no_interval()
    {
        var interval = Interval.Of([4.5]);
        Assert.Equal(4.5, interval.Mean);
        Assert.True(double.IsNaN(interval.Lower) && double.IsNaN(interval.Upper));
    }

    [Fact]
    public void Equal_values_have_an_interval_of_width_zero() => Assert.Equal(new Interval(2, 2, 2), Interval.Of([2, 2, 2]));

    [Fact]
    public void No_values_are_refused() => Assert.Throws<ArgumentException>(() => Interval.Of([]));
}
