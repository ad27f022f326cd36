using EdgeSplit.Core.Wireless.Energy;

namespace EdgeSplit.Tests.Wireless.Energy;

public sealed class RadioEnergyLaws
{
    public static TheoryData<string, double, double, double> Fits { get; } = new()
    {
        // least-squares fits to SIGCOMM21-5G/artifact MN-Transfer_combined.csv: mW = floor + slope x (Mbit/s)
        { "lte down", 2839, 11.54, 96 },
        { "lte up", 2926, 76.68, 28 },
        { "5g-nsa-low-band down", 3059, 11.54, 120 },
        { "5g-nsa-low-band up", 3199, 32.17, 46 },
        { "5g-nsa-mmwave down", 5237, 1.73, 2482 },
        { "5g-nsa-mmwave up", 5664, 8.88, 220 },
    };

    [Theory]
    [MemberData(nameof(Fits))]
    public void Power_is_the_fitted_line(string link, double floorMilliwatts, double slope, double megabitsPerSecond)
    {
        ArgumentNullException.ThrowIfNull(link);
        var model = new[] { RadioEnergyModel.Lte, RadioEnergyModel.LowBand5G, RadioEnergyModel.MillimetreWave5G }.Single(m => link.StartsWith(m.Name + " ", StringComparison.Ordinal));
        var up = link.EndsWith("up", StringComparison.Ordinal);
        var watts = (floorMilliwatts + (slope * megabitsPerSecond)) / 1000;
        Assert.Equal(watts, up ? model.TransmitWatts(megabitsPerSecond * 1e6) : model.ReceiveWatts(megabitsPerSecond * 1e6), 1e-9);

        // Energy of two seconds at this rate is power times time.
        var bits = 2 * megabitsPerSecond * 1e6;
        Assert.Equal(2 * watts, up ? model.TransmitJoules(bits, 2) : model.ReceiveJoules(bits, 2), 1e-9);
    }

    [Fact]
    public void Parts_sum_and_nothing_sent_costs_nothing()
    {
        var model = RadioEnergyModel.Lte;
        var energy = model.Energy(1e6, 0.1, 1e5, 0.02, 3);
        Assert.Equal(energy.TotalJoules, energy.TransmitJoules + energy.ReceiveJoules + energy.TailJoules);
        Assert.Equal(3 * 1.060, energy.TailJoules, 1e-12);
        Assert.Equal(0.0, model.Energy(0, 0, 0, 0, double.PositiveInfinity).TotalJoules);
    }

    [Fact]
    public void The_tail_ends_at_the_next_transfer_or_at_its_own_length()
    {
        var model = RadioEnergyModel.LowBand5G;
        Assert.Equal(0.0, model.TailJoules(0));
        Assert.Equal(model.TailWatts * 0.5, model.TailJoules(0.5), 1e-12);
        Assert.Equal(model.TailWatts * model.TailSeconds, model.TailJoules(double.PositiveInfinity), 1e-12);
    }

    [Fact]
    public void Idle_power_within_the_reading_can_be_taken_off()
    {
        var model = RadioEnergyModel.Lte with { IncludedIdleWatts = 1.0 };
        Assert.Equal(RadioEnergyModel.Lte.TransmitJoules(1e6, 0.5) - 0.5, model.TransmitJoules(1e6, 0.5), 1e-12);
        Assert.Equal(0.0, (model with { IncludedIdleWatts = 10 }).TransmitJoules(0, 0.5));
    }

    [Fact]
    public void Bad_numbers_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => RadioEnergyModel.Lte with { TailWatts = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => RadioEnergyModel.Lte.TransmitJoules(double.NaN, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => RadioEnergyModel.Lte.TransmitJoules(1, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => RadioEnergyModel.Lte.TailJoules(double.NaN));
    }
}
