using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless;
using EdgeSplit.Core.Wireless.LinkAdaptation;
using EdgeSplit.Core.Wireless.Transfers;
using EdgeSplit.Core.Wireless.Transport;
using static EdgeSplit.Tests.Wireless.Transport.AdaptedLinkCases;

namespace EdgeSplit.Tests.Wireless.Transport;

public sealed class AdaptedLinkLaws
{
    [Fact]
    public void Bits_sent_are_delivered_erased_or_under_way_over_any_range()
    {
        foreach (var options in Variants())
        {
            var link = new AdaptedLink(options, Rayleigh(8), Key, 3);
            var (sent, delivered, erased) = (0L, 0L, 0L);
            foreach (var (first, count) in new[] { (0L, 1000L), (1000L, 3L), (1003L, 9000L), (10_003L, 257L) })
            {
                var part = link.Statistics(first, count);
                Assert.Equal(part.WaitingBitsBefore + part.SentBits, part.DeliveredBits + part.ErasedBits + part.WaitingBitsAfter);
                Assert.Equal(options.HasRadioLinkControl, part.ErasedBits == 0 && (options.HasRadioLinkControl || count > 1000));
                (sent, delivered, erased) = (sent + part.SentBits, delivered + part.DeliveredBits, erased + part.ErasedBits);
            }

            var whole = link.Statistics(0, 10_260);
            Assert.Equal((sent, delivered, erased), (whole.SentBits, whole.DeliveredBits, whole.ErasedBits));
            Assert.Equal(0, whole.WaitingBitsBefore);
            Assert.True(whole.DeliveredBits > 0 && whole.FirstRoundErrors > 0 && whole.FailedBlocks > 0);
            Assert.InRange(whole.MeanTransmissions, 1.0, options.MaximumRounds);
            Assert.True(whole.Transmissions + whole.StalledSlots == whole.OpenSlots);
        }
    }

    [Fact]
    public void With_RLC_every_bit_of_every_block_arrives_exactly_once()
    {
        foreach (var options in Variants().Where(o => o.HasRadioLinkControl))
        {
            var slots = new AdaptedSlot[20_000];
            new AdaptedLink(options, Rayleigh(5), Key, 4).FillSlots(0, slots);
            var missing = new Dictionary<long, long>();
            var resent = 0;
            foreach (var slot in slots)
            {
                if (slot.Use == SlotUse.NewData)
                {
                    missing.Add(slot.OriginSlot, slot.Bits);
                }

                resent += slot.Use == SlotUse.RlcRetransmission ? 1 : 0;
                if (slot.IsDecoded)
                {
                    missing[slot.OriginSlot] -= slot.Bits;
                    Assert.True(missing[slot.OriginSlot] >= 0);
                }
            }

            Assert.True(resent > 0);
            var open = missing.Where(pair => pair.Value > 0).ToArray();
            Assert.InRange(open.Length, 0, options.Processes); // those still under way at the end
            Assert.True(missing.Count > 200);
        }
    }

    [Theory]
    [InlineData(-3.0, HarqCombining.Chase)]
    [InlineData(3.0, HarqCombining.Chase)]
    [InlineData(-1.0, HarqCombining.None)]
    public void Transmissions_and_residual_follow_the_closed_form(double ratioDb, HarqCombining combining)
    {
        const int maximumRounds = 4;
        var x = Math.Pow(10, ratioDb / 10);
        var options = Threshold(10 * x) with { Combining = combining, MaximumRounds = maximumRounds };
        var link = new AdaptedLink(options, Rayleigh(10, 1.0), Key, 1);
        var statistics = link.Statistics(0, 200_000);
        double[] residuals = [.. Enumerable.Range(1, maximumRounds).Select(n => combining == HarqCombining.Chase
            ? ChaseCombining.ResidualErrorRate(x, n)
            : ChaseCombining.ResidualErrorRateWithoutCombining(x, n))];
        var mean = 1 + residuals[..^1].Sum();
        Assert.Equal(mean, combining == HarqCombining.Chase ? ChaseCombining.MeanTransmissions(x, maximumRounds) : TruncatedArq.MeanTransmissions(residuals[0], maximumRounds), 12);
        var second = 1 + residuals[..^1].Select((p, i) => ((2 * i) + 3) * p).Sum(); // E[N^2] = sum of (2 n + 1) P(N > n)
        var blocks = (double)statistics.EndedBlocks;
        Assert.True(blocks > 50_000);
        AssertNear(mean, statistics.MeanTransmissions, Math.Sqrt((second - (mean * mean)) / blocks));
        AssertNear(residuals[^1], statistics.ResidualErrorRate, Math.Sqrt(residuals[^1] * (1 - residuals[^1]) / blocks));
        AssertNear(residuals[0], statistics.FirstRoundErrorRate, Math.Sqrt(residuals[0] * (1 - residuals[0]) / statistics.FirstRounds));
    }

