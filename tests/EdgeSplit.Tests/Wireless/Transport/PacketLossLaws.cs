using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Fading;
using EdgeSplit.Core.Wireless.Transfers;
using EdgeSplit.Core.Wireless.Transport;

namespace EdgeSplit.Tests.Wireless.Transport;

/// <summary>The laws of every packet loss, and of each one alone. Streams are frozen, so a pass today is a pass for good.</summary>
public sealed class PacketLossLaws
{
    private static readonly StreamKey Key = StreamKey.Create(20260114, "packet-loss-laws");

    [Fact]
    public void Every_packet_loss_has_a_representative() =>
        Assert.Equal(
            typeof(IPacketLoss).Assembly.GetTypes().Where(type => type.IsClass && type.IsAssignableTo(typeof(IPacketLoss))).Select(type => type.Name).Order(),
            PacketLossRepresentatives.Types.Select(type => type.Name).Order());

    [Theory]
    [MemberData(nameof(PacketLossRepresentatives.Names), MemberType = typeof(PacketLossRepresentatives))]
    public void The_share_of_lost_packets_is_the_loss_probability_from_the_first_packet_on(string name)
    {
        const int entities = 4000, packets = 33;
        var loss = PacketLossRepresentatives.Of(name);
        var isLost = new bool[packets];
        foreach (var first in new ulong[] { 0, 777 })
        {
            var (firstLost, sum, sumOfSquares) = (0, 0.0, 0.0);
            for (var entity = 0UL; entity < entities; entity++)
            {
                loss.FillLosses(Key, entity, first, isLost);
                var share = (double)isLost.Count(lost => lost) / packets;
                (sum, sumOfSquares) = (sum + share, sumOfSquares + (share * share));
                firstLost += isLost[0] ? 1 : 0;
            }

            var mean = sum / entities;
            var error = Math.Sqrt(Math.Max(0, (sumOfSquares / entities) - (mean * mean)) / entities);
            Assert.InRange(mean, loss.LossProbability - (5 * error) - 1e-12, loss.LossProbability + (5 * error) + 1e-12);
            var firstError = Math.Sqrt(loss.LossProbability * (1 - loss.LossProbability) / entities);
            Assert.InRange((double)firstLost / entities, loss.LossProbability - (5 * firstError), loss.LossProbability + (5 * firstError));
        }
    }

    [Theory]
    [MemberData(nameof(PacketLossRepresentatives.Names), MemberType = typeof(PacketLossRepresentatives))]
    public void Losses_are_the_same_in_any_order_and_in_any_portions(string name)
    {
        var loss = PacketLossRepresentatives.Of(name);
        foreach (var origin in new ulong[] { 0, 123_456_789 })
        {
            var whole = new bool[700];
            loss.FillLosses(Key, 3, origin, whole);
            var random = new RandomSource(Key.Derive("portions"));
            for (var repetition = 0; repetition < 200; repetition++)
            {
                var first = random.NextInt32(whole.Length);
                var portion = new bool[random.NextInt32(Math.Min(40, whole.Length - first) + 1)];
                loss.FillLosses(Key, 3, origin + (ulong)first, portion);
                Assert.Equal(whole[first..(first + portion.Length)], portion);
            }
        }
    }

    [Theory]
    [MemberData(nameof(PacketLossRepresentatives.Names), MemberType = typeof(PacketLossRepresentatives))]
    public void Filling_overwrites_what_was_there_and_allocates_nothing(string name)
    {
        var loss = PacketLossRepresentatives.Of(name);
        var (isLost, again) = (new bool[1003], new bool[1003]);
        again.AsSpan().Fill(true);
        loss.FillLosses(Key, 1, 50_000, isLost);
        var before = GC.GetAllocatedBytesForCurrentThread();
        loss.FillLosses(Key, 1, 50_000, again);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(isLost, again);
    }

    [Theory]
    [InlineData("independent")]
    [InlineData("bursts")]
    [InlineData("outage")]
    [InlineData("recorded")]
    public void Entities_and_keys_have_losses_of_their_own(string name)
    {
        var loss = PacketLossRepresentatives.Of(name);
        var (here, there, elsewhere) = (new bool[2000], new bool[2000], new bool[2000]);
        loss.FillLosses(Key, 1, 0, here);
        loss.FillLosses(Key, 2, 0, there);
        loss.FillLosses(Key.Derive("other"), 1, 0, elsewhere);
        Assert.NotEqual(here, there);
        Assert.NotEqual(here, elsewhere);
    }

    [Fact]
    public void Independent_losses_are_the_draws_below_the_probability_and_nested_in_it()
    {
        var (few, many) = (new bool[500], new bool[500]);
        new IndependentLoss(0.1).FillLosses(Key, 8, 77, few);
        new IndependentLoss(0.4).FillLosses(Key, 8, 77, many);
        for (var i = 0; i < few.Length; i++)
        {
            var random = new RandomSource(Key, 8, 77 + (ulong)i);
            var uniform = random.NextUniform();
            Assert.Equal(uniform < 0.1, few[i]);
            Assert.Equal(uniform < 0.4, many[i]);
        }
    }

