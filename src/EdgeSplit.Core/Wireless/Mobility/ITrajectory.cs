namespace EdgeSplit.Core.Wireless.Mobility;

/// <summary>The way of one user over time.</summary>
/// <remarks>A pure function of time: asking twice or in another order gives the same bits. Implementations may remember where they were: one instance per thread unless
/// they say otherwise.</remarks>
public interface ITrajectory
{
    /// <summary>Where the user is.</summary>
    /// <param name="seconds">Time since the start, seconds, at least 0 and finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is NaN, infinite or negative.</exception>
    TrajectoryPoint At(double seconds);
}
