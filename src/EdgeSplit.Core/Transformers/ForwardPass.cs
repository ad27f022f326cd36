namespace EdgeSplit.Core.Transformers;

/// <summary>One pass of some new tokens of one sequence through the model.</summary>
/// <remarks>
/// Prefill of T tokens is (T, 0), its later chunks (T, tokens before the chunk), one decode step (1, tokens before it).
/// A tool that counts decode "at sequence length S" usually means (1, S - 1): the new token attends to itself as well.
/// </remarks>
/// <param name="NewTokens">Tokens that pass through the model now, at least 0; an empty pass costs nothing.</param>
/// <param name="ContextTokens">Tokens already in the KV cache before this pass, at least 0.</param>
public readonly record struct ForwardPass(int NewTokens, int ContextTokens);
