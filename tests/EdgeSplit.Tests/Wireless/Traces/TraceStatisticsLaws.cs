using EdgeSplit.Core.Wireless.Traces;

namespace EdgeSplit.Tests.Wireless.Traces;

public sealed class TraceStatisticsLaws
{
    [Fact]
    public void Bins_hold_the_bits_of_a_rate_trace()
    {
        var statistics = TraceStatistics.Of(new RateTrace([0, 1, 3, 4], [10e6, 0, 20e6, 5e6], 6.5));
        Assert.Equal([10e6, 0, 0, 20e6, 5e6, 5e6], statistics.RatesBitsPerSecond); // the half second at the end is no complete bin
        Assert.Equal((40e6 / 6, 2, 2.0), (statistics.MeanBitsPerSecond, statistics.ZeroBins, statistics.LongestOutageSeconds));
        Assert.Equal((0.0, 5e6, 20e6), (statistics.QuantileBitsPerSecond(0), statistics.QuantileBitsPerSecond(0.5), statistics.QuantileBitsPerSecond(1)));
        Assert.Equal(Math.Sqrt((550e12 / 6) - (40e6 / 6 * 40e6 / 6)), statistics.StandardDeviationBitsPerSecond, 1e-6);
    }

    [Fact]
    public void Bins_of_opportunities_follow_the_instants_of_the_file()
    {
        var statistics = TraceStatistics.Of(new MahimahiTrace([0, 99, 100, 300, 300, 499, 500]), 0.1);
        Assert.Equal([240e3, 120e3, 0, 240e3, 120e3], statistics.RatesBitsPerSecond);
    }

    [Fact]
    public void The_autocorrelation_of_an_alternating_rate_changes_sign()
    {
        var statistics = TraceStatistics.Of(new RateTrace([.. Enumerable.Range(0, 100).Select(i => (double)i)], [.. Enumerable.Range(0, 100).Select(i => (i % 2) * 1e6)]));
        Assert.Equal(1.0, statistics.Autocorrelation(0), 1e-12);
        Assert.Equal(-0.99, statistics.Autocorrelation(1), 1e-12);
        Assert.Equal(0.98, statistics.Autocorrelation(2), 1e-12);
        Assert.Equal(0.0, TraceStatistics.Of(new RateTrace([0], [5], 10)).Autocorrelation(1));
    }

    [Fact]
    public void Bad_arguments_are_named()
    {
        var trace = new RateTrace([0], [5], 10);
        Assert.Equal("binSeconds", Assert.Throws<ArgumentException>(() => TraceStatistics.Of(trace, 11)).ParamName);
        Assert.Equal("binSeconds", Assert.Throws<ArgumentOutOfRangeException>(() => TraceStatistics.Of(trace, double.NaN)).ParamName);
        Assert.Equal("probability", Assert.Throws<ArgumentOutOfRangeException>(() => TraceStatistics.Of(trace).QuantileBitsPerSecond(1.1)).ParamName);
        Assert.Equal("lagBins", Assert.Throws<ArgumentOutOfRangeException>(() => TraceStatistics.Of(trace).Autocorrelation(10)).ParamName);
        Assert.Throws<ArgumentNullException>(() => TraceStatistics.Of(null!));
    }
}
