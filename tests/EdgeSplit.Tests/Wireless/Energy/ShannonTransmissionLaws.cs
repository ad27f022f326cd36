using EdgeSplit.Core.Wireless.Energy;

namespace EdgeSplit.Tests.Wireless.Energy;

public sealed class ShannonTransmissionLaws
{
    private const double Bits = 8e6;

    private static readonly ShannonTransmission Link = new() { BandwidthHz = 20e6, PowerGainDb = -110, NoiseDensityDbmPerHz = -174 };

    [Theory] // computed in double precision and confirmed by a second evaluation
    [InlineData(0.05, 0.10151733)]
    [InlineData(0.1, 0.011943215)]
    [InlineData(0.5, 0.0029503767)]
    [InlineData(5, 0.0022699291)]
    [InlineData(100, 0.0022106381)]
    public void Energy_by_time_on_the_air(double seconds, double joules) => Assert.Equal(1, Link.RadiatedJoules(Bits, seconds) / joules, 1e-7);

    [Fact]
    public void Energy_falls_and_is_convex_in_time_down_to_its_limit()
    {
        var limit = Link.LimitJoules(Bits);
        Assert.Equal(0.0022075749, limit, 1e-10);
        for (var t = 0.01; t < 50; t *= 1.4)
        {
            var (before, here, after) = (Link.RadiatedJoules(Bits, 0.8 * t), Link.RadiatedJoules(Bits, t), Link.RadiatedJoules(Bits, 1.2 * t));
            Assert.True(before > here && here > after && after > limit);
            Assert.True(before + after > 2 * here);
        }

        // Far out the excess over the limit is its first term, limit x ln 2 / 2 with x = L/(BT): no digit is lost to 2^x - 1.
        foreach (var t in new[] { 1e4, 1e6 })
        {
            Assert.Equal(1, (Link.RadiatedJoules(Bits, t) - limit) / (limit * Bits / (20e6 * t) * Math.Log(2) / 2), 1e-3);
        }

        Assert.Equal(limit, Link.RadiatedJoules(Bits, 1e15), 1e-14 * limit);
        Assert.Equal(limit, Link.RadiatedJoules(Bits, double.PositiveInfinity), 1e-14 * limit);
        Assert.Equal(double.PositiveInfinity, Link.RadiatedJoules(Bits, 1e-6));
        // Eb/N0 at the limit is ln 2 = -1.5917 dB.
        Assert.Equal(-1.5917, 10 * Math.Log10(limit / Bits * 1e-11 / (1e-3 * Math.Pow(10, -17.4))), 1e-4);
    }

    [Fact]
    public void Energy_is_power_times_time_at_the_capacity_of_that_power()
    {
        // Capacity written out: the rate of a radiated power P is B log2(1 + P g / (N0 B)).
        foreach (var watts in new[] { 1e-4, 0.01, 0.2 })
        {
            var snr = watts * 1e-11 / (1e-3 * Math.Pow(10, -17.4) * 20e6);
            var seconds = Bits / (20e6 * Math.Log2(1 + snr));
            Assert.Equal(1, Link.RadiatedJoules(Bits, seconds) / (watts * seconds), 1e-10);
        }
    }

    [Theory]
    [InlineData(1, 1e-9)]
    [InlineData(0.35, 0.05)]
    [InlineData(0.3, 0.9)]
    [InlineData(0.1, 1e4)]
    public void The_best_time_is_a_minimum_and_stationary(double efficiency, double circuitWatts)
    {
        var link = Link with { Transmitter = new Transmitter(efficiency, circuitWatts) };
        var best = link.OptimalSeconds(Bits);
        var least = link.MinimumJoules(Bits);
        Assert.Equal(least, link.Energy(Bits, best).TotalJoules);
        for (var factor = 1e-2; factor < 1e2; factor *= 1.05)
        {
            Assert.True(link.Energy(Bits, factor * best).TotalJoules >= least * (1 - 1e-12));
        }

        // the equation of the stationary point, with x = L/(BT)
        var (x, noise) = (Bits / (20e6 * best), 1e-3 * Math.Pow(10, -17.4 + 11) * 20e6 / efficiency);
        Assert.Equal(circuitWatts, noise * ((Math.Pow(2, x) * ((x * Math.Log(2)) - 1)) + 1), (1e-9 * circuitWatts) + (1e-12 * noise));
        Assert.Equal(2, link.OptimalSeconds(2 * Bits) / best, 1e-12);
        Assert.Equal(2, link.MinimumJoules(2 * Bits) / least, 1e-12);
    }

