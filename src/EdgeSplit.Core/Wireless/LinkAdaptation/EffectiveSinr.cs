using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Core.Wireless.LinkAdaptation;

/// <summary>The one SINR at which a flat channel would treat a code block like many resources of different SINR do.</summary>
/// <remarks>
/// <para>An SINR of 0 marks a resource that is not used: it is left out, and where all are 0 the result is 0. Every mapping gives the
/// common value of equal inputs, lies between the least and the mean of the used ones, and does not depend on their order but for rounding.</para>
/// <para>Static and pure, so safe to use from any thread. Nothing is allocated. The exponential and the capacity mapping have the same
/// bits at every vector width.</para>
/// </remarks>
public static class EffectiveSinr
{
    private const int Lanes = WideLanes.Count;

    private static ReadOnlySpan<double> BetaOfQam64 =>
    [
        1.60, 1.61, 1.63, 1.65, 1.67, 1.70, 1.73, 1.76, 1.79, 1.82, 3.97, 4.27, 4.71, 5.16, 5.66, 6.16, 6.50, 9.95, 10.97, 12.92, 14.96,
        17.06, 19.33, 21.85, 24.51, 27.14, 29.94, 32.05, 34.28,
    ];

    private static ReadOnlySpan<double> BetaOfQam256 =>
    [
        1.60, 1.63, 1.67, 1.73, 1.79, 4.27, 4.71, 5.16, 5.66, 6.16, 6.50, 10.97, 12.92, 14.96, 17.06, 19.33, 21.85, 24.51, 27.14, 29.94,
        56.48, 65.00, 78.58, 92.48, 106.27, 118.74, 126.36, 132.54,
    ];

    /// <summary>The parameter of <see cref="Exponential"/> for a scheme, a linear SINR.</summary>
    /// <param name="table">Table of the schemes.</param>
    /// <param name="mcs">Index of the scheme.</param>
    /// <remarks>Source: the values that NVIDIA Sionna and 5G-LENA share; how they were calibrated is not on record.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The index is reserved or out of range.</exception>
    public static double Beta(McsTable table, int mcs)
    {
        ArgumentNullException.ThrowIfNull(table);
        _ = table[mcs]; // refuses reserved indices
        return ReferenceEquals(table, McsTable.Qam64) ? BetaOfQam64[mcs] : BetaOfQam256[mcs];
    }

    /// <summary>Exponential effective SINR mapping (EESM): -beta ln(mean of exp(-sinr / beta)), linear.</summary>
    /// <param name="sinrLinear">Linear (not dB) SINR of each resource, at least 0 and finite; 0 marks an unused one; shape [resources], not empty.</param>
    /// <param name="beta">Linear SINR, positive and finite: see <see cref="Beta"/>. The result rises with it, from the least to the mean.</param>
    /// <remarks>The least SINR is factored out, so nothing underflows. Source: 3GPP2 C.30-20030429-010; Y. Blankenship et al., "Link error
    /// prediction methods for multicarrier systems", VTC 2004.</remarks>
    /// <exception cref="ArgumentException">There are no resources.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An SINR or beta is NaN or out of range.</exception>
    public static double Exponential(ReadOnlySpan<double> sinrLinear, double beta)
    {
        Guard.Positive(beta);
        var (least, largest, used) = Range(sinrLinear);
        var inverse = 1.0 / beta;
        if (least == largest || double.IsPositiveInfinity(inverse))
        {
            return least;
        }

        // Where all exponents are small, e^x - 1 keeps the digits that e^x loses next to 1.
        var isSmall = (largest - least) * inverse <= 0.01;
        var shape = new ExponentialSum(-inverse, least, isSmall);
        var mean = Sum(sinrLinear, shape) / used;
        var logarithm = isSmall ? SmallNumbers.LogOfOnePlus(mean) : Math.Log(mean);
        return Math.Clamp(least - (beta * logarithm), least, largest);
    }

