namespace EdgeSplit.Core.Inference;

/// <summary>Chooses the next token from logits: greedy, or drawn at a temperature from the most probable tokens.</summary>
/// <remarks>
/// <para>Temperature T divides the logits; 0 is greedy (the smallest id among the largest logits). Nucleus sampling keeps the most probable tokens, ties by smaller id,
/// until their probability reaches p, and draws among them. A draw inverts the distribution over token ids at the uniform number given: the same number, the same token.</para>
/// <para>Holds working memory that grows once; not thread-safe. Source of nucleus sampling: A. Holtzman et al., arXiv 1904.09751.</para>
/// </remarks>
public sealed class TokenSampler
{
    private double[] probabilities = [];
    private int[] order = [];
    private double[] keys = [];

    /// <summary>A sampler.</summary>
    /// <param name="temperature">Temperature, in [0, 100]; 0 is greedy. 1 if omitted: the model's own distribution.</param>
    /// <param name="topP">Probability that the kept tokens reach, in (0, 1]; 1 if omitted: all tokens.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN or out of range.</exception>
    public TokenSampler(double temperature = 1, double topP = 1)
    {
        Temperature = Guard.InRange(temperature, 0, 100);
        TopP = Guard.InRange(Guard.Positive(topP), 0, 1);
    }

    /// <summary>Temperature; 0 is greedy.</summary>
    public double Temperature { get; }

    /// <summary>Probability that the kept tokens reach.</summary>
    public double TopP { get; }

    /// <summary>The token of the largest logit; the smallest id among equals.</summary>
    /// <param name="logits">Logits, not empty.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are none, or one is NaN.</exception>
    public static int Greedy(ReadOnlySpan<float> logits)
    {
        Guard.AtLeast(logits.Length, 1);
        var best = 0;
        for (var token = 0; token < logits.Length; token++)
        {
            Guard.NotNaN(logits[token], nameof(logits));
            best = logits[token] > logits[best] ? token : best;
        }

        return best;
    }

    /// <summary>Chooses a token.</summary>
    /// <param name="logits">Logits of one position, finite, shape [vocabulary].</param>
    /// <param name="uniform">A uniform number, in [0, 1); of no effect when greedy.</param>
    /// <returns>The token id.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are no logits, one is NaN, or <paramref name="uniform"/> is out of range.</exception>
    public int Choose(ReadOnlySpan<float> logits, double uniform)
    {
        Guard.InRange(uniform, 0, 1);
        var best = Greedy(logits);
        if (Temperature == 0)
        {
            return best;
        }

        if (probabilities.Length < logits.Length)
        {
            probabilities = new double[logits.Length];
            order = new int[logits.Length];
            keys = new double[logits.Length];
        }

        var p = probabilities.AsSpan(0, logits.Length);
        var sum = 0.0;
        for (var token = 0; token < p.Length; token++)
        {
            p[token] = Math.Exp(((double)logits[token] - logits[best]) / Temperature);
            sum += p[token];
        }

        var kept = TopP < 1 ? KeepNucleus(p, sum) : sum;
        var wanted = uniform * kept;
        var passed = 0.0;
        var last = best;
        for (var token = 0; token < p.Length; token++)
        {
            if (p[token] > 0)
            {
                last = token;
                passed += p[token];
                if (wanted < passed)
                {
                    return token;
                }
            }
        }

        return last; // rounding left the sum short of the number wanted
    }

    /// <summary>Sets all but the most probable tokens to 0; returns the sum of what stays.</summary>
    private double KeepNucleus(Span<double> p, double sum)
    {
        var ids = order.AsSpan(0, p.Length);
        var descending = keys.AsSpan(0, p.Length);
        for (var token = 0; token < p.Length; token++)
        {
            ids[token] = token;
            descending[token] = -p[token];
        }

        // A stable order: equal probabilities by id.
        descending.Sort(ids, static (x, y) => x.CompareTo(y));
        var kept = 0.0;
        var count = 0;
        while (count < p.Length && kept < TopP * sum)
        {
            var from = count;
            while (count < p.Length && descending[count] == descending[from])
            {
                count++;
            }

            ids[from..count].Sort();
            var end = count;
            for (count = from; count < end && kept < TopP * sum; count++)
            {
                kept += p[ids[count]];
            }
        }

        foreach (var token in ids[count..])
        {
            p[token] = 0;
        }

        return kept;
    }
}