    [Fact]
    public void One_round_is_plain_outage()
    {
        const double x = 0.4;
        var statistics = new AdaptedLink(Threshold(10 * x) with { MaximumRounds = 1, HasRadioLinkControl = false }, Rayleigh(10, 1.0), Key, 2).Statistics(0, 100_000);
        var outage = 1 - Math.Exp(-x);
        AssertNear(outage, statistics.ResidualErrorRate, Math.Sqrt(outage * (1 - outage) / 100_000));
        Assert.Equal(1.0, statistics.MeanTransmissions);
        Assert.Equal(statistics.SentBits, statistics.DeliveredBits + statistics.ErasedBits);
    }

    [Theory]
    [InlineData(1.0, 1)]
    [InlineData(0.51, 2)]
    [InlineData(0.49, 3)]
    [InlineData(0.251, 4)]
    public void In_a_static_channel_n_rounds_decode_what_lies_ten_log_n_lower(double snrOverThreshold, int rounds)
    {
        var slots = new AdaptedSlot[100];
        new AdaptedLink(Threshold(8), Listed(8 * snrOverThreshold), Key, 0).FillSlots(0, slots);
        var decoded = slots.Where(slot => slot.IsDecoded).ToArray();
        Assert.NotEmpty(decoded);
        Assert.All(decoded, slot => Assert.Equal(rounds, slot.Round));
        Assert.All(decoded, slot => Assert.Equal(ChaseCombining.StaticGainDb(rounds), 10 * Math.Log10(slot.CombinedSnrLinear / slot.SnrLinear), 10));
        Assert.All(decoded, slot => Assert.Equal(8 * (rounds - 1), slot.Slot - slot.OriginSlot)); // whole round trips
    }

    [Fact]
    public void Combining_orders_none_chase_and_incremental_redundancy()
    {
        var residual = new[] { HarqCombining.None, HarqCombining.Chase, HarqCombining.IncrementalRedundancy }
            .Select(combining => new AdaptedLink(Usual with { FixedMcs = 15, Combining = combining, MaximumRounds = 3 }, Rayleigh(8, 1.0), Key, 5).Statistics(0, 60_000).ResidualErrorRate)
            .ToArray();
        Assert.True(residual[2] < residual[1] && residual[1] < residual[0], string.Join(' ', residual));
    }

    [Fact]
    public void More_SNR_is_not_slower_in_expectation()
    {
        foreach (var options in Variants())
        {
            var goodput = new[] { 1.0, 3.0, 10.0, 30.0, 100.0, 1000.0 }
                .Select(snr => new AdaptedLink(options, Rayleigh(snr), Key, 6).Statistics(0, 30_000).GoodputBitsPerSecond).ToArray();
            for (var i = 1; i < goodput.Length; i++)
            {
                Assert.True(goodput[i] >= goodput[i - 1], string.Join(' ', goodput));
            }
        }
    }

    [Fact]
    public void A_good_static_channel_carries_the_largest_blocks_in_the_share_of_the_direction()
    {
        var options = Usual with { Duplexing = Pattern };
        var link = new AdaptedLink(options, Listed(1e6), Key, 0);
        var period = link.Statistics(10_000, 10);
        var best = McsTable.Qam64[28];
        var full = TransportBlockSize.Bits(options.ElementsOf(1.0), best);
        var special = TransportBlockSize.Bits(options.ElementsOf(4.0 / 14), best);
        Assert.Equal((2 * full) + special, period.DeliveredBits);
        Assert.Equal(3, period.OpenSlots);
        var efficiency = new double[10];
        link.Fill(10_000, efficiency);
        Assert.Equal(period.DeliveredBits, efficiency.Sum() * 20e6 * SlotSeconds, 6);
        Assert.Equal(period.GoodputBitsPerSecond, efficiency.Average() * 20e6, 3);
        Assert.Equal(full / 7.0 * 2, special, 0.02 * special); // a special slot carries its share, up to the steps of the table
    }

