using EdgeSplit.Core.Devices.Thermal;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Tests.Devices.Thermal;

public sealed class ThermalRunLaws
{
    private static readonly ThermalModel Model = new() { Inner = new ThermalStage(15, 3), Outer = new ThermalStage(130, 4.5) };

    private static readonly ThermalEnvelope[] Envelopes =
    [
        new() { Model = Model, Governor = SpeedGovernor.Hysteresis(60, 52, 0.3) },
        new() { Model = Model, Governor = SpeedGovernor.Proportional(45, 65, 0.2), PowerExponent = 3 },
        new() { Model = Model, Governor = SpeedGovernor.Hysteresis(42, 40, 0.15), Sensor = ThermalSensor.Outer, PowerExponent = 1 },
        new() { Model = new ThermalModel { Inner = new ThermalStage(120, 5) }, Governor = SpeedGovernor.Proportional(45, 60, 0.3, 8) },
    ];

    [Fact]
    public void A_run_equals_a_fine_integration_with_the_same_governor()
    {
        foreach (var envelope in Envelopes)
        {
            var run = envelope.Work(envelope.Model.Cold, 1, 12, 900);
            var (work, inner) = Euler(envelope, 1, 12, 900, 0.01);
            Assert.Equal(work, run.WorkSeconds, 0.004 * work);
            Assert.Equal(inner, run.End.InnerCelsius, 4.0); // within a band of hysteresis: the phase of its cycles differs
        }
    }

    [Fact]
    public void Segments_fill_the_run_and_the_temperature_is_continuous_between_the_governors_limits()
    {
        foreach (var envelope in Envelopes)
        {
            var run = envelope.Work(envelope.Model.Cold, 1, 12, 3000);
            Assert.True(run.Segments.Count > 2);
            var at = 0.0;
            foreach (var segment in run.Segments)
            {
                Assert.Equal(at, segment.StartSeconds, 1e-9);
                at = segment.EndSeconds;
                Assert.InRange(segment.Speed, 1e-9, 1);
                Assert.Equal(envelope.Watts(1, 12, segment.Speed), segment.Watts);
                if (segment.StartSeconds > 0)
                {
                    var before = run.StateAt(segment.StartSeconds - 1e-9);
                    Assert.Equal(before.InnerCelsius, segment.Start.InnerCelsius, 1e-6);
                    Assert.Equal(before.OuterCelsius, segment.Start.OuterCelsius, 1e-6);
                }
            }

            Assert.Equal(3000, at, 1e-9);
            Assert.Equal(run.Segments.Sum(segment => segment.Speed * segment.Seconds), run.WorkSeconds, 1e-9);
            Assert.Equal(run.WorkUntil(3000), run.WorkSeconds, 1e-9);
            var hottest = envelope.Governor.Steps[^1].EnterCelsius;
            Assert.All(run.Segments, segment => Assert.True(
                (envelope.Sensor == ThermalSensor.Outer ? segment.Start.OuterCelsius : segment.Start.InnerCelsius) <= hottest + 1e-6));
        }
    }

    [Fact]
    public void Energy_of_a_run_is_what_is_stored_and_what_went_to_the_air()
    {
        foreach (var envelope in Envelopes)
        {
            var run = envelope.Work(envelope.Model.Cold, 1, 12, 900);
            var shed = run.Segments.Sum(segment => envelope.Model.ShedJoules(segment.Start, segment.Watts, segment.Seconds));
            Assert.Equal(run.EnergyJoules, shed + envelope.Model.StoredJoules(run.End), 1e-7 * run.EnergyJoules);
        }
    }

    [Fact]
    public void A_long_run_is_two_short_ones()
    {
        foreach (var envelope in Envelopes)
        {
            var whole = envelope.Work(envelope.Model.Cold, 1, 12, 700);
            var first = envelope.Work(envelope.Model.Cold, 1, 12, 333);
            var second = envelope.Work(first.End, 1, 12, 367);
            Assert.Equal(whole.WorkSeconds, first.WorkSeconds + second.WorkSeconds, 1e-6);
            Assert.Equal(whole.End.InnerCelsius, second.End.InnerCelsius, 1e-6);
            Assert.Equal(whole.End.ThrottleStep, second.End.ThrottleStep);
        }
    }