    /// <summary>Mutual-information effective SINR mapping (MIESM): beta times the SNR whose capacity is the mean of the capacities at sinr / beta, linear.</summary>
    /// <param name="sinrLinear">Linear (not dB) SINR of each resource, at least 0 and finite; 0 marks an unused one; shape [resources], not empty.</param>
    /// <param name="bitsPerSymbol">Constellation: 2, 4, 6 or 8.</param>
    /// <param name="beta">Calibration, positive and finite; 1 by default.</param>
    /// <returns>The least SINR where all saturate the constellation: the mean of the capacities then tells nothing more.</returns>
    /// <remarks>Capacity from <see cref="ConstellationCapacity"/>. Source: K. Brueninghaus et al., "Link performance models for system
    /// level simulations of broadband radio access systems", PIMRC 2005.</remarks>
    /// <exception cref="ArgumentException">There are no resources.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is NaN or out of range.</exception>
    public static double MutualInformation(ReadOnlySpan<double> sinrLinear, int bitsPerSymbol, double beta = 1.0)
    {
        Guard.Positive(beta);
        var (least, largest, used) = Range(sinrLinear);
        var sum = 0.0;
        foreach (var sinr in sinrLinear)
        {
            sum += ConstellationCapacity.BitsPerSymbol(bitsPerSymbol, sinr / beta);
        }

        if (least == largest)
        {
            return least;
        }

        var effective = beta * ConstellationCapacity.SnrLinear(bitsPerSymbol, Math.Min(sum / used, bitsPerSymbol));
        return double.IsPositiveInfinity(effective) ? least : Math.Clamp(effective, least, largest);
    }

    /// <summary>Capacity-equivalent SINR: 2^(mean of log2(1 + sinr)) - 1, linear.</summary>
    /// <param name="sinrLinear">Linear (not dB) SINR of each resource, at least 0 and finite; 0 marks an unused one; shape [resources], not empty.</param>
    /// <exception cref="ArgumentException">There are no resources.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An SINR is NaN or out of range.</exception>
    public static double Capacity(ReadOnlySpan<double> sinrLinear)
    {
        var (least, largest, used) = Range(sinrLinear);
        return least == largest
            ? least
            : Math.Clamp(SmallNumbers.ExpMinusOne(Sum(sinrLinear, default(LogarithmSum)) / used), least, largest);
    }

    /// <summary>Least and largest used SINR and their number; (0, 0, 0) where none is used.</summary>
    private static (double Least, double Largest, int Used) Range(ReadOnlySpan<double> sinrLinear)
    {
        if (sinrLinear.IsEmpty)
        {
            throw new ArgumentException("Must not be empty.", nameof(sinrLinear));
        }

        var (least, largest, used, done) = (double.PositiveInfinity, 0.0, 0, 0);
        if (Vector512.IsHardwareAccelerated && sinrLinear.Length >= Lanes)
        {
            done = WideRange(sinrLinear, out least, out largest, out used);
        }

        for (; done < sinrLinear.Length; done++)
        {
            var sinr = sinrLinear[done];
            if (!(sinr >= 0 && sinr <= double.MaxValue))
            {
                throw new ArgumentOutOfRangeException(nameof(sinrLinear), sinr, "Must be at least 0 and finite.");
            }

            if (sinr > 0)
            {
                (least, largest, used) = (sinr < least ? sinr : least, sinr > largest ? sinr : largest, used + 1);
            }
        }

        return used == 0 ? (0.0, 0.0, 0) : (least, largest, used);
    }