    [Fact]
    public void The_scheme_in_use_is_that_of_the_error_model_where_the_report_is_exact()
    {
        var model = new BlockErrorModel(McsTable.Qam64);
        foreach (var snrDb in new[] { -10.0, 0.0, 4.7, 11.3, 12.9, 20.0, 40.0 })
        {
            var snr = Math.Pow(10, snrDb / 10);
            var slot = new AdaptedSlot[1];
            var options = Usual with { ReportTable = null, OuterLoop = null };
            new AdaptedLink(options, Listed(snr), Key, 0).FillSlots(0, slot);
            Assert.Equal(Math.Max(0, model.SelectMcsForResources(snr, options.ElementsOf(1.0), 0.1)), slot[0].Mcs);
        }
    }

    [Fact]
    public void Reports_are_delayed_periodic_and_quantised()
    {
        double[] snr = [.. Enumerable.Range(0, 300).Select(i => 2.0 + i)];
        var slots = new AdaptedSlot[300];
        new AdaptedLink(Usual with { ReportDelaySlots = 7, ReportPeriodSlots = 5, OuterLoop = null }, Listed(snr), Key, 0).FillSlots(0, slots);
        var model = new BlockErrorModel(McsTable.Qam64);
        for (var i = 0; i < slots.Length; i++)
        {
            Assert.Equal(CqiTable.Qam64.Quantise(snr[i < 7 ? 0 : (i - 7) / 5 * 5], model), slots[i].ReportedCqi);
            Assert.Equal(snr[i], slots[i].SnrLinear);
        }
    }

    [Fact]
    public void A_link_with_too_few_processes_stalls_and_one_with_as_many_as_the_round_trip_does_not()
    {
        var stalled = new AdaptedLink(Usual with { Processes = 2, RoundTripSlots = 8 }, Listed(100), Key, 0).Statistics(800, 800);
        Assert.Equal(600, stalled.StalledSlots);
        Assert.Equal(0, new AdaptedLink(Usual with { Processes = 8, RoundTripSlots = 8 }, Listed(100), Key, 0).Statistics(800, 800).StalledSlots);
    }

    [Fact]
    public void Every_decoding_agrees_with_the_error_curve_and_the_draw_of_the_block()
    {
        var model = new BlockErrorModel(McsTable.Qam64);
        foreach (var combining in new[] { HarqCombining.Chase, HarqCombining.None })
        {
            var options = Usual with { HasRadioLinkControl = false, Duplexing = Pattern, Combining = combining };
            var slots = new AdaptedSlot[60_000];
            new AdaptedLink(options, Rayleigh(20, 7.0), Key, 13).FillSlots(0, slots);
            var combined = new Dictionary<long, double>();
            foreach (var slot in slots.Where(slot => slot.Round > 0))
            {
                // A block of a full slot that is repeated in a special one repeats a part of itself only.
                var elements = options.ElementsOf(Pattern.SlotShare(LinkDirection.Uplink, slot.Slot));
                var repeated = Math.Min(1.0, (double)elements / options.ElementsOf(Pattern.SlotShare(LinkDirection.Uplink, slot.OriginSlot)));
                var before = combining == HarqCombining.Chase ? combined.GetValueOrDefault(slot.OriginSlot) : 0.0;
                Assert.Equal(combined[slot.OriginSlot] = before + (repeated * slot.SnrLinear), slot.CombinedSnrLinear);
                var random = new RandomSource(Key.Derive("decoding"), 13, (ulong)slot.OriginSlot, combining == HarqCombining.Chase ? 0 : (ulong)slot.Round - 1);
                Assert.Equal(random.NextUniform() >= model.TransportBlockErrorRate(slot.Mcs, slot.CombinedSnrLinear, slot.Bits), slot.IsDecoded);
            }

            Assert.True(combined.Count > 10_000);
        }
    }

    private static void AssertNear(double expected, double actual, double standardError) =>
        Assert.True(Math.Abs(actual - expected) <= 5 * standardError, $"{actual}, expected {expected} with a standard error of {standardError}");
}
