namespace EdgeSplit.Core.Placements;

/// <summary>A directed link between two nodes.</summary>
/// <param name="BitsPerSecond">Goodput, bit/s, positive.</param>
/// <param name="MessageDelaySeconds">Fixed delay of each message, seconds, at least 0.</param>
public readonly record struct HopLink(double BitsPerSecond, double MessageDelaySeconds);

/// <summary>What one node spends on a request.</summary>
/// <param name="PrefillSeconds">Compute during prefill, on an idle node.</param>
/// <param name="DecodeSeconds">Compute during all decode steps, on an idle node.</param>
/// <param name="WeightBytes">Weights of the units that it holds.</param>
/// <param name="KeyValueBytes">KV cache of its layers at the end of the longest answer.</param>
public readonly record struct NodeCost(double PrefillSeconds, double DecodeSeconds, double WeightBytes, double KeyValueBytes)
{
    /// <summary>Compute over the whole request, seconds.</summary>
    public double ComputeSeconds => PrefillSeconds + DecodeSeconds;
}

/// <summary>What one hop of a placement spends on a request.</summary>
/// <param name="Hop">The hop.</param>
/// <param name="PrefillBits">Bits that cross during prefill.</param>
/// <param name="DecodeBits">Bits that cross during all decode steps.</param>
/// <param name="ExposedWaitSeconds">Fixed delays on the critical path.</param>
/// <param name="ExposedAirSeconds">Air time on the critical path.</param>
public readonly record struct HopCost(PlacementHop Hop, double PrefillBits, double DecodeBits, double ExposedWaitSeconds, double ExposedAirSeconds);

/// <summary>Costs of a placement by node and by hop.</summary>
/// <param name="Nodes">One entry per node.</param>
/// <param name="Hops">One entry per hop of the placement.</param>
/// <param name="TimeToFirstTokenSeconds">Until the device has the first token.</param>
/// <param name="LatencySeconds">Until the device has the last token.</param>
public sealed record PlacementCost(
    IReadOnlyList<NodeCost> Nodes,
    IReadOnlyList<HopCost> Hops,
    double TimeToFirstTokenSeconds,
    double LatencySeconds);
