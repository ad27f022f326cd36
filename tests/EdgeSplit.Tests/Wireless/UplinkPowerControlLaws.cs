using EdgeSplit.Core.Wireless;

namespace EdgeSplit.Tests.Wireless;

public sealed class UplinkPowerControlLaws
{
    private static readonly UplinkPowerControl Control = new() { TargetPowerDbm = -90 };

    [Theory] // 3GPP TS 38.213 section 7.1.1, evaluated independently
    [InlineData(0, 25, -90, 1.0, 98, 21.9794000867)]
    [InlineData(1, 1, -100, 1.0, 95, -1.98970004336)]
    [InlineData(1, 51, -80, 0.8, 105, 23)]
    [InlineData(3, 66, -85, 0.9, 112, 23)]
    public void Power_of_a_grant(int numerology, int blocks, double target, double fraction, double lossDb, double expectedDbm) => Assert.Equal(
        expectedDbm, new UplinkPowerControl { TargetPowerDbm = target, PathLossFraction = fraction }.TransmitPowerDbm(lossDb, blocks, numerology), 1e-9);

    [Fact]
    public void With_full_compensation_the_received_density_is_the_target_until_the_power_runs_out()
    {
        for (var lossDb = 60.0; lossDb < 150; lossDb += 0.5)
        {
            var power = Control.TransmitPowerDbm(lossDb, 10, 1);
            var headroom = Control.HeadroomDb(lossDb, 10, 1);
            Assert.True(power <= 23);
            if (headroom > 0)
            {
                Assert.Equal(-90 + (10 * Math.Log10(20)), power - lossDb, 1e-9);
                Assert.Equal(23 - power, headroom, 1e-9);
            }
            else
            {
                Assert.Equal(23, power);
            }
        }

        Assert.Equal(23, Control.TransmitPowerDbm(1000, 10, 1));
        Assert.True(Control.HeadroomDb(1000, 10, 1) < -800);
    }

    [Fact]
    public void Doubling_the_grant_or_the_spacing_adds_3_dB_and_corrections_add_as_they_are()
    {
        var plain = Control.TransmitPowerDbm(80, 10, 1);
        Assert.Equal(10 * Math.Log10(2), Control.TransmitPowerDbm(80, 20, 1) - plain, 1e-12);
        Assert.Equal(10 * Math.Log10(2), Control.TransmitPowerDbm(80, 10, 2) - plain, 1e-12);
        Assert.Equal(1.5 - 2, (Control with { FormatAdjustmentDb = 1.5, ClosedLoopDb = -2 }).TransmitPowerDbm(80, 10, 1) - plain, 1e-12);
        Assert.Equal(-0.2 * 80, (Control with { PathLossFraction = 0.8 }).TransmitPowerDbm(80, 10, 1) - plain, 1e-12);
    }

    [Fact]
    public void Bad_input_is_refused_by_name()
    {
        Refused("PathLossFraction", () => Control with { PathLossFraction = 1.01 });
        Refused("PathLossFraction", () => Control with { PathLossFraction = double.NaN });
        Refused("TargetPowerDbm", () => Control with { TargetPowerDbm = double.NegativeInfinity });
        Refused("MaximumPowerDbm", () => Control with { MaximumPowerDbm = double.NaN });
        Refused("FormatAdjustmentDb", () => Control with { FormatAdjustmentDb = double.NaN });
        Refused("ClosedLoopDb", () => Control with { ClosedLoopDb = double.NaN });
        Refused("pathLossDb", () => Control.TransmitPowerDbm(double.NaN, 1, 0));
        Refused("resourceBlocks", () => Control.TransmitPowerDbm(80, 0, 0));
        Refused("resourceBlocks", () => Control.TransmitPowerDbm(80, 276, 0));
        Refused("numerology", () => Control.HeadroomDb(80, 1, 7));

        static void Refused(string name, Func<object> make) => Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(make).ParamName);
    }
}
