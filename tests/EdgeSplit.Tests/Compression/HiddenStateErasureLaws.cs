using EdgeSplit.Core.Compression;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Tests.Compression;

public sealed class HiddenStateErasureLaws
{
    private static readonly StreamKey Key = StreamKey.Create(11, "loss/hidden-state");

    public static TheoryData<ErasurePattern, int> Patterns { get; } = new()
    {
        { ErasurePattern.Elements, 0 }, { ErasurePattern.Packets, 7 }, { ErasurePattern.InterleavedPackets, 7 }, { ErasurePattern.Packets, 1 }, { ErasurePattern.InterleavedPackets, 1 },
    };

    [Theory]
    [MemberData(nameof(Patterns))]
    public void The_share_erased_is_the_probability(ErasurePattern pattern, int packetValues)
    {
        const int messages = 60;
        var erasure = new HiddenStateErasure(20, 333, pattern, packetValues);
        var isErased = new bool[20 * 333];
        foreach (var probability in new[] { 0.01, 0.1, 0.5, 0.9 })
        {
            var erased = 0L;
            for (var message = 0UL; message < messages; message++)
            {
                erasure.Fill(Key, 3, message, probability, isErased);
                erased += isErased.Count(flag => flag);
            }

            var units = (double)messages * isErased.Length / Math.Max(1, packetValues);
            var share = (double)erased / messages / isErased.Length;
            Assert.InRange(share, probability - (4.5 * Math.Sqrt(probability * (1 - probability) / units)), probability + (4.5 * Math.Sqrt(probability * (1 - probability) / units)));
        }

        erasure.Fill(Key, 3, 0, 0, isErased);
        Assert.DoesNotContain(true, isErased);
        erasure.Fill(Key, 3, 0, 1, isErased);
        Assert.DoesNotContain(false, isErased);
    }

    [Theory]
    [MemberData(nameof(Patterns))]
    public void A_higher_probability_erases_the_same_values_and_more(ErasurePattern pattern, int packetValues)
    {
        var erasure = new HiddenStateErasure(9, 101, pattern, packetValues);
        var (before, after) = (new bool[909], new bool[909]);
        for (var step = 1; step <= 50; step++)
        {
            erasure.Fill(Key, 1, 2, step / 50.0, after);
            Assert.All(before.Zip(after), pair => Assert.True(!pair.First || pair.Second));
            after.CopyTo(before, 0);
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 31)]
    [InlineData(3, 33)]
    [InlineData(2, 64)]
    [InlineData(5, 101)]
    public void A_value_is_erased_where_its_own_number_lies_below_the_probability(int tokens, int dimension)
    {
        var isErased = new bool[tokens * dimension];
        foreach (var (entity, message) in new[] { (0UL, 0UL), (5UL, 1UL << 40) })
        {
            new HiddenStateErasure(tokens, dimension).Fill(Key, entity, message, 0.37, isErased);
            for (var value = 0; value < isErased.Length; value++)
            {
                var random = new RandomSource(Key, entity, (ulong)((8 * (value / 32)) + (value % 8)), message);
                for (var draw = 0; draw < value % 32 / 8; draw++)
                {
                    random.NextUniform();
                }

                Assert.Equal(random.NextUniform() < 0.37, isErased[value]);
            }
        }
    }

    [Theory]
    [InlineData(ErasurePattern.Packets)]
    [InlineData(ErasurePattern.InterleavedPackets)]
    public void Packets_are_lost_as_a_whole_and_as_the_values_of_that_number_would_be(ErasurePattern pattern)
    {
        var erasure = new HiddenStateErasure(6, 100, pattern, 13);
        var packets = erasure.Packets!;
        var (isErased, isLost) = (new bool[600], new bool[packets.Packets]);
        erasure.Fill(Key, 4, 8, 0.3, isErased);
        new HiddenStateErasure(1, packets.Packets).Fill(Key, 4, 8, 0.3, isLost);
        Assert.InRange(isLost.Count(lost => lost), 5, 25);
        for (var value = 0; value < isErased.Length; value++)
        {
            Assert.Equal(isLost[packets.PlaceOf(value).Packet], isErased[value]);
        }
    }

    [Fact]
    public void Entities_and_messages_lose_independently()
    {
        var erasure = new HiddenStateErasure(10, 1000);
        var masks = new[] { (0UL, 0UL), (0UL, 1UL), (1UL, 0UL) }.Select(address =>
        {
            var isErased = new bool[10_000];
            erasure.Fill(Key, address.Item1, address.Item2, 0.5, isErased);
            return isErased;
        }).ToArray();
        for (var i = 0; i < 3; i++)
        {
            Assert.InRange(masks[i].Zip(masks[(i + 1) % 3]).Count(pair => pair.First == pair.Second), 4750, 5250);
        }
    }

    [Fact]
    public void Filling_allocates_nothing()
    {
        HiddenStateErasure[] erasures = [new(7, 1000), new(7, 1000, ErasurePattern.Packets, 50), new(7, 1000, ErasurePattern.InterleavedPackets, 50), new(7, 1000, ErasurePattern.Packets, 1)];
        var isErased = new bool[7000];
        foreach (var erasure in erasures)
        {
            erasure.Fill(Key, 0, 0, 0.1, isErased);
            var before = GC.GetAllocatedBytesForCurrentThread();
            erasure.Fill(Key, 0, 1, 0.1, isErased);
            Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        }
    }

    [Fact]
    public void Bad_numbers_are_refused()
    {
        Refuses("packetValues", () => _ = new HiddenStateErasure(1, 1, ErasurePattern.Elements, 5));
        Refuses("packetValues", () => _ = new HiddenStateErasure(1, 1, ErasurePattern.Packets));
        Refuses("pattern", () => _ = new HiddenStateErasure(1, 1, (ErasurePattern)3, 5));
        Refuses("tokens", () => _ = new HiddenStateErasure(0, 1));
        Refuses("dimension", () => _ = new HiddenStateErasure(1 << 20, 1 << 20));
        Refuses("probability", () => new HiddenStateErasure(1, 4).Fill(Key, 0, 0, double.NaN, new bool[4]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new HiddenStateErasure(1, 4).Fill(Key, 0, 0, 0.5, new bool[5]));
    }

    private static void Refuses(string parameter, Action call) => Assert.Equal(parameter, Assert.Throws<ArgumentOutOfRangeException>(call).ParamName);
}
