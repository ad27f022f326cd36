using EdgeSplit.Core.Wireless;
using EdgeSplit.Core.Wireless.LinkAdaptation;

namespace EdgeSplit.Tests.Wireless;

public sealed class LinkBudgetLaws
{
    private static readonly LinkBudget Uplink = new() { TransmitPowerDbm = 23, NoiseFigureDb = 5, BandwidthHz = 20e6, NoiseDensityDbmPerHz = -174 };

    [Theory] // k = 1.380649e-23 J/K (SI)
    [InlineData(290, -173.975187)]
    [InlineData(300, -173.827955)]
    public void Thermal_noise_density_is_k_T(double kelvin, double expectedDbmPerHz) =>
        Assert.Equal(expectedDbmPerHz, ThermalNoise.DensityDbmPerHz(kelvin), 5e-7);

    [Theory] // -174 + 10 log10 B, k T0 B, and with a noise figure of 9 dB
    [InlineData(15e3, -132.2391, -132.2143, -123.2391)]
    [InlineData(360e3, -118.4370, -118.4122, -109.4370)]
    [InlineData(20e6, -100.9897, -100.9649, -91.9897)]
    [InlineData(98.28e6, -94.0753, -94.0505, -85.0753)]
    public void Noise_power_by_both_conventions(double bandwidthHz, double roundedDbm, double exactDbm, double withFigureDbm)
    {
        Assert.Equal(roundedDbm, (Uplink with { BandwidthHz = bandwidthHz, NoiseFigureDb = 0 }).NoisePowerDbm, 5e-5);
        Assert.Equal(exactDbm, ThermalNoise.PowerDbm(bandwidthHz), 5e-5);
        Assert.Equal(withFigureDbm, (Uplink with { BandwidthHz = bandwidthHz, NoiseFigureDb = 9 }).NoisePowerDbm, 5e-5);
    }

    [Fact]
    public void The_default_noise_is_exact_k_T0()
    {
        var budget = new LinkBudget { TransmitPowerDbm = 0, NoiseFigureDb = 0, BandwidthHz = 1 };
        Assert.Equal(-173.975187, budget.NoisePowerDbm, 5e-7);
    }

    [Fact] // uplink 23 dBm, UMi NLOS at 100 m and 3.5 GHz: loss 104.6438 dB; received -81.6438 dBm, noise -95.9897 dBm
    public void The_textbook_uplink_has_an_SNR_of_14_3459_dB()
    {
        var budget = Uplink.Evaluate(104.6438, 0);
        Assert.Equal(-81.6438, budget.ReceivedPowerDbm, 1e-4);
        Assert.Equal(-95.9897, budget.NoisePowerDbm, 1e-4);
        Assert.Equal(14.3459, budget.SnrDb, 1e-4);
        Assert.Equal(96.3536e6, 20e6 * ShannonRate.Capacity.SpectralEfficiency(budget.SnrLinear), 2e3);
    }

    [Fact]
    public void The_breakdown_sums_to_the_SNR()
    {
        var budget = Uplink with { TransmitAntennaGainDb = 1.5, ReceiveAntennaGainDb = 8, OtherLossDb = 3, NoiseFigureDb = 4.2 };
        var b = budget.Evaluate(111.1, -6.3);
        Assert.Equal(b.SnrDb, 23 + 1.5 + 8 - 111.1 + 6.3 - 3 - (-174 + (10 * Math.Log10(20e6)) + 4.2), 1e-12);
        Assert.Equal(b.SnrDb, 10 * Math.Log10(b.SnrLinear), 1e-12);
    }

    [Fact]
    public void Doubling_the_bandwidth_at_fixed_power_costs_3_dB_yet_never_lowers_the_capacity()
    {
        foreach (var lossDb in new[] { 80.0, 110, 140 })
        {
            var previous = 0.0;
            for (var bandwidthHz = 1e5; bandwidthHz < 1e9; bandwidthHz *= 2)
            {
                var narrow = (Uplink with { BandwidthHz = bandwidthHz }).Evaluate(lossDb, 0);
                var wide = (Uplink with { BandwidthHz = 2 * bandwidthHz }).Evaluate(lossDb, 0);
                Assert.Equal(-10 * Math.Log10(2), wide.SnrDb - narrow.SnrDb, 1e-12);
                var capacity = bandwidthHz * ShannonRate.Capacity.SpectralEfficiency(narrow.SnrLinear);
                Assert.True(capacity >= previous);
                previous = capacity;
            }
        }
    }

    [Fact]
    public void Bad_numbers_are_refused_at_construction_and_in_with_expressions()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Uplink with { BandwidthHz = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => Uplink with { BandwidthHz = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => Uplink with { TransmitPowerDbm = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => Uplink with { NoiseFigureDb = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => Uplink.Evaluate(double.NaN, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Uplink.Evaluate(100, double.PositiveInfinity));
        Assert.Throws<ArgumentOutOfRangeException>(() => ThermalNoise.DensityDbmPerHz(0));
    }
}
