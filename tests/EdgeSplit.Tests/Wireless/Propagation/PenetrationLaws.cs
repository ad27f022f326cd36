using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Propagation;

namespace EdgeSplit.Tests.Wireless.Propagation;

public sealed class PenetrationLaws
{
    private const int Terminals = 30_000;

    private static readonly StreamKey Key = StreamKey.Create(12, "penetration-laws");

    [Theory] // 3GPP TR 38.901 Tables 7.4.3-1 and 7.4.3-2, evaluated independently
    [InlineData(0.7, 2.1400, 23.2100, 7.8000, 10.2367, 17.7466)]
    [InlineData(3.5, 2.7000, 24.0500, 19.0000, 12.6975, 26.8498)]
    [InlineData(6.0, 3.2000, 24.8000, 29.0000, 13.4022, 30.6935)]
    [InlineData(28.0, 7.6000, 31.4000, 117.0000, 17.8288, 37.9490)]
    [InlineData(39.0, 9.8000, 34.7000, 161.0000, 20.0288, 41.2490)]
    public void Losses_of_materials_and_walls(double giga, double glass, double infrared, double concrete, double low, double high)
    {
        Assert.Equal(glass, MaterialLoss.GlassDb(1e9 * giga), 1e-12);
        Assert.Equal(infrared, MaterialLoss.InfraredReflectiveGlassDb(1e9 * giga), 1e-12);
        Assert.Equal(concrete, MaterialLoss.ConcreteDb(1e9 * giga), 1e-12);
        Assert.Equal(4.85 + (0.12 * giga), MaterialLoss.WoodDb(1e9 * giga), 1e-12);
        Assert.Equal(low, new BuildingPenetration(1e9 * giga, BuildingKind.LowLoss).WallDb, 5.1e-5);
        Assert.Equal(high, new BuildingPenetration(1e9 * giga, BuildingKind.HighLoss).WallDb, 5.1e-5);
    }

    [Theory]
    [InlineData(InfraredGlassEdition.UpToRelease18)]
    [InlineData(InfraredGlassEdition.Later)]
    public void Insulated_walls_take_more_and_no_wall_takes_less_at_a_higher_carrier(InfraredGlassEdition edition)
    {
        var (low, high) = (0.0, 0.0);
        for (var carrierHz = 0.5e9; carrierHz < 100e9; carrierHz *= 1.03)
        {
            var (nextLow, nextHigh) = (new BuildingPenetration(carrierHz, BuildingKind.LowLoss).WallDb, new BuildingPenetration(carrierHz, BuildingKind.HighLoss, 25, edition).WallDb);
            Assert.True(nextHigh >= nextLow && nextLow >= low && nextHigh >= high);
            (low, high) = (nextLow, nextHigh);
        }
    }

    [Fact]
    public void The_edition_of_the_glass_is_selectable()
    {
        Assert.Equal(25.4 + (0.11 * 3.5), MaterialLoss.InfraredReflectiveGlassDb(3.5e9, InfraredGlassEdition.Later), 1e-12);
        var (first, later) = (new BuildingPenetration(28e9, BuildingKind.HighLoss), new BuildingPenetration(28e9, BuildingKind.HighLoss, 25, InfraredGlassEdition.Later));
        Assert.Equal(31.4 - (25.4 + (0.11 * 28)), first.WallDb - later.WallDb, 1e-6); // concrete lets nothing through up there
    }

