using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Tests.Placements;

public sealed class ParetoSetTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void The_set_is_what_comparing_every_pair_gives(int criteria)
    {
        for (var trial = 0UL; trial < 60; trial++)
        {
            var random = new RandomSource(StreamKey.Create(1, "pareto"), trial, (ulong)criteria);
            var count = random.NextInt32(30);
            var values = new double[count * criteria];
            for (var i = 0; i < values.Length; i++)
            {
                // Few distinct values, so that ties are common.
                values[i] = random.NextInt32(6) == 5 ? double.PositiveInfinity : random.NextInt32(5);
            }

            Assert.Equal(Naive(values, count, criteria), ParetoSet.Mark(values, criteria));
        }
    }

    [Fact]
    public void Equal_alternatives_stay_together_and_NaN_is_refused()
    {
        Assert.Equal([true, true, false], ParetoSet.Mark([1, 2, 1, 2, 1, 3], 2));
        Assert.Empty(ParetoSet.Mark([], 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => ParetoSet.Mark([1, double.NaN], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => ParetoSet.Mark([1, 2, 3], 2));
    }

    private static bool[] Naive(double[] values, int count, int criteria) => [.. Enumerable.Range(0, count).Select(a =>
        !Enumerable.Range(0, count).Any(b =>
            Enumerable.Range(0, criteria).All(c => values[(b * criteria) + c] <= values[(a * criteria) + c])
            && Enumerable.Range(0, criteria).Any(c => values[(b * criteria) + c] < values[(a * criteria) + c])))];
}
