using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Propagation;

namespace EdgeSplit.Tests.Wireless.Propagation;

public sealed class GudmundsonRecursionLaws
{
    [Theory] // exp(-d / d_corr) and sqrt(1 - a^2), computed independently
    [InlineData(6, 5, 0.43459821, 0.90062445)]
    [InlineData(10, 1, 0.90483742, 0.42575726)]
    [InlineData(13, 10, 0.46336937, 0.88616524)]
    [InlineData(37, 5, 0.87359785, 0.48664853)]
    [InlineData(50, 10, 0.81873075, 0.57417763)]
    public void Coefficients(double correlationMetres, double stepMetres, double coefficient, double innovation)
    {
        Assert.Equal(coefficient, GudmundsonRecursion.Coefficient(stepMetres, correlationMetres), 5.1e-9);
        Assert.Equal(innovation, GudmundsonRecursion.InnovationFactor(stepMetres, correlationMetres), 5.1e-9);
    }

    [Fact]
    public void Steps_compose()
    {
        foreach (var (first, second) in new[] { (5.0, 5.0), (0.1, 20), (1e-9, 3), (40, 80) })
        {
            var (a1, a2) = (GudmundsonRecursion.Coefficient(first, 13), GudmundsonRecursion.Coefficient(second, 13));
            var (b1, b2) = (GudmundsonRecursion.InnovationFactor(first, 13), GudmundsonRecursion.InnovationFactor(second, 13));
            Assert.Equal(GudmundsonRecursion.Coefficient(first + second, 13), a1 * a2, 1e-15);
            Assert.Equal(GudmundsonRecursion.InnovationFactor(first + second, 13), Math.Sqrt((a2 * a2 * b1 * b1) + (b2 * b2)), 1e-14);
            Assert.Equal(1, (a1 * a1) + (b1 * b1), 1e-15);
        }

        Assert.Equal(Math.Sqrt(2e-15), GudmundsonRecursion.InnovationFactor(1e-15, 1), 1e-20); // where 1 - a^2 has lost all its digits
    }

    [Fact]
    public void A_step_of_zero_changes_nothing_and_a_long_one_everything()
    {
        var random = new RandomSource(StreamKey.Create(1, "zero-step"));
        Assert.Equal(-6.25, GudmundsonRecursion.NextDb(-6.25, 0, 8, 13, ref random));
        Assert.Equal(0, GudmundsonRecursion.Coefficient(1e6, 13));
        Assert.Equal(1, GudmundsonRecursion.InnovationFactor(1e6, 13));
    }

    [Fact]
    public void Two_steps_of_5_m_have_the_law_of_one_of_10_m()
    {
        const int tracks = 40_000;
        var (once, twice) = (new double[3], new double[3]);
        for (var entity = 0UL; entity < tracks; entity++)
        {
            var random = new RandomSource(StreamKey.Create(1, "steps"), entity);
            var start = new NormalDistribution(0, 8).Sample(ref random);
            var one = GudmundsonRecursion.NextDb(start, 10, 8, 13, ref random);
            var half = GudmundsonRecursion.NextDb(start, 5, 8, 13, ref random);
            var two = GudmundsonRecursion.NextDb(half, 5, 8, 13, ref random);
            Add(once, start, one);
            Add(twice, start, two);
        }

        foreach (var sums in new[] { once, twice })
        {
            Assert.InRange(sums[0] / tracks, -5 * 8 / Math.Sqrt(tracks), 5 * 8 / Math.Sqrt(tracks));
            Assert.InRange(sums[1] / tracks / 64, 1 - (5 * Math.Sqrt(2.0 / tracks)), 1 + (5 * Math.Sqrt(2.0 / tracks)));
            Assert.InRange(sums[2] / tracks / 64, 0.46336937 - (5 * 1.1 / Math.Sqrt(tracks)), 0.46336937 + (5 * 1.1 / Math.Sqrt(tracks)));
        }

        static void Add(double[] sums, double start, double end)
        {
            sums[0] += end;
            sums[1] += end * end;
            sums[2] += start * end;
        }
    }

    [Theory] // Q(M / sigma), computed independently
    [InlineData(3, 4, 0.22662735)]
    [InlineData(10, 7.82, 0.10048861)]
    [InlineData(12, 4, 0.001349898)]
    [InlineData(0, 8, 0.5)]
    public void Outage_is_the_Gaussian_tail_and_the_margin_its_inverse(double marginDb, double sigmaDb, double expected)
    {
        Assert.Equal(1, LogNormalShadowing.OutageProbability(marginDb, sigmaDb) / expected, 1e-7);
        Assert.Equal(marginDb, LogNormalShadowing.FadeMarginDb(LogNormalShadowing.OutageProbability(marginDb, sigmaDb), sigmaDb), 1e-9);
    }

    [Fact]
    public void Bad_input_is_refused_by_name()
    {
        Refused("stepMetres", () => GudmundsonRecursion.Coefficient(-1, 13));
        Refused("stepMetres", () => GudmundsonRecursion.InnovationFactor(double.NaN, 13));
        Refused("correlationMetres", () => GudmundsonRecursion.Coefficient(1, 0));
        Refused("valueDb", () => Next(double.NaN, 8));
        Refused("standardDeviationDb", () => Next(0, -1));
        Refused("marginDb", () => LogNormalShadowing.OutageProbability(double.NaN, 8));
        Refused("standardDeviationDb", () => LogNormalShadowing.OutageProbability(3, 0));
        Refused("outageProbability", () => LogNormalShadowing.FadeMarginDb(0, 8));
        Refused("outageProbability", () => LogNormalShadowing.FadeMarginDb(1, 8));

        static void Refused(string name, Func<double> call) => Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(() => call()).ParamName);

        static double Next(double valueDb, double deviationDb)
        {
            var random = new RandomSource(default);
            return GudmundsonRecursion.NextDb(valueDb, 1, deviationDb, 13, ref random);
        }
    }
}
