using System.Runtime.CompilerServices;

namespace EdgeSplit.Core.Randomness;

/// <summary>The elementary functions that samplers use: one fixed sequence of exactly rounded operations, so that a draw has the
/// same bits on every processor, at every vector width, and whatever mathematical library the system has.</summary>
internal static class FrozenFunctions
{
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double Log2E = 1.4426950408889634074;
    private const double Log2ELow = 2.0355273740931033e-17;
    private const double SmallestExponent = -708;

    /// <summary>The natural logarithm of a positive normal number, within 1 ulp. Source: FDLIBM, e_log.c (Sun, 1993).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Log<T>(T x)
        where T : struct, ILanes<T>
    {
        var exponent = T.SplitExponent(x, out var mantissa);
        var f = mantissa - T.Broadcast(1);
        var bend = Bend(mantissa, f, out var s, out var halfSquare);
        var tail = T.MultiplyAdd(s, bend, exponent * T.Broadcast(Ln2Low));
        return T.MultiplyAdd(exponent, T.Broadcast(Ln2High), f - (halfSquare - tail));
    }

    /// <summary>log2(1 + x) for x at least 0, infinity included, within 1.5 ulp however small x is; NaN stays NaN.</summary>
    /// <remarks>The digits that 1 + x loses are put back by their first-order effect. The product of the leading term and log2(e), and its sum with the exponent, are carried in two doubles.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T LogTwoOfOnePlus<T>(T x)
        where T : struct, ILanes<T>
    {
        var onePlus = x + T.Broadcast(1);
        var exponent = T.SplitExponent(onePlus, out var mantissa);
        var f = mantissa - T.Broadcast(1);
        var bend = Bend(mantissa, f, out var s, out var halfSquare);

        // Lost digits times about 1 / (1 + x); above 1 they are below the last digit of the result.
        var lost = x - (onePlus - T.Broadcast(1));
        lost = T.MultiplyAdd(lost, x * T.MultiplyAdd(x, T.Broadcast(0.4), T.Broadcast(-0.9)), lost);
        lost = T.Select(T.LessOrEqual(x, T.Broadcast(1)), lost, T.Broadcast(0));

        var leading = f * T.Broadcast(Log2E);
        var rest = T.MultiplyAdd(f, T.Broadcast(Log2E), T.Broadcast(0) - leading);
        rest = T.MultiplyAdd(f, T.Broadcast(Log2ELow), rest);
        rest = T.MultiplyAdd(T.MultiplyAdd(s, bend, lost - halfSquare), T.Broadcast(Log2E), rest);
        var high = exponent + leading;
        rest = leading - (high - exponent) + rest;
        return T.Select(T.LessOrEqual(x, T.Broadcast(double.MaxValue)), high + rest, x);
    }

    /// <summary>e^x for x up to 709, within 2 ulp; 0 for x below -708. Source: Cephes, exp.c (S. L. Moshier, 1984).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Exp<T>(T x)
        where T : struct, ILanes<T>
    {
        const double shifter = 6755399441055744; // 1.5 x 2^52: adding and taking it away rounds to a whole number
        var inRange = T.LessOrEqual(T.Broadcast(SmallestExponent), x);
        x = T.Select(inRange, x, T.Broadcast(0));
        var n = T.MultiplyAdd(x, T.Broadcast(1.4426950408889634074), T.Broadcast(shifter)) - T.Broadcast(shifter);
        var r = T.MultiplyAdd(n, T.Broadcast(-6.93145751953125e-1), x);
        r = T.MultiplyAdd(n, T.Broadcast(-1.42860682030941723212e-6), r);
        var z = r * r;
        var p = T.MultiplyAdd(z, T.MultiplyAdd(z, T.Broadcast(1.26177193074810590878e-4), T.Broadcast(3.02994407707441961300e-2)), T.Broadcast(9.99999999999999999910e-1));
        p = r * p;
        var q = T.MultiplyAdd(z, T.MultiplyAdd(z, T.MultiplyAdd(z, T.Broadcast(3.00198505138664455042e-6), T.Broadcast(2.52448340349684104192e-3)), T.Broadcast(2.27265548208155028766e-1)), T.Broadcast(2));
        var result = T.MultiplyAdd(T.Broadcast(2), p / (q - p), T.Broadcast(1)) * T.PowerOfTwo(n);
        return T.Select(inRange, result, T.Broadcast(0));
    }

