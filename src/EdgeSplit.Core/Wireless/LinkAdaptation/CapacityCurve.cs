using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Core.Wireless.LinkAdaptation;

/// <summary>The capacity of one square constellation over the SNR: a table of values and slopes with cubics between.</summary>
internal sealed class CapacityCurve
{
    private const int LowestExponent = -10;
    private const int CellBits = 5;
    private const double Log2E = 1.4426950408889634;

    private readonly OctaveGrid _grid;
    private readonly double[] _values;
    private readonly double[] _slopes;
    private readonly double _bits;
    private readonly double _lowFactor;

    /// <summary>Tabulates up to 2^highestExponent, where the constellation is saturated.</summary>
    internal CapacityCurve(int bitsPerSymbol, int highestExponent)
    {
        _bits = bitsPerSymbol;
        _grid = new(LowestExponent, highestExponent, CellBits);
        (_values, _slopes) = (new double[_grid.Cells + 1], new double[_grid.Cells + 1]);
        for (var i = 0; i <= _grid.Cells; i++)
        {
            var (capacity, slope) = ByQuadrature(bitsPerSymbol, _grid.Point(i));
            capacity = Math.Max(capacity, i == 0 ? 0.0 : _values[i - 1]);
            (_values[i], _slopes[i]) = capacity < _bits - 1e-13 ? (capacity, slope) : (_bits, 0.0);
        }

        // Three times the secant on either side bounds the slope of a monotone cubic; it binds in the rounding noise near the top only.
        for (var i = 0; i <= _grid.Cells; i++)
        {
            var left = i == 0 ? double.PositiveInfinity : (_values[i] - _values[i - 1]) / (_grid.Point(i) - _grid.Point(i - 1));
            var right = i == _grid.Cells ? 0.0 : (_values[i + 1] - _values[i]) / (_grid.Point(i + 1) - _grid.Point(i));
            _slopes[i] = Math.Clamp(_slopes[i], 0.0, 3.0 * Math.Min(left, right));
        }

        _lowFactor = _values[0] / Math.Log2(1.0 + _grid.Point(0));
    }

    internal double Capacity(double snr)
    {
        var cell = _grid.Cell(snr);
        if ((ulong)cell < (ulong)_grid.Cells)
        {
            return Math.Min(_bits, Cubic((int)cell, _grid.Fraction(snr)));
        }

        // Below the grid every constellation carries log2(1 + snr) but for a factor within 1e-6 of one.
        return cell < 0 ? _lowFactor * ShannonRate.Capacity.SpectralEfficiency(snr) : _bits;
    }

    internal double Snr(double capacity)
    {
        if (capacity >= _bits)
        {
            return double.PositiveInfinity;
        }

        if (capacity <= _values[0])
        {
            return SmallNumbers.ExpMinusOne(capacity / _lowFactor / Log2E);
        }

        var (below, above) = (0, _grid.Cells);
        while (above - below > 1)
        {
            var middle = (below + above) / 2;
            (below, above) = _values[middle] < capacity ? (middle, above) : (below, middle);
        }

        // Newton's method within the cell, halving the bracket wherever a step would leave it.
        var (v0, v1) = (_values[below], _values[above]);
        var (low, high, t) = (0.0, 1.0, (capacity - v0) / (v1 - v0));
        for (var i = 0; i < 60 && high - low > 1e-16; i++)
        {
            var value = Cubic(below, t, out var slope);
            (low, high) = value < capacity ? (t, high) : (low, t);
            var next = t - ((value - capacity) / slope);
            if (next == t)
            {
                break;
            }

            t = next > low && next < high ? next : 0.5 * (low + high);
        }

        var start = _grid.Point(below);
        return start + (t * (_grid.Point(below + 1) - start));
    }

    private double Cubic(int cell, double t) => Cubic(cell, t, out _);

    /// <summary>The cubic of a cell at t in [0, 1], and its slope in t.</summary>
    private double Cubic(int cell, double t, out double slope)
    {
        var width = _grid.Point(cell + 1) - _grid.Point(cell);
        var (v0, v1) = (_values[cell], _values[cell + 1]);
        var (s0, s1, rise) = (_slopes[cell] * width, _slopes[cell + 1] * width, v1 - v0);
        var (second, third) = ((3.0 * rise) - (2.0 * s0) - s1, s0 + s1 - (2.0 * rise));
        slope = s0 + (t * ((2.0 * second) + (t * 3.0 * third)));
        return v0 + (t * (s0 + (t * (second + (t * third)))));
    }

    /// <summary>Capacity and its slope in the SNR by the trapezoidal rule, which converges faster than any power of the step here.</summary>
    /// <remarks>
    /// Square QAM is two independent real constellations. With unit noise the received value is a mixture of normal laws around the
    /// points; its entropy less that of the noise is the information, and the slope is the mean square error of the best estimate.
    /// </remarks>
    private static (double Capacity, double Slope) ByQuadrature(int bitsPerSymbol, double snr)
    {
        const double step = 0.125;
        const double reach = 9.0;
        var levels = 1 << (bitsPerSymbol / 2);
        var halfSpacing = Math.Sqrt(3.0 * snr / ((levels * (double)levels) - 1.0));
        var (entropy, estimate) = (0.0, 0.0);
        var steps = (int)Math.Ceiling((((levels - 1) * halfSpacing) + reach) / step);
        for (var k = 0; k <= steps; k++)
        {
            var y = k * step;
            var (density, moment) = (0.0, 0.0);
            for (var level = 1 - levels; level < levels; level += 2)
            {
                var distance = y - (level * halfSpacing);
                if (Math.Abs(distance) <= reach)
                {
                    var weight = FrozenFunctions.Exp(new ScalarLane(-0.5 * distance * distance)).Value;
                    density += weight;
                    moment += weight * level;
                }
            }

            if (density > 0.0)
            {
                var both = k == 0 ? 1.0 : 2.0; // the density is even
                entropy -= both * density * FrozenFunctions.Log(new ScalarLane(density)).Value;
                estimate += both * moment * moment / density;
            }
        }

        // density = levels sqrt(2 pi) p(y); the factor is put back here, as are the units of the points.
        var scale = step / (levels * Math.Sqrt(2.0 * Math.PI));
        var capacity = 2.0 * Log2E * ((scale * entropy) + Math.Log(levels) - 0.5);
        var slope = Log2E * (1.0 - (scale * estimate * 3.0 / ((levels * (double)levels) - 1.0)));
        return (capacity, Math.Max(0.0, slope));
    }
}
