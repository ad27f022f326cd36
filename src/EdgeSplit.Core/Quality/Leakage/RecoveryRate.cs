using MathNet.Numerics.Distributions;

namespace EdgeSplit.Core.Quality.Leakage;

/// <summary>A share of recovered tokens with its 95 % interval.</summary>
/// <remarks>
/// <para>Tokens of a window are not independent: where an attack errs once it errs again. So the interval is Wilson's with the effective number of tokens n / D and
/// Student's t of windows - 1 degrees of freedom in the place of the normal quantile. D is the design effect, the variance of the rate between windows over that of as many independent
/// tokens, at least 1; where every token or none is recovered it cannot be seen and is taken as 1. The interval covers chance of the text, not the choice of the model, and
/// says nothing of stronger attacks: "at least".</para>
/// <para>Immutable. Sources: E. L. Korn, B. I. Graubard, Survey Methodology 24(2), 1998, pp. 193-201 (effective size);
/// E. B. Wilson, J. Am. Stat. Assoc. 22, 1927, pp. 209-212.</para>
/// </remarks>
/// <param name="Rate">Recovered tokens over tokens, in [0, 1].</param>
/// <param name="Lower">Lower end, in [0, <paramref name="Rate"/>].</param>
/// <param name="Upper">Upper end, in [<paramref name="Rate"/>, 1].</param>
/// <param name="Tokens">Tokens that were attacked.</param>
public readonly record struct RecoveryRate(double Rate, double Lower, double Upper, int Tokens)
{
    /// <summary>The rate over windows of equal length.</summary>
    /// <param name="recovered">Recovered tokens of each window, at least two windows.</param>
    /// <param name="tokensPerWindow">Attacked tokens of each window, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than two windows, or a number is out of range.</exception>
    public static RecoveryRate Of(ReadOnlySpan<int> recovered, int tokensPerWindow)
    {
        Guard.AtLeast(recovered.Length, 2);
        Guard.AtLeast(tokensPerWindow, 1);
        var sum = 0L;
        foreach (var count in recovered)
        {
            sum += Guard.InRange(count, 0, tokensPerWindow, nameof(recovered));
        }

        var tokens = checked(recovered.Length * tokensPerWindow);
        var rate = (double)sum / tokens;
        var squares = 0.0;
        foreach (var count in recovered)
        {
            squares += Math.Pow(((double)count / tokensPerWindow) - rate, 2);
        }

        var between = squares / (recovered.Length - 1) / recovered.Length;
        var independent = rate * (1 - rate) / tokens;
        var effective = tokens / (independent > 0 ? Math.Max(1, between / independent) : 1);
        var t = StudentT.InvCDF(0, 1, recovered.Length - 1, 0.975);
        var weight = t * t / effective;
        var centre = (rate + (weight / 2)) / (1 + weight);
        var half = Math.Sqrt((rate * (1 - rate) * weight) + (weight * weight / 4)) / (1 + weight);
        return new RecoveryRate(rate, Math.Clamp(centre - half, 0, rate), Math.Clamp(centre + half, rate, 1), tokens);
    }
}
