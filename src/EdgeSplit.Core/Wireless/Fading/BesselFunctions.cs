namespace EdgeSplit.Core.Wireless.Fading;

/// <summary>Bessel functions of order zero for real arguments: J0, 1 - J0 without loss of digits near 0, and exp(-x) I0(x), which never overflows.</summary>
/// <remarks>Chebyshev expansions, computed with 40 digits. Absolute error of J0 below 1e-15, relative error of the scaled I0 below 1e-14.
/// Stateless, so safe to use from any thread.</remarks>
internal static class BesselFunctions
{
    // J0(x) on x^2 in [0, 64]; beyond 8, amplitude and phase in t = 64 / x^2: J0 = sqrt(2 / (pi x)) (P cos(x - pi/4) - Q sin(x - pi/4)), Q = q / x.
    private static ReadOnlySpan<double> NearJ0 =>
        [0.31545594294978024, -0.008723442352852221, 0.2651786132033368, -0.37009499387264977, 0.15806710233209725, -0.034893769411408884,
        0.004819180069467605, -0.00046062616620627504, 3.246032882100508e-05, -1.7619469077621507e-06, 7.608163592418782e-08, -2.679253530557673e-09,
        7.848696314479465e-11, -1.9438346867370164e-12, 4.125320595634374e-14, -7.588508125447546e-16, 1.2218515873961411e-17];

    private static ReadOnlySpan<double> FarP =>
        [1.9989206986950374, -0.0005365220468132117, 3.0751847875194745e-06, -5.1705945376060975e-08, 1.6306464635151382e-09, -7.86409137723707e-11,
        5.168262387349193e-12, -4.3045788699253914e-13, 4.3265957431549404e-14, -5.069034095935236e-15, 6.748072215733873e-16, -1.0011513723467786e-16];

    private static ReadOnlySpan<double> FarQ =>
        [-0.24889367368539214, 0.0005470815954089319, -5.9315987288485175e-06, 1.4377965798375193e-07, -5.817532749493056e-09, 3.376097523734991e-10,
        -2.565397936797308e-11, 2.404916100281365e-12, -2.6690625482579414e-13, 3.4041800321963686e-14, -4.87994410531204e-15, 7.729703176242605e-16];

    // exp(-x) I0(x) on x in [0, 8]; beyond, sqrt(x) exp(-x) I0(x) on t = 8 / x in [0, 1].
    private static ReadOnlySpan<double> NearI0 =>
        [0.6767952744094761, -0.3046826723431984, 0.17162090152220877, -0.09490109704804764, 0.04930528423967071, -0.02373741480589947, 0.010546460394594998,
        -0.004324309995050576, 0.0016394756169413357, -0.0005763755745385824, 0.00018850288509584165, -5.754195010082104e-05, 1.6448448070728896e-05,
        -4.4167383584587505e-06, 1.1173875391201037e-06, -2.670793853940612e-07, 6.046995022541919e-08, -1.300025009986248e-08, 2.6598237246823866e-09,
        -5.189795601635263e-10, 9.675809035373237e-11, -1.726826291441556e-11, 2.95505266312964e-12, -4.856446783111929e-13, 7.676185498604936e-14,
        -1.1685332877993451e-14, 1.715391285555133e-15, -2.431279846547955e-16];

    private static ReadOnlySpan<double> FarI0 =>
        [0.8044904110141088, 0.0033691164782556943, 6.889758346916825e-05, 2.8913705208347567e-06, 2.0489185894690638e-07, 2.266668990498178e-08,
        3.3962320257083865e-09, 4.94060238822497e-10, 1.1889147107846439e-11, -3.1499165279632416e-11, -1.3215811840447713e-11, -1.7941785315068062e-12,
        7.180124451383666e-13, 3.8527783827421426e-13, 1.54008621752141e-14, -4.150569347287222e-14, -9.554846698828307e-15, 3.8116806693526224e-15,
        1.7725601330565263e-15];

    /// <summary>J0(x), the Bessel function of the first kind, for any finite x.</summary>
    internal static double J0(double x)
    {
        x = Math.Abs(x);
        if (x < 0.5)
        {
            return 1.0 - OneMinusJ0(x);
        }

        if (x <= 8.0)
        {
            return Chebyshev(NearJ0, (x * x / 32.0) - 1.0);
        }

        var inverse = 8.0 / x;
        var argument = (2.0 * inverse * inverse) - 1.0;
        var (sine, cosine) = Math.SinCos(x);
        // sqrt(2) cos(x - pi/4) = cos x + sin x, sqrt(2) sin(x - pi/4) = sin x - cos x: no rounding of the shifted angle.
        return ((Chebyshev(FarP, argument) * (cosine + sine)) - (Chebyshev(FarQ, argument) / x * (sine - cosine))) / Math.Sqrt(Math.PI * x);
    }

    /// <summary>1 - J0(x) with all digits at small x.</summary>
    internal static double OneMinusJ0(double x)
    {
        var quarter = 0.25 * x * x;
        return quarter < 0.1
            ? quarter * (1.0 - (quarter / 4.0 * (1.0 - (quarter / 9.0 * (1.0 - (quarter / 16.0 * (1.0 - (quarter / 25.0 * (1.0 - (quarter / 36.0 * (1.0 - (quarter / 49.0))))))))))))
            : 1.0 - J0(x);
    }

    /// <summary>exp(-x) I0(x), the scaled modified Bessel function, for x at least 0: 1 at 0, falling as 1 / sqrt(2 pi x).</summary>
    internal static double ScaledI0(double x) => x <= 8.0
        ? Chebyshev(NearI0, (0.25 * x) - 1.0)
        : Chebyshev(FarI0, (16.0 / x) - 1.0) / Math.Sqrt(x);

    /// <summary>Clenshaw's sum of c0 / 2 + c1 T1 + c2 T2 + ... at an argument in [-1, 1].</summary>
    private static double Chebyshev(ReadOnlySpan<double> coefficients, double argument)
    {
        var twice = 2.0 * argument;
        var (current, previous) = (0.0, 0.0);
        for (var i = coefficients.Length - 1; i > 0; i--)
        {
            (current, previous) = (Math.FusedMultiplyAdd(twice, current, coefficients[i] - previous), current);
        }

        return Math.FusedMultiplyAdd(argument, current, (0.5 * coefficients[0]) - previous);
    }
}
