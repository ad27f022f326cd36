using System.Diagnostics.CodeAnalysis;

namespace EdgeSplit.Core.Transformers;

/// <summary>The cost of one unit as a function of the forward pass, prepared so that an evaluation is a few multiplications.</summary>
/// <remarks>
/// <para>With T new tokens over c cached ones and an attention window w, every cost is
/// fixed + perToken x T + perPair x P, where P = sum over i = 1..T of min(c + i, w) is the number of (query, key) pairs;
/// keys and values read are perCachedToken x min(c + T, w + T - 1); expert weights are
/// perExpert x E (1 - (1 - k/E)^T), the expected number of distinct experts.</para>
/// <para>Made by <see cref="TransformerCost.Prepare"/>; the default value costs nothing. Immutable, safe to share between threads;
/// <see cref="Evaluate(ForwardPass)"/> allocates nothing. Two layers of one kind (<see cref="TransformerShape.KindOfLayer"/>) have equal models.</para>
/// </remarks>
public readonly record struct UnitCostModel
{
    /// <summary>Matrix FLOP per new token.</summary>
    public double MatrixFlopPerToken { get; init; }

    /// <summary>Matrix FLOP per pass whatever its length (head: the last token only).</summary>
    public double MatrixFlopPerPass { get; init; }

    /// <summary>Attention FLOP per (query, key) pair, all query heads together.</summary>
    public double AttentionFlopPerPair { get; init; }

    /// <summary>Attention scores per (query, key) pair: the number of query heads; 0 for units without attention.</summary>
    public double AttentionScoresPerPair { get; init; }

    /// <summary>Elementwise FLOP per new token.</summary>
    public double ElementwiseFlopPerToken { get; init; }

    /// <summary>Elementwise FLOP per (query, key) pair: the softmax of all query heads.</summary>
    public double ElementwiseFlopPerPair { get; init; }

    /// <summary>Elementwise FLOP per pass whatever its length.</summary>
    public double ElementwiseFlopPerPass { get; init; }

    /// <summary>Weight bytes per pass whatever its length.</summary>
    public double WeightBytesPerPass { get; init; }

    /// <summary>Weight bytes per new token (embedding rows).</summary>
    public double WeightBytesPerToken { get; init; }

    /// <summary>Weight bytes of one expert, read once for each distinct expert that the pass uses; 0 without experts.</summary>
    public double WeightBytesPerExpert { get; init; }

    /// <summary>Number E of experts; 0 without experts.</summary>
    public double Experts { get; init; }

    /// <summary>Number k of experts that one token uses; 0 without experts.</summary>
    public double ActiveExperts { get; init; }

    /// <summary>ln(1 - k/E), prepared; negative infinity when every token uses every expert.</summary>
    public double LogUnusedShare { get; init; }

    /// <summary>Activation bytes per new token.</summary>
    public double ActivationBytesPerToken { get; init; }

    /// <summary>Activation bytes per pass whatever its length.</summary>
    public double ActivationBytesPerPass { get; init; }

    /// <summary>Bytes of the keys and values of one cached token of this layer; 0 for units without attention.</summary>
    public double KeyValueBytesPerToken { get; init; }

    /// <summary>Attention window in tokens, the token itself included; 0 or <see cref="int.MaxValue"/> is the whole context.</summary>
    public int AttentionWindow { get; init; }

    /// <summary>Operations (kernel launches) per pass.</summary>
    public int Operations { get; init; }

    /// <summary>The cost of one forward pass.</summary>
    /// <param name="pass">New tokens and context, both at least 0; an empty pass costs nothing.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    public UnitCost Evaluate(ForwardPass pass)
    {
        if ((pass.NewTokens | pass.ContextTokens) < 0)
        {
            ThrowNegative(pass);
        }

        if (pass.NewTokens == 0)
        {
            return default;
        }

        double tokens = pass.NewTokens;
        double pairs = 0, read = 0;
        if (KeyValueBytesPerToken != 0)
        {
            double context = pass.ContextTokens;
            var all = context + tokens;
            double window = AttentionWindow;
            if (AttentionWindow <= 0 || all <= window)
            {
                pairs = tokens * (context + (0.5 * (tokens + 1)));
                read = all;
            }
            else
            {
                var growing = Math.Max(0.0, window - context);
                pairs = (growing * (context + (0.5 * (growing + 1)))) + ((tokens - growing) * window);
                read = Math.Min(all, window + tokens - 1);
            }
        }

        return new UnitCost(
            MatrixFlopPerPass + (MatrixFlopPerToken * tokens),
            AttentionFlopPerPair * pairs,
            ElementwiseFlopPerPass + (ElementwiseFlopPerToken * tokens) + (ElementwiseFlopPerPair * pairs),
            WeightBytes(tokens),
            ActivationBytesPerPass + (ActivationBytesPerToken * tokens),
            KeyValueBytesPerToken * read,
            KeyValueBytesPerToken * tokens,
            Operations)
        { AttentionScores = AttentionScoresPerPair * pairs };
    }

    /// <summary>The cost of one step of a batch: several sequences, each with its own new tokens and context, in the same kernels.</summary>
    /// <remarks>
    /// <para>Weights are read once for the whole batch, distinct experts follow from the sum of new tokens, and every operation is launched once, attention too. All else
    /// adds over the sequences: arithmetic, activations, (query, key) pairs and cached keys and values, each with its own window; the head runs for the last token of each.</para>
    /// <para>A batch of one costs exactly what <see cref="Evaluate(ForwardPass)"/> says. Allocates nothing.</para>
    /// </remarks>
    /// <param name="batch">One pass per sequence; empty passes add nothing, and an empty batch costs nothing.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    public UnitCost Evaluate(ReadOnlySpan<ForwardPass> batch)
    {
        UnitCost singles = default;
        double tokens = 0;
        foreach (var pass in batch)
        {
            singles += Evaluate(pass);
            tokens += pass.NewTokens;
        }

        return Batched(singles, tokens);
    }

    /// <summary>The cost of a batch from the sum of its members' own costs and of their new tokens: what they share is paid once.</summary>
    internal UnitCost Batched(in UnitCost singles, double tokens) =>
        tokens == 0 ? default : singles with { WeightBytes = WeightBytes(tokens), Operations = Operations };

    private double WeightBytes(double tokens)
    {
        var bytes = WeightBytesPerPass + (WeightBytesPerToken * tokens);
        return WeightBytesPerExpert == 0 ? bytes : bytes + (WeightBytesPerExpert * DistinctExperts(tokens));
    }

    private double DistinctExperts(double tokens) =>
        tokens == 1 ? ActiveExperts : Experts * (1 - Math.Exp(tokens * LogUnusedShare));

    [DoesNotReturn]
    private static void ThrowNegative(ForwardPass pass) =>
        throw new ArgumentOutOfRangeException(nameof(pass), pass, "New tokens and context tokens must be at least 0.");
}
