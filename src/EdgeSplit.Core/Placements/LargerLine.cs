using System.Runtime.CompilerServices;

namespace EdgeSplit.Core.Placements;

/// <summary>The larger of two lines in p, as a roofline has them, and its exact sum over consecutive whole p. Immutable.</summary>
/// <param name="firstAtZero">The first line at p = 0.</param>
/// <param name="firstSlope">Its slope.</param>
/// <param name="secondAtZero">The second line at p = 0.</param>
/// <param name="secondSlope">Its slope.</param>
internal readonly struct LargerLine(double firstAtZero, double firstSlope, double secondAtZero, double secondSlope)
{
    private readonly double firstAtZero = firstAtZero;
    private readonly double firstSlope = firstSlope;
    private readonly double secondAtZero = secondAtZero;
    private readonly double secondSlope = secondSlope;
    private readonly double leadAtZero = firstAtZero - secondAtZero;
    private readonly double leadSlope = firstSlope - secondSlope;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal double At(double p) => double.MaxNative(firstAtZero + (firstSlope * p), secondAtZero + (secondSlope * p));

    /// <summary>The sum over p = first, first + 1, …: <paramref name="count"/> terms, at least 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal double Sum(double first, double count)
    {
        // Where one line leads at both ends it leads throughout, and the sum is that of a trapezoid.
        var leadFirst = leadAtZero + (leadSlope * first);
        var leadLast = leadFirst + (leadSlope * (count - 1));
        return leadFirst * leadLast >= 0 ? count * At(first + (0.5 * (count - 1))) : SumAcrossCrossing(first, count, leadFirst, leadLast);
    }

    private double SumAcrossCrossing(double first, double count, double leadFirst, double leadLast)
    {
        var before = Math.Clamp(Math.Floor((count - 1) * (leadFirst / (leadFirst - leadLast))) + 1, 0, count);
        var after = count - before;
        return (before * At(first + (0.5 * (before - 1)))) + (after * At(first + before + (0.5 * (after - 1))));
    }
}