    /// <summary>The quantile of the standard normal distribution at a probability of (0, 1), relative error about 1e-16; odd about one half.</summary>
    /// <remarks>Source: M. J. Wichura, "Algorithm AS 241: the percentage points of the normal distribution", Applied Statistics 37(3),
    /// 1988, pp. 477-484, doi:10.2307/2347330 (PPND16).</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T NormalQuantile<T>(T probability)
        where T : struct, ILanes<T>
    {
        var q = probability - T.Broadcast(0.5);
        var isCentral = T.LessOrEqual(T.Abs(q), T.Broadcast(0.425));
        var central = NormalCentre(q);
        return T.All(isCentral) ? central : T.Select(isCentral, central, NormalTail(probability, q));
    }

    /// <summary>With s = f / (2 + f): the number that makes ln(1 + f) = f - f^2 / 2 + s times it, for a mantissa 1 + f in [sqrt(1/2), sqrt(2)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Bend<T>(T mantissa, T f, out T s, out T halfSquare)
        where T : struct, ILanes<T>
    {
        s = f / (mantissa + T.Broadcast(1));
        var z = s * s;
        var w = z * z;
        var even = w * T.MultiplyAdd(w, T.MultiplyAdd(w, T.Broadcast(1.531383769920937332e-01), T.Broadcast(2.222219843214978396e-01)), T.Broadcast(3.999999999940941908e-01));
        var odd = T.MultiplyAdd(w, T.MultiplyAdd(w, T.Broadcast(1.479819860511658591e-01), T.Broadcast(1.818357216161805012e-01)), T.Broadcast(2.857142874366239149e-01));
        odd = z * T.MultiplyAdd(w, odd, T.Broadcast(6.666666666666735130e-01));
        halfSquare = T.Broadcast(0.5) * f * f;
        return halfSquare + even + odd;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T NormalCentre<T>(T q)
        where T : struct, ILanes<T>
    {
        var r = T.Broadcast(0.180625) - (q * q);
        var numerator = Polynomial(r, 3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3);
        var denominator = Polynomial(r, 1, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3, 2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3);
        return q * (numerator / denominator);
    }

    [MethodImpl(MethodImplOptions.NoInlining)] // keeps callers within the compiler's budget for inlining
    private static T NormalTail<T>(T probability, T q)
        where T : struct, ILanes<T>
    {
        var isLower = T.LessOrEqual(q, T.Broadcast(0));
        var r = T.Sqrt(T.Broadcast(0) - Log(T.Select(isLower, probability, T.Broadcast(1) - probability)));
        var isNear = T.LessOrEqual(r, T.Broadcast(5));
        var s = r - T.Broadcast(1.6);
        var numerator = Polynomial(s, 1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0, 1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4);
        var denominator = Polynomial(s, 1, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1, 1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9);
        var size = numerator / denominator;
        if (!T.All(isNear))
        {
            s = r - T.Broadcast(5);
            numerator = Polynomial(s, 6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7);
            denominator = Polynomial(s, 1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2, 7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15);
            size = T.Select(isNear, size, numerator / denominator);
        }

        return T.Select(isLower, T.Broadcast(0) - size, size);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Polynomial<T>(T x, double c0, double c1, double c2, double c3, double c4, double c5, double c6, double c7)
        where T : struct, ILanes<T>
    {
        var sum = T.MultiplyAdd(T.Broadcast(c7), x, T.Broadcast(c6));
        sum = T.MultiplyAdd(sum, x, T.Broadcast(c5));
        sum = T.MultiplyAdd(sum, x, T.Broadcast(c4));
        sum = T.MultiplyAdd(sum, x, T.Broadcast(c3));
        sum = T.MultiplyAdd(sum, x, T.Broadcast(c2));
        sum = T.MultiplyAdd(sum, x, T.Broadcast(c1));
        return T.MultiplyAdd(sum, x, T.Broadcast(c0));
    }
}
