using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Propagation;

namespace EdgeSplit.Tests.Wireless.Propagation;

public sealed class StandardPathLossLaws
{
    private const SightCondition Los = SightCondition.LineOfSight;
    private const SightCondition Nlos = SightCondition.NonLineOfSight;

    [Fact] // documented example of MathWorks' nrPathLoss: h = 7, W = 25, 3.5 GHz, hBS 30, terminal at (1000, 1000, 1.5); sigma 4 dB
    public void The_example_of_MathWorks_is_110_1615_dB()
    {
        var model = new RuralMacroPathLoss(3.5e9, Los, 30, 1.5, 7, 25);
        Assert.Equal(110.1615, model.LossDb(Math.Sqrt(2e6)), 5e-5);
        Assert.Equal(4, model.StandardDeviationDb(Math.Sqrt(2e6)));
    }

    [Theory] // literals of ns-3's three-gpp-propagation-loss-model-test-suite.cc at 5 GHz, hUT 1.5 m
    [InlineData("RMa", true, 100, 87.2965)]
    [InlineData("RMa", true, 10000, 140.3896)]
    [InlineData("RMa", false, 10, 77.3784)]
    [InlineData("RMa", false, 5000, 160.5169)]
    [InlineData("UMa", true, 10, 72.9380)]
    [InlineData("UMa", true, 1000, 109.7252)]
    [InlineData("UMa", false, 100, 106.1356)]
    [InlineData("UMi", true, 5000, 147.2696)]
    [InlineData("UMi", false, 10, 76.7563)]
    [InlineData("UMi", false, 1000, 143.1886)]
    [InlineData("InH", true, 50, 75.7750)]
    [InlineData("InH", false, 1, 50.8072)]
    [InlineData("InH", false, 100, 111.3062)]
    public void Literals_of_ns_3(string scenario, bool hasSight, double metres, double expectedDb) =>
        Assert.Equal(expectedDb, Model(scenario, 5e9, hasSight ? Los : Nlos).LossDb(metres), 1e-4);

    [Theory] // 3GPP TR 38.901 Table 7.4.1-1, evaluated independently
    [InlineData("UMi", 3.5, 100, 85.3142, 104.6438)]
    [InlineData("UMi", 28, 1000, 124.3435, 159.1250)]
    [InlineData("UMa", 3.5, 500, 98.2692, 129.9158)]
    [InlineData("UMa", 28, 3000, 133.4401, 178.3696)]
    [InlineData("RMa", 0.7, 1000, 93.3816, 116.4449)]
    [InlineData("RMa", 3.5, 5000, 125.9690, 157.4189)]
    public void Table_of_losses(string scenario, double carrierGiga, double metres, double clearDb, double obstructedDb)
    {
        Assert.Equal(clearDb, Model(scenario, 1e9 * carrierGiga, Los).LossDb(metres), 5.1e-5);
        Assert.Equal(obstructedDb, Model(scenario, 1e9 * carrierGiga, Nlos).LossDb(metres), 5.1e-5);
    }

    [Fact]
    public void Rural_line_of_sight_at_10_km()
    {
        Assert.Equal(138.0099, new RuralMacroPathLoss(3.5e9, Los).LossDb(10_000), 5e-5);
        Assert.Equal(133.3720, new RuralMacroPathLoss(0.7e9, Los).LossDb(10_000), 5e-5);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(3.5)]
    [InlineData(28)]
    public void Urban_line_of_sight_is_continuous_at_the_breakpoint(double carrierGiga)
    {
        foreach (var terminal in new[] { 1.5, 4, 10, 22.5 })
        {
            var micro = new UrbanMicroPathLoss(1e9 * carrierGiga, Los, default, 10, terminal);
            var macro = new UrbanMacroPathLoss(1e9 * carrierGiga, Los, default, 25, terminal);
            foreach (var (model, breakpoint) in new (IPathLoss, double)[] { (micro, micro.BreakpointMetres), (macro, macro.BreakpointMetres) })
            {
                if (breakpoint is > 10 and < 5000)
                {
                    Assert.Equal(model.LossDb(breakpoint), model.LossDb(Math.BitIncrement(breakpoint)), 1e-9);
                }
            }
        }
    }

    [Theory] // the standard compares the horizontal distance but computes with the slant one
    [InlineData(0.7, 769.6902, 0.0070)]
    [InlineData(3.5, 3848.4510, 0.0001)]
    public void Rural_line_of_sight_steps_up_at_the_breakpoint(double carrierGiga, double breakpointMetres, double stepDb)
    {
        var model = new RuralMacroPathLoss(1e9 * carrierGiga, Los);
        Assert.Equal(breakpointMetres, model.BreakpointMetres, 5e-5);
        var step = model.LossDb(Math.BitIncrement(model.BreakpointMetres)) - model.LossDb(model.BreakpointMetres);
        Assert.Equal(stepDb, step, 5e-5);
        Assert.True(step > 0);
        Assert.Equal(4, model.StandardDeviationDb(model.BreakpointMetres));
        Assert.Equal(6, model.StandardDeviationDb(Math.BitIncrement(model.BreakpointMetres)));
    }

