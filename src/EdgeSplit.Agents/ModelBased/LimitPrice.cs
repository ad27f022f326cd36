using EdgeSplit.Agents.Environments;

namespace EdgeSplit.Agents.ModelBased;

/// <summary>The running price of one long-term limit, in seconds-equivalent per unit of the limited quantity.</summary>
internal sealed class LimitPrice(LongTermLimit limit) : IRestorable
{
    // A price that makes a bound's worth of the quantity as dear as this share of a request after one request of full excess.
    private const double LagrangianStep = 0.2;
    private const double QueueStep = 0.02;
    private double meanCost;
    private double multiplier;
    private long requests;

    internal LongTermLimit Limit => limit;

    /// <summary>Seconds-equivalent per unit: relative to what a request costs and to the bound, so that neither unit matters.</summary>
    internal double Value => multiplier * meanCost / limit.Bound;

    internal void Learn(double used, double cost)
    {
        requests++;
        meanCost += (cost - meanCost) / requests;
        var excess = (used - limit.Bound) / limit.Bound;
        var step = limit.Method == LimitMethod.VirtualQueue ? QueueStep : LagrangianStep / Math.Sqrt(1 + requests);
        multiplier = Math.Max(0, multiplier + (step * excess));
    }

    public void SaveState(BinaryWriter writer)
    {
        writer.Write(meanCost);
        writer.Write(multiplier);
        writer.Write(requests);
    }

    public void LoadState(BinaryReader reader) => (meanCost, multiplier, requests) = (reader.ReadDouble(), reader.ReadDouble(), reader.ReadInt64());
}