    [Fact]
    public void Without_circuit_power_slower_is_always_better()
    {
        Assert.Equal(double.PositiveInfinity, Link.OptimalSeconds(Bits));
        Assert.Equal(Link.LimitJoules(Bits), Link.MinimumJoules(Bits), 1e-17);
        var lossy = Link with { Transmitter = new Transmitter(0.25, 0) };
        Assert.Equal(4, lossy.MinimumJoules(Bits) / Link.LimitJoules(Bits), 1e-12);
    }

    [Fact]
    public void Nothing_to_send_radiates_nothing_and_parts_sum()
    {
        var link = Link with { Transmitter = new Transmitter(0.4, 1.2) };
        Assert.Equal(0.0, link.RadiatedJoules(0, 3));
        Assert.Equal(0.0, link.LimitJoules(0));
        Assert.Equal(0.0, link.OptimalSeconds(0));
        Assert.Equal(0.0, link.MinimumJoules(0));
        Assert.Equal(new TransmissionEnergy(0, 0, 3.6, 0), link.Energy(0, 3) with { CircuitJoules = 3.6 });

        var energy = link.Transmitter.Energy(0.4, 0.12, 0.6);
        Assert.Equal(energy.TotalJoules, energy.RadiatedJoules + energy.AmplifierLossJoules + energy.CircuitJoules + energy.TailJoules);
        Assert.Equal((0.4 / 0.4 * 0.12) + (1.2 * 0.12) + 0.6, energy.TotalJoules, 1e-15);
        Assert.Equal(0.048, energy.RadiatedJoules, 1e-15);
        Assert.Equal(0.0, Transmitter.Lossless.Energy(1, 1).AmplifierLossJoules);
    }

    [Fact]
    public void Bad_numbers_are_refused()
    {
        foreach (var bad in new[] { double.NaN, -1, double.PositiveInfinity })
        {
            Refuses("bits", () => Link.RadiatedJoules(bad, 1));
            Refuses("bits", () => Link.OptimalSeconds(bad));
            Refuses("bits", () => Link.MinimumJoules(bad));
            Refuses("bits", () => Link.LimitJoules(bad));
            Refuses("BandwidthHz", () => Link with { BandwidthHz = bad });
            Refuses("AmplifierEfficiency", () => new Transmitter(bad, 0));
            Refuses("CircuitWatts", () => new Transmitter(1, bad));
            Refuses("radiatedWatts", () => Transmitter.Lossless.Energy(bad, 1));
            Refuses("seconds", () => Transmitter.Lossless.Energy(1, bad));
            Refuses("tailJoules", () => Transmitter.Lossless.Energy(1, 1, bad));
        }

        Refuses("seconds", () => Link.RadiatedJoules(1, 0));
        Refuses("seconds", () => Link.Energy(1, double.NaN));
        Refuses("PowerGainDb", () => Link with { PowerGainDb = double.NaN });
        Refuses("NoiseDensityDbmPerHz", () => Link with { NoiseDensityDbmPerHz = double.NegativeInfinity });
        Refuses("AmplifierEfficiency", () => new Transmitter(1.01, 0));
        Refuses("AmplifierEfficiency", () => new Transmitter(0, 0));
        Assert.Throws<ArgumentNullException>(() => Link with { Transmitter = null! });
    }

    private static void Refuses(string parameter, Func<object> call) =>
        Assert.Equal(parameter, Assert.Throws<ArgumentOutOfRangeException>(call).ParamName);
}
