using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Transfers;
using EdgeSplit.Core.Wireless.Transport;
using static EdgeSplit.Tests.Wireless.Transport.AdaptedLinkCases;

namespace EdgeSplit.Tests.Wireless.Transport;

public sealed class ReliableTransferLaws
{
    private static readonly MessageDelay Delay = new(2.2e-3, 0.7e-3, 0.4e-3);

    [Fact]
    public void Parts_sum_to_the_total_and_to_the_completion()
    {
        foreach (var options in Variants().Where(o => o.HasRadioLinkControl))
        {
            var transfer = new ReliableTransfer(new AdaptedLink(options, Rayleigh(8), Key, 1), Delay);
            var random = new RandomSource(Key, 80);
            for (var i = 0; i < 60; i++)
            {
                var (ready, bits) = (3 * random.NextUniform(), 1e6 * Math.Pow(1e-5, random.NextUniform()));
                var result = transfer.Send(ready, bits);
                Assert.Equal(TransferStatus.Delivered, result.Status);
                Assert.Equal(result.CompletionSeconds - ready, result.TotalSeconds, 11);
                Assert.Equal(result.GrantSeconds + result.AlignmentSeconds + result.AirSeconds + result.RetransmissionSeconds + result.DeliverySeconds, result.TotalSeconds, 15);
                Assert.Equal(bits / result.TotalSeconds, result.GoodputBitsPerSecond, 1e-9 * bits / result.TotalSeconds);
                Assert.True(result.AirSeconds > 0 && result.AlignmentSeconds >= 0 && result.RetransmissionSeconds >= 0);
                Assert.True(result.Transmissions >= Math.Round(result.AirSeconds / SlotSeconds));
            }
        }
    }

    [Theory]
    [InlineData(1.0, 0)]
    [InlineData(0.51, 1)]
    [InlineData(0.34, 2)]
    [InlineData(0.251, 3)]
    public void Delay_grows_by_whole_round_trips(double snrOverThreshold, int roundTrips)
    {
        // The message is ready before slot 0, so that no earlier block is in its way.
        var link = new AdaptedLink(Threshold(8), Listed(8 * snrOverThreshold), Key, 0);
        var result = new ReliableTransfer(link, MessageDelay.None).Send(0, 1);
        Assert.Equal(SlotSeconds, result.AirSeconds, 15);
        Assert.Equal(roundTrips * 8 * SlotSeconds, result.RetransmissionSeconds, 12);
        Assert.Equal(((roundTrips * 8) + 1) * SlotSeconds, result.TotalSeconds, 12);
        Assert.Equal(roundTrips + 1, result.Transmissions);
    }

    [Fact]
    public void RLC_carries_a_message_through_an_outage_longer_than_HARQ()
    {
        // Dead for 100 slots: four rounds in slots 0, 8, 16, 24, back to RLC in slot 32, and so on until the channel is there again.
        var snr = Enumerable.Repeat(0.0, 100).Append(100.0).ToArray();
        var result = new ReliableTransfer(new AdaptedLink(Threshold(8), Listed(snr), Key, 0), MessageDelay.None).Send(0, 1);
        Assert.Equal(TransferStatus.Delivered, result.Status);
        Assert.Equal(105 * SlotSeconds, result.CompletionSeconds, 12); // slot 96 begins a new try, whose second round in slot 104 is decoded
        Assert.Equal((4 * 3) + 2, result.Transmissions);
    }

    [Fact]
    public void Twice_the_payload_never_arrives_earlier()
    {
        foreach (var options in Variants().Where(o => o.HasRadioLinkControl))
        {
            var transfer = new ReliableTransfer(new AdaptedLink(options, Rayleigh(6), Key, 2), Delay);
            foreach (var (ready, size) in Messages(40))
            {
                var end = transfer.Send(ready, size).CompletionSeconds;
                Assert.True(transfer.Send(ready, 2 * size).CompletionSeconds >= end);
            }
        }
    }

    [Fact]
    public void A_message_is_never_faster_than_the_sum_of_its_slots_and_agrees_with_the_records()
    {
        var link = new AdaptedLink(Usual with { Duplexing = Pattern }, Rayleigh(10), Key, 3);
        var transfer = new ReliableTransfer(link, Delay);
        var records = new AdaptedSlot[20_000];
        link.FillSlots(0, records);
        foreach (var (ready, size) in Messages(40))
        {
            // Written out: which blocks belong to the message, and when the last of their bits was decoded.
            var first = (int)Math.Ceiling((ready + Delay.GrantSeconds) / SlotSeconds);
            var (left, last) = (size, first);
            for (; left > 0; last++)
            {
                left -= records[last].NewBits;
            }

            var end = records.Last(slot => slot.IsDecoded && slot.OriginSlot >= first && slot.OriginSlot < last).Slot + 1;
            Assert.Equal((end * SlotSeconds) + Delay.OneWaySeconds + Delay.ProtocolSeconds, transfer.Send(ready, size).CompletionSeconds, 10);
        }
    }

