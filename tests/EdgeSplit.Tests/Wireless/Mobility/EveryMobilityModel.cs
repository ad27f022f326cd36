using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Mobility;

namespace EdgeSplit.Tests.Wireless.Mobility;

/// <summary>Laws that hold for every mobility model of the library.</summary>
public sealed class EveryMobilityModel
{
    private static readonly StreamKey Key = StreamKey.Create(17, "mobility-laws");

    private static readonly PlanePosition Start = new(30, -40);

    /// <summary>A model, the disk or rectangle that its users stay in, and its highest speed where it has one.</summary>
    private sealed record Case(IMobilityModel Model, Func<PlanePosition, bool> Contains, double MaximumSpeed = double.PositiveInfinity, bool IsStationary = false)
    {
        internal ITrajectory Create(ulong entity) => IsStationary
            ? ((RandomWaypointMobility)Model).CreateStationary(Key, entity)
            : Model.Create(Key, entity, Start);
    }

    private static IReadOnlyList<Case> Cases { get; } =
    [
        new(new StaticUser(), position => position == Start, 0),
        new(new LinearMobility(0), position => position == Start, 0),
        new(new LinearMobility(30, 0.3), _ => true, 30),
        new(new LinearMobility(30, null, 60), Within(60), 30),
        new(new LinearMobility(1.5, 1.2, 50), Within(50), 1.5), // from the border
        new(new RandomWaypointMobility(new DiskArea(100), 0.5, 1.5), Within(100), 1.5),
        new(new RandomWaypointMobility(new DiskArea(100), 0.5, 25, 7), Within(100), 25),
        new(new RandomWaypointMobility(new RectangleArea(80, 200), 2, 2, 3), new RectangleArea(80, 200).Contains, 2),
        new(new RandomWaypointMobility(new DiskArea(100), 0.5, 25, 7), Within(100), 25, IsStationary: true),
        new(new GaussMarkovMobility(0.9, 3, 1), _ => true),
        new(new GaussMarkovMobility(0.8, 10, 4, 0.7, 0.4, 55), Within(55)),
        new(new GaussMarkovMobility(0, 0, 20, 5, null, 50), Within(50)), // several reflections in a step
        new(new GaussMarkovMobility(1, 2, 1, 0.3, null, 80), Within(80)),
    ];

    [Fact]
    public void No_model_of_the_library_is_forgotten_here() => Assert.Equal(
        typeof(IMobilityModel).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(IMobilityModel)) && !type.IsInterface && !type.IsAbstract).Select(type => type.Name).Order(),
        Cases.Select(one => one.Model.GetType().Name).Distinct().Order());

    [Fact]
    public void A_trajectory_is_a_pure_function_of_time()
    {
        foreach (var one in Cases)
        {
            var inOrder = one.Create(3);
            var expected = Enumerable.Range(0, 3000).Select(i => inOrder.At(1.37 * i)).ToArray();
            var (backwards, anyhow) = (one.Create(3), one.Create(3));
            for (var i = expected.Length - 1; i >= 0; i--)
            {
                Assert.Equal(expected[i], backwards.At(1.37 * i));
                var other = i * 1789 % expected.Length;
                Assert.Equal(expected[other], anyhow.At(1.37 * other));
            }

            Assert.Equal(expected[5], inOrder.At(1.37 * 5));
        }
    }

    [Fact]
    public void Users_start_at_their_start_and_stay_in_their_area()
    {
        foreach (var one in Cases)
        {
            for (var entity = 0UL; entity < 5; entity++)
            {
                var trajectory = one.Create(entity);
                Assert.Equal(0, trajectory.At(0).TravelledMetres);
                Assert.True(one.IsStationary || trajectory.At(0).Position == Start);
                for (var seconds = 0.0; seconds < 20_000; seconds += 11.3)
                {
                    if (!one.Contains(trajectory.At(seconds).Position))
                    {
                        Assert.Fail($"{one.Model} at {seconds} s: {trajectory.At(seconds)}");
                    }
                }
            }
        }
    }

    [Fact]
    public void The_way_bounds_the_displacement_and_never_gets_shorter()
    {
        foreach (var one in Cases)
        {
            foreach (var step in new[] { 1e-4, 0.013, 0.9 })
            {
                var trajectory = one.Create(1);
                var before = trajectory.At(500);
                for (var i = 1; i < 2000; i++)
                {
                    var point = trajectory.At(500 + (step * i));
                    var way = point.TravelledMetres - before.TravelledMetres;
                    var displacement = Distance(point.Position, before.Position);
                    Assert.True(way >= 0 && point.SpeedMetresPerSecond >= 0 && point.SpeedMetresPerSecond <= one.MaximumSpeed);
                    Assert.True(displacement <= way + 1e-9); // continuous
                    Assert.True(way <= (one.MaximumSpeed * step) + 1e-9);
                    before = point;
                }
            }
        }
    }

    [Fact]
    public void The_speed_is_the_way_over_time()
    {
        foreach (var one in Cases)
        {
            var trajectory = one.Create(2);
            for (var seconds = 3.2; seconds < 900; seconds += 7.77)
            {
                var (now, soon) = (trajectory.At(seconds), trajectory.At(seconds + 1e-5));
                if (now.SpeedMetresPerSecond == soon.SpeedMetresPerSecond)
                {
                    Assert.Equal(now.SpeedMetresPerSecond, (soon.TravelledMetres - now.TravelledMetres) / 1e-5, 1e-4);
                }
            }
        }
    }

    [Fact]
    public void Users_differ_and_the_same_user_is_the_same()
    {
        foreach (var one in Cases.Where(one => one.MaximumSpeed > 0 && one.Model is not LinearMobility { DirectionRadians: not null }))
        {
            Assert.Equal(one.Create(1).At(77), one.Create(1).At(77));
            Assert.NotEqual(one.Create(1).At(77), one.Create(2).At(77));
        }
    }

    [Fact]
    public void Bad_times_and_starts_are_refused_by_name()
    {
        foreach (var one in Cases)
        {
            var trajectory = one.Create(0);
            foreach (var seconds in new[] { -1e-9, double.NaN, double.PositiveInfinity })
            {
                Assert.Equal("seconds", Assert.Throws<ArgumentOutOfRangeException>(() => trajectory.At(seconds)).ParamName);
            }

            if (!one.Contains(new PlanePosition(1e3, 0)) && one.Model is not StaticUser && one.MaximumSpeed > 0)
            {
                Assert.Equal("start", Assert.Throws<ArgumentOutOfRangeException>(() => one.Model.Create(Key, 0, new(1e3, 0))).ParamName);
            }

            if (one.Model is not StaticUser)
            {
                Assert.Equal("start.YMetres", Assert.Throws<ArgumentOutOfRangeException>(() => one.Model.Create(Key, 0, new(0, double.NaN))).ParamName);
            }
        }
    }

    [Fact]
    public void Asking_in_the_order_of_time_allocates_nothing_once_the_way_is_known()
    {
        foreach (var one in Cases)
        {
            var trajectory = one.Create(0);
            var sum = trajectory.At(2000).TravelledMetres;
            sum += trajectory.At(0).TravelledMetres;
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var seconds = 0.0; seconds < 1900; seconds += 1)
            {
                sum += trajectory.At(seconds).TravelledMetres;
            }

            Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
            Assert.True(double.IsFinite(sum));
        }
    }

    private static Func<PlanePosition, bool> Within(double radius) => position => position.DistanceMetres <= radius;

    private static double Distance(PlanePosition a, PlanePosition b) => new PlanePosition(a.XMetres - b.XMetres, a.YMetres - b.YMetres).DistanceMetres;
}
