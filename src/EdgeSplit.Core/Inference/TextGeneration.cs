using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Core.Inference;

/// <summary>Texts written by a model itself.</summary>
/// <remarks>On text that a model has drawn at temperature 1, its own probabilities are exactly calibrated: there, the expected rise of its loss under any damage equals the
/// expected divergence from the clean distribution. Every draw is a function of (seed, sequence, position) alone.</remarks>
public static class TextGeneration
{
    /// <summary>Sequences that are written side by side; always as many, so that a text does not depend on how many are wanted.</summary>
    private const int Together = 32;

    /// <summary>Continues a prompt with the KV cache.</summary>
    /// <param name="model">The model.</param>
    /// <param name="prompt">Token ids, at least one.</param>
    /// <param name="tokens">Tokens to write, at least 1; prompt and answer fit into the model's positions.</param>
    /// <param name="sampler">How a token is chosen.</param>
    /// <param name="key">Stream of the draws.</param>
    /// <param name="workspace">Memory to work in, and the number of threads.</param>
    /// <returns>The new tokens.</returns>
    /// <exception cref="ArgumentNullException">A reference is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The prompt is empty or holds an unknown token, or there are too many tokens.</exception>
    public static int[] Continue(LlamaModel model, ReadOnlySpan<int> prompt, int tokens, TokenSampler sampler, StreamKey key, LlamaWorkspace workspace)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(sampler);
        ArgumentNullException.ThrowIfNull(workspace);
        Guard.AtLeast(prompt.Length, 1);
        Guard.InRange(tokens, 1, model.Configuration.MaximumPositions - prompt.Length);
        var cache = new KeyValueCache(model, 0, model.Layers, 1, prompt.Length + tokens);
        var written = new int[tokens];
        var logits = new float[model.Vocabulary];
        var hidden = new float[prompt.Length * model.HiddenSize];
        Pass(prompt, hidden);
        for (var i = 0; i < tokens; i++)
        {
            written[i] = sampler.Choose(logits, new RandomSource(key, 0, (ulong)i).NextUniform());
            if (i + 1 < tokens)
            {
                Pass(written.AsSpan(i, 1), hidden.AsSpan(0, model.HiddenSize));
            }
        }

        return written;

        void Pass(ReadOnlySpan<int> ids, Span<float> state)
        {
            model.Embed(ids, state);
            model.RunLayers(state, 1, ids.Length, 0, model.Layers, workspace, cache);
            cache.Advance(ids.Length);
            model.Head(state[^model.HiddenSize..], 1, logits, workspace);
        }
    }

    /// <summary>Writes independent texts, each from the same first token, at temperature 1.</summary>
    /// <param name="model">The model.</param>
    /// <param name="sequences">Texts, at least 1.</param>
    /// <param name="tokens">Tokens of each, the first one included, at least 2, at most the model's positions.</param>
    /// <param name="firstToken">The token that all start with.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <param name="workspace">Memory to work in, and the number of threads.</param>
    /// <param name="progress">Told the share of the tokens that are written, in (0, 1]; may be null.</param>
    /// <returns>The texts one after the other, shape [sequences, tokens]. Text i is the same however many there are.</returns>
    /// <exception cref="ArgumentNullException">A reference is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static int[] Sample(
        LlamaModel model, int sequences, int tokens, int firstToken, ulong seed, LlamaWorkspace workspace, Action<double>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(workspace);
        Guard.AtLeast(sequences, 1);
        Guard.InRange(tokens, 2, model.Configuration.MaximumPositions);
        Guard.InRange(firstToken, 0, model.Vocabulary - 1);
        var key = StreamKey.Create(seed, "text");
        var sampler = new TokenSampler();
        var texts = new int[checked(sequences * tokens)];
        var ids = new int[Together];
        var hidden = new float[Together * model.HiddenSize];
        var logits = new float[Together * model.Vocabulary];
        var cache = new KeyValueCache(model, 0, model.Layers, Together, tokens);
        for (var first = 0; first < sequences; first += Together)
        {
            cache.Truncate(0);
            Array.Fill(ids, firstToken);
            for (var position = 0; position < tokens; position++)
            {
                for (var i = 0; i < Math.Min(Together, sequences - first); i++)
                {
                    texts[((first + i) * tokens) + position] = ids[i];
                }

                if (position + 1 == tokens)
                {
                    break;
                }

                model.Embed(ids, hidden);
                model.RunLayers(hidden, Together, 1, 0, model.Layers, workspace, cache);
                cache.Advance(1);
                model.Head(hidden, Together, logits, workspace);
                for (var i = 0; i < Together; i++)
                {
                    var uniform = new RandomSource(key, (ulong)(first + i), (ulong)position).NextUniform();
                    ids[i] = sampler.Choose(logits.AsSpan(i * model.Vocabulary, model.Vocabulary), uniform);
                }

                progress?.Invoke((first + ((position + 2.0) / tokens * Math.Min(Together, sequences - first))) / sequences);
            }
        }

        return texts;
    }
}
