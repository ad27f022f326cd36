using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Mobility;

namespace EdgeSplit.Tests.Wireless.Mobility;

/// <summary>Motion in a reflecting disk: the closed form beside reflection after reflection.</summary>
public sealed class ReflectionLaws
{
    private static readonly StreamKey Key = StreamKey.Create(8, "reflections");

    [Fact]
    public void The_closed_form_is_reflection_after_reflection()
    {
        var random = new RandomSource(Key);
        for (var i = 0; i < 3000; i++)
        {
            var (start, direction, seconds) = (new DiskArea(80).Sample(ref random), 7 * random.NextUniform(), 2000 * random.NextUniform());
            var billiard = new Billiard(80) { Place = start };
            billiard.Move(Math.Cos(direction), Math.Sin(direction), seconds);
            Near(billiard.Place, new LinearMobility(1, direction, 80).Create(Key, 0, start).At(seconds).Position);
        }
    }

    [Theory]
    [InlineData(20, 200)] // a reflection every few steps
    [InlineData(0.7, 20)] // several in each step; rounding errors grow from each to the next
    public void A_velocity_and_its_mean_are_reflected_as_the_motion_is(double radius, int steps)
    {
        var random = new RandomSource(Key, 1);
        for (var user = 0UL; user < 20; user++)
        {
            var start = new DiskArea(radius).Sample(ref random);
            var open = new GaussMarkovMobility(0.8, 3, 1).Create(Key, user, start);
            var bounded = new GaussMarkovMobility(0.8, 3, 1, RadiusMetres: radius).Create(Key, user, start);
            var billiard = new Billiard(radius) { Place = start };
            for (var step = 0; step < steps; step++)
            {
                var (from, to) = (open.At(step).Position, open.At(step + 1).Position);
                billiard.Move(to.XMetres - from.XMetres, to.YMetres - from.YMetres, 1);
                Near(billiard.Place, bounded.At(step + 1).Position);
            }
        }
    }

    [Fact]
    public void A_diameter_is_walked_to_and_fro()
    {
        var model = new LinearMobility(1, 0, 10);
        var trajectory = model.Create(Key, 0, default);
        foreach (var (seconds, x) in new[] { (4.0, 4.0), (10, 10), (13, 7), (30, -10), (40, 0), (4004, 4) })
        {
            Assert.Equal(x, trajectory.At(seconds).Position.XMetres, 1e-9);
            Assert.Equal(0, trajectory.At(seconds).Position.YMetres, 1e-9);
        }
    }

    [Fact]
    public void A_square_of_chords_closes()
    {
        // From the border at 45 degrees to the normal: four chords of R sqrt(2), then the same again.
        var trajectory = new LinearMobility(1, 3 * Math.PI / 4, 10).Create(Key, 0, new(10, 0));
        var round = 40 * Math.Sqrt(2);
        foreach (var seconds in new[] { 3.0, 17, 30, 55 })
        {
            var (first, later) = (trajectory.At(seconds).Position, trajectory.At(seconds + (1000 * round)).Position);
            Assert.Equal(first.XMetres, later.XMetres, 1e-7);
            Assert.Equal(first.YMetres, later.YMetres, 1e-7);
        }

        Assert.Equal(0, trajectory.At(10 * Math.Sqrt(2)).Position.XMetres, 1e-9);
        Assert.Equal(10, trajectory.At(10 * Math.Sqrt(2)).Position.YMetres, 1e-9);
    }

    [Fact]
    public void Along_the_border_the_user_follows_it()
    {
        var trajectory = new LinearMobility(1, Math.PI / 2, 10).Create(Key, 0, new(10, 0));
        foreach (var seconds in new[] { 1.0, 15.7, 1000 })
        {
            var position = trajectory.At(seconds).Position;
            Assert.Equal(10, position.DistanceMetres, 1e-9);
            Assert.Equal(Math.Cos(seconds / 10), position.XMetres / 10, 1e-6);
            Assert.Equal(Math.Sin(seconds / 10), position.YMetres / 10, 1e-6);
        }
    }

