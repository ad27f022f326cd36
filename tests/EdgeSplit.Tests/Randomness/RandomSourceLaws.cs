using EdgeSplit.Core.Randomness;
using MathNet.Numerics;

namespace EdgeSplit.Tests.Randomness;

public class RandomSourceLaws
{
    private static readonly StreamKey Key = StreamKey.Create(20260101, "random source laws");

    [Fact]
    public void Uniform_numbers_are_midpoints_of_equal_cells_and_never_an_end()
    {
        var random = new RandomSource(Key);
        for (var i = 0; i < 10_000; i++)
        {
            var copy = random;
            var uniform = random.NextUniform();
            Assert.Equal((2 * (double)(copy.NextUInt64() >> 12) + 1) / Math.Pow(2, 53), uniform);
            Assert.True(uniform > 0 && uniform < 1);
            Assert.Equal(1, uniform + (1 - uniform)); // one minus it is exact, too
        }
    }

    [Fact]
    public void Bounded_whole_numbers_are_unbiased()
    {
        foreach (var range in new[] { 1, 2, 7, 33, 1000 })
        {
            const int draws = 200_000;
            var random = new RandomSource(Key, (ulong)range);
            var counts = new int[range];
            for (var i = 0; i < draws; i++)
            {
                counts[random.NextInt32(range)]++;
            }

            var expected = (double)draws / range;
            var statistic = counts.Sum(count => (count - expected) * (count - expected) / expected);
            Assert.True(range == 1 || SpecialFunctions.GammaUpperRegularized((range - 1) / 2.0, statistic / 2) is > 0.001 and < 0.999, $"range {range}");
        }
    }

    [Fact]
    public void Bounded_whole_numbers_of_a_range_that_does_not_divide_a_power_of_two_fill_it_evenly()
    {
        // Remainders of 32-bit words would hit the lowest third twice as often as the others here.
        const int range = 1_431_655_766 + 1;
        var random = new RandomSource(Key, 1);
        var thirds = new int[3];
        for (var i = 0; i < 90_000; i++)
        {
            thirds[(int)(random.NextInt32(range) * 3L / range)]++;
        }

        Assert.All(thirds, count => Assert.InRange(count, 30_000 - 600, 30_000 + 600));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    public void A_range_without_numbers_is_refused(int range)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>("exclusiveMax", () => default(RandomSource).NextInt32(range));
        Assert.Equal(range, error.ActualValue);
    }

    [Fact]
    public void Drawing_more_at_one_address_moves_no_other()
    {
        var alone = new RandomSource(Key, 1, 2, 3);
        var expected = alone.NextUInt64();

        var random = new RandomSource(Key, 1, 2, 3);
        for (var i = 0UL; i < 100; i++)
        {
            var other = new RandomSource(Key, 1, 2 + i, 3);
            for (var draw = 0UL; draw < i; draw++)
            {
                other.NextUInt64();
            }
        }

        Assert.Equal(expected, random.NextUInt64());
    }

    [Fact]
    public void A_copy_goes_on_from_the_same_place_without_moving_the_original()
    {
        var random = new RandomSource(Key);
        random.NextUInt64();
        var copy = random;
        var expected = Enumerable.Range(0, 9).Select(_ => copy.NextUInt64()).ToArray();
        Assert.Equal(expected, Enumerable.Range(0, 9).Select(_ => random.NextUInt64()));
    }

    public static TheoryData<string> Neighbours => ["seed", "name", "derived name", "entity", "time block", "attempt", "draw"];

    [Theory]
    [MemberData(nameof(Neighbours))]
    public void Neighbouring_addresses_are_independent(string part)
    {
        const int pairs = 50_000;
        var (correlation, commonBits) = (0.0, 0L);
        for (var i = 0UL; i < pairs; i++)
        {
            var first = new RandomSource(Key, i * 10, i * 10, i * 10);
            var second = part switch
            {
                "seed" => new RandomSource(Key with { Seed = Key.Seed + 1 }, i * 10, i * 10, i * 10),
                "name" => new RandomSource(StreamKey.Create(Key.Seed, "random source laws 2"), i * 10, i * 10, i * 10),
                "derived name" => new RandomSource(Key.Derive("part"), i * 10, i * 10, i * 10),
                "entity" => new RandomSource(Key, (i * 10) + 1, i * 10, i * 10),
                "time block" => new RandomSource(Key, i * 10, (i * 10) + 1, i * 10),
                "attempt" => new RandomSource(Key, i * 10, i * 10, (i * 10) + 1),
                _ => first,
            };
            if (part == "draw")
            {
                second.NextUInt64();
            }

            var (copy1, copy2) = (first, second);
            commonBits += System.Numerics.BitOperations.PopCount(copy1.NextUInt64() ^ copy2.NextUInt64());
            correlation += (first.NextUniform() - 0.5) * (second.NextUniform() - 0.5) * 12 / pairs;
        }

        Assert.InRange(correlation * Math.Sqrt(pairs), -4, 4);
        Assert.InRange(((double)commonBits - (32.0 * pairs)) / Math.Sqrt(16.0 * pairs), -4, 4);
    }
}
