using EdgeSplit.Core.Randomness;
using MathNet.Numerics;

namespace EdgeSplit.Core.Wireless.Fading;

/// <summary>The increasing map that takes a Rayleigh power gain to a gain of another law at equal probability, as a table.</summary>
/// <remarks>
/// <para>With e exponential of mean 1, Q(e) is the quantile of the other law at the probability 1 - exp(-e). Each binade of e from 2^-40 to 2^6 has eight cells, in each of which Q is
/// the cubic through four exact values; the relative error is below 1e-6. Below 2^-40 (probability 1e-12) a power law goes on, above 2^6 (1e-28) a straight line.</para>
/// <para>Immutable, so safe to share between threads. Building takes some milliseconds (a second or more for Nakagami
/// shapes beyond 1e5, whose probabilities are slow), a look-up a few nanoseconds.</para>
/// </remarks>
internal sealed class GainQuantile
{
    private const int LowestExponent = -40;
    private const int HighestExponent = 6;
    private const int CellBits = 3;
    private const int Cells = (HighestExponent - LowestExponent) << CellBits;
    private const int IndexShift = 52 - CellBits;
    private const long FirstIndex = (long)(LowestExponent + 1023) << CellBits;
    private const double Tolerance = 1e-5;

    // Beyond this a bare cumulative probability has lost its digits near 1.
    private const double LastFromBelow = 20.0;

    private readonly double[] cubics = new double[4 * Cells];
    private readonly double lowestSlope;

    internal GainQuantile(IFadingModel law)
    {
        var logGain = 0.0;
        Span<double> values = stackalloc double[4];
        values[0] = Invert(law, CellStart(0), ref logGain);
        for (var cell = 0; cell < Cells; cell++)
        {
            var (start, end) = (CellStart(cell), CellStart(cell + 1));
            for (var i = 1; i < 4; i++)
            {
                var at = start + ((end - start) * i / 3.0);
                values[i] = at > LastFromBelow && law is not NakagamiFading ? LineOn(cell, at) : Invert(law, at, ref logGain);
            }

            Fit(values, cubics.AsSpan(4 * cell, 4));
            values[0] = values[3];
        }

        lowestSlope = Math.Log(At(CellStart(1)) / At(CellStart(0))) / Math.Log(CellStart(1) / CellStart(0));
        Check(law);
    }

    /// <summary>Q(e), for e at least 0.</summary>
    internal double At(double exponential)
    {
        var bits = BitConverter.DoubleToInt64Bits(exponential);
        var cell = (bits >> IndexShift) - FirstIndex;
        if ((ulong)cell >= Cells)
        {
            return cell < 0 ? cubics[0] * Math.Pow(exponential / CellStart(0), lowestSlope) : LineOn(Cells, exponential);
        }

        var t = (bits & ((1L << IndexShift) - 1)) * (1.0 / (1L << IndexShift));
        var cubic = cubics.AsSpan(4 * (int)cell, 4);
        return Math.FusedMultiplyAdd(t, Math.FusedMultiplyAdd(t, Math.FusedMultiplyAdd(t, cubic[3], cubic[2]), cubic[1]), cubic[0]);
    }

    /// <summary>Replaces Rayleigh gains by gains of the law.</summary>
    internal void Apply(Span<double> gains)
    {
        foreach (ref var gain in gains)
        {
            gain = At(gain);
        }
    }

    private static double CellStart(int cell) => BitConverter.Int64BitsToDouble((cell + FirstIndex) << IndexShift);

    /// <summary>The straight line that goes on from the last third of the cell before.</summary>
    private double LineOn(int cell, double exponential)
    {
        var (start, end) = (CellStart(cell - 1), CellStart(cell));
        var cubic = cubics.AsSpan(4 * (cell - 1), 4);
        var slope = (cubic[1] + (2.0 * cubic[2]) + (3.0 * cubic[3])) / (end - start);
        return cubic[0] + cubic[1] + cubic[2] + cubic[3] + (slope * (exponential - end));
    }

