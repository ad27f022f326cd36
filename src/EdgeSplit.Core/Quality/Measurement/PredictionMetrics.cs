using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EdgeSplit.Core.Quality.Measurement;

/// <summary>Negative log-likelihood, divergence and agreement of next-token predictions, from logits.</summary>
/// <remarks>
/// <para>With the log-normaliser z(a) = ln sum exp(a_i), the negative log-likelihood of token t is z(a) - a_t and the divergence from clean logits a to damaged ones b is
/// sum p_i (a_i - b_i) - (z(a) - z(b)), p_i = exp(a_i - z(a)). Logits are single precision, everything after them is double, in 16 fixed lanes with a fixed order of sums.
/// Equal logits give exactly 0; rounding below zero, some 1e-15 of the largest difference of logits, is set to 0. V equal logits of 0 give ln V exactly.</para>
/// <para>Nothing is allocated. Safe to call from any number of threads.</para>
/// </remarks>
public static class PredictionMetrics
{
    private const int Lanes = 16;

    /// <summary>The log-normaliser: ln of the sum of the exponentials of the logits, nats.</summary>
    /// <param name="logits">Logits of one position, shape [vocabulary].</param>
    /// <exception cref="ArgumentOutOfRangeException">There are none, or one is NaN or infinite.</exception>
    public static double LogNormalizer(ReadOnlySpan<float> logits)
    {
        Guard.AtLeast(logits.Length, 1);
        double largest = Largest(logits);
        var shift = Vector512.Create(largest);
        var (lower, upper) = (Vector512<double>.Zero, Vector512<double>.Zero);
        ref var first = ref MemoryMarshal.GetReference(logits);
        var i = 0;
        for (; i + Lanes <= logits.Length; i += Lanes)
        {
            var (low, high) = Vector512.Widen(Vector512.LoadUnsafe(ref first, (nuint)i));
            lower += Vector512.Exp(low - shift);
            upper += Vector512.Exp(high - shift);
        }

        var sum = Vector512.Sum(lower + upper);
        for (; i < logits.Length; i++)
        {
            sum += Math.Exp(logits[i] - largest);
        }

        return Guard.Finite(largest + Math.Log(sum), nameof(logits));
    }

    /// <summary>Negative log-likelihood of a token, nats.</summary>
    /// <param name="logits">Logits of one position, shape [vocabulary].</param>
    /// <param name="token">The token that follows.</param>
    /// <exception cref="ArgumentOutOfRangeException">The token is not in the vocabulary, or a logit is NaN or infinite.</exception>
    public static double Nll(ReadOnlySpan<float> logits, int token)
    {
        Guard.InRange(token, 0, logits.Length - 1);
        return LogNormalizer(logits) - logits[token];
    }

    /// <summary>Compares a prediction with the clean one.</summary>
    /// <param name="clean">Logits of the clean model, shape [vocabulary].</param>
    /// <param name="damaged">Logits of the other, of equal length.</param>
    /// <param name="token">The token that follows.</param>
    /// <exception cref="ArgumentOutOfRangeException">The lengths differ, the token is not in the vocabulary, or a logit is NaN or infinite.</exception>
    public static PredictionQuality Compare(ReadOnlySpan<float> clean, ReadOnlySpan<float> damaged, int token)
    {
        Guard.SameLength(damaged.Length, clean.Length);
        Guard.InRange(token, 0, clean.Length - 1);
        return Compare(clean, LogNormalizer(clean), Top(clean), damaged, token);
    }

    /// <summary>Compares with a clean prediction whose log-normaliser and first token are known.</summary>
    internal static PredictionQuality Compare(ReadOnlySpan<float> clean, double cleanNormalizer, int cleanTop, ReadOnlySpan<float> damaged, int token)
    {
        var normalizer = LogNormalizer(damaged);
        var kl = WeightedDifference(clean, cleanNormalizer, damaged) - (cleanNormalizer - normalizer);
        return new PredictionQuality(normalizer - damaged[token], Guard.Finite(kl, nameof(damaged)) > 0 ? kl : 0, Top(damaged) == cleanTop);
    }

    /// <summary>The token of the largest logit; the smallest id among equals.</summary>
    internal static int Top(ReadOnlySpan<float> logits) => logits.IndexOf(Largest(logits));

    /// <summary>Mean difference of the logits under the clean distribution.</summary>
    private static double WeightedDifference(ReadOnlySpan<float> clean, double cleanNormalizer, ReadOnlySpan<float> damaged)
    {
        var shift = Vector512.Create(cleanNormalizer);
        var (lower, upper) = (Vector512<double>.Zero, Vector512<double>.Zero);
        ref var firstClean = ref MemoryMarshal.GetReference(clean);
        ref var firstDamaged = ref MemoryMarshal.GetReference(damaged);
        var i = 0;
        for (; i + Lanes <= clean.Length; i += Lanes)
        {
            var (cleanLow, cleanHigh) = Vector512.Widen(Vector512.LoadUnsafe(ref firstClean, (nuint)i));
            var (low, high) = Vector512.Widen(Vector512.LoadUnsafe(ref firstDamaged, (nuint)i));
            lower += Vector512.Exp(cleanLow - shift) * (cleanLow - low);
            upper += Vector512.Exp(cleanHigh - shift) * (cleanHigh - high);
        }

        var sum = Vector512.Sum(lower + upper);
        for (; i < clean.Length; i++)
        {
            sum += Math.Exp(clean[i] - cleanNormalizer) * ((double)clean[i] - damaged[i]);
        }

        return sum;
    }

    private static float Largest(ReadOnlySpan<float> logits)
    {
        var largest = float.NegativeInfinity;
        ref var first = ref MemoryMarshal.GetReference(logits);
        var i = 0;
        if (logits.Length >= Lanes)
        {
            var most = Vector512.LoadUnsafe(ref first);
            for (i = Lanes; i + Lanes <= logits.Length; i += Lanes)
            {
                most = Vector512.Max(most, Vector512.LoadUnsafe(ref first, (nuint)i));
            }

            for (var lane = 0; lane < Lanes; lane++)
            {
                largest = Math.Max(largest, most[lane]);
            }
        }

        for (; i < logits.Length; i++)
        {
            largest = Math.Max(largest, logits[i]);
        }

        return largest;
    }
}
