using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Transport;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeSplit.Tests.Wireless.Transport;

public sealed class HiddenStatePacketsLaws
{
    private static readonly StreamKey Key = StreamKey.Create(20260116, "hidden-state-packets");

    [Fact]
    public void Every_value_is_in_exactly_one_packet_and_all_packets_but_the_last_are_full() =>
        ForAllPackets(packets =>
        {
            var seen = new bool[packets.Values];
            for (var packet = 0; packet < packets.Packets; packet++)
            {
                Assert.Equal(packet < packets.Packets - 1 ? packets.ValuesPerPacket : packets.LastPacketValues, packets.ValuesIn(packet));
                for (var slot = 0; slot < packets.ValuesIn(packet); slot++)
                {
                    var value = packets.ValueAt(packet, slot);
                    Assert.False(seen[value]);
                    seen[value] = true;
                    Assert.Equal((packet, slot), packets.PlaceOf(value));
                }
            }

            Assert.DoesNotContain(false, seen);
            Assert.InRange(packets.LastPacketValues, 1, packets.ValuesPerPacket);
        });

    [Fact]
    public void Bits_sent_are_bits_delivered_plus_bits_erased_and_erased_values_are_those_of_lost_packets() =>
        ForAllPackets(packets =>
        {
            var isLost = new bool[packets.Packets];
            var result = UnreliableTransfer.Send(packets, new IndependentLoss(0.3), Key, (ulong)packets.Values, 5, isLost);
            var isErased = new bool[packets.Values];
            isErased.AsSpan().Fill(true);
            packets.FillErased(isLost, isErased);
            var values = Enumerable.Range(1, packets.Values).Select(value => (float)value).ToArray();
            packets.Erase(isLost, values);
            for (var value = 0; value < packets.Values; value++)
            {
                Assert.Equal(isLost[packets.PlaceOf(value).Packet], isErased[value]);
                Assert.Equal(isErased[value] ? 0f : value + 1, values[value]);
            }

            Assert.Equal(result.BitsSent, result.BitsDelivered + result.BitsErased);
            Assert.Equal(((long)packets.Values * packets.BitsPerValue) + ((long)packets.Packets * packets.HeaderBits), result.BitsSent);
            Assert.Equal(Enumerable.Range(0, packets.Packets).Where(packet => isLost[packet]).Sum(packets.BitsIn), result.BitsErased);
            Assert.Equal(isErased.Count(erased => erased), result.ValuesErased);
            Assert.Equal(isLost.Count(lost => lost), result.PacketsLost);
            Assert.Equal((packets.Packets, packets.Values), (result.Packets, result.Values));
            Assert.Equal(result.PacketsLost == 0, result.IsComplete);
            Assert.Equal((double)result.ValuesErased / result.Values, result.ErasedShare);
            var longest = string.Concat(isLost.Select(lost => lost ? 'x' : ' ')).Split(' ').Max(run => run.Length);
            Assert.Equal(longest, result.LongestGapPackets);
        });

    [Theory]
    [InlineData(7, 4096, 1024)]
    [InlineData(100, 64, 100)]
    [InlineData(13, 4096, 750)]
    [InlineData(3, 1000, 999)]
    [InlineData(64, 512, 64)]
    public void Interleaving_keeps_the_values_of_a_packet_apart_and_neighbours_in_different_packets(int tokens, int dimension, int valuesPerPacket)
    {
        var packets = new HiddenStatePackets(tokens, dimension, 8, valuesPerPacket, 0, PacketLayout.Interleaved);
        for (var packet = 0; packet < packets.Packets; packet++)
        {
            for (var slot = 1; slot < packets.ValuesIn(packet); slot++)
            {
                var distance = packets.ValueAt(packet, slot) - packets.ValueAt(packet, slot - 1);
                Assert.True(distance > (0.6 * packets.Packets) - 2.5, $"packet {packet}, slot {slot}: {distance} of {packets.Packets}");
            }
        }
    }

    [Fact]
    public void A_burst_takes_whole_tokens_when_contiguous_and_a_thin_share_of_every_token_when_interleaved()
    {
        const int tokens = 64, dimension = 512, burst = 4;
        foreach (var layout in new[] { PacketLayout.Contiguous, PacketLayout.Interleaved })
        {
            var packets = new HiddenStatePackets(tokens, dimension, 8, 512, 0, layout);
            var isLost = new bool[packets.Packets];
            isLost.AsSpan(20, burst).Fill(true);
            var isErased = new bool[packets.Values];
            packets.FillErased(isLost, isErased);
            var shares = isErased.Chunk(dimension).Select(token => token.Count(erased => erased)).ToArray();
            var longestRun = string.Concat(isErased.Select(erased => erased ? 'x' : ' ')).Split(' ').Max(run => run.Length);
            if (layout == PacketLayout.Contiguous)
            {
                Assert.Equal(burst, shares.Count(share => share == dimension));
                Assert.Equal(burst * dimension, longestRun);
            }
            else
            {
                Assert.All(shares, share => Assert.Equal(burst * dimension / tokens, share));
                Assert.InRange(longestRun, 1, 2 * burst);
            }
        }
    }

    [Fact]
    public void Interleaving_does_not_take_the_same_channels_from_every_token()
    {
        const int tokens = 64, dimension = 512;
        var packets = new HiddenStatePackets(tokens, dimension, 8, 512, 0, PacketLayout.Interleaved); // 64 packets: a plain stride would
        var channels = Enumerable.Range(0, 512).Select(slot => packets.ValueAt(9, slot) % dimension).GroupBy(channel => channel).ToArray();
        Assert.True(channels.Max(group => group.Count()) <= 8, $"{channels.Max(group => group.Count())} of {tokens} tokens");
    }