    [Fact]
    public void Doubling_the_carrier_costs_what_the_formulas_say()
    {
        Assert.Equal(6.0206, Doubling(carrier => new UrbanMicroPathLoss(carrier, Los), 50), 5e-5); // below both breakpoints
        Assert.Equal(6.0206, Doubling(carrier => new UrbanMacroPathLoss(carrier, Los), 50), 5e-5);
        Assert.Equal(6.0206, Doubling(carrier => new RuralMacroPathLoss(carrier, Los), 500), 5e-5);
        Assert.Equal(6.0206, Doubling(carrier => new IndoorOfficePathLoss(carrier, Los), 50), 5e-5);
        Assert.Equal(6.0206, Doubling(carrier => new FreeSpacePathLoss(carrier), 50), 5e-5);
        Assert.Equal(6.4119, Doubling(carrier => new UrbanMicroPathLoss(carrier, Nlos), 100), 5e-5);
        Assert.Equal(24.9 * Math.Log10(2), Doubling(carrier => new IndoorOfficePathLoss(carrier, Nlos), 50), 1e-9);
    }

    [Fact]
    public void Breakpoints_use_the_standards_speed_of_light_and_free_space_the_exact_one()
    {
        // With the exact c the breakpoint is farther by 0.07 %, which lowers the loss beyond it by 9.5 log10(1.00069^2) in UMi.
        var model = new UrbanMicroPathLoss(3.5e9, Los);
        Assert.Equal(210, model.BreakpointMetres, 1e-9);
        var exactBreakpoint = 4 * 9 * 0.5 * 3.5e9 / 299_792_458;
        var slant = Math.Sqrt(1e6 + (8.5 * 8.5));
        var withExact = 32.4 + (40 * Math.Log10(slant)) + (20 * Math.Log10(3.5)) - (9.5 * Math.Log10((exactBreakpoint * exactBreakpoint) + (8.5 * 8.5)));
        Assert.InRange(model.LossDb(1000) - withExact, 0.005, 0.006);
        Assert.Equal(119.1531, model.LossDb(1000), 5e-5);
        Assert.Equal(20 * Math.Log10(4 * Math.PI * 100 * 3.5e9 / 299_792_458), new FreeSpacePathLoss(3.5e9).LossDb(100), 1e-10);
        Assert.Equal(560, new UrbanMacroPathLoss(3.5e9, Los).BreakpointMetres, 1e-9);
        Assert.Equal(1680, new UrbanMicroPathLoss(28e9, Los).BreakpointMetres, 1e-9);
    }

    [Theory]
    [InlineData("UMi", true, 9.999, "UMi street canyon holds for horizontal distances in [10, 5000] m.")]
    [InlineData("UMi", false, 5000.1, "UMi street canyon holds for horizontal distances in [10, 5000] m.")]
    [InlineData("UMa", true, 5000.1, "UMa holds for horizontal distances in [10, 5000] m.")]
    [InlineData("RMa", true, 10_000.1, "RMa with line of sight holds for horizontal distances in [10, 10000] m.")]
    [InlineData("RMa", false, 5000.1, "RMa without line of sight holds for horizontal distances in [10, 5000] m.")]
    [InlineData("InH", true, 150, "InH office holds for slant distances in [1, 150] m (antennas at 3 and 1.5 m).")]
    public void Outside_its_range_a_model_says_so(string scenario, bool hasSight, double metres, string message) =>
        Assert.Contains(message, Assert.Throws<ArgumentOutOfRangeException>(() => Model(scenario, 5e9, hasSight ? Los : Nlos).LossDb(metres)).Message, StringComparison.Ordinal);

