using EdgeSplit.Core.Randomness;
using MathNet.Numerics;

namespace EdgeSplit.Tests.Randomness;

/// <summary>The sampler of every distribution against its closed form. Streams are frozen, so a pass today is a pass for good.</summary>
public class SamplerLaws
{
    private const int Draws = 100_000;

    // Kolmogorov's distribution: sqrt(n) D is above this with probability 0.001.
    private const double KolmogorovLimit = 1.95;

    [Theory]
    [MemberData(nameof(DistributionRepresentatives.Continuous), MemberType = typeof(DistributionRepresentatives))]
    public void Draws_follow_the_closed_form_by_Kolmogorov_and_Smirnov(IDistribution distribution)
    {
        var draws = Sample(distribution);
        Array.Sort(draws);
        var distance = 0.0;
        for (var i = 0; i < draws.Length; i++)
        {
            var probability = distribution.CumulativeProbability(draws[i]);
            distance = Math.Max(distance, Math.Max(probability - ((double)i / Draws), ((i + 1.0) / Draws) - probability));
        }

        Assert.InRange(Math.Sqrt(Draws) * distance, 0.2, KolmogorovLimit);
    }

    [Theory]
    [MemberData(nameof(DistributionRepresentatives.Discrete), MemberType = typeof(DistributionRepresentatives))]
    public void Draws_follow_the_closed_form_by_chi_square(IDistribution distribution)
    {
        var draws = Sample(distribution);
        Assert.All(draws, draw => Assert.Equal(Math.Floor(draw), draw));
        var largest = (int)draws.Max();
        var counts = new int[largest + 1];
        foreach (var draw in draws)
        {
            counts[(int)draw]++;
        }

        var (statistic, cells, observed, lower) = (0.0, 0, 0, 0.0);
        for (var value = (int)draws.Min(); value <= largest; value++)
        {
            observed += counts[value];
            var upper = value == largest ? 1 : distribution.CumulativeProbability(value);
            var expected = (upper - lower) * Draws;
            var restIsEnough = (1 - upper) * Draws >= 10 || value == largest;
            if (expected >= 10 && restIsEnough)
            {
                statistic += (observed - expected) * (observed - expected) / expected;
                (cells, observed, lower) = (cells + 1, 0, upper);
            }
        }

        Assert.Equal(0, observed);
        Assert.InRange(SpecialFunctions.GammaUpperRegularized((cells - 1) / 2.0, statistic / 2), 0.001, 0.9999);
    }

    [Theory]
    [MemberData(nameof(DistributionRepresentatives.All), MemberType = typeof(DistributionRepresentatives))]
    public void Mean_and_variance_of_draws_agree_with_the_closed_form(IDistribution distribution)
    {
        var draws = Sample(distribution);
        var mean = draws.Average();
        var second = draws.Average(draw => Math.Pow(draw - distribution.Mean, 2));
        var fourth = draws.Average(draw => Math.Pow(draw - distribution.Mean, 4));

        Assert.InRange((mean - distribution.Mean) / Math.Sqrt(distribution.Variance / Draws), -4, 4);
        Assert.InRange((second - distribution.Variance) / Math.Sqrt((fourth - (second * second)) / Draws), -4, 4);
    }

    [Theory]
    [MemberData(nameof(DistributionRepresentatives.All), MemberType = typeof(DistributionRepresentatives))]
    public void The_closed_form_is_a_distribution_function(IDistribution distribution)
    {
        Assert.Equal(0, distribution.CumulativeProbability(double.NegativeInfinity));
        Assert.Equal(1, distribution.CumulativeProbability(double.PositiveInfinity));
        Assert.Throws<ArgumentOutOfRangeException>("value", () => distribution.CumulativeProbability(double.NaN));
        var deviation = Math.Sqrt(distribution.Variance);
        var last = 0.0;
        for (var step = -600; step <= 600; step++)
        {
            var probability = distribution.CumulativeProbability(distribution.Mean + (step / 100.0 * deviation));
            Assert.InRange(probability, last - 1e-10, 1);
            last = probability;
        }
    }

    [Theory]
    [MemberData(nameof(DistributionRepresentatives.OfOneWord), MemberType = typeof(DistributionRepresentatives))]
    public void A_draw_of_one_word_is_the_quantile_of_the_uniform_number_at_its_address(IDistribution distribution)
    {
        for (var block = 0UL; block < 5000; block++)
        {
            var random = new RandomSource(new StreamKey(3, 4), 5, block);
            var copy = random;
            var uniform = copy.NextUniform();
            var draw = distribution.Sample(ref random);
            var probability = distribution.CumulativeProbability(draw);
            if (DistributionRepresentatives.IsDiscrete(distribution))
            {
                Assert.InRange(uniform, distribution.CumulativeProbability(draw - 1) - 1e-14, probability + 1e-14);
            }
            else
            {
                Assert.Equal(uniform, probability, 2e-14);
            }

            Assert.Equal(copy.NextUInt64(), random.NextUInt64()); // exactly one word was taken
        }
    }

    [Theory]
    [MemberData(nameof(DistributionRepresentatives.All), MemberType = typeof(DistributionRepresentatives))]
    public void Sampling_allocates_nothing(IDistribution distribution)
    {
        var random = new RandomSource(new StreamKey(1, 2));
        distribution.Sample(ref random);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            distribution.Sample(ref random);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static double[] Sample(IDistribution distribution)
    {
        var random = new RandomSource(StreamKey.Create(20260101, "sampler laws"));
        var draws = new double[Draws];
        foreach (ref var draw in draws.AsSpan())
        {
            draw = distribution.Sample(ref random);
        }

        return draws;
    }
}