    [Fact]
    public void In_the_open_plane_motion_is_straight()
    {
        var point = new LinearMobility(20, Math.PI / 6).Create(Key, 0, new(5, 6)).At(100);
        Assert.Equal(5 + (2000 * Math.Cos(Math.PI / 6)), point.Position.XMetres, 1e-9);
        Assert.Equal(1006, point.Position.YMetres, 1e-9);
        Assert.Equal((20.0, 2000.0), (point.SpeedMetresPerSecond, point.TravelledMetres));
    }

    [Fact]
    public void Drawn_directions_are_uniform()
    {
        var angles = Enumerable.Range(0, 20_000).Select(entity =>
        {
            var position = new LinearMobility(1).Create(Key, (ulong)entity, default).At(1).Position;
            return (Math.Atan2(position.YMetres, position.XMetres) / (2 * Math.PI)) + 0.5;
        }).Order().ToArray();
        var distance = angles.Select((angle, i) => Math.Abs(angle - ((i + 0.5) / angles.Length))).Max();
        Assert.True(Math.Sqrt(angles.Length) * distance < 1.95); // 0.1 % point of Kolmogorov and Smirnov
    }

    [Fact]
    public void Bad_parameters_are_refused_by_name()
    {
        Refused("SpeedMetresPerSecond", () => new LinearMobility(-1));
        Refused("SpeedMetresPerSecond", () => new LinearMobility(double.PositiveInfinity));
        Refused("DirectionRadians", () => new LinearMobility(1, double.NaN));
        Refused("RadiusMetres", () => new LinearMobility(1, null, 0));
        Refused("RadiusMetres", () => new LinearMobility(1, null, double.NaN));

        static void Refused(string name, Func<object> make) => Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(make).ParamName);
    }

    private static void Near(PlanePosition expected, PlanePosition position)
    {
        Assert.Equal(expected.XMetres, position.XMetres, 1e-6);
        Assert.Equal(expected.YMetres, position.YMetres, 1e-6);
    }

    /// <summary>Motion with one reflection after the other, and the matrix that all of them make.</summary>
    private sealed class Billiard(double radius)
    {
        private (double XX, double XY, double YX, double YY) _turn = (1, 0, 0, 1);

        internal PlanePosition Place { get; set; }

        /// <summary>Moves with a velocity that is given as it would be without any reflection.</summary>
        internal void Move(double freeX, double freeY, double seconds)
        {
            while (true)
            {
                var (x, y) = ((_turn.XX * freeX) + (_turn.XY * freeY), (_turn.YX * freeX) + (_turn.YY * freeY));
                var (along, speedSquared) = ((Place.XMetres * x) + (Place.YMetres * y), (x * x) + (y * y));
                var inside = Math.Max(0, (radius - Place.DistanceMetres) * (radius + Place.DistanceMetres));
                var toBorder = (-along + Math.Sqrt((along * along) + (speedSquared * inside))) / speedSquared;
                var time = Math.Min(seconds, toBorder);
                Place = new(Place.XMetres + (time * x), Place.YMetres + (time * y));
                if (seconds <= toBorder)
                {
                    return;
                }

                seconds -= time;
                var (normalX, normalY) = (Place.XMetres / Place.DistanceMetres, Place.YMetres / Place.DistanceMetres);
                Place = new(radius * normalX, radius * normalY);
                var (a, b, d) = (1 - (2 * normalX * normalX), -2 * normalX * normalY, 1 - (2 * normalY * normalY));
                _turn = (
                    (a * _turn.XX) + (b * _turn.YX), (a * _turn.XY) + (b * _turn.YY),
                    (b * _turn.XX) + (d * _turn.YX), (b * _turn.XY) + (d * _turn.YY));
            }
        }
    }
}
