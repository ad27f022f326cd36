namespace EdgeSplit.Core.Wireless;

/// <summary>Power ratios in decibels and as linear numbers.</summary>
internal static class Decibels
{
    /// <summary>The linear power ratio of a ratio in decibels: 3 dB gives 1.995.</summary>
    internal static double ToLinear(double ratioDb) => Math.Pow(10.0, ratioDb / 10.0);

    /// <summary>The decibels of a linear power ratio; 0 gives negative infinity.</summary>
    internal static double FromLinear(double ratioLinear) => 10.0 * Math.Log10(ratioLinear);
}
