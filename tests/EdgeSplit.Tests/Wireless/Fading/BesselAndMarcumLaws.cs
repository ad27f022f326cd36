using EdgeSplit.Core.Wireless.Fading;

namespace EdgeSplit.Tests.Wireless.Fading;

/// <summary>The special functions of fading against mpmath at 40 digits and against their identities.</summary>
public sealed class BesselAndMarcumLaws
{
    [Theory]
    [InlineData(1e-4, 0.99999999750000000156)]
    [InlineData(0.5, 0.93846980724081290423)]
    [InlineData(3, -0.26005195490193343762)]
    [InlineData(7.9, 0.19436184484127823969)]
    [InlineData(8.1, 0.1475174540443776703)]
    [InlineData(20, 0.16702466434058315473)]
    [InlineData(100, 0.019985850304223122424)]
    [InlineData(1000.5, 0.019486559987130137373)]
    [InlineData(12345.6, -0.00052905008073917817065)]
    [InlineData(2.404825557695773, 0.0)] // first zero
    public void Clarke_autocorrelation_is_J0(double x, double expected)
    {
        Assert.Equal(expected, Doppler.Autocorrelation(1, x / (2 * Math.PI)), 1e-13);
        Assert.Equal(expected, Doppler.Autocorrelation(1, -x / (2 * Math.PI)), 1e-13);
    }

    [Theory] // exp(-x) I0(x), which the crossing rate of Rician fading at the level K / (K + 1) is, but for sqrt(2 pi K), with x = 2 K
    [InlineData(0.3, 0.757580625182547858)]
    [InlineData(5, 0.183540812609328353)]
    [InlineData(7.99, 0.143524765379334847)]
    [InlineData(8.01, 0.14333897941113851)]
    [InlineData(30, 0.0731459464822372939)]
    [InlineData(700, 0.0150812956515313576)]
    [InlineData(1e5, 0.00126156783797677677)]
    public void Scaled_I0_does_not_overflow(double x, double expected) =>
        Assert.Equal(1.0, ScaledI0(x) / expected, 1e-12);

    [Theory]
    [InlineData(0.1, 0.2, 0.0197035490253054651)]
    [InlineData(1, 0.01, 0.000030326153905548882)]
    [InlineData(2, 3, 0.785637911837350543)]
    [InlineData(3, 1e-3, 5.55450312930763076e-9)]
    [InlineData(5, 0.5, 8.71274018586859352e-7)]
    [InlineData(10, 4, 6.13378363005607167e-10)]
    [InlineData(40, 20, 1.94498623824286171e-89)]
    [InlineData(40, 42, 0.976583162607148021)]
    [InlineData(100, 95, 2.79122557675703685e-7)]
    public void Marcum_complement_keeps_its_digits_in_the_lower_tail(double a, double b, double expected) =>
        Assert.Equal(1.0, MarcumQ.Complement(a, b) / expected, 1e-11);

    [Theory]
    [InlineData(1, 6, 7.28938503258762981e-7)]
    [InlineData(5, 12, 1.99812300870536163e-12)]
    [InlineData(0.5, 8, 1.33418024714145259e-13)]
    [InlineData(40, 60, 3.37406032131426615e-89)]
    public void Marcum_Q_keeps_its_digits_in_the_upper_tail(double a, double b, double expected) =>
        Assert.Equal(1.0, MarcumQ.FirstOrder(a, b) / expected, 1e-11);

    [Fact] // Q1(a, b) + Q1(b, a) = 1 + exp(-(a^2 + b^2) / 2) I0(a b)
    public void Marcum_Q_is_symmetric_up_to_a_Bessel_function()
    {
        foreach (var a in new[] { 1e-3, 0.4, 2.0, 17, 300, 800 })
        {
            foreach (var ratio in new[] { 0.1, 0.7, 0.99, 1.0, 1.05, 3 })
            {
                var b = ratio * a;
                var sum = MarcumQ.FirstOrder(a, b) + MarcumQ.FirstOrder(b, a);
                Assert.Equal(1.0 + (Math.Exp(-0.5 * (a - b) * (a - b)) * ScaledI0(a * b)), sum, 2e-12);
                Assert.Equal(1.0, MarcumQ.FirstOrder(a, b) + MarcumQ.Complement(a, b), 1e-14);
            }
        }
    }

    [Fact]
    public void Without_a_direct_path_Marcum_Q_is_exponential()
    {
        for (var b = 1e-6; b < 20; b *= 3)
        {
            Assert.Equal(1.0, MarcumQ.FirstOrder(0, b) / Math.Exp(-b * b / 2), 1e-15);
            Assert.Equal(1.0, MarcumQ.Complement(0, b) / MarcumQ.Complement(1e-9, b), 1e-12);
        }
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-1)]
    [InlineData(double.PositiveInfinity)]
    public void Bad_numbers_are_refused(double bad)
    {
        Assert.Throws<ArgumentOutOfRangeException>("a", () => MarcumQ.FirstOrder(bad, 1));
        Assert.Throws<ArgumentOutOfRangeException>("b", () => MarcumQ.FirstOrder(1, bad));
        Assert.Throws<ArgumentOutOfRangeException>("a", () => MarcumQ.Complement(bad, 1));
        Assert.Throws<ArgumentOutOfRangeException>("b", () => MarcumQ.Complement(1, bad));
    }

    private static double ScaledI0(double x) =>
        LevelCrossings.RateHz(new RicianFading(x / 2), x / 2 / ((x / 2) + 1), 1) / Math.Sqrt(Math.PI * x);
}
