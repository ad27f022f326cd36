namespace EdgeSplit.Agents.ModelFree;

/// <summary>Sums over samples of what an update reports.</summary>
internal struct MinibatchSums
{
    internal double PolicyLoss;
    internal double ValueLoss;
    internal double Entropy;
    internal double LogRatio;
    internal double Divergence;
    internal double Clipped;

    internal void Add(in MinibatchSums other)
    {
        PolicyLoss += other.PolicyLoss;
        ValueLoss += other.ValueLoss;
        Entropy += other.Entropy;
        LogRatio += other.LogRatio;
        Divergence += other.Divergence;
        Clipped += other.Clipped;
    }
}
