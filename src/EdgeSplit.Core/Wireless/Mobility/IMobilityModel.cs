using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Core.Wireless.Mobility;

/// <summary>How users move: makes the trajectory of one user.</summary>
/// <remarks>Implementations are immutable and safe to use from any thread.</remarks>
public interface IMobilityModel
{
    /// <summary>Mean speed in the long run, metres per second, at least 0: what a nominal Doppler shift is computed from.</summary>
    double MeanSpeedMetresPerSecond { get; }

    /// <summary>The trajectory of one user.</summary>
    /// <param name="key">Stream of the draws.</param>
    /// <param name="entity">The user.</param>
    /// <param name="start">Where the user is at time 0.</param>
    ITrajectory Create(StreamKey key, ulong entity, PlanePosition start);
}