    [Fact]
    public void A_recording_wraps_or_holds_and_is_copied()
    {
        bool[] recording = [true, false, false, true, true];
        var wrap = new RecordedLoss(recording);
        var hold = new RecordedLoss(recording, PiecewiseExtension.Hold);
        recording[0] = false;
        var isLost = new bool[9];
        wrap.FillLosses(Key, 6, 3, isLost);
        Assert.Equal([true, true, true, false, false, true, true, true, false], isLost);
        hold.FillLosses(Key, 6, 2, isLost);
        Assert.Equal([false, true, true, true, true, true, true, true, true], isLost);
        hold.FillLosses(Key, 6, ulong.MaxValue, isLost);
        Assert.DoesNotContain(false, isLost);
        Assert.Equal(0.6, wrap.LossProbability);
        Assert.Equal(5, wrap.Packets);
    }

    [Fact]
    public void A_random_offset_starts_every_entity_anywhere_in_the_recording_alike()
    {
        var recording = new bool[10];
        recording[7] = true;
        var loss = new RecordedLoss(recording, hasRandomOffset: true);
        var counts = new int[10];
        var isLost = new bool[10];
        for (var entity = 0UL; entity < 20_000; entity++)
        {
            loss.FillLosses(Key, entity, 0, isLost);
            counts[Array.IndexOf(isLost, true)]++;
        }

        Assert.All(counts, count => Assert.InRange(count, 2000 - (5 * Math.Sqrt(1800)), 2000 + (5 * Math.Sqrt(1800))));
    }

    [Fact]
    public void Outage_is_that_of_the_same_block_fading_process_packet_by_packet()
    {
        var law = new NakagamiFading(1.5);
        var snr = new double[100];
        new BlockFadingProcess(Key, 12, 8, law, Core.Wireless.LinkAdaptation.ShannonRate.Capacity, 0.01).FillSnr(0, snr);
        var isLost = new bool[100 * 7];
        new OutageLoss(law, 8, 5, PacketsPerBlock: 7).FillLosses(Key, 12, 0, isLost);
        for (var i = 0; i < isLost.Length; i++)
        {
            Assert.Equal(snr[i / 7] < 5, isLost[i]);
        }
    }

    [Fact]
    public void Outage_probability_of_Rayleigh_fading_is_one_minus_exp()
    {
        Assert.Equal(1 - Math.Exp(-0.5), new OutageLoss(NakagamiFading.Rayleigh, 8, 4).LossProbability, 1e-12);
        Assert.Equal(0, new OutageLoss(NakagamiFading.Rayleigh, 8, 0).LossProbability);
        Assert.Equal(1, new OutageLoss(new ConstantGain(), 8, 8.1).LossProbability);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-0.01)]
    [InlineData(1.01)]
    [InlineData(double.PositiveInfinity)]
    public void A_probability_out_of_range_is_refused(double probability)
    {
        Assert.Throws<ArgumentOutOfRangeException>("LossProbability", () => new IndependentLoss(probability));
        Assert.Throws<ArgumentOutOfRangeException>("GoodToBadProbability", () => new GilbertElliottLoss(probability, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>("BadToGoodProbability", () => new GilbertElliottLoss(0.5, probability));
        Assert.Throws<ArgumentOutOfRangeException>("GoodLossProbability", () => new GilbertElliottLoss(0.5, 0.5, probability));
        Assert.Throws<ArgumentOutOfRangeException>("BadLossProbability", () => new GilbertElliottLoss(0.5, 0.5, 0, probability));
        Assert.Throws<ArgumentOutOfRangeException>("lossProbability", () => GilbertElliottLoss.FromLossAndBurst(probability, 5));
    }

    [Fact]
    public void Other_bad_input_is_refused_by_name()
    {
        Assert.Throws<ArgumentOutOfRangeException>("packets", () => new IndependentLoss(0.1).AllArriveProbability(-1));
        Assert.Throws<ArgumentOutOfRangeException>("isLost.Length", () => new RecordedLoss([]));
        Assert.Throws<ArgumentNullException>("Fading", () => new OutageLoss(null!, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("MeanSnrLinear", () => new OutageLoss(new ConstantGain(), 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>("MeanSnrLinear", () => new OutageLoss(new ConstantGain(), double.NaN, 1));
        Assert.Throws<ArgumentOutOfRangeException>("ThresholdSnrLinear", () => new OutageLoss(new ConstantGain(), 1, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("ThresholdSnrLinear", () => new OutageLoss(new ConstantGain(), 1, -1));
        Assert.Throws<ArgumentOutOfRangeException>("PacketsPerBlock", () => new OutageLoss(new ConstantGain(), 1, 1, 0));
    }
}
