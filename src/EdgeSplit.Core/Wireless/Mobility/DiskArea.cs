using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Core.Wireless.Mobility;

/// <summary>A disk about the base station: a cell.</summary>
/// <remarks>Immutable, so safe to share between threads.</remarks>
/// <param name="RadiusMetres">Radius, metres, positive and finite.</param>
public sealed record DiskArea(double RadiusMetres) : IMobilityArea
{
    /// <summary>Radius, metres.</summary>
    public double RadiusMetres { get; } = Guard.Positive(RadiusMetres);

    /// <inheritdoc/>
    public double DiameterMetres => 2 * RadiusMetres;

    /// <inheritdoc/>
    /// <value>128 R / (45 pi).</value>
    public double MeanLegMetres => 128 * RadiusMetres / (45 * Math.PI);

    /// <inheritdoc/>
    public bool Contains(PlanePosition position) => position.DistanceMetres <= RadiusMetres;

    /// <inheritdoc/>
    /// <remarks>Two words: radius R sqrt(u), then angle.</remarks>
    public PlanePosition Sample(ref RandomSource random)
    {
        var distance = RadiusMetres * Math.Sqrt(random.NextUniform());
        var (sine, cosine) = Math.SinCos(2 * Math.PI * random.NextUniform());
        return Inside(new(distance * cosine, distance * sine), RadiusMetres);
    }

    /// <summary>The place itself, or where rounding put it outside, the nearest one inside.</summary>
    internal static PlanePosition Inside(PlanePosition position, double radiusMetres)
    {
        while (position.DistanceMetres > radiusMetres)
        {
            var shrink = Math.Min(radiusMetres / position.DistanceMetres, 1 - (1.0 / (1L << 53)));
            position = new(position.XMetres * shrink, position.YMetres * shrink);
        }

        return position;
    }
}