    [Fact]
    public void The_time_to_throttle_is_the_crossing_of_the_first_step()
    {
        foreach (var envelope in Envelopes)
        {
            var expected = envelope.Model.SecondsUntil(envelope.Model.Cold, 12, envelope.Governor.Steps[0].EnterCelsius, envelope.Sensor);
            Assert.Equal(expected, envelope.Work(envelope.Model.Cold, 1, 12, 900).TimeToThrottleSeconds, 1e-9);
        }
    }

    [Fact]
    public void Power_that_the_model_sheds_below_the_first_step_never_throttles()
    {
        foreach (var envelope in Envelopes)
        {
            var watts = 0.999 * envelope.Model.SustainableWatts(envelope.Governor.Steps[0].EnterCelsius, envelope.Sensor);
            var run = envelope.Work(envelope.Model.Cold, 0.5, watts, 1e6);
            Assert.Equal(double.PositiveInfinity, run.TimeToThrottleSeconds);
            Assert.Equal((1e6, 1.0, 1), (run.WorkSeconds, run.SustainedSpeed, run.Segments.Count));
            Assert.Equal(1, envelope.SustainableSpeed(0.5, watts, envelope.Governor.Steps[0].EnterCelsius));
        }
    }

    [Fact]
    public void In_the_long_run_the_mean_power_is_what_the_band_of_temperatures_can_shed()
    {
        // Stored heat is bounded, so mean power = mean heat to the air: between those of the ends of the band.
        var envelope = Envelopes[0];
        var run = envelope.Work(envelope.Model.Cold, 1, 12, 50_000);
        var early = envelope.Work(envelope.Model.Cold, 1, 12, 10_000);
        var watts = (run.EnergyJoules - early.EnergyJoules) / 40_000;
        Assert.InRange(watts, envelope.Model.SustainableWatts(52), envelope.Model.SustainableWatts(60));

        // A fine ladder settles where its speed's power is that of its temperature.
        var ladder = new ThermalEnvelope { Model = Model, Governor = SpeedGovernor.Proportional(45, 65, 0.2, 400, 0.05) };
        var end = ladder.Work(Model.Cold, 1, 12, 20_000);
        Assert.Equal(ladder.SustainableSpeed(1, 12, end.End.InnerCelsius), end.SustainedSpeed, 0.01);
    }

    [Fact]
    public void More_power_throttles_sooner_and_sustains_a_lower_share_of_its_speed()
    {
        foreach (var envelope in Envelopes)
        {
            double lastTime = double.PositiveInfinity, lastSpeed = 1.0001;
            foreach (var watts in new[] { 9.0, 12, 18, 30 })
            {
                var run = envelope.Work(envelope.Model.Cold, 1, watts, 4000);
                Assert.True(run.TimeToThrottleSeconds < lastTime);
                Assert.True(run.SustainedSpeed < lastSpeed + 0.01);
                (lastTime, lastSpeed) = (run.TimeToThrottleSeconds, run.SustainedSpeed);
            }
        }
    }

    [Fact]
    public void Work_is_inverted_by_the_time_for_it_and_rest_lets_the_governor_go()
    {
        var envelope = Envelopes[1];
        var run = envelope.Work(envelope.Model.Cold, 1, 12, 900);
        foreach (var seconds in new[] { 0, 5.5, 100, 456.7, 900 })
        {
            Assert.Equal(seconds, run.SecondsFor(run.WorkUntil(seconds)), 1e-6);
        }

        Assert.Equal(double.PositiveInfinity, run.SecondsFor(run.WorkSeconds * 1.001));
        Assert.True(run.End.ThrottleStep > 0);
        var rested = envelope.Rest(run.End, 1, 3000);
        Assert.Equal(0, rested.End.ThrottleStep);
        Assert.True(rested.End.InnerCelsius < 40);
        Assert.True(envelope.Work(rested.End, 1, 12, 60).WorkSeconds > envelope.Work(run.End, 1, 12, 60).WorkSeconds);
    }

