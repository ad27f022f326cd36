using EdgeSplit.Core.Simulation;

namespace EdgeSplit.Agents.Surrogates;

/// <summary>The law of the answer's length as a few equally likely lengths: the mean of each eighth of the distribution that a workload publishes.</summary>
internal static class LengthStrata
{
    internal const int Count = 8;

    internal static double[] Of(WorkloadModel workload)
    {
        var strata = new double[Count];
        var (stratum, filled, sum, below) = (0, 0.0, 0.0, 0.0);
        for (var tokens = 1; tokens <= workload.MaximumOutputTokens && stratum < Count; tokens++)
        {
            // Lengths are rounded up and cut: P(n) = F(n) - F(n - 1), with all that lies above at the maximum.
            var upTo = tokens == workload.MaximumOutputTokens ? 1 : workload.OutputTokens.CumulativeProbability(tokens);
            for (var left = upTo - below; left > 0 && stratum < Count;)
            {
                var part = Math.Min(left, (1.0 / Count) - filled);
                (filled, sum, left) = (filled + part, sum + (part * tokens), left - part);
                if (filled >= (1.0 / Count) - 1e-12 || (tokens == workload.MaximumOutputTokens && left <= 0))
                {
                    strata[stratum++] = sum / filled;
                    (filled, sum) = (0, 0);
                }
            }

            below = upTo;
        }

        Array.Fill(strata, strata[Math.Max(0, stratum - 1)], stratum, Count - stratum);
        return strata;
    }
}
