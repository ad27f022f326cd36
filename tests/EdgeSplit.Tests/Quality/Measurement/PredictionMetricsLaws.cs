using EdgeSplit.Core.Quality.Measurement;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Tests.Quality.Measurement;

public sealed class PredictionMetricsLaws
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(256)]
    [InlineData(1003)]
    public void Agrees_with_the_definition_written_down_plainly(int vocabulary)
    {
        for (var trial = 0UL; trial < 20; trial++)
        {
            var (clean, damaged) = (Logits(vocabulary, trial, 4), Logits(vocabulary, trial + 1000, 4));
            var token = (int)(trial % (ulong)vocabulary);
            var (p, q) = (LogSoftmax(clean), LogSoftmax(damaged));
            var expected = p.Zip(q, (own, other) => Math.Exp(own) * (own - other)).Sum();

            var found = PredictionMetrics.Compare(clean, damaged, token);

            Assert.Equal(-q[token], found.Nll, 1e-12);
            Assert.Equal(expected, found.Kl, 1e-12);
            Assert.Equal(Array.IndexOf(clean, clean.Max()) == Array.IndexOf(damaged, damaged.Max()), found.IsSameTop);
            Assert.Equal(found.Nll, PredictionMetrics.Nll(damaged, token));
        }
    }

    [Fact]
    public void Divergence_is_never_negative_zero_for_equal_logits_and_blind_to_a_common_shift()
    {
        for (var trial = 0UL; trial < 200; trial++)
        {
            var clean = Logits(256, trial, 10);
            Assert.Equal(new PredictionQuality(PredictionMetrics.Nll(clean, 3), 0, true), PredictionMetrics.Compare(clean, clean, 3));

            var near = clean.Select((x, i) => x + ((i % 3 == 0 ? 1e-5f : -1e-5f) * trial)).ToArray();
            Assert.InRange(PredictionMetrics.Compare(clean, near, 0).Kl, 0, 1e-5);

            var shifted = clean.Select(x => x + 8f).ToArray();
            Assert.InRange(PredictionMetrics.Compare(clean, shifted, 0).Kl, 0, 1e-10);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(256)]
    [InlineData(32_000)]
    public void Equal_logits_of_zero_are_the_uniform_distribution_to_the_bit(int vocabulary)
    {
        var zeros = new float[vocabulary];
        Assert.Equal(Math.Log(vocabulary), PredictionMetrics.Nll(zeros, vocabulary - 1));
        Assert.Equal(new PredictionQuality(Math.Log(vocabulary), 0, true), PredictionMetrics.Compare(zeros, zeros, 0));
    }

    [Fact]
    public void Large_logits_do_not_overflow()
    {
        var logits = new float[300];
        logits[7] = 3e5f;
        Assert.Equal(0, PredictionMetrics.Nll(logits, 7));
        Assert.Equal(3e5, PredictionMetrics.Nll(logits, 8));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Logits_that_are_not_finite_are_refused(float bad)
    {
        foreach (var at in new[] { 0, 20, 33 })
        {
            var logits = new float[34];
            logits[at] = bad;
            Assert.Throws<ArgumentOutOfRangeException>(() => PredictionMetrics.LogNormalizer(logits));
            Assert.Throws<ArgumentOutOfRangeException>(() => PredictionMetrics.Compare(new float[34], logits, 0));
        }
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        var (clean, damaged) = (Logits(1003, 1, 5), Logits(1003, 2, 5));
        var sum = PredictionMetrics.Compare(clean, damaged, 3).Kl;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            sum += PredictionMetrics.Compare(clean, damaged, i).Kl;
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.True(sum > 0);
    }

    private static float[] Logits(int vocabulary, ulong number, double spread)
    {
        var random = new RandomSource(StreamKey.Create(7, "logits"), number);
        var logits = new float[vocabulary];
        for (var i = 0; i < logits.Length; i++)
        {
            logits[i] = (float)(spread * ((2 * random.NextUniform()) - 1));
        }

        return logits;
    }

    private static double[] LogSoftmax(float[] logits)
    {
        var sum = Math.Log(logits.Sum(x => Math.Exp(x)));
        return [.. logits.Select(x => x - sum)];
    }
}