    /// <summary>The whole vectors of a range; stops at the first that holds a number that is not allowed.</summary>
    /// <returns>How many SINRs are done.</returns>
    private static int WideRange(ReadOnlySpan<double> sinrLinear, out double least, out double largest, out int used)
    {
        var lows = Vector512.Create(double.PositiveInfinity);
        var highs = Vector512<double>.Zero;
        var done = 0;
        used = 0;
        for (; done <= sinrLinear.Length - Lanes; done += Lanes)
        {
            var sinr = Vector512.Create(sinrLinear[done..]);
            var isUsed = Vector512.GreaterThan(sinr, Vector512<double>.Zero);
            var isAllowed = Vector512.Equals(sinr, Vector512<double>.Zero) | (isUsed & Vector512.LessThanOrEqual(sinr, Vector512.Create(double.MaxValue)));
            if (isAllowed.ExtractMostSignificantBits() != (1UL << Lanes) - 1)
            {
                break;
            }

            lows = Vector512.ConditionalSelect(isUsed & Vector512.LessThan(sinr, lows), sinr, lows);
            highs = Vector512.ConditionalSelect(Vector512.GreaterThan(sinr, highs), sinr, highs);
            used += BitOperations.PopCount(isUsed.ExtractMostSignificantBits());
        }

        (least, largest) = (double.PositiveInfinity, 0.0);
        for (var lane = 0; lane < Lanes; lane++)
        {
            (least, largest) = (Math.Min(least, lows[lane]), Math.Max(largest, highs[lane]));
        }

        return done;
    }

    /// <summary>Adds a function of each used SINR in eight interleaved sums, whatever the vector width.</summary>
    private static double Sum<TTerm>(ReadOnlySpan<double> sinrLinear, TTerm term)
        where TTerm : struct, ITerm
    {
        Span<double> sums = stackalloc double[Lanes];
        var done = 0;
        if (WideLanes.IsSupported)
        {
            var total = Vector512<double>.Zero;
            for (; done <= sinrLinear.Length - Lanes; done += Lanes)
            {
                var sinr = Vector512.Create(sinrLinear[done..]);
                var value = term.Of(new WideLanes(sinr)).Value;
                total += Vector512.ConditionalSelect(Vector512.GreaterThan(sinr, Vector512<double>.Zero), value, Vector512<double>.Zero);
            }

            total.CopyTo(sums);
        }
        else
        {
            sums.Clear();
        }

        for (; done < sinrLinear.Length; done++)
        {
            if (sinrLinear[done] > 0)
            {
                sums[done % Lanes] += term.Of(new ScalarLane(sinrLinear[done])).Value;
            }
        }

        return sums[0] + sums[4] + (sums[1] + sums[5]) + (sums[2] + sums[6] + (sums[3] + sums[7]));
    }

    private interface ITerm
    {
        T Of<T>(T sinr)
            where T : struct, ILanes<T>;
    }

    /// <summary>exp(slope (sinr - least)), less 1 where the exponents are small.</summary>
    private readonly struct ExponentialSum(double slope, double least, bool isSmall) : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Of<T>(T sinr)
            where T : struct, ILanes<T>
        {
            var x = (sinr - T.Broadcast(least)) * T.Broadcast(slope);
            if (!isSmall)
            {
                return FrozenFunctions.Exp(x);
            }

            var sum = T.MultiplyAdd(x, T.Broadcast(1.0 / 720), T.Broadcast(1.0 / 120));
            sum = T.MultiplyAdd(x, sum, T.Broadcast(1.0 / 24));
            sum = T.MultiplyAdd(x, sum, T.Broadcast(1.0 / 6));
            sum = T.MultiplyAdd(x, sum, T.Broadcast(0.5));
            return x * T.MultiplyAdd(x, sum, T.Broadcast(1.0));
        }
    }

    /// <summary>ln(1 + sinr), with the rounding of 1 + sinr taken back.</summary>
    private readonly struct LogarithmSum : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Of<T>(T sinr)
            where T : struct, ILanes<T>
        {
            var onePlus = sinr + T.Broadcast(1.0);
            var rounded = onePlus - T.Broadcast(1.0);
            var isTiny = T.LessOrEqual(rounded, T.Broadcast(0.0));
            var corrected = FrozenFunctions.Log(onePlus) * (sinr / T.Select(isTiny, T.Broadcast(1.0), rounded));
            return T.Select(isTiny, sinr, corrected);
        }
    }
}