    [Fact]
    public void An_office_terminal_closer_than_a_metre_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new IndoorOfficePathLoss(5e9, Los, default, 2, 2).LossDb(0.99));

    [Fact] // Table 7.4.1-1 and Table 7.5-6
    public void Deviations_and_correlation_distances()
    {
        Assert.Equal((4, 10.0), Law(new UrbanMicroPathLoss(3.5e9, Los)));
        Assert.Equal((7.82, 13.0), Law(new UrbanMicroPathLoss(3.5e9, Nlos)));
        Assert.Equal((8.2, 13.0), Law(new UrbanMicroPathLoss(3.5e9, Nlos, NonLineOfSightForm.Optional)));
        Assert.Equal((4, 37.0), Law(new UrbanMacroPathLoss(3.5e9, Los)));
        Assert.Equal((6, 50.0), Law(new UrbanMacroPathLoss(3.5e9, Nlos)));
        Assert.Equal((7.8, 50.0), Law(new UrbanMacroPathLoss(3.5e9, Nlos, NonLineOfSightForm.Optional)));
        Assert.Equal((4, 37.0), Law(new RuralMacroPathLoss(3.5e9, Los)));
        Assert.Equal((8, 120.0), Law(new RuralMacroPathLoss(3.5e9, Nlos)));
        Assert.Equal((3, 10.0), Law(new IndoorOfficePathLoss(3.5e9, Los)));
        Assert.Equal((8.03, 6.0), Law(new IndoorOfficePathLoss(3.5e9, Nlos)));
        Assert.Equal((8.29, 6.0), Law(new IndoorOfficePathLoss(3.5e9, Nlos, NonLineOfSightForm.Optional)));
        Assert.Equal((7, 7.0), Law(FixedShadowing.UrbanIndoorTerminal));
        Assert.Equal((8, 120.0), Law(FixedShadowing.RuralIndoorTerminal));

        static (double, double) Law(IShadowingLaw law) => (law.StandardDeviationDb(100), law.CorrelationMetres);
    }

    [Fact]
    public void The_environments_height_is_one_draw_per_link()
    {
        var key = StreamKey.Create(3, "heights");
        var (counts, total) = (new Dictionary<double, int>(), 20_000);
        for (var entity = 0UL; entity < (ulong)total; entity++)
        {
            var height = EffectiveEnvironmentHeight.DrawMetres(key, entity, 300, 22.5);
            Assert.Equal(height, EffectiveEnvironmentHeight.DrawMetres(key, entity, 300, 22.5));
            Assert.Equal(1, EffectiveEnvironmentHeight.DrawMetres(key, entity, 300, 12.9));
            Assert.Equal(1, EffectiveEnvironmentHeight.DrawMetres(key, entity, 300, 13.4)); // no whole step between 12 and 11.9
            counts[height] = counts.GetValueOrDefault(height) + 1;
        }

        Assert.Equal([1.0, 12, 15, 18, 21], counts.Keys.Order());
        var one = EffectiveEnvironmentHeight.ProbabilityOfOneMetre(300, 22.5);
        foreach (var (height, count) in counts)
        {
            var probability = height == 1 ? one : (1 - one) / 4;
            Assert.InRange(count / (double)total, probability - (5 * Math.Sqrt(probability / total)), probability + (5 * Math.Sqrt(probability / total)));
        }

        Assert.Equal(0.382426964167, EffectiveEnvironmentHeight.ProbabilityOfOneMetre(300, 18), 1e-11);
        Assert.Equal(1, EffectiveEnvironmentHeight.ProbabilityOfOneMetre(18, 22));
    }

    [Fact]
    public void Parameters_out_of_range_are_refused_by_name()
    {
        Refused("CarrierHz", () => new UrbanMicroPathLoss(0.49e9, Los));
        Refused("CarrierHz", () => new UrbanMacroPathLoss(double.NaN, Los));
        Refused("CarrierHz", () => new RuralMacroPathLoss(31e9, Los));
        Refused("CarrierHz", () => new IndoorOfficePathLoss(101e9, Los));
        Refused("CarrierHz", () => new FreeSpacePathLoss(0));
        Refused("Sight", () => new UrbanMicroPathLoss(3.5e9, (SightCondition)2));
        Refused("Form", () => new UrbanMicroPathLoss(3.5e9, Nlos, (NonLineOfSightForm)7));
        Refused("TerminalHeightMetres", () => new UrbanMicroPathLoss(3.5e9, Los, default, 10, 1.4));
        Refused("TerminalHeightMetres", () => new UrbanMacroPathLoss(3.5e9, Los, default, 25, 23));
        Refused("BaseStationHeightMetres", () => new UrbanMicroPathLoss(3.5e9, Los, default, 1));
        Refused("EnvironmentHeightMetres", () => new UrbanMacroPathLoss(3.5e9, Los, default, 25, 1.5, 1.5));
        Refused("BaseStationHeightMetres", () => new RuralMacroPathLoss(3.5e9, Los, 9));
        Refused("TerminalHeightMetres", () => new RuralMacroPathLoss(3.5e9, Los, 35, 11));
        Refused("BuildingHeightMetres", () => new RuralMacroPathLoss(3.5e9, Los, 35, 1.5, 4));
        Refused("StreetWidthMetres", () => new RuralMacroPathLoss(3.5e9, Los, 35, 1.5, 5, double.NaN));
        Refused("BaseStationHeightMetres", () => new IndoorOfficePathLoss(3.5e9, Los, default, 0));
        Refused("horizontalDistanceMetres", () => new UrbanMicroPathLoss(3.5e9, Los).StandardDeviationDb(double.NaN));
        Refused("terminalHeightMetres", () => EffectiveEnvironmentHeight.ProbabilityOfOneMetre(100, 1));
        Refused("DeviationDb", () => new FixedShadowing(-1, 7));
        Refused("CorrelationMetres", () => new FixedShadowing(1, 0));

        static void Refused(string name, Func<object> make) => Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(make).ParamName);
    }

    private static double Doubling(Func<double, IPathLoss> make, double metres) => make(6e9).LossDb(metres) - make(3e9).LossDb(metres);

    private static IPathLoss Model(string scenario, double carrierHz, SightCondition sight) => scenario switch
    {
        "UMi" => new UrbanMicroPathLoss(carrierHz, sight),
        "UMa" => new UrbanMacroPathLoss(carrierHz, sight),
        "RMa" => new RuralMacroPathLoss(carrierHz, sight),
        _ => new IndoorOfficePathLoss(carrierHz, sight, default, 3, 1.5),
    };
}