    [Fact]
    public void An_uplink_message_waits_for_its_slots()
    {
        var transfer = new ReliableTransfer(new AdaptedLink(Usual with { Duplexing = Pattern }, Listed(1e6), Key, 0), MessageDelay.None);
        var result = transfer.Send(0.1e-3, 1);
        Assert.Equal(3.4e-3, result.AlignmentSeconds, 10); // 0.4 ms to the boundary, then slots 1 to 6
        Assert.Equal(4e-3 - 0.1e-3, result.TotalSeconds, 10); // the special slot 7 carries it
    }

    [Fact]
    public void A_time_out_is_named_and_its_parts_sum_to_it()
    {
        var dead = new ReliableTransfer(new AdaptedLink(Usual, Listed(0), Key, 0), Delay, 0.5).Send(1.0, 1000);
        Assert.Equal(TransferStatus.TimedOut, dead.Status);
        Assert.Equal(double.PositiveInfinity, dead.CompletionSeconds);
        Assert.Equal(0.5, dead.TotalSeconds, 12);
        Assert.Equal(0.0, dead.GoodputBitsPerSecond);
        var link = new AdaptedLink(Usual, Rayleigh(10), Key, 4);
        var total = new ReliableTransfer(link, Delay).Send(1.0, 1e5).TotalSeconds;
        Assert.Equal(TransferStatus.Delivered, new ReliableTransfer(link, Delay, total * (1 + 1e-9)).Send(1.0, 1e5).Status);
        Assert.Equal(TransferStatus.TimedOut, new ReliableTransfer(link, Delay, total - (0.01 * SlotSeconds)).Send(1.0, 1e5).Status);
        var early = new ReliableTransfer(link, Delay, 1e-3).Send(1.0, 1e5);
        Assert.Equal((TransferStatus.TimedOut, 1e-3), (early.Status, early.TotalSeconds));
        Assert.Equal(TransferStatus.TimedOut, new ReliableTransfer(link, Delay, 1e-3).Send(1.0, 0).Status);
    }

    [Fact]
    public void An_empty_message_pays_the_fixed_delay_only()
    {
        var result = new ReliableTransfer(new AdaptedLink(Usual, Rayleigh(10), Key, 4), Delay).Send(1.0, 0);
        Assert.Equal(Delay.TotalSeconds, result.TotalSeconds, 15);
        Assert.Equal(1.0 + Delay.TotalSeconds, result.CompletionSeconds, 15);
    }

    [Fact]
    public void Bad_input_is_refused()
    {
        var link = new AdaptedLink(Usual, Rayleigh(10), Key, 4);
        var transfer = new ReliableTransfer(link, Delay);
        foreach (var bad in new[] { double.NaN, -1e-9, double.PositiveInfinity })
        {
            Assert.Equal("readySeconds", Assert.Throws<ArgumentOutOfRangeException>(() => transfer.Send(bad, 1)).ParamName);
            Assert.Equal("bits", Assert.Throws<ArgumentOutOfRangeException>(() => transfer.Send(1, bad)).ParamName);
            Assert.Equal("timeOutSeconds", Assert.Throws<ArgumentOutOfRangeException>(() => new ReliableTransfer(link, Delay, bad)).ParamName);
        }

        Assert.Throws<ArgumentNullException>(() => new ReliableTransfer(null!, Delay));
        Assert.Throws<ArgumentNullException>(() => new ReliableTransfer(link, null!));
        Assert.Equal("link", Assert.Throws<ArgumentException>(() => new ReliableTransfer(new AdaptedLink(Usual with { HasRadioLinkControl = false }, Rayleigh(1), Key, 0), Delay)).ParamName);
    }

    private static IEnumerable<(double Ready, double Size)> Messages(int count)
    {
        var random = new RandomSource(Key, 81);
        for (var i = 0; i < count; i++)
        {
            yield return (2 * random.NextUniform(), Math.Ceiling(3e5 * Math.Pow(1e-4, random.NextUniform())));
        }
    }
}
