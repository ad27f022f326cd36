using EdgeSplit.Core.Wireless.Traces;

namespace EdgeSplit.Tests.Wireless.Traces;

/// <summary>Golden values of section 20 of the wireless reference (component trace_replay).</summary>
public sealed class TraceGolden
{
    [SharedDataFact]
    public void Every_golden_record_of_trace_replay_holds() => Assert.Equal(15, GoldenRecords.Check("trace_replay", Evaluate));

    [Theory] // source: semantics of link_queue in ravinet/mahimahi, golden component trace_replay
    [InlineData("10 20 20 35", 1500, 0, 10)]
    [InlineData("10 20 20 35", 4000, 0, 20)]
    [InlineData("10 20 20 35", 9000, 0, 55)]
    [InlineData("0 5 5 5 40", 20000, 12, 125)]
    [InlineData("7 300 301 302 1000", 9000, 0, 1007)]
    [InlineData("7 300 301 302 1000", 20000, 12, 3000)]
    public void A_message_ends_with_the_opportunity_of_its_last_byte(string schedule, double bytes, double arrivalMs, double expectedMs)
    {
        var trace = new MahimahiTrace([.. schedule.Split(' ').Select(uint.Parse)]);
        Assert.Equal(expectedMs / 1000, trace.CompletionSeconds(arrivalMs / 1000, 8 * bytes));
    }

    [Theory] // rows (0, 10), (1, 0), (3, 20), (4, 5) s and Mbit/s, end 6 s, wrap; golden component trace_replay
    [InlineData(0.0, 12e6, 3.1)]
    [InlineData(0.5, 16e6, 3.05)] // the golden value is the duration, not the end
    [InlineData(4.5, 6e6, 1.2)]
    [InlineData(2.0, 200e6, 29.0)]
    public void A_transfer_lasts_until_the_integral_of_the_rate_is_its_size(double start, double bits, double expectedSeconds)
    {
        var trace = new RateTrace([0, 1, 3, 4], [10e6, 0, 20e6, 5e6], 6.0);
        Assert.Equal(expectedSeconds, trace.CompletionSeconds(start, bits) - start, 1e-9);
    }

    private static double? Evaluate(string quantity, GoldenInputs inputs)
    {
        switch (quantity)
        {
            case "mahimahi_completion_ms":
                return (double)((decimal)Schedule(inputs).CompletionSeconds(inputs["arrival_ms"] / 1000, 8 * inputs["message_bytes"]) * 1000); // 1.007 * 1000 is 1006.9999999999999 in binary
            case "mahimahi_mean_rate_kbps":
                return Schedule(inputs).MeanBitsPerSecond / 1000;
            case "rate_integral_transfer_s":
                var rows = inputs.Raw("rows_time_s_rate_mbps").EnumerateArray().Select(row => (Time: row[0].GetDouble(), Rate: row[1].GetDouble() * 1e6)).ToArray();
                var trace = new RateTrace([.. rows.Select(row => row.Time)], [.. rows.Select(row => row.Rate)], inputs["trace_end_s"]);
                return trace.CompletionSeconds(inputs["start_s"], inputs["message_bits"]) - inputs["start_s"];
            case "constant_rate_transfer_s":
                return new RateTrace([0], [inputs["rate_mbps"] * 1e6]).CompletionSeconds(0, inputs["message_bits"]);
            default:
                return null;
        }
    }

    private static MahimahiTrace Schedule(GoldenInputs inputs) => new([.. inputs.Numbers("schedule_ms").Select(value => (uint)value)]);
}
