namespace EdgeSplit.Core.Wireless.Mobility;

/// <summary>A place on the ground, relative to the base station at the origin.</summary>
/// <param name="XMetres">East, metres.</param>
/// <param name="YMetres">North, metres.</param>
public readonly record struct PlanePosition(double XMetres, double YMetres)
{
    /// <summary>Horizontal distance from the base station, metres.</summary>
    public double DistanceMetres => Math.Sqrt((XMetres * XMetres) + (YMetres * YMetres));
}
