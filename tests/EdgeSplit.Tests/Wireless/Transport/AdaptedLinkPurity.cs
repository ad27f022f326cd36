using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.LinkAdaptation;
using EdgeSplit.Core.Wireless.Transfers;
using EdgeSplit.Core.Wireless.Transport;
using static EdgeSplit.Tests.Wireless.Transport.AdaptedLinkCases;

namespace EdgeSplit.Tests.Wireless.Transport;

/// <summary>What an adapted link does not depend on, what it refuses, and what it does not allocate.</summary>
public sealed class AdaptedLinkPurity
{
    private const int Slots = 6000;

    [Fact]
    public void Any_order_of_calls_gives_the_same_bits()
    {
        foreach (var options in Variants())
        {
            var snr = Rayleigh(6, 3.7, 8);
            var whole = new AdaptedSlot[Slots];
            new AdaptedLink(options, snr, Key, 1).FillSlots(0, whole);
            var link = new AdaptedLink(options, snr, Key, 1);
            var random = new RandomSource(Key, 40);
            for (var i = 0; i < 100; i++)
            {
                var first = random.NextInt32(Slots - 700);
                var part = new AdaptedSlot[1 + random.NextInt32(700)];
                if (i % 3 == 0)
                {
                    link.Statistics(first + 11, 300); // leaves the simulation in the middle of a segment
                }

                link.FillSlots(first, part);
                Assert.Equal(whole.AsSpan(first, part.Length).ToArray(), part);
                var efficiency = new double[part.Length];
                link.Fill(first, efficiency);
                Assert.Equal(part.Select(slot => slot.DeliveredBits / (20e6 * SlotSeconds)), efficiency, (x, y) => Math.Abs(x - y) <= 1e-15 * x);
            }

            link.Reset(Rayleigh(100), Key, 2);
            link.FillSlots(300, new AdaptedSlot[5]);
            link.Reset(snr, Key, 1);
            var again = new AdaptedSlot[500];
            link.FillSlots(Slots - 500, again);
            Assert.Equal(whole.AsSpan(Slots - 500).ToArray(), again);
        }
    }

    [Fact]
    public void The_decoding_draw_of_a_block_is_that_of_its_first_slot()
    {
        // One scheme at the SNR of its median: a block passes its first round exactly when its draw is at or above the error rate.
        var options = Usual with { FixedMcs = 10, MaximumRounds = 1, HasRadioLinkControl = false };
        var model = new BlockErrorModel(McsTable.Qam64);
        var snr = Math.Pow(10, model.ThresholdDb(10, 8000) / 10) * 0.98;
        var slots = new AdaptedSlot[2000];
        new AdaptedLink(options, Listed(snr), Key, 12).FillSlots(0, slots);
        Assert.InRange(slots.Count(slot => slot.IsDecoded), 50, 1950);
        foreach (var slot in slots)
        {
            var draw = new RandomSource(Key.Derive("decoding"), 12, (ulong)slot.Slot);
            Assert.Equal(draw.NextUniform() >= model.TransportBlockErrorRate(10, snr, slot.Bits), slot.IsDecoded);
        }
    }

    [Fact]
    public void Blocks_of_the_SNR_may_be_longer_or_shorter_than_slots()
    {
        foreach (var slotsPerBlock in new[] { 0.0003, 0.25, 1.0, 3.7, 20.0, 5000.0 })
        {
            var process = Rayleigh(6, slotsPerBlock);
            var slots = new AdaptedSlot[600];
            new AdaptedLink(Usual, process, Key, 1).FillSlots(100, slots);
            var snr = new double[1];
            foreach (var slot in slots)
            {
                process.FillSnr((long)((slot.Slot + 0.5) * (SlotSeconds / process.BlockSeconds)), snr);
                Assert.Equal(snr[0], slot.SnrLinear);
            }
        }
    }

    [Fact]
    public void After_warm_up_nothing_is_allocated()
    {
        foreach (var options in Variants())
        {
            var snr = Rayleigh(6);
            var link = new AdaptedLink(options, snr, Key, 1);
            var transfer = options.HasRadioLinkControl ? new ReliableTransfer(link, new MessageDelay(1e-3, 1e-3, 0)) : null;
            var total = Walk(link, transfer);
            link.Reset(snr, Key, 1);
            var before = GC.GetAllocatedBytesForCurrentThread();
            total -= Walk(link, transfer);
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.Equal(0.0, total);
        }

        static double Walk(AdaptedLink link, ReliableTransfer? transfer)
        {
            Span<double> efficiency = stackalloc double[64];
            var sum = 0.0;
            for (var first = 0; first < 10_000; first += 64)
            {
                link.Fill(first, efficiency);
                sum += efficiency[7];
            }

            return sum + link.Statistics(777, 2000).DeliveredBits + (transfer?.Send(0.2, 3e6).TotalSeconds ?? 0.0);
        }
    }