    [Theory] // mean of the smaller of two uniform draws 1/3 of the maximum, of one draw 1/2; 0.5 dB per metre
    [InlineData(BuildingKind.LowLoss, 25, 25.0 / 6, 4.4)]
    [InlineData(BuildingKind.HighLoss, 10, 10.0 / 6, 6.5)]
    [InlineData(BuildingKind.SingleFrequency, 25, 6.25, 0)]
    public void Draws_have_the_means_and_deviations_of_the_model(BuildingKind kind, double maximumMetres, double meanIndoorDb, double deviationDb)
    {
        var model = new BuildingPenetration(2e9, kind, maximumMetres);
        var draws = Enumerable.Range(0, Terminals).Select(entity => model.Draw(Key, (ulong)entity)).ToArray();
        var indoorSpread = maximumMetres * 0.5 * (kind == BuildingKind.SingleFrequency ? Math.Sqrt(1.0 / 12) : Math.Sqrt(1.0 / 18));
        Near(meanIndoorDb, draws.Average(draw => draw.IndoorDb), indoorSpread);
        Near(0, draws.Average(draw => draw.DeviationDb), deviationDb);
        Near(deviationDb * deviationDb, draws.Average(draw => draw.DeviationDb * draw.DeviationDb), Math.Sqrt(2) * deviationDb * deviationDb);
        Near(model.MeanDb, draws.Average(draw => draw.TotalDb), indoorSpread + deviationDb);
        Assert.Equal(meanIndoorDb, model.MeanIndoorDb, 1e-12);
        Assert.Equal(model.MeanDb, model.WallDb + meanIndoorDb, 1e-12);
        Assert.All(draws, draw => Assert.True(draw.WallDb == model.WallDb && draw.IndoorMetres >= 0 && draw.IndoorMetres <= maximumMetres));
        Assert.All(draws.Take(100), draw => Assert.Equal(draw.TotalDb, draw.WallDb + (0.5 * draw.IndoorMetres) + draw.DeviationDb, 1e-12));

        static void Near(double expected, double value, double spread) =>
            Assert.InRange(value, expected - (5 * spread / Math.Sqrt(Terminals)) - 1e-12, expected + (5 * spread / Math.Sqrt(Terminals)) + 1e-12);
    }

    [Fact]
    public void The_single_frequency_wall_takes_20_dB() =>
        Assert.Equal(20, new BuildingPenetration(3.5e9, BuildingKind.SingleFrequency).WallDb);

    [Fact]
    public void Cars_follow_a_normal_law()
    {
        var model = new CarPenetration();
        var values = Enumerable.Range(0, 20_000).Select(entity => model.DrawDb(Key, (ulong)entity)).Order().ToArray();
        var distance = values.Select((value, i) => Math.Abs(new NormalDistribution(9, 5).CumulativeProbability(value) - ((i + 0.5) / values.Length))).Max();
        Assert.True(Math.Sqrt(values.Length) * distance < 1.95); // 0.1 % point of Kolmogorov and Smirnov
        Assert.Equal(9, model.MeanDb);
        Assert.Equal(20, CarPenetration.MetallisedWindows.MeanDb);
    }

    [Fact]
    public void A_terminal_is_drawn_once()
    {
        foreach (var model in new IPenetrationLoss[] { new BuildingPenetration(3.5e9, BuildingKind.HighLoss), new CarPenetration() })
        {
            var values = Enumerable.Range(0, 1000).Select(entity => model.DrawDb(Key, (ulong)entity)).ToArray();
            Assert.Equal(1000, values.Distinct().Count());
            Assert.All(Enumerable.Range(0, 1000).Reverse(), entity => Assert.Equal(values[entity], model.DrawDb(Key, (ulong)entity)));
        }
    }

    [Fact]
    public void Bad_input_is_refused_by_name()
    {
        Refused("CarrierHz", () => new BuildingPenetration(double.NaN, BuildingKind.LowLoss));
        Refused("CarrierHz", () => new BuildingPenetration(6.1e9, BuildingKind.SingleFrequency));
        Refused("Kind", () => new BuildingPenetration(3e9, (BuildingKind)9));
        Refused("MaximumIndoorMetres", () => new BuildingPenetration(3e9, BuildingKind.LowLoss, -1));
        Refused("carrierHz", () => MaterialLoss.WoodDb(0));
        Refused("edition", () => MaterialLoss.InfraredReflectiveGlassDb(3e9, (InfraredGlassEdition)5));
        Refused("MeanDb", () => new CarPenetration(double.PositiveInfinity));
        Refused("StandardDeviationDb", () => new CarPenetration(9, -5));

        static void Refused(string name, Func<object> make) => Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(make).ParamName);
    }
}
