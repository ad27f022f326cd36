using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using EdgeSplit.Core.Numerics;

namespace EdgeSplit.Agents.ModelFree;

/// <summary>A categorical distribution over the allowed of A actions, given by logits; masked actions have probability exactly 0 and no gradient.</summary>
/// <remarks>
/// <para>Log-softmax with the maximum of the allowed logits subtracted, in double precision, so that logits of any size neither overflow nor lose digits. At least one action must be
/// allowed. Nothing is allocated.</para>
/// <para>Buffers of (log-)probabilities are <see cref="PaddedLength"/> long: whole vectors of 8, of which the entries after the last action count as masked.</para>
/// </remarks>
internal static class MaskedCategorical
{
    private const int Lanes = 8;

    /// <summary>The length of a buffer of probabilities: the number of actions, rounded up to whole vectors.</summary>
    internal static int PaddedLength(int actionCount) => checked(actionCount + Lanes - 1) / Lanes * Lanes;

    /// <summary>Log-probabilities and probabilities; negative infinity and 0 where masked.</summary>
    internal static void Normalise<T>(ReadOnlySpan<T> logits, ReadOnlySpan<bool> mask, Span<double> logProbabilities, Span<double> probabilities)
        where T : struct, System.Numerics.INumber<T>
    {
        Guard.SameLength(logProbabilities.Length, probabilities.Length);
        var largest = double.NegativeInfinity;
        for (var a = 0; a < mask.Length; a++)
        {
            var logit = mask[a] ? double.CreateTruncating(logits[a]) : double.NegativeInfinity;
            logProbabilities[a] = logit;
            largest = logit > largest ? logit : largest;
        }

        logProbabilities[mask.Length..].Fill(double.NegativeInfinity);
        var logs = MemoryMarshal.Cast<double, Vector512<double>>(logProbabilities);
        var weights = MemoryMarshal.Cast<double, Vector512<double>>(probabilities);
        var total = Vector512<double>.Zero;
        var masked = Vector512.Create(double.NegativeInfinity);
        for (var i = 0; i < logs.Length; i++)
        {
            var difference = logs[i] - Vector512.Create(largest);
            var weight = Vector512.ConditionalSelect(Vector512.Equals(difference, masked), Vector512<double>.Zero, ExponentialFunction.Evaluate(difference));
            logs[i] = difference;
            weights[i] = weight;
            total += weight;
        }

        var sum = Sum(total);
        var shift = Math.Log(sum);
        var scale = 1 / sum;
        for (var i = 0; i < logs.Length; i++)
        {
            logs[i] -= Vector512.Create(shift);
            weights[i] *= scale;
        }
    }

    /// <summary>-Σ p ln p in nats, with 0 ln 0 = 0.</summary>
    internal static double Entropy(ReadOnlySpan<double> logProbabilities, ReadOnlySpan<double> probabilities)
    {
        var logs = MemoryMarshal.Cast<double, Vector512<double>>(logProbabilities);
        var weights = MemoryMarshal.Cast<double, Vector512<double>>(probabilities);
        var total = Vector512<double>.Zero;
        for (var i = 0; i < weights.Length; i++)
        {
            total -= Vector512.ConditionalSelect(Vector512.Equals(weights[i], Vector512<double>.Zero), Vector512<double>.Zero, weights[i] * logs[i]);
        }

        return Sum(total);
    }

    /// <summary>KL(p‖q) = Σ p (ln p - ln q) in nats; infinite where p allows what q does not.</summary>
    internal static double Divergence(ReadOnlySpan<double> logP, ReadOnlySpan<double> p, ReadOnlySpan<double> logQ)
    {
        var divergence = 0.0;
        for (var a = 0; a < p.Length; a++)
        {
            if (p[a] > 0)
            {
                divergence += p[a] * (logP[a] - logQ[a]);
            }
        }

        return divergence;
    }

    /// <summary>The action at a uniform number of (0, 1), by inversion; never one of probability 0.</summary>
    internal static int Sample(ReadOnlySpan<double> probabilities, double uniform)
    {
        var last = -1;
        var cumulative = 0.0;
        for (var a = 0; a < probabilities.Length; a++)
        {
            if (probabilities[a] > 0)
            {
                last = a;
                cumulative += probabilities[a];
                if (uniform < cumulative)
                {
                    return a;
                }
            }
        }

        return last;
    }

    /// <summary>The first allowed action of the largest value.</summary>
    internal static int Greedy(ReadOnlySpan<float> values, ReadOnlySpan<bool> mask)
    {
        var best = -1;
        for (var a = 0; a < mask.Length; a++)
        {
            if (mask[a] && (best < 0 || values[a] > values[best]))
            {
                best = a;
            }
        }

        return best;
    }

    /// <summary>The gradient by the logits of a loss whose slopes by the log-probability of one action and by the entropy are given.</summary>
    internal static void Gradient(
        ReadOnlySpan<double> logProbabilities,
        ReadOnlySpan<double> probabilities,
        int action,
        double logProbabilitySlope,
        double entropySlope,
        double entropy,
        Span<float> gradients)
    {
        var logs = MemoryMarshal.Cast<double, Vector512<double>>(logProbabilities);
        var weights = MemoryMarshal.Cast<double, Vector512<double>>(probabilities);
        Span<double> slopes = stackalloc double[Lanes];
        for (var i = 0; i < weights.Length; i++)
        {
            // A masked action has probability 0 and log-probability minus infinity: its product is taken as 0.
            var p = weights[i];
            var bonus = Vector512.ConditionalSelect(
                Vector512.Equals(p, Vector512<double>.Zero), Vector512<double>.Zero, p * (logs[i] + Vector512.Create(entropy)) * entropySlope);
            (-(p * logProbabilitySlope) - bonus).CopyTo(slopes);
            var part = gradients[(i * Lanes)..];
            for (var a = 0; a < Lanes && a < part.Length; a++)
            {
                part[a] = (float)slopes[a];
            }
        }

        gradients[action] = (float)(logProbabilitySlope
            - (probabilities[action] * (logProbabilitySlope + (entropySlope * (logProbabilities[action] + entropy)))));
    }

    /// <summary>The sum of the lanes by a fixed tree.</summary>
    private static double Sum(Vector512<double> x)
    {
        var half = x.GetLower() + x.GetUpper();
        var quarter = half.GetLower() + half.GetUpper();
        return quarter.GetElement(0) + quarter.GetElement(1);
    }
}
