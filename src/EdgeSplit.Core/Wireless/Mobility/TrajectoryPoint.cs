namespace EdgeSplit.Core.Wireless.Mobility;

/// <summary>Where a user is at an instant, how fast, and how far the user has walked: the last drives shadowing and small-scale fading, which depend on displacement.</summary>
/// <param name="Position">Place.</param>
/// <param name="SpeedMetresPerSecond">Speed, metres per second, at least 0.</param>
/// <param name="TravelledMetres">Length of the way since time 0, metres, at least 0 and never falling.</param>
public readonly record struct TrajectoryPoint(PlanePosition Position, double SpeedMetresPerSecond, double TravelledMetres);
