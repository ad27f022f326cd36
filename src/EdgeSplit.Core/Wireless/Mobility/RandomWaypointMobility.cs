using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Core.Wireless.Mobility;

/// <summary>Random waypoint: walk straight to a uniform place at a uniform speed, pause, choose the next.</summary>
/// <remarks>
/// <para>Slow legs last longer, so that the speed seen at a random instant has density proportional to 1/v: without pauses its mean is (vmax - vmin) / ln(vmax / vmin),
/// below the middle of the two. With vmin = 0 it would decay to 0, which is refused. Users also gather towards the middle of the area. <see cref="Create"/> starts at a
/// given place with a fresh leg and only drifts towards all that; <see cref="CreateStationary"/> has it from time 0 on.</para>
/// <para>Trajectories go up to 1e9 s; they remember every 64th leg (about 2 bytes per leg) and are not thread-safe. The model is immutable and safe to share.</para>
/// <para>Source: C. Bettstetter, G. Resta, P. Santi, "The node distribution of the random waypoint mobility model for wireless ad hoc networks", IEEE Trans. Mobile
/// Computing 2(3), 2003; W. Navidi, T. Camp, "Stationary distributions for the random waypoint mobility model", ibid. 3(1), 2004.</para>
/// </remarks>
/// <param name="Area">Where the waypoints lie; convex.</param>
/// <param name="MinimumSpeedMetresPerSecond">Lowest speed, metres per second, positive.</param>
/// <param name="MaximumSpeedMetresPerSecond">Highest speed, metres per second, at least the lowest and finite.</param>
/// <param name="PauseSeconds">Pause at each waypoint, seconds, at least 0.</param>
public sealed record RandomWaypointMobility(
    IMobilityArea Area, double MinimumSpeedMetresPerSecond, double MaximumSpeedMetresPerSecond, double PauseSeconds = 0) : IMobilityModel
{
    /// <summary>Where the waypoints lie.</summary>
    public IMobilityArea Area { get; } = Area ?? throw new ArgumentNullException(nameof(Area));

    /// <summary>Lowest speed, metres per second.</summary>
    public double MinimumSpeedMetresPerSecond { get; } = Guard.Positive(MinimumSpeedMetresPerSecond);

    /// <summary>Highest speed, metres per second.</summary>
    public double MaximumSpeedMetresPerSecond { get; } = Guard.InRange(MaximumSpeedMetresPerSecond, MinimumSpeedMetresPerSecond, double.MaxValue);

    /// <summary>Pause at each waypoint, seconds.</summary>
    public double PauseSeconds { get; } = Guard.NonNegative(PauseSeconds);

    /// <summary>Mean speed at a random instant while walking, metres per second: (vmax - vmin) / ln(vmax / vmin).</summary>
    public double MeanWalkingSpeedMetresPerSecond
    {
        get
        {
            var excess = (MaximumSpeedMetresPerSecond - MinimumSpeedMetresPerSecond) / MinimumSpeedMetresPerSecond;
            return excess < 1e-8 ? MinimumSpeedMetresPerSecond * (1 + (excess / 2)) : MinimumSpeedMetresPerSecond * excess / Math.Log(1 + excess);
        }
    }

    /// <summary>Share of the time spent in pauses, in [0, 1).</summary>
    public double PauseShare => PauseSeconds / (PauseSeconds + (Area.MeanLegMetres / MeanWalkingSpeedMetresPerSecond));

    /// <inheritdoc/>
    /// <value>Mean walking speed times the share of walking.</value>
    public double MeanSpeedMetresPerSecond => MeanWalkingSpeedMetresPerSecond * (1 - PauseShare);

    /// <inheritdoc/>
    /// <remarks>The user sets out at time 0.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The start lies outside the area or is not finite.</exception>
    public ITrajectory Create(StreamKey key, ulong entity, PlanePosition start)
    {
        MobilityChecks.Start(start, double.PositiveInfinity);
        if (!Area.Contains(start))
        {
            throw new ArgumentOutOfRangeException(nameof(start), start, "Must lie within the area.");
        }

        var legs = new Legs(this, key.Derive("mobility/waypoints"), entity);
        return new StepwiseTrajectory<Leg>(legs.Next(start, 0, 0, 1), legs.Following);
    }

    /// <summary>The trajectory of one user in the stationary law: place, speed and pause at time 0 are what a random instant of a long walk sees.</summary>
    /// <remarks>The leg under way is drawn with a density proportional to its length, the place on it uniformly, the speed with density 1/v.</remarks>
    /// <param name="key">Stream of the draws.</param>
    /// <param name="entity">The user.</param>
    public ITrajectory CreateStationary(StreamKey key, ulong entity)
    {
        var legs = new Legs(this, key.Derive("mobility/waypoints"), entity);
        var random = new RandomSource(key.Derive("mobility/stationary"), entity);
        var (isPausing, passed) = (random.NextUniform() < PauseShare, random.NextUniform());
        if (isPausing)
        {
            var place = Area.Sample(ref random);
            return new StepwiseTrajectory<Leg>(new Leg(0, place, place, 1, 0, 0, 0, PauseSeconds * (1 - passed)), legs.Following);
        }

        var speed = Math.Min(
            MinimumSpeedMetresPerSecond * Math.Pow(MaximumSpeedMetresPerSecond / MinimumSpeedMetresPerSecond, random.NextUniform()),
            MaximumSpeedMetresPerSecond);
        PlanePosition from, to;
        do
        {
            (from, to) = (Area.Sample(ref random), Area.Sample(ref random));
        }
        while (random.NextUniform() * Area.DiameterMetres > Leg.Distance(from, to));

        from = Leg.Between(from, to, passed);
        return new StepwiseTrajectory<Leg>(new Leg(0, from, to, speed, 0, 0, Leg.Distance(from, to), PauseSeconds), legs.Following);
    }

    /// <summary>The rule of one user: leg n has the draws of time block n.</summary>
    private sealed class Legs(RandomWaypointMobility model, StreamKey key, ulong entity)
    {
        internal Leg Following(Leg leg) => Next(leg.To, leg.EndSeconds, leg.EndMetres, leg.Number + 1);

        internal Leg Next(PlanePosition from, double startSeconds, double startMetres, long number)
        {
            var random = new RandomSource(key, entity, (ulong)number);
            var to = model.Area.Sample(ref random);
            var range = model.MaximumSpeedMetresPerSecond - model.MinimumSpeedMetresPerSecond;
            var speed = model.MinimumSpeedMetresPerSecond + (range * random.NextUniform());
            return new(number, from, to, speed, startSeconds, startMetres, Leg.Distance(from, to), model.PauseSeconds);
        }
    }

    /// <summary>One leg and the pause at its end.</summary>
    private readonly struct Leg(
        long number, PlanePosition from, PlanePosition to, double speed, double startSeconds, double startMetres, double metres, double pauseSeconds) : ITrajectoryStep
    {
        private readonly double _arrivalSeconds = startSeconds + (metres / speed);

        public double StartSeconds => startSeconds;

        public double EndSeconds { get; } = startSeconds + (metres / speed) + pauseSeconds;

        internal long Number => number;

        internal PlanePosition To => to;

        internal double EndMetres => startMetres + metres;

        public TrajectoryPoint At(double seconds)
        {
            if (seconds >= _arrivalSeconds)
            {
                return new(to, 0, EndMetres);
            }

            var walked = Math.Min(speed * (seconds - startSeconds), metres);
            return new(Between(from, to, walked / metres), speed, startMetres + walked);
        }

        internal static double Distance(PlanePosition from, PlanePosition to) =>
            new PlanePosition(to.XMetres - from.XMetres, to.YMetres - from.YMetres).DistanceMetres;

        internal static PlanePosition Between(PlanePosition from, PlanePosition to, double part) =>
            new(((1 - part) * from.XMetres) + (part * to.XMetres), ((1 - part) * from.YMetres) + (part * to.YMetres));
    }
}
