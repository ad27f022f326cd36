namespace EdgeSplit.Agents.ModelFree;

/// <summary>The terms of one sample of the loss of proximal policy optimisation, with their slopes.</summary>
/// <remarks>Source: J. Schulman et al., "Proximal policy optimization algorithms", arXiv 1707.06347. Pure functions in double precision.</remarks>
internal static class PpoLoss
{
    /// <summary>max(-A·r, -A·clip(r, 1 - c, 1 + c)) with the ratio r of new to old probability, and its slope by the new log-probability.</summary>
    internal static double Policy(double ratio, double advantage, double clip, out double slope)
    {
        var clipped = Math.Clamp(ratio, 1 - clip, 1 + clip);
        var (free, bounded) = (-advantage * ratio, -advantage * clipped);

        // Where the bounded term wins the ratio lies outside of the range, and the bound does not move.
        slope = free >= bounded ? free : 0;
        return Math.Max(free, bounded);
    }

    /// <summary>½(V - R)², and its slope by V.</summary>
    internal static double Value(double value, double target, out double slope)
    {
        slope = value - target;
        return 0.5 * slope * slope;
    }

    /// <summary>½ max((V - R)², (Vₒ + clip(V - Vₒ, ±c) - R)²) with the value Vₒ before the update, and its slope by V.</summary>
    internal static double ClippedValue(double value, double oldValue, double target, double clip, out double slope)
    {
        var free = value - target;
        var bounded = oldValue + Math.Clamp(value - oldValue, -clip, clip) - target;
        if (free * free >= bounded * bounded)
        {
            slope = free;
            return 0.5 * free * free;
        }

        slope = Math.Abs(value - oldValue) <= clip ? bounded : 0;
        return 0.5 * bounded * bounded;
    }

    /// <summary>The estimator (r - 1) - ln r of the divergence of the old policy from the new one; never negative.</summary>
    internal static double Divergence(double ratio, double logRatio) => ratio - 1 - logRatio;
}
