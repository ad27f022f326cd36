namespace EdgeSplit.Core.Wireless.Propagation;

/// <summary>The loss into a building by its parts.</summary>
/// <param name="WallDb">Loss of the outer wall, dB.</param>
/// <param name="IndoorMetres">Way indoors, metres.</param>
/// <param name="IndoorDb">Loss of the way indoors, dB.</param>
/// <param name="DeviationDb">Deviation of this terminal from the mean of its place, dB; may be negative.</param>
public readonly record struct PenetrationBreakdown(double WallDb, double IndoorMetres, double IndoorDb, double DeviationDb)
{
    /// <summary>The whole loss, dB.</summary>
    public double TotalDb => WallDb + IndoorDb + DeviationDb;
}
