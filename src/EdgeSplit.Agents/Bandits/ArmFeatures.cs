using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Placements;

namespace EdgeSplit.Agents.Bandits;

/// <summary>A split as the public belief sees it: the parts of its cost. Features of an arm, shared by all arms.</summary>
/// <remarks>
/// <para>A profile that is wrong is mostly wrong by factors: so many times as slow a device, so many times as slow a link. Then the true cost is linear in the believed
/// parts, with the factors as weights, all 1 where the belief is right.</para>
/// <para>Pure; safe to call from several threads.</para>
/// </remarks>
public static class ArmFeatures
{
    /// <summary>Number of features: device, network and server time, device energy, server compute, and a constant where the link is used.</summary>
    public const int Length = 6;

    /// <summary>The constant where the link is used, seconds: about what a fixed delay that no data sheet has may be.</summary>
    public const double LinkConstantSeconds = 0.05;

    /// <summary>Writes the features of a split, seconds-equivalent.</summary>
    /// <param name="objective">What an outcome costs.</param>
    /// <param name="belief">The belief's totals.</param>
    /// <param name="splitPoint">The split, 0..L.</param>
    /// <param name="destination">Receives the features; shape [<see cref="Length"/>].</param>
    /// <exception cref="ArgumentOutOfRangeException">The destination has another length.</exception>
    public static void Write(Objective objective, SplitTotals belief, int splitPoint, Span<double> destination)
    {
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(belief);
        Guard.SameLength(destination.Length, Length);
        destination[0] = objective.LatencyWeight * belief.DeviceSeconds[splitPoint];
        destination[1] = objective.LatencyWeight * belief.NetworkSeconds[splitPoint];
        destination[2] = objective.LatencyWeight * belief.ServerSeconds[splitPoint];
        destination[3] = objective.DeviceJouleSeconds * belief.DeviceJoules[splitPoint];
        destination[4] = objective.ServerGpuSecondSeconds * belief.ServerGpuSeconds[splitPoint];
        destination[5] = splitPoint < belief.Layers ? objective.LatencyWeight * LinkConstantSeconds : 0;
    }
}
