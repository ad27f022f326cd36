using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Core.Wireless.Mobility;

/// <summary>A rectangle with the base station in its middle: a floor, a block of streets.</summary>
/// <remarks>Immutable, so safe to share between threads.</remarks>
/// <param name="WidthMetres">Side from west to east, metres, positive and finite.</param>
/// <param name="DepthMetres">Side from south to north, metres, positive and finite.</param>
public sealed record RectangleArea(double WidthMetres, double DepthMetres) : IMobilityArea
{
    /// <summary>Side from west to east, metres.</summary>
    public double WidthMetres { get; } = Guard.Positive(WidthMetres);

    /// <summary>Side from south to north, metres.</summary>
    public double DepthMetres { get; } = Guard.Positive(DepthMetres);

    /// <inheritdoc/>
    public double DiameterMetres => Math.Sqrt((WidthMetres * WidthMetres) + (DepthMetres * DepthMetres));

    /// <inheritdoc/>
    /// <remarks>Source: B. Ghosh, "Random distances within a rectangle and between two rectangles", Bull. Calcutta Math. Soc. 43, 1951, pp. 17-24.</remarks>
    public double MeanLegMetres
    {
        get
        {
            var (a, b, d) = (WidthMetres, DepthMetres, DiameterMetres);
            var (squareA, squareB) = (a * a, b * b);
            return ((((a * squareA / squareB) + (b * squareB / squareA)) + (d * (3 - (squareA / squareB) - (squareB / squareA)))) / 15)
                + (((squareB / a * Math.Acosh(d / b)) + (squareA / b * Math.Acosh(d / a))) / 6);
        }
    }

    /// <inheritdoc/>
    public bool Contains(PlanePosition position) =>
        Math.Abs(position.XMetres) <= WidthMetres / 2 && Math.Abs(position.YMetres) <= DepthMetres / 2;

    /// <inheritdoc/>
    /// <remarks>Two words: east, then north.</remarks>
    public PlanePosition Sample(ref RandomSource random)
    {
        var x = WidthMetres * (random.NextUniform() - 0.5);
        return new(x, DepthMetres * (random.NextUniform() - 0.5));
    }
}
