using EdgeSplit.Core.Devices.Thermal;

namespace EdgeSplit.Tests.Devices.Thermal;

public sealed class ThermalModelLaws
{
    private static readonly ThermalModel One = new() { Inner = new ThermalStage(120, 5), AmbientCelsius = 20 };

    private static readonly ThermalModel Two = new() { Inner = new ThermalStage(15, 3), Outer = new ThermalStage(130, 4.5) };

    // Equal rates of the two stages apart, and a case far lighter than the processor.
    private static readonly ThermalModel[] Models =
        [One, Two, new() { Inner = new ThermalStage(10, 2), Outer = new ThermalStage(10, 2) }, new() { Inner = new ThermalStage(200, 0.5), Outer = new ThermalStage(0.5, 8) }];

    private static readonly (ThermalState State, double Watts)[] Starts =
        [(new(20, 20, 0), 8), (new(90, 40, 0), 0), (new(30, 80, 0), 5), (new(70, 70, 0), 4), (new(15, 45, 0), 12)];

    [Fact]
    public void The_exact_solution_equals_a_fine_integration()
    {
        foreach (var model in Models)
        {
            foreach (var (start, watts) in Starts)
            {
                foreach (var seconds in new[] { 0.5, 10, 60 })
                {
                    var (inner, outer) = Euler(model, start, watts, seconds, 100_000);
                    var exact = model.After(start, watts, seconds);
                    Assert.Equal(inner, exact.InnerCelsius, 0.02);
                    if (model.Outer is not null)
                    {
                        Assert.Equal(outer, exact.OuterCelsius, 0.02);
                    }
                }
            }
        }
    }

    [Fact]
    public void Heat_is_conserved()
    {
        foreach (var model in Models)
        {
            foreach (var (start, watts) in Starts)
            {
                foreach (var seconds in new[] { 1e-3, 1, 100, 5000, 1e6 })
                {
                    var stored = model.StoredJoules(model.After(start, watts, seconds)) - model.StoredJoules(start);
                    var scale = 1 + Math.Abs(model.StoredJoules(start)) + (watts * seconds);
                    Assert.Equal(watts * seconds, stored + model.ShedJoules(start, watts, seconds), 1e-11 * scale);
                }
            }
        }
    }

    [Fact]
    public void Two_steps_of_time_equal_one()
    {
        foreach (var model in Models)
        {
            foreach (var (start, watts) in Starts)
            {
                var once = model.After(start, watts, 77);
                var twice = model.After(model.After(start, watts, 30), watts, 47);
                Assert.Equal(once.InnerCelsius, twice.InnerCelsius, 1e-10);
                Assert.Equal(once.OuterCelsius, twice.OuterCelsius, 1e-10);
                Assert.Equal(start.InnerCelsius, model.After(start, watts, 0).InnerCelsius, 1e-11);
            }
        }
    }

    [Fact]
    public void One_stage_is_the_textbook_exponential()
    {
        // tau = R C = 600 s; towards 20 + 5 x 8 = 60 degrees; after one tau 1 - 1/e of the way.
        Assert.Equal(20 + (40 * (1 - Math.Exp(-1))), One.After(One.Cold, 8, 600).InnerCelsius, 1e-10);
        Assert.Equal(600 * Math.Log(2), One.SecondsUntil(One.Cold, 8, 40), 1e-6);
    }

    [Fact]
    public void Sustainable_power_is_the_rise_over_the_resistance_and_ends_at_the_limit()
    {
        Assert.Equal((60.0 - 20) / 5, One.SustainableWatts(60), 12);
        Assert.Equal((60.0 - 25) / 7.5, Two.SustainableWatts(60), 12);
        Assert.Equal((43.0 - 25) / 4.5, Two.SustainableWatts(43, ThermalSensor.Outer), 12);
        Assert.Equal(0, Two.SustainableWatts(10));
        foreach (var model in Models)
        {
            var watts = model.SustainableWatts(70);
            Assert.Equal(70, model.SteadyState(watts).InnerCelsius, 1e-10);
            Assert.Equal(70, model.After(model.Cold, watts, 1e6).InnerCelsius, 1e-9);
            Assert.True(model.After(model.Cold, watts, 3000).InnerCelsius <= 70 + 1e-9);
        }
    }