    [Fact]
    public void The_same_run_twice_is_the_same_to_the_bit()
    {
        var first = Envelopes[0].Work(Model.Cold, 1, 12, 5000);
        var second = Envelopes[0].Work(Model.Cold, 1, 12, 5000);
        Assert.Equal(first.Segments.Select(s => (s.StartSeconds, s.Speed, s.Start)), second.Segments.Select(s => (s.StartSeconds, s.Speed, s.Start)));
    }

    [Fact]
    public void A_throttled_processor_is_slower_by_its_speed()
    {
        var cost = new UnitCost(1e12, 0, 0, 1e9, 0, 0, 0, 3);
        var seconds = PlainProcessor.Fast.Seconds(cost, NumberFormat.F16);
        Assert.Equal(seconds / 0.4, ThermalEnvelope.Throttled(PlainProcessor.Fast, 0.4).Seconds(cost, NumberFormat.F16), 1e-12 * seconds);
        Assert.Equal(seconds, ThermalEnvelope.Throttled(PlainProcessor.Fast, 1).Seconds(cost, NumberFormat.F16));
        Assert.Throws<ArgumentOutOfRangeException>(() => ThermalEnvelope.Throttled(PlainProcessor.Fast, 0));
    }

    [Fact]
    public void Bad_governors_and_runs_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => SpeedGovernor.Hysteresis(50, 50, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => SpeedGovernor.Hysteresis(50, 45, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => SpeedGovernor.Hysteresis(50, 45, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SpeedGovernor.Hysteresis(double.NaN, 45, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => SpeedGovernor.Proportional(50, 40, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => SpeedGovernor.Proportional(40, 50, 0.5, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SpeedGovernor.Proportional(40, 50, 0.5, 10, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SpeedGovernor([new SpeedStep(0.5, 50, 45), new SpeedStep(0.6, 60, 55)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SpeedGovernor([new SpeedStep(0.5, 50, 45), new SpeedStep(0.4, 50, 46)]));
        Assert.Throws<ArgumentNullException>(() => new SpeedGovernor(null!));
        var envelope = Envelopes[0];
        Assert.Throws<ArgumentOutOfRangeException>(() => envelope with { PowerExponent = 0.9 });
        Assert.Throws<ArgumentOutOfRangeException>(() => envelope with { Sensor = (ThermalSensor)5 });
        Assert.Throws<ArgumentOutOfRangeException>(() => envelope.Work(Model.Cold, 5, 4, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => envelope.Work(Model.Cold, 1, 4, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => envelope.Work(Model.Cold, 1, 4, 1e8));
        Assert.Throws<ArgumentOutOfRangeException>(() => envelope.Work(new ThermalState(20, 20, 2), 1, 4, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => envelope.Work(new ThermalState(double.NaN, 20, 0), 1, 4, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => envelope.Work(Model.Cold, 1, 4, 10).SpeedAt(11));
    }

    private static (double Work, double Inner) Euler(ThermalEnvelope envelope, double idle, double busy, double seconds, double step)
    {
        var model = envelope.Model;
        double inner = model.AmbientCelsius, outer = inner, work = 0;
        var level = 0;
        for (var i = 0; i < seconds / step; i++)
        {
            level = envelope.Governor.Next(level, envelope.Sensor == ThermalSensor.Outer ? outer : inner);
            var speed = envelope.Governor.Speed(level);
            var watts = idle + ((busy - idle) * Math.Pow(speed, envelope.PowerExponent));
            var flow = (inner - (model.Outer is null ? model.AmbientCelsius : outer)) / model.Inner.ResistanceKelvinPerWatt;
            inner += step * (watts - flow) / model.Inner.HeatCapacityJoulesPerKelvin;
            if (model.Outer is { } stage)
            {
                outer += step * (flow - ((outer - model.AmbientCelsius) / stage.ResistanceKelvinPerWatt)) / stage.HeatCapacityJoulesPerKelvin;
            }

            work += speed * step;
        }

        return (work, inner);
    }
}