    [Fact]
    public void A_timeline_over_the_link_answers_when_bits_arrive()
    {
        var options = Usual with { Duplexing = Pattern };
        var link = new SharedLink(new AdaptedLink(options, Rayleigh(20), Key, 3), options.BandwidthHz, ConstantShare.Whole);
        var end = link.CompletionSeconds(0.1, 2e6);
        Assert.Equal(2e6, link.Bits(0.1, end), 2e6 * 1e-9);
        Assert.True(end < 2.0);
        var delivered = new AdaptedLink(options, Rayleigh(20), Key, 3).Statistics(200, 1000).DeliveredBits;
        Assert.Equal(delivered, link.Bits(0.1, 0.6), 1e-6 * delivered);
    }

    [Fact]
    public void Bad_input_is_refused_by_name()
    {
        var model = new BlockErrorModel(McsTable.Qam64);
        foreach (var bad in new[] { double.NaN, -1.0, double.PositiveInfinity })
        {
            Refuses("bandwidthHz", () => new AdaptedLinkOptions(model, bad, 51));
            Refuses("ControlOverheadShare", () => Usual with { ControlOverheadShare = bad });
            Refuses("TargetBlockErrorRate", () => Usual with { TargetBlockErrorRate = bad });
            Refuses("TargetBlockErrorRate", () => new OuterLoop(bad));
            Refuses("StepDownDb", () => new OuterLoop(0.1, bad));
            Refuses("slotShare", () => Usual.ElementsOf(bad));
        }

        Refuses("resourceBlocks", () => new AdaptedLinkOptions(model, 20e6, 0));
        Refuses("FixedMcs", () => Usual with { FixedMcs = 29 });
        Refuses("FixedMcs", () => Usual with { FixedMcs = -1 });
        Refuses("MaximumRounds", () => Usual with { MaximumRounds = 0 });
        Refuses("RoundTripSlots", () => Usual with { RoundTripSlots = 0 });
        Refuses("Processes", () => Usual with { Processes = 65 });
        Refuses("ReportDelaySlots", () => Usual with { ReportDelaySlots = -1 });
        Refuses("ReportPeriodSlots", () => Usual with { ReportPeriodSlots = 0 });
        Refuses("ResourceElementsPerBlock", () => Usual with { ResourceElementsPerBlock = 157 });
        Refuses("InitialOffsetDb", () => new OuterLoop(InitialOffsetDb: 16));
        Refuses("MaximumOffsetDb", () => new OuterLoop(MinimumOffsetDb: 3, MaximumOffsetDb: 2));
        Refuses("offsetDb", () => new OuterLoop().Next(double.NaN, true));
        Assert.Throws<ArgumentNullException>(() => new AdaptedLinkOptions(null!, 20e6, 51));
        Assert.Throws<ArgumentNullException>(() => Usual with { Duplexing = null! });
        Assert.Throws<ArgumentNullException>(() => new AdaptedLink(null!, Rayleigh(1), Key, 0));
        Assert.Throws<ArgumentNullException>(() => new AdaptedLink(Usual, null!, Key, 0));
        var link = new AdaptedLink(Usual, Rayleigh(1), Key, 0);
        Refuses("firstBlock", () => { link.Fill(-1, new double[1]); return 0; });
        Refuses("firstSlot", () => { link.FillSlots(AdaptedLink.MaximumSlots, new AdaptedSlot[1]); return 0; });
        Refuses("firstSlot", () => link.Statistics(-1, 1));
        Refuses("slots", () => link.Statistics(0, -1));
        var broken = new AdaptedLink(Usual, Listed(1, double.NaN), Key, 0);
        Assert.Contains("ListedSnr", Assert.Throws<InvalidOperationException>(() => broken.Statistics(0, 10)).Message, StringComparison.Ordinal);

        static void Refuses(string name, Func<object> call) => Assert.Equal(name, Assert.ThrowsAny<ArgumentOutOfRangeException>(() => call()).ParamName);
    }
}
