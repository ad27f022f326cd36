namespace EdgeSplit.Core.Placements;

/// <summary>What one turn of a conversation asks of the model: a prompt to read and tokens to write.</summary>
/// <remarks>Decisions are taken on the expected number of output tokens and feasibility on the maximum; the true number is known only afterwards.</remarks>
/// <param name="PromptTokens">Tokens that prefill has to process, at least 1.</param>
/// <param name="ContextTokens">Tokens of earlier turns that already lie in the KV cache, at least 0.</param>
/// <param name="OutputTokens">Tokens to generate, at least 1; a mean need not be whole. The first one comes out of prefill, the others out of decode steps.</param>
/// <param name="MaximumOutputTokens">The most tokens that may be generated; memory must hold their KV cache. At least 1.</param>
public readonly record struct TurnWork(int PromptTokens, int ContextTokens, double OutputTokens, int MaximumOutputTokens)
{
    /// <summary>Decode steps: every output token but the first, which prefill yields; at least 0.</summary>
    public double DecodeSteps => Math.Max(0, OutputTokens - 1);

    /// <summary>Tokens whose keys and values must fit into memory at the end of the longest possible answer.</summary>
    public long MaximumCachedTokens => (long)ContextTokens + PromptTokens + MaximumOutputTokens;

    /// <summary>Throws where a field is out of its range; NaN fails.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A field is out of its range.</exception>
    public void Validate()
    {
        Guard.AtLeast(PromptTokens, 1);
        Guard.AtLeast(ContextTokens, 0);
        Guard.InRange(OutputTokens, 1, int.MaxValue);
        Guard.AtLeast(MaximumOutputTokens, 1);
    }
}