    [Fact]
    public void A_crossing_is_at_the_target_and_nothing_crossed_before()
    {
        foreach (var model in Models)
        {
            foreach (var (start, watts) in Starts)
            {
                foreach (var sensor in new[] { ThermalSensor.Inner, ThermalSensor.Outer })
                {
                    foreach (var target in new[] { 22, 33.3, 47, 58, 71, 85 })
                    {
                        var seconds = model.SecondsUntil(start, watts, target, sensor);
                        var sign = Math.Sign(Watched(model, start, sensor) - target);
                        var horizon = double.IsInfinity(seconds) ? 20_000 : seconds;
                        for (var i = 1; i < 200; i++)
                        {
                            var value = Watched(model, model.After(start, watts, horizon * i / 200), sensor);
                            Assert.True(Math.Sign(value - target) == sign || Math.Abs(value - target) < 1e-6);
                        }

                        if (double.IsFinite(seconds))
                        {
                            Assert.Equal(target, Watched(model, model.After(start, watts, seconds), sensor), 1e-6);
                        }
                    }
                }
            }
        }
    }

    [Fact]
    public void A_hot_processor_on_a_cold_case_may_cool_first_and_warm_again()
    {
        // It starts at 60, falls into the fifties while the case is cold, and ends at 25 + 7.5 x 6 = 70: 65 is crossed on the way up only.
        var start = new ThermalState(60, 25, 0);
        Assert.True(Two.After(start, 6, 20).InnerCelsius < 58);
        var seconds = Two.SecondsUntil(start, 6, 65);
        Assert.InRange(seconds, 100, 5000);
        Assert.Equal(65, Two.After(start, 6, seconds).InnerCelsius, 1e-7);
        Assert.Equal(double.PositiveInfinity, Two.SecondsUntil(start, 6, 71));
        Assert.InRange(Two.SecondsUntil(start, 6, 58), 1, 20);
        Assert.Equal(0, Two.SecondsUntil(start, 6, 60));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-1)]
    public void Bad_numbers_are_refused(double bad)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ThermalStage(bad, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ThermalStage(1, bad));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ThermalModel { Inner = default });
        Assert.Throws<ArgumentOutOfRangeException>(() => Two with { Outer = default(ThermalStage) });
        Assert.Throws<ArgumentOutOfRangeException>(() => Two with { AmbientCelsius = bad * 1000 });
        Assert.Throws<ArgumentOutOfRangeException>(() => Two.SteadyState(bad));
        Assert.Throws<ArgumentOutOfRangeException>(() => Two.After(Two.Cold, bad, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Two.After(Two.Cold, 1, bad));
        Assert.Throws<ArgumentOutOfRangeException>(() => Two.ShedJoules(Two.Cold, 1, bad));
        if (bad != -1)
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => Two.After(new ThermalState(bad, 20, 0), 1, 1));
            Assert.Throws<ArgumentOutOfRangeException>(() => Two.SecondsUntil(Two.Cold, 1, bad));
            Assert.Throws<ArgumentOutOfRangeException>(() => Two.SustainableWatts(bad));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => Two.SustainableWatts(50, (ThermalSensor)9));
    }

    private static (double Inner, double Outer) Euler(ThermalModel model, ThermalState start, double watts, double seconds, int steps)
    {
        double inner = start.InnerCelsius, outer = start.OuterCelsius, step = seconds / steps;
        for (var i = 0; i < steps; i++)
        {
            if (model.Outer is { } stage)
            {
                var flow = (inner - outer) / model.Inner.ResistanceKelvinPerWatt;
                inner += step * (watts - flow) / model.Inner.HeatCapacityJoulesPerKelvin;
                outer += step * (flow - ((outer - model.AmbientCelsius) / stage.ResistanceKelvinPerWatt)) / stage.HeatCapacityJoulesPerKelvin;
            }
            else
            {
                inner += step * (watts - ((inner - model.AmbientCelsius) / model.Inner.ResistanceKelvinPerWatt)) / model.Inner.HeatCapacityJoulesPerKelvin;
            }
        }

        return (inner, outer);
    }

    private static double Watched(ThermalModel model, ThermalState state, ThermalSensor sensor) =>
        sensor == ThermalSensor.Inner || model.Outer is null ? state.InnerCelsius : state.OuterCelsius;
}
