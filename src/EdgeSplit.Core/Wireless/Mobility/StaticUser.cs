using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Core.Wireless.Mobility;

/// <summary>A user who stays where they are.</summary>
/// <remarks>Immutable, so safe to share between threads; it takes no draws.</remarks>
public sealed record StaticUser : IMobilityModel
{
    /// <inheritdoc/>
    public double MeanSpeedMetresPerSecond => 0;

    /// <inheritdoc/>
    public ITrajectory Create(StreamKey key, ulong entity, PlanePosition start) => new Standing(new TrajectoryPoint(start, 0, 0));

    private sealed class Standing(TrajectoryPoint point) : ITrajectory
    {
        public TrajectoryPoint At(double seconds)
        {
            Guard.NonNegative(seconds);
            return point;
        }
    }
}
