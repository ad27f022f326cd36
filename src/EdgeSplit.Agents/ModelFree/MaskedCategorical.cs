namespace EdgeSplit.Agents.ModelFree;

/// <summary>A categorical distribution over the allowed of A actions, given by logits; masked actions have probability exactly 0 and no gradient.</summary>
/// <remarks>Log-softmax with the maximum of the allowed logits subtracted, in double precision, so that logits of any size neither overflow nor lose digits. At least one action must be
/// allowed. Nothing is allocated.</remarks>
internal static class MaskedCategorical
{
    /// <summary>Log-probabilities and probabilities; negative infinity and 0 where masked.</summary>
    internal static void Normalise<T>(ReadOnlySpan<T> logits, ReadOnlySpan<bool> mask, Span<double> logProbabilities, Span<double> probabilities)
        where T : struct, System.Numerics.INumber<T>
    {
        var largest = double.NegativeInfinity;
        for (var a = 0; a < mask.Length; a++)
        {
            var logit = double.CreateTruncating(logits[a]);
            logProbabilities[a] = logit;
            if (mask[a] && logit > largest)
            {
                largest = logit;
            }
        }

        var sum = 0.0;
        for (var a = 0; a < mask.Length; a++)
        {
            var weight = mask[a] ? Math.Exp(logProbabilities[a] - largest) : 0;
            probabilities[a] = weight;
            sum += weight;
        }

        var shift = largest + Math.Log(sum);
        var scale = 1 / sum;
        for (var a = 0; a < mask.Length; a++)
        {
            logProbabilities[a] = mask[a] ? logProbabilities[a] - shift : double.NegativeInfinity;
            probabilities[a] *= scale;
        }
    }

    /// <summary>-Σ p ln p in nats, with 0 ln 0 = 0.</summary>
    internal static double Entropy(ReadOnlySpan<double> logProbabilities, ReadOnlySpan<double> probabilities)
    {
        var entropy = 0.0;
        for (var a = 0; a < probabilities.Length; a++)
        {
            if (probabilities[a] > 0)
            {
                entropy -= probabilities[a] * logProbabilities[a];
            }
        }

        return entropy;
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
        for (var a = 0; a < probabilities.Length; a++)
        {
            var p = probabilities[a];
            var slope = -logProbabilitySlope * p;
            if (entropySlope != 0 && p > 0)
            {
                slope -= entropySlope * p * (logProbabilities[a] + entropy);
            }

            gradients[a] = (float)(a == action ? slope + logProbabilitySlope : slope);
        }
    }
}
