namespace EdgeSplit.Core.Wireless.LinkAdaptation;

/// <summary>Functions that keep their digits near zero, by W. Kahan's correction of the rounding of 1 + x.</summary>
internal static class SmallNumbers
{
    /// <summary>ln(1 + x) for x above -1.</summary>
    internal static double LogOfOnePlus(double x)
    {
        var onePlus = 1.0 + x;
        return onePlus == 1.0 ? x : Math.Abs(x) > 0.5 ? Math.Log(onePlus) : Math.Log(onePlus) * (x / (onePlus - 1.0));
    }

    /// <summary>e^x - 1.</summary>
    internal static double ExpMinusOne(double x)
    {
        if (Math.Abs(x) > 0.5)
        {
            return Math.Exp(x) - 1.0;
        }

        var power = Math.Exp(x);
        return power == 1.0 ? x : (power - 1.0) * (x / Math.Log(power));
    }
}