    [Theory]
    [InlineData(1, 4096, 16, 1500, 320, 730, 6)]
    [InlineData(128, 4096, 8, 1500, 0, 1500, 350)]
    [InlineData(1, 10, 4, 1, 0, 2, 5)]
    [InlineData(1, 10, 16, 1_000_000, 64, 10, 1)]
    public void Packets_hold_what_their_bytes_allow(int tokens, int dimension, int bitsPerValue, int bytes, int headerBits, int valuesPerPacket, int count)
    {
        var packets = HiddenStatePackets.FromPacketBytes(tokens, dimension, bitsPerValue, bytes, headerBits);
        Assert.Equal((valuesPerPacket, count), (packets.ValuesPerPacket, packets.Packets));
        Assert.True(packets.BitsIn(0) <= 8L * bytes);
        Assert.True(count == 1 || packets.BitsIn(0) + bitsPerValue > 8L * bytes);
    }

    [Fact]
    public void One_value_per_packet_with_independent_loss_is_the_element_erasure_channel()
    {
        const double probability = 0.1;
        var packets = new HiddenStatePackets(50, 400, 16, 1);
        var isLost = new bool[packets.Packets];
        var result = UnreliableTransfer.Send(packets, new IndependentLoss(probability), Key, 0, 0, isLost);
        var error = 5 * Math.Sqrt(probability * (1 - probability) / packets.Values);
        Assert.InRange(result.ErasedShare, probability - error, probability + error);
        var isErased = new bool[packets.Values];
        packets.FillErased(isLost, isErased);
        Assert.Equal(isLost, isErased);
    }

    [Fact]
    public void Sending_and_erasing_allocate_nothing()
    {
        var packets = new HiddenStatePackets(16, 1024, 8, 700, 64, PacketLayout.Interleaved);
        var loss = GilbertElliottLoss.FromLossAndBurst(0.3, 3);
        var (isLost, isErased, values) = (new bool[packets.Packets], new bool[packets.Values], new float[packets.Values]);
        var before = 0L;
        for (var repetition = 0; repetition < 2; repetition++)
        {
            before = GC.GetAllocatedBytesForCurrentThread();
            UnreliableTransfer.Send(packets, loss, Key, 0, 0, isLost);
            packets.FillErased(isLost, isErased);
            packets.Erase(isLost, values);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Contains(true, isErased);
    }

    [Fact]
    public void Bad_input_is_refused_by_name()
    {
        Assert.Throws<ArgumentOutOfRangeException>("Tokens", () => new HiddenStatePackets(0, 1, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("Dimension", () => new HiddenStatePackets(1, 0, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("Dimension", () => new HiddenStatePackets(1 << 20, 1 << 11, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("BitsPerValue", () => new HiddenStatePackets(1, 1, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>("BitsPerValue", () => new HiddenStatePackets(1, 1, 65, 1));
        Assert.Throws<ArgumentOutOfRangeException>("ValuesPerPacket", () => new HiddenStatePackets(1, 1, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>("HeaderBits", () => new HiddenStatePackets(1, 1, 1, 1, -1));
        Assert.Throws<ArgumentOutOfRangeException>("Layout", () => new HiddenStatePackets(1, 1, 1, 1, 0, (PacketLayout)2));
        Assert.Throws<ArgumentOutOfRangeException>("packetBytes", () => HiddenStatePackets.FromPacketBytes(1, 1, 16, 9, 64));
        var packets = new HiddenStatePackets(2, 5, 8, 4);
        Assert.Throws<ArgumentOutOfRangeException>("packet", () => packets.ValuesIn(3));
        Assert.Throws<ArgumentOutOfRangeException>("packet", () => packets.BitsIn(-1));
        Assert.Throws<ArgumentOutOfRangeException>("slot", () => packets.ValueAt(2, 2));
        Assert.Throws<ArgumentOutOfRangeException>("value", () => packets.PlaceOf(10));
        Assert.Throws<ArgumentOutOfRangeException>("isLost.Length", () => packets.FillErased(new bool[2], new bool[10]));
        Assert.Throws<ArgumentOutOfRangeException>("isErased.Length", () => packets.FillErased(new bool[3], new bool[9]));
        Assert.Throws<ArgumentOutOfRangeException>("hiddenState.Length", () => packets.Erase(new bool[3], new float[9]));
        Assert.Throws<ArgumentOutOfRangeException>("isLost.Length", () => UnreliableTransfer.Send(packets, new NoLoss(), Key, 0, 0, new bool[4]));
        Assert.Throws<ArgumentOutOfRangeException>("isLost.Length", () => UnreliableTransfer.Summarise(packets, new bool[4]));
        Assert.Throws<ArgumentNullException>("packets", () => UnreliableTransfer.Send(null!, new NoLoss(), Key, 0, 0, []));
        Assert.Throws<ArgumentNullException>("loss", () => UnreliableTransfer.Send(packets, null!, Key, 0, 0, new bool[3]));
    }

    private static void ForAllPackets(Action<HiddenStatePackets> law)
    {
        var sizes =
            from tokens in Gen.Choose(1, 40)
            from dimension in Gen.Choose(1, 60)
            from bitsPerValue in Gen.Choose(1, 64)
            from valuesPerPacket in Gen.Choose(1, 200)
            from headerBits in Gen.Choose(0, 500)
            from layout in Gen.Elements(PacketLayout.Contiguous, PacketLayout.Interleaved)
            select new HiddenStatePackets(tokens, dimension, bitsPerValue, valuesPerPacket, headerBits, layout);
        Prop.ForAll(sizes.ToArbitrary(), law).Check(Config.QuickThrowOnFailure.WithReplay(20260116, 7).WithMaxTest(150));
    }
}
