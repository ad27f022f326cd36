using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Fading;

namespace EdgeSplit.Tests.Wireless.Fading;

/// <summary>Laws that are reached by a quantile: their gains are Rayleigh gains of the same draws at equal probability.</summary>
public sealed class GainQuantileLaws
{
    private static readonly StreamKey Key = StreamKey.Create(43, "quantile-laws");

    [Theory]
    [InlineData(0.51)]
    [InlineData(0.7)]
    [InlineData(3.7)]
    [InlineData(60)]
    [InlineData(1e4)]
    public void Gains_have_the_probability_of_the_Rayleigh_gains_of_the_same_draws(double shape)
    {
        var law = new NakagamiFading(shape);
        var (rayleigh, gains) = Pairs(law, 8_000);
        for (var i = 0; i < gains.Length; i++)
        {
            // A relative error of the gain of 1e-6, as an error of the probability.
            var probability = NakagamiFading.Rayleigh.CumulativeProbability(rayleigh[i]);
            var width = law.CumulativeProbability(gains[i] * (1 + 1e-5)) - law.CumulativeProbability(gains[i] * (1 - 1e-5));
            Assert.True(
                Math.Abs(law.CumulativeProbability(gains[i]) - probability) <= (0.05 * width) + 1e-13,
                $"{shape}: {rayleigh[i]} {gains[i]} {law.CumulativeProbability(gains[i])} {probability}");
        }
    }

    [Theory]
    [InlineData(0.51)]
    [InlineData(3.7)]
    [InlineData(1e4)]
    public void Larger_Rayleigh_gains_give_larger_gains(double shape)
    {
        var (rayleigh, gains) = Pairs(new NakagamiFading(shape), 200_000);
        Array.Sort(rayleigh, gains);
        Assert.True(rayleigh[0] < 1e-5 && rayleigh[^1] > 11);
        for (var i = 1; i < gains.Length; i++)
        {
            Assert.True(gains[i] >= gains[i - 1]);
        }
    }

    [Fact] // the same law written by a user, so reached by its bare cumulative probability
    public void Of_Rayleigh_fading_it_is_the_identity()
    {
        var (rayleigh, gains) = Pairs(new Exponential(), 200_000);
        for (var i = 0; i < gains.Length; i++)
        {
            Assert.Equal(1.0, gains[i] / rayleigh[i], 1e-8);
        }
    }

    [Fact]
    public void An_evolution_builds_the_table_of_a_law_once_and_stays_equal_to_another()
    {
        IFadingEvolution[] evolutions = [new ClarkeEvolution(), new AutoregressiveEvolution()];
        foreach (var evolution in evolutions)
        {
            var first = Allocated(() => evolution.Create(Key, 0, new NakagamiFading(3.7), 1, 0.1));
            var second = Allocated(() => evolution.Create(Key, 1, new NakagamiFading(3.7), 1, 0.1));
            Assert.True(second < first / 3, $"{first} bytes, then {second}");
        }

        Assert.Equal(new ClarkeEvolution(), evolutions[0]);
        Assert.Equal(new ClarkeEvolution().GetHashCode(), evolutions[0].GetHashCode());
        Assert.NotEqual(new ClarkeEvolution(8), evolutions[0]);
        Assert.Equal(new AutoregressiveEvolution(), evolutions[1]);
    }

    private static (double[] Rayleigh, double[] Gains) Pairs(IFadingModel law, int blocks)
    {
        var (rayleigh, gains) = (new double[blocks], new double[blocks]);
        new AutoregressiveFading(Key, 1, NakagamiFading.Rayleigh, 1, 0.2).FillGains(0, rayleigh);
        new AutoregressiveFading(Key, 1, law, 1, 0.2).FillGains(0, gains);
        return (rayleigh, gains);
    }

    private static long Allocated(Func<IFadingProcess> create)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        GC.KeepAlive(create());
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private sealed record Exponential : IFadingModel
    {
        public double Sample(ref RandomSource random) => NakagamiFading.Rayleigh.Sample(ref random);

        public double CumulativeProbability(double powerGainLinear) => NakagamiFading.Rayleigh.CumulativeProbability(powerGainLinear);
    }
}
