using EdgeSplit.Core.Inference;
using EdgeSplit.Core.Numerics;

namespace EdgeSplit.Core.Quality.Leakage;

/// <summary>The server that has all the weights: position by position it runs the device's layers for every token behind its own guesses so far, and takes the token whose
/// state explains best what it received.</summary>
/// <remarks>
/// <para>The guess is the maximum a posteriori one: it minimises |h - h_v|² / (2 σ²) - ln p(v | guesses), over the values that arrived. σ² is the variance of the noise, from the power
/// received and the SNR; p is the model's own next-token distribution. A candidate is quantised as the device would, so that a quantiser protects by what it makes
/// equal and not by its error; with a scale per channel that needs all values without noise, else the error of the quantiser counts as noise. Without noise and
/// without a quantiser σ² is at the level of rounding and the distance alone decides.</para>
/// <para>Guesses are final: a wrong one spoils the states behind it. A search that keeps several would recover more: "at least". Damages that led to the same guesses
/// so far share the work.</para>
/// <para>Beyond <see cref="LargestVocabulary"/> tokens only a short list is tried: half by the model's next-token distribution, half by <see cref="NearestEmbeddingAttack"/>.</para>
/// <para>Not thread-safe: one instance per thread.</para>
/// </remarks>
public sealed class ExhaustiveAttack
{
    private readonly LlamaModel model;
    private readonly LlamaWorkspace workspace;
    private readonly KeyValueCache cache;
    private readonly TokenShortlist? shortlist;
    private readonly int[] everyToken;
    private readonly float[] candidateStates;
    private readonly float[] row;
    private readonly float[] logits;
    private readonly double[] logPrior;

    /// <summary>Prepares the attack on a split.</summary>
    /// <param name="model">The model.</param>
    /// <param name="split">The split point k, 0..L.</param>
    /// <param name="tokens">Tokens of a window, 1 to the model's positions.</param>
    /// <param name="workspace">Memory to work in.</param>
    /// <param name="embeddings">The embedding table, of which a short list is made; needed beyond <see cref="LargestVocabulary"/> tokens only.</param>
    /// <param name="shortlistTokens">Length of the short list, at least 2; of effect beyond <see cref="LargestVocabulary"/> tokens only.</param>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> or <paramref name="workspace"/> is null, or <paramref name="embeddings"/> where they are needed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public ExhaustiveAttack(LlamaModel model, int split, int tokens, LlamaWorkspace workspace, NearestEmbeddingAttack? embeddings = null, int shortlistTokens = 256)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(workspace);
        Split = Guard.InRange(split, 0, model.Layers);
        (this.model, this.workspace) = (model, workspace);
        cache = new KeyValueCache(model, 0, model.Layers, 1, tokens);
        if (model.Vocabulary > LargestVocabulary)
        {
            shortlist = new TokenShortlist(embeddings ?? throw new ArgumentNullException(nameof(embeddings)), Guard.InRange(shortlistTokens, 2, LargestVocabulary));
            everyToken = [];
        }
        else
        {
            everyToken = [.. Enumerable.Range(0, model.Vocabulary)];
        }

        candidateStates = new float[(shortlist?.Length ?? everyToken.Length) * model.HiddenSize];
        row = new float[model.HiddenSize];
        logits = new float[model.Vocabulary];
        logPrior = new double[model.Vocabulary];
    }

    /// <summary>The largest vocabulary of which every token is tried.</summary>
    public const int LargestVocabulary = 4096;

    /// <summary>The split point k.</summary>
    public int Split { get; }

    /// <summary>Guesses the tokens of one window from several receptions of its state, each on its own.</summary>
    /// <param name="received">What arrived, of this window, each with its damage.</param>
    /// <returns>For each reception the token ids, shape [receptions, tokens].</returns>
    /// <exception cref="ArgumentNullException">A reference is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A reception has another shape.</exception>
    public int[][] Recover(IReadOnlyList<ReceivedState> received)
    {
        ArgumentNullException.ThrowIfNull(received);
        var scores = received.Select(reception => new CandidateScore(reception)).ToArray();
        foreach (var reception in received)
        {
            Guard.InRange(reception.Tokens, 1, cache.Capacity, nameof(received));
            Guard.InRange(reception.Dimension, model.HiddenSize, model.HiddenSize, nameof(received));
            Guard.InRange(reception.Tokens, received[0].Tokens, received[0].Tokens, nameof(received));
        }

        var guesses = received.Select(reception => new int[reception.Tokens]).ToArray();
        var branches = new Stack<(int[] Members, int Start)>();
        var all = Enumerable.Range(0, received.Count).ToArray();
        foreach (var members in shortlist is null && all.Length > 0 ? [all] : all.Select(member => new[] { member }))
        {
            branches.Push((members, 0));
        }

        while (branches.TryPop(out var branch))
        {
            Follow(branch.Members, branch.Start, scores, guesses, branches);
        }

        return guesses;
    }

    /// <summary>Goes on with receptions that have the same guesses so far; those that part are put on the stack.</summary>
    private void Follow(int[] members, int start, CandidateScore[] scores, int[][] guesses, Stack<(int[] Members, int Start)> branches)
    {
        cache.Truncate(0);
        Array.Clear(logPrior);
        if (start > 0)
        {
            Append(guesses[members[0]].AsSpan(0, start));
        }

        var tokens = guesses[members[0]].Length;
        for (var position = start; position < tokens; position++)
        {
            var candidates = shortlist is null ? everyToken : shortlist.Choose(logPrior, scores[members[0]].Filled(position));
            model.RunCandidates(candidates, candidateStates, Split, workspace, cache);
            foreach (var member in members)
            {
                guesses[member][position] = candidates[scores[member].Best(position, candidateStates, candidates, logPrior)];
            }

            var parted = members.GroupBy(member => guesses[member][position]).OrderByDescending(group => group.Count()).ToArray();
            members = [.. parted[0]];
            if (position + 1 < tokens)
            {
                foreach (var group in parted.Skip(1))
                {
                    branches.Push(([.. group], position + 1));
                }

                Append(guesses[members[0]].AsSpan(position, 1));
            }
        }
    }

    /// <summary>Runs the whole model on further guesses: their keys and values, and what it expects next.</summary>
    private void Append(ReadOnlySpan<int> tokens)
    {
        var states = tokens.Length == 1 ? row : new float[tokens.Length * model.HiddenSize];
        model.Embed(tokens, states);
        model.RunLayers(states, 1, tokens.Length, 0, model.Layers, workspace, cache);
        cache.Advance(tokens.Length);
        model.Head(states.AsSpan(states.Length - model.HiddenSize), 1, logits, workspace);
        var largest = logits[TokenSampler.Greedy(logits)];
        var sum = 0.0;
        foreach (var logit in logits)
        {
            sum += Math.Exp((double)logit - largest);
        }

        var normaliser = largest + Math.Log(sum);
        for (var token = 0; token < logits.Length; token++)
        {
            logPrior[token] = logits[token] - normaliser;
        }
    }
}
