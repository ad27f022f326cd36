using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Mobility;

namespace EdgeSplit.Tests.Wireless.Mobility;

public sealed class RandomWaypointLaws
{
    private const int Users = 20_000;

    private static readonly StreamKey Key = StreamKey.Create(4, "waypoint-laws");

    [Theory] // (vmax - vmin) / ln(vmax / vmin), computed independently
    [InlineData(1, 20, 6.3423558)]
    [InlineData(0.5, 1.5, 0.91023923)]
    [InlineData(5, 15, 9.1023923)]
    public void Stationary_mean_speed(double minimum, double maximum, double expected) =>
        Assert.Equal(expected, new RandomWaypointMobility(new DiskArea(100), minimum, maximum).MeanSpeedMetresPerSecond, 5.1e-8 * maximum);

    [Fact]
    public void With_one_speed_the_mean_is_that_speed()
    {
        Assert.Equal(3, new RandomWaypointMobility(new DiskArea(100), 3, 3).MeanSpeedMetresPerSecond);
        foreach (var excess in new[] { 1e-12, 1e-9, 1.01e-8, 1e-6 })
        {
            Assert.Equal(3 * (1 + (excess / 2)), new RandomWaypointMobility(new DiskArea(100), 3, 3 * (1 + excess)).MeanSpeedMetresPerSecond, 1e-7);
        }
    }

    [Fact] // 0.90541479 R for the disk; 0.52140543 for the unit square, the classical values
    public void Mean_legs_are_the_closed_forms()
    {
        Assert.Equal(0.90541479, new DiskArea(1).MeanLegMetres, 5e-9);
        Assert.Equal(0.52140543, new RectangleArea(1, 1).MeanLegMetres, 5e-9);
        Assert.Equal(new RectangleArea(3, 8).MeanLegMetres, new RectangleArea(8, 3).MeanLegMetres, 1e-12);
        Assert.Equal(1.0 / 3, new RectangleArea(1, 1e-3).MeanLegMetres, 1e-4); // a line
        foreach (var area in new IMobilityArea[] { new DiskArea(70), new RectangleArea(50, 200) })
        {
            var random = new RandomSource(Key);
            var (sum, square) = (0.0, 0.0);
            for (var i = 0; i < 100_000; i++)
            {
                var (a, b) = (area.Sample(ref random), area.Sample(ref random));
                Assert.True(area.Contains(a));
                var leg = new PlanePosition(a.XMetres - b.XMetres, a.YMetres - b.YMetres).DistanceMetres;
                Assert.True(leg <= area.DiameterMetres);
                (sum, square) = (sum + leg, square + (leg * leg));
            }

            var mean = sum / 100_000;
            Assert.InRange(mean - area.MeanLegMetres, -5 * Math.Sqrt(((square / 100_000) - (mean * mean)) / 100_000), 5 * Math.Sqrt(((square / 100_000) - (mean * mean)) / 100_000));
        }
    }

    [Fact]
    public void A_disk_is_drawn_uniformly()
    {
        var random = new RandomSource(Key, 9);
        var areas = Enumerable.Range(0, Users).Select(_ => Math.Pow(new DiskArea(50).Sample(ref random).DistanceMetres / 50, 2)).Order().ToArray();
        Assert.True(KolmogorovSmirnov(areas, share => share) < 1.95);
    }

    [Theory]
    [InlineData(1, 20, 0)]
    [InlineData(0.5, 1.5, 30)]
    public void The_time_average_is_the_stationary_mean(double minimum, double maximum, double pause)
    {
        var model = new RandomWaypointMobility(new DiskArea(50), minimum, maximum, pause);
        var seconds = 100_000 * model.Area.MeanLegMetres / model.MeanSpeedMetresPerSecond;
        Assert.InRange(model.Create(Key, 1, default).At(seconds).TravelledMetres / seconds / model.MeanSpeedMetresPerSecond, 0.99, 1.01);
        Assert.InRange(model.CreateStationary(Key, 1).At(seconds).TravelledMetres / seconds / model.MeanSpeedMetresPerSecond, 0.99, 1.01);
        Assert.True(model.MeanSpeedMetresPerSecond < 0.95 * (minimum + maximum) / 2);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(25)]
    public void From_the_stationary_start_the_law_is_the_same_at_all_times(double pause)
    {
        var model = new RandomWaypointMobility(new DiskArea(100), 1, 10, pause);
        var squares = new List<(double Mean, double Error)>();
        foreach (var seconds in new[] { 0.0, 6, 40, 300 })
        {
            var points = Enumerable.Range(0, Users).Select(entity => model.CreateStationary(Key, (ulong)entity).At(seconds)).ToArray();
            var walking = points.Where(point => point.SpeedMetresPerSecond > 0).Select(point => point.SpeedMetresPerSecond).Order().ToArray();
            var share = model.PauseShare;
            Assert.InRange(1 - (walking.Length / (double)Users), share - (5 * Math.Sqrt(share * (1 - share) / Users)), share + (5 * Math.Sqrt(share * (1 - share) / Users)));
            Assert.True(KolmogorovSmirnov(walking, speed => Math.Log(speed) / Math.Log(10)) < 1.95); // density proportional to 1/v
            var square = points.Select(point => Math.Pow(point.Position.DistanceMetres / 100, 2)).ToArray();
            squares.Add((square.Average(), Math.Sqrt(1.0 / 12 / Users))); // spread below that of a uniform disk
            Assert.InRange(points.Average(point => point.SpeedMetresPerSecond) / model.MeanSpeedMetresPerSecond, 0.96, 1.04);
        }

        // Mean squared distance: stationary, and below the 1/2 of a uniform start.
        Assert.All(squares, one => Assert.InRange(one.Mean - squares[0].Mean, -7 * one.Error, 7 * one.Error));
        Assert.True(squares[0].Mean < 0.5 - (5 * squares[0].Error));
    }

