using EdgeSplit.Core.Wireless.LinkAdaptation;

namespace EdgeSplit.Core.Wireless.Fading;

/// <summary>Means of a spectral efficiency over a fading law, by Gauss-Legendre panels over the logarithm of the gain.</summary>
/// <remarks>
/// With u = ln g the integrands are analytic and decay at least exponentially to both sides. The ceiling of the rate makes a kink, so the
/// range is split there. Ten nodes per panel: a panel of 4 in u holds an integrand with poles at distance pi to about 1e-11.
/// </remarks>
internal static class FadingQuadrature
{
    internal static ReadOnlySpan<double> Nodes =>
        [0.14887433898163122, 0.43339539412924721, 0.67940956829902444, 0.86506336668898451, 0.97390652851717172];

    internal static ReadOnlySpan<double> Weights =>
        [0.29552422471475287, 0.26926671930999636, 0.21908636251598204, 0.14945134915058059, 0.06667134430868814];

    /// <summary>Mean efficiency under a Gamma(m, 1/m) gain. Weights are normalised by their own sum, so no gamma function enters.</summary>
    internal static double Nakagami(NakagamiFading fading, double meanSnrLinear, IRateLaw law)
    {
        ArgumentNullException.ThrowIfNull(law);
        if (law is not ShannonRate rate)
        {
            return FromCells(fading, meanSnrLinear, law);
        }

        var shape = fading.Shape;
        if (Guard.NonNegative(meanSnrLinear) == 0)
        {
            return 0.0;
        }

        // Chernoff: P(ln g beyond u) <= exp(-m (e^u - 1 - u)), so 26 / m leaves out less than 1e-11 on either side.
        var (low, high) = (LogGainAtDivergence(26.0 / shape, -1), LogGainAtDivergence(26.0 / shape, 1));
        var knee = Math.Clamp(LogGainAtCeiling(meanSnrLinear, rate), low, high);
        var below = Integrate(shape, meanSnrLinear, rate, low, knee);
        var above = Integrate(shape, meanSnrLinear, rate, knee, high);
        return Math.Min(rate.MaximumSpectralEfficiency, (below.Efficiency + above.Efficiency) / (below.Mass + above.Mass));
    }

    /// <summary>Mean efficiency under any fading law with mean 1, from its cdf: the integral of the slope d(efficiency)/du times P(gain above e^u).</summary>
    internal static double FromCumulativeProbability(IFadingModel fading, double meanSnrLinear, IRateLaw law)
    {
        ArgumentNullException.ThrowIfNull(law);
        if (law is not ShannonRate rate)
        {
            return FromCells(fading, meanSnrLinear, law);
        }

        if (Guard.NonNegative(meanSnrLinear) == 0)
        {
            return 0.0;
        }

        var scale = meanSnrLinear / Decibels.ToLinear(rate.GapDb);
        var low = Math.Min(0.0, -Math.Log(scale)) - 30.0;
        var high = 0.0;
        while (high < 64.0 && fading.CumulativeProbability(Math.Exp(high)) < 1.0)
        {
            high += 0.5;
        }

        high = Math.Min(high, LogGainAtCeiling(meanSnrLinear, rate));
        var panels = Math.Max(1, (int)Math.Ceiling((high - low) / 0.25));
        var half = 0.5 * (high - low) / panels;
        var sum = 0.0;
        for (var p = 0; p < panels; p++)
        {
            var middle = low + (half * ((2 * p) + 1));
            for (var i = 0; i < Nodes.Length; i++)
            {
                sum += Weights[i] * (Slope(middle - (half * Nodes[i])) + Slope(middle + (half * Nodes[i])));
            }
        }

        return Math.Max(0.0, half * sum);

        double Slope(double u)
        {
            var gain = Math.Exp(u);
            return scale * gain / (1.0 + (scale * gain)) / Math.Log(2.0) * (1.0 - fading.CumulativeProbability(gain));
        }
    }

    /// <summary>Mean of any rate law, steps and all: cells of 0.005 in the logarithm of the gain, weighted by their exact probability.</summary>
    private static double FromCells(IFadingModel fading, double meanSnrLinear, IRateLaw law)
    {
        Guard.NonNegative(meanSnrLinear);
        const double width = 0.005;
        var (sum, below) = (0.0, 0.0);
        for (var u = -30.0; u < 8.0 && below < 1.0; u += width)
        {
            var upTo = fading.CumulativeProbability(Math.Exp(u + width));
            sum += (upTo - below) * law.SpectralEfficiency(meanSnrLinear * Math.Exp(u + (0.5 * width)));
            below = upTo;
        }

        return sum + ((1.0 - below) * law.SpectralEfficiency(meanSnrLinear * Math.Exp(8.0)));
    }

    private static (double Efficiency, double Mass) Integrate(double shape, double meanSnrLinear, ShannonRate rate, double low, double high)
    {
        var (efficiency, mass) = (0.0, 0.0);
        for (var start = low; start < high;)
        {
            // Wide panels in the plain exponential tail of small gains, narrow ones where exp(-m g) bends.
            var end = Math.Min(high, start + Math.Min(start < -5.0 ? 4.0 : 1.5, 2.5 / Math.Sqrt(shape)));
            var (middle, half) = (0.5 * (start + end), 0.5 * (end - start));
            for (var i = 0; i < Nodes.Length; i++)
            {
                Add(middle - (half * Nodes[i]), half * Weights[i]);
                Add(middle + (half * Nodes[i]), half * Weights[i]);
            }

            start = end;
        }

        return (efficiency, mass);

        void Add(double u, double weight)
        {
            var gain = Math.Exp(u);
            var density = weight * Math.Exp(shape * (u + 1.0 - gain));
            mass += density;
            efficiency += density * rate.SpectralEfficiency(meanSnrLinear * gain);
        }
    }

    private static double LogGainAtCeiling(double meanSnrLinear, ShannonRate rate) => double.IsPositiveInfinity(rate.MaximumSpectralEfficiency)
        ? double.PositiveInfinity
        : Math.Log(rate.RequiredSnrLinear(rate.MaximumSpectralEfficiency) / meanSnrLinear);

    /// <summary>The u of the given sign with e^u - 1 - u = divergence, by Newton's method from outside, where it is monotone.</summary>
    private static double LogGainAtDivergence(double divergence, int sign)
    {
        // Starting points beyond the root: u^2/2 bounds the divergence from below on the right, -u - 1 on the far left.
        var u = sign > 0 ? Math.Min(Math.Sqrt(2.0 * divergence), 1.0 + (2.0 * Math.Log(1.0 + divergence))) : -(divergence + 1.0 + Math.Sqrt(2.0 * divergence));
        for (var i = 0; i < 60; i++)
        {
            var slope = Math.Exp(u) - 1.0;
            var step = (slope - u - divergence) / slope;
            u -= step;
            if (Math.Abs(step) <= 1e-6 * Math.Abs(u))
            {
                break;
            }
        }

        return u;
    }
}