    /// <summary>Coefficients, lowest first, of the cubic through values at 0, 1/3, 2/3 and 1.</summary>
    private static void Fit(ReadOnlySpan<double> values, Span<double> cubic)
    {
        var (first, second, third) = (values[1] - values[0], values[2] - values[1], values[3] - values[2]);
        cubic[0] = values[0];
        cubic[1] = (5.5 * first) - (3.5 * second) + third;
        cubic[2] = (-9.0 * first) + (13.5 * second) - (4.5 * third);
        cubic[3] = 4.5 * (first - (2.0 * second) + third);
    }

    /// <summary>Solves probability(exp(y)) = 1 - exp(-e) for y = ln(gain), by the Illinois method from the last solution.</summary>
    private static double Invert(IFadingModel law, double exponential, ref double logGain)
    {
        var (low, high) = (logGain, logGain);
        var (below, above) = (Excess(law, low, exponential), 0.0);
        for (var width = 0.1; below > 0.0 && low > -700.0; width *= 2.0)
        {
            (high, above) = (low, below);
            low -= width;
            below = Excess(law, low, exponential);
        }

        if (high == low)
        {
            above = below;
            for (var width = 0.1; above <= 0.0 && high < 700.0; width *= 2.0)
            {
                (low, below) = (high, above);
                high += width;
                above = Excess(law, high, exponential);
            }
        }

        var lastSide = 0;
        for (var i = 0; i < 200 && high - low > 1e-13; i++)
        {
            var middle = low - (below * (high - low) / (above - below));
            if (!(middle > low && middle < high) || i % 8 == 7)
            {
                middle = 0.5 * (low + high);
            }

            var value = Excess(law, middle, exponential);
            var side = value > 0.0 ? 1 : -1;
            if (side > 0)
            {
                (high, above, below) = (middle, value, lastSide == side ? 0.5 * below : below);
            }
            else
            {
                (low, below, above) = (middle, value, lastSide == side ? 0.5 * above : above);
            }

            lastSide = side;
            if (Math.Abs(value) < 1e-14)
            {
                low = high = middle;
            }
        }

        logGain = 0.5 * (low + high);
        return Math.Exp(logGain);
    }

    /// <summary>An increasing function of y that is 0 at the solution: the difference of the logarithms of the smaller tail, clipped.</summary>
    private static double Excess(IFadingModel law, double logGain, double exponential)
    {
        var gain = Math.Exp(logGain);
        var probability = law.CumulativeProbability(gain);
        double excess;
        if (exponential < 0.7)
        {
            excess = Math.Log(probability / -ExponentialDistribution.ExponentialMinusOne(-exponential));
        }
        else
        {
            var beyond = probability > 0.5 && law is NakagamiFading nakagami
                ? SpecialFunctions.GammaUpperRegularized(nakagami.Shape, nakagami.Shape * gain)
                : 1.0 - probability;
            excess = -Math.Log(beyond) - exponential;
        }

        return Math.Clamp(excess, -50.0, 50.0);
    }

    /// <summary>Refuses laws with jumps or gaps, of which a table of cubics is no picture.</summary>
    private void Check(IFadingModel law)
    {
        for (var exponential = 1e-6; exponential < 0.9 * LastFromBelow; exponential *= 1.07)
        {
            var probability = law.CumulativeProbability(At(exponential));
            var expected = -ExponentialDistribution.ExponentialMinusOne(-exponential);
            if (!(Math.Abs(probability - expected) <= Tolerance * expected))
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"{law.GetType().Name} has no continuous increasing cumulative probability (it is {probability} where it should be {expected}). ")
                    + "Supported: NakagamiFading, RicianFading, ConstantGain, and laws with such a probability.",
                    nameof(law));
            }
        }
    }
}
