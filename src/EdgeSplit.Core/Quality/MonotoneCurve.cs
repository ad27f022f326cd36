namespace EdgeSplit.Core.Quality;

/// <summary>A smooth curve through points that rises where they rise and falls where they fall: piecewise cubic Hermite interpolation (PCHIP). Immutable.</summary>
/// <remarks>Exact at the points, continuous with its first derivative, and between two points never outside their values. Two points give a line, one a constant.
/// Source: Fritsch, Butland, "A method for constructing local monotone piecewise cubic interpolants", SIAM J. Sci. Stat. Comput. 5 (1984); ends as in Moler, "Numerical Computing with MATLAB", section 3.6.</remarks>
internal sealed class MonotoneCurve
{
    private readonly double[] x;
    private readonly double[] y;
    private readonly double[] slope;

    /// <summary>Lays the curve through points.</summary>
    /// <param name="x">Abscissas, ascending without repetition; at least one.</param>
    /// <param name="y">Ordinates; as many.</param>
    internal MonotoneCurve(double[] x, double[] y)
    {
        (this.x, this.y) = (x, y);
        slope = new double[x.Length];
        if (x.Length == 1)
        {
            return;
        }

        var last = x.Length - 1;
        if (last == 1)
        {
            slope[0] = slope[1] = Secant(0);
            return;
        }

        for (var i = 1; i < last; i++)
        {
            var (before, after) = (Secant(i - 1), Secant(i));
            if (before * after > 0)
            {
                // Weighted harmonic mean: a flat neighbour makes the slope flat.
                var (wide, narrow) = ((2 * Width(i)) + Width(i - 1), Width(i) + (2 * Width(i - 1)));
                slope[i] = (wide + narrow) / ((wide / before) + (narrow / after));
            }
        }

        slope[0] = EndSlope(Width(0), Width(1), Secant(0), Secant(1));
        slope[last] = EndSlope(Width(last - 1), Width(last - 2), Secant(last - 1), Secant(last - 2));
    }

    /// <summary>The first abscissa.</summary>
    internal double First => x[0];

    /// <summary>The last abscissa.</summary>
    internal double Last => x[^1];

    /// <summary>The ordinates of the points.</summary>
    internal ReadOnlySpan<double> Ordinates => y;

    internal bool Covers(double at) => at >= First && at <= Last;

    /// <summary>The curve's value.</summary>
    /// <param name="at">Abscissa in [<see cref="First"/>, <see cref="Last"/>].</param>
    internal double At(double at)
    {
        var i = Interval(at);
        if (at == x[i])
        {
            return y[i];
        }

        var width = Width(i);
        var t = (at - x[i]) / width;
        var value = (y[i] * (1 + (2 * t)) * (1 - t) * (1 - t)) + (y[i + 1] * t * t * (3 - (2 * t)))
            + (width * t * (1 - t) * ((slope[i] * (1 - t)) - (slope[i + 1] * t)));

        // Rounding may leave the interval by a last bit.
        return Math.Clamp(value, Math.Min(y[i], y[i + 1]), Math.Max(y[i], y[i + 1]));
    }

    /// <summary>The polygon through the points instead of the smooth curve.</summary>
    /// <param name="at">Abscissa in [<see cref="First"/>, <see cref="Last"/>].</param>
    internal double LinearAt(double at)
    {
        var i = Interval(at);
        return at == x[i] ? y[i] : y[i] + ((y[i + 1] - y[i]) * (at - x[i]) / Width(i));
    }

    // The point at or before an abscissa.
    private int Interval(double at)
    {
        var found = Array.BinarySearch(x, at);
        return found >= 0 ? found : Math.Clamp(~found - 1, 0, Math.Max(0, x.Length - 2));
    }

    private double Width(int i) => x[i + 1] - x[i];

    private double Secant(int i) => (y[i + 1] - y[i]) / Width(i);

    private static double EndSlope(double nearWidth, double farWidth, double near, double far)
    {
        var slope = ((((2 * nearWidth) + farWidth) * near) - (nearWidth * far)) / (nearWidth + farWidth);
        return slope * near <= 0 ? 0
            : near * far <= 0 && Math.Abs(slope) > 3 * Math.Abs(near) ? 3 * near
            : slope;
    }
}
