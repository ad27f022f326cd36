using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Core.Wireless.Mobility;

/// <summary>Straight motion at one speed: a car on a road, a train; at the border of its cell the user is reflected.</summary>
/// <remarks>
/// <para>The place is a closed form of time, whatever the number of reflections: one call costs tens of nanoseconds and no memory. So its trajectories are
/// immutable and safe to share between threads.</para>
/// <para>Long straight motion in a disk covers it unevenly and, seen from the centre, never comes nearer than the first line does.</para>
/// </remarks>
/// <param name="SpeedMetresPerSecond">Speed, metres per second, at least 0 and finite.</param>
/// <param name="DirectionRadians">Direction at the start, radians from east towards north, finite; null draws it per user, uniformly.</param>
/// <param name="RadiusMetres">Radius of the reflecting disk about the base station, metres, positive; positive infinity is the open plane.</param>
public sealed record LinearMobility(double SpeedMetresPerSecond, double? DirectionRadians = null, double RadiusMetres = double.PositiveInfinity) : IMobilityModel
{
    /// <summary>Speed, metres per second.</summary>
    public double SpeedMetresPerSecond { get; } = Guard.NonNegative(SpeedMetresPerSecond);

    /// <summary>Direction at the start, radians from east towards north; null where it is drawn.</summary>
    public double? DirectionRadians { get; } = DirectionRadians is { } direction ? Guard.Finite(direction, nameof(DirectionRadians)) : null;

    /// <summary>Radius of the reflecting disk, metres.</summary>
    public double RadiusMetres { get; } = MobilityChecks.Radius(RadiusMetres);

    /// <inheritdoc/>
    public double MeanSpeedMetresPerSecond => SpeedMetresPerSecond;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The start lies outside the disk or is not finite.</exception>
    public ITrajectory Create(StreamKey key, ulong entity, PlanePosition start)
    {
        MobilityChecks.Start(start, RadiusMetres);
        var random = new RandomSource(key.Derive("mobility/direction"), entity);
        var (sine, cosine) = Math.SinCos(DirectionRadians ?? (2 * Math.PI * random.NextUniform()));
        return new Line(start, cosine, sine, SpeedMetresPerSecond, RadiusMetres);
    }

    private sealed class Line(PlanePosition start, double headingX, double headingY, double speed, double radius) : ITrajectory
    {
        public TrajectoryPoint At(double seconds)
        {
            var metres = speed * Guard.NonNegative(seconds);
            return new(DiskBilliard.Advance(start, headingX, headingY, metres, radius, out _), speed, metres);
        }
    }
}
