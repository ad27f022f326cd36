using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Mobility;
using EdgeSplit.Core.Wireless.Propagation;

namespace EdgeSplit.Core.Wireless;

/// <summary>The slow part of one user's radio channel: way, view of the base station, path loss and shadowing.</summary>
/// <remarks>The displacement drives all of them. Closer to or farther from the base station than the link's two distances the loss of the nearer limit holds. One instance per
/// thread: trajectories remember where they were.</remarks>
internal sealed class UserChannel
{
    private readonly LinkParameters link;
    private readonly LinkBudgetBreakdown nominalUplink;
    private readonly ITrajectory trajectory;
    private readonly CorrelatedShadowing obstructedShadowing;
    private readonly CorrelatedShadowing? clearShadowing;
    private readonly SightAlongWay? sight;

    internal UserChannel(LinkParameters link, StreamKey key, ulong entity, PlanePosition start)
    {
        this.link = link;
        nominalUplink = link.Uplink.Evaluate(0, 0);
        trajectory = link.Mobility.Create(key.Derive("way"), entity, start);
        obstructedShadowing = new CorrelatedShadowing(key.Derive("obstructed"), entity, link.ShadowingStandardDeviationDb, link.ShadowingCorrelationMetres);
        if (link.LineOfSight is { } clear)
        {
            clearShadowing = new CorrelatedShadowing(key.Derive("clear"), entity, clear.ShadowingStandardDeviationDb, clear.ShadowingCorrelationMetres);
            sight = new SightAlongWay(key, entity, clear.Probability, clear.SightCorrelationMetres);
        }
    }

    /// <summary>Length of the way at a time, metres.</summary>
    internal double TravelledMetres(double seconds) => trajectory.At(seconds).TravelledMetres;

    /// <summary>Distance from the base station at a time, metres, within the limits of the link.</summary>
    internal double DistanceMetres(double seconds) => Distance(trajectory.At(seconds));

    /// <summary>Mean uplink SNR over fading at a time, dB.</summary>
    internal double LevelDb(double seconds, out bool isLineOfSight)
    {
        var point = trajectory.At(seconds);
        var distance = Distance(point);
        isLineOfSight = sight?.At(point.TravelledMetres, distance) == SightCondition.LineOfSight;
        var loss = isLineOfSight ? link.LineOfSight!.PathLoss : link.PathLoss;
        var shadowing = isLineOfSight ? clearShadowing! : obstructedShadowing;
        return (nominalUplink with { PathLossDb = loss.LossDb(distance), ShadowingDb = shadowing.ValueDb(point.TravelledMetres) }).SnrDb;
    }

    private double Distance(in TrajectoryPoint point) => Math.Clamp(point.Position.DistanceMetres, link.MinimumDistanceMetres, link.MaximumDistanceMetres);
}