    [Fact]
    public void A_fresh_start_begins_at_the_arithmetic_mean_and_decays()
    {
        var model = new RandomWaypointMobility(new DiskArea(100), 1, 20);
        double MeanAt(double seconds) => Enumerable.Range(0, Users).Average(entity => model.Create(Key, (ulong)entity, default).At(seconds).SpeedMetresPerSecond);
        Assert.InRange(MeanAt(0), 10.5 - (5 * 5.5 / Math.Sqrt(Users)), 10.5 + (5 * 5.5 / Math.Sqrt(Users)));
        Assert.InRange(MeanAt(2000), 6.3423558 - (5 * 5.5 / Math.Sqrt(Users)), 6.3423558 + (5 * 5.5 / Math.Sqrt(Users)));
    }

    [Fact]
    public void A_user_pauses_for_the_pause_at_every_waypoint()
    {
        var trajectory = new RandomWaypointMobility(new DiskArea(100), 2, 2, 10).Create(Key, 5, default);
        var (pausing, stands) = (0.0, 0);
        var wasWalking = true;
        for (var seconds = 0.0; seconds < 20_000; seconds += 0.1)
        {
            var isWalking = trajectory.At(seconds).SpeedMetresPerSecond > 0;
            pausing += isWalking ? 0 : 0.1;
            stands += wasWalking && !isWalking ? 1 : 0;
            wasWalking = isWalking;
        }

        Assert.InRange(stands, 250, 450);
        Assert.Equal(10, pausing / stands, 0.1);
    }

    [Fact]
    public void Bad_parameters_are_refused_by_name()
    {
        Refused("MinimumSpeedMetresPerSecond", () => new RandomWaypointMobility(new DiskArea(1), 0, 1)); // its mean speed would decay to 0
        Refused("MinimumSpeedMetresPerSecond", () => new RandomWaypointMobility(new DiskArea(1), double.NaN, 1));
        Refused("MaximumSpeedMetresPerSecond", () => new RandomWaypointMobility(new DiskArea(1), 2, 1));
        Refused("MaximumSpeedMetresPerSecond", () => new RandomWaypointMobility(new DiskArea(1), 2, double.PositiveInfinity));
        Refused("PauseSeconds", () => new RandomWaypointMobility(new DiskArea(1), 1, 2, -1));
        Refused("RadiusMetres", () => new DiskArea(double.PositiveInfinity));
        Refused("WidthMetres", () => new RectangleArea(0, 1));
        Refused("DepthMetres", () => new RectangleArea(1, double.NaN));
        Assert.Equal("Area", Assert.Throws<ArgumentNullException>(() => new RandomWaypointMobility(null!, 1, 2)).ParamName);
        Refused("seconds", () => new RandomWaypointMobility(new DiskArea(1), 1, 2).Create(Key, 0, default).At(1.1e9));

        static void Refused(string name, Func<object> make) => Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(make).ParamName);
    }

    /// <summary>The Kolmogorov-Smirnov distance times the root of the count; 1.95 is the 0.1 % point.</summary>
    private static double KolmogorovSmirnov(double[] sorted, Func<double, double> cumulative) =>
        Math.Sqrt(sorted.Length) * sorted.Select((value, i) => Math.Max(cumulative(value) - ((double)i / sorted.Length), ((i + 1.0) / sorted.Length) - cumulative(value))).Max();
}
