using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Core.Wireless.Mobility;

/// <summary>The ground that users move on: convex, so that the straight line between two of its points lies in it.</summary>
/// <remarks>Implementations are immutable and safe to use from any thread.</remarks>
public interface IMobilityArea
{
    /// <summary>The largest distance of two points of the area, metres, positive.</summary>
    double DiameterMetres { get; }

    /// <summary>The mean distance of two uniform points of the area, metres: the mean leg of a random waypoint.</summary>
    double MeanLegMetres { get; }

    /// <summary>Whether a place belongs to the area, its border included.</summary>
    /// <param name="position">The place.</param>
    bool Contains(PlanePosition position);

    /// <summary>Draws a place of the area, uniformly.</summary>
    /// <param name="random">The source to draw from; it moves on.</param>
    PlanePosition Sample(ref RandomSource random);
}
