using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Mobility;

namespace EdgeSplit.Tests.Wireless.Mobility;

public sealed class GaussMarkovLaws
{
    private static readonly StreamKey Key = StreamKey.Create(6, "gauss-markov-laws");

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(1)]
    public void The_velocity_is_stationary_with_correlation_a_to_the_n(double memory)
    {
        const int users = 20_000;
        var model = new GaussMarkovMobility(memory, 3, 2, 0.5, 0);
        var velocities = new (double X, double Y)[users, 7];
        for (var user = 0; user < users; user++)
        {
            var trajectory = model.Create(Key, (ulong)user, default);
            for (var k = 0; k < 7; k++)
            {
                var (from, to) = (trajectory.At(0.5 * k).Position, trajectory.At(0.5 * (k + 1)).Position);
                velocities[user, k] = ((to.XMetres - from.XMetres) / 0.5, (to.YMetres - from.YMetres) / 0.5);
            }
        }

        for (var lag = 0; lag < 7; lag++)
        {
            var (meanX, meanY, along, across) = (0.0, 0.0, 0.0, 0.0);
            for (var user = 0; user < users; user++)
            {
                var (first, last) = (velocities[user, 0], velocities[user, lag]);
                meanX += last.X / users;
                meanY += last.Y / users;
                along += (first.X - 3) * (last.X - 3) / 4 / users;
                across += first.Y * last.Y / 4 / users;
            }

            var (law, bound) = (Math.Pow(memory, lag), 5 * Math.Sqrt(2.0 / users));
            Assert.Equal(law, model.Autocorrelation(lag), 1e-15);
            Assert.InRange(meanX, 3 - (2 * bound), 3 + (2 * bound));
            Assert.InRange(meanY, -2 * bound, 2 * bound);
            Assert.InRange(along, law - bound, law + bound);
            Assert.InRange(across, law - bound, law + bound);
        }
    }

    [Fact]
    public void Full_memory_is_one_velocity_and_no_deviation_a_straight_line()
    {
        foreach (var model in new[] { new GaussMarkovMobility(1, 3, 2), new GaussMarkovMobility(0.4, 3, 0) })
        {
            var trajectory = model.Create(Key, 9, new(1, 2));
            var (first, last) = (trajectory.At(1), trajectory.At(1000));
            Assert.Equal(1 + (1000 * (first.Position.XMetres - 1)), last.Position.XMetres, 1e-6);
            Assert.Equal(2 + (1000 * (first.Position.YMetres - 2)), last.Position.YMetres, 1e-6);
            Assert.Equal(first.SpeedMetresPerSecond, last.SpeedMetresPerSecond, 1e-12);
        }
    }

    [Fact]
    public void The_border_changes_neither_speed_nor_way()
    {
        var (open, closed) = (new GaussMarkovMobility(0.8, 3, 2), new GaussMarkovMobility(0.8, 3, 2, RadiusMetres: 20));
        var (free, bounded) = (open.Create(Key, 4, default), closed.Create(Key, 4, default));
        var reflected = 0;
        for (var seconds = 0.0; seconds < 3000; seconds += 0.4)
        {
            var (a, b) = (free.At(seconds), bounded.At(seconds));
            Assert.Equal(a.SpeedMetresPerSecond, b.SpeedMetresPerSecond);
            Assert.Equal(a.TravelledMetres, b.TravelledMetres);
            Assert.True(b.Position.DistanceMetres <= 20);
            reflected += a.Position != b.Position ? 1 : 0;
        }

        Assert.True(reflected > 7000);
    }

    [Fact]
    public void A_path_between_reflections_is_as_smooth_as_in_the_open_plane()
    {
        // With drift and little deviation, a user of a bounded disk goes nearly straight from border to border: the mean velocity is reflected too.
        var trajectory = new GaussMarkovMobility(0.5, 5, 0.01, 1, 0.7, 100).Create(Key, 4, default);
        for (var seconds = 0.0; seconds < 5000; seconds += 10)
        {
            var (a, b) = (trajectory.At(seconds).Position, trajectory.At(seconds + 1).Position);
            var displacement = new PlanePosition(b.XMetres - a.XMetres, b.YMetres - a.YMetres).DistanceMetres;
            Assert.True(displacement > 4.9 || b.DistanceMetres > 90);
        }
    }

    [Theory] // Rice mean; drift 0 is the Rayleigh mean sigma sqrt(pi / 2)
    [InlineData(0, 2)]
    [InlineData(1, 2)]
    [InlineData(3, 1)]
    [InlineData(30, 1)]
    [InlineData(300, 1)]
    public void The_mean_speed_is_that_of_the_Rice_law(double drift, double deviation)
    {
        var model = new GaussMarkovMobility(0, drift, deviation);

        // Trapezoidal rule over two normal components, spectrally accurate.
        var (sum, step) = (0.0, 0.05);
        for (var x = -9.0; x <= 9; x += step)
        {
            for (var y = -9.0; y <= 9; y += step)
            {
                var (vx, vy) = (drift + (deviation * x), deviation * y);
                sum += Math.Sqrt((vx * vx) + (vy * vy)) * Math.Exp(-((x * x) + (y * y)) / 2) * step * step / (2 * Math.PI);
            }
        }

        Assert.Equal(sum, model.MeanSpeedMetresPerSecond, 3e-5 * sum);
        var seconds = 100_000.0;
        var average = model.Create(Key, 3, default).At(seconds).TravelledMetres / seconds;
        Assert.InRange(average, model.MeanSpeedMetresPerSecond - (5 * deviation / Math.Sqrt(seconds)), model.MeanSpeedMetresPerSecond + (5 * deviation / Math.Sqrt(seconds)));
    }

    [Fact]
    public void Mean_speed_at_the_ends()
    {
        Assert.Equal(2 * Math.Sqrt(Math.PI / 2), new GaussMarkovMobility(0, 0, 2).MeanSpeedMetresPerSecond, 1e-12);
        Assert.Equal(4, new GaussMarkovMobility(0, 4, 0).MeanSpeedMetresPerSecond);
        Assert.Equal(0, new GaussMarkovMobility(0, 0, 0).MeanSpeedMetresPerSecond);
        var (near, far) = (new GaussMarkovMobility(0, 1, 0.5000001e-4).MeanSpeedMetresPerSecond, new GaussMarkovMobility(0, 1, 0.4999999e-4).MeanSpeedMetresPerSecond);
        Assert.Equal(near, far, 2e-9);
        Assert.Equal(0.871779788708, new GaussMarkovMobility(0.9, 1, 2).InnovationMetresPerSecond, 1e-12);
    }

    [Fact]
    public void Bad_parameters_are_refused_by_name()
    {
        Refused("Memory", () => new GaussMarkovMobility(1.01, 1, 1));
        Refused("Memory", () => new GaussMarkovMobility(double.NaN, 1, 1));
        Refused("DriftMetresPerSecond", () => new GaussMarkovMobility(0.5, -1, 1));
        Refused("DeviationMetresPerSecond", () => new GaussMarkovMobility(0.5, 1, double.NaN));
        Refused("StepSeconds", () => new GaussMarkovMobility(0.5, 1, 1, 0));
        Refused("DirectionRadians", () => new GaussMarkovMobility(0.5, 1, 1, 1, double.PositiveInfinity));
        Refused("RadiusMetres", () => new GaussMarkovMobility(0.5, 1, 1, 1, null, -1));
        Refused("lagSteps", () => new GaussMarkovMobility(0.5, 1, 1).Autocorrelation(-1));

        static void Refused(string name, Func<object> make) => Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(make).ParamName);
    }
}
