using EdgeSplit.Core.Inference;

namespace EdgeSplit.Core.Quality.Leakage;

/// <summary>The server that has all the weights: position by position it runs the device's layers for every token behind its own guesses so far, and prefers the tokens whose
/// states explain best what it received.</summary>
/// <remarks>
/// <para>Guesses minimise the sum over positions of |h - h_v|² / (2 σ²) - ln p(v | guesses), over the values that arrived: the maximum a posteriori text. σ² is the variance
/// of the noise, from the power received and the SNR; p is the model's own next-token distribution. A candidate is quantised as the device would, so
/// that a quantiser protects by what it makes equal and not by its error; with a scale per channel that needs all values without noise, else the error of the quantiser counts
/// as noise. Without noise the first term is (n / 2) ln(1 + |h - h_v|² / (n ε)) for n values, ε being rounding: the likelihood where the right guess fits
/// exactly and a wrong one before has left an error of unknown size.</para>
/// <para>The search keeps a few texts at most (a beam), and drops those that are less likely than the best by 12 nats; a clean state leaves one. Damages whose
/// guesses so far agree share the work. A wider search, or one that looks back, may recover more: "at least".</para>
/// <para>Beyond <see cref="LargestVocabulary"/> tokens only a short list is tried: half by the model's next-token distribution, half by <see cref="NearestEmbeddingAttack"/>.</para>
/// <para>Not thread-safe: one instance per thread.</para>
/// </remarks>
public sealed class ExhaustiveAttack
{
    private readonly LlamaModel model;
    private readonly LlamaWorkspace workspace;
    private readonly int capacity;
    private readonly int width;
    private readonly TokenShortlist? shortlist;
    private readonly int[] everyToken;
    private readonly float[] candidateStates;
    private readonly double[] costs;
    private readonly float[] state;
    private readonly float[] logits;
    private readonly Stack<KeyValueCache> spareCaches = [];

    /// <summary>Prepares the attack on a split.</summary>
    /// <param name="model">The model.</param>
    /// <param name="split">The split point k, 0..L.</param>
    /// <param name="tokens">Most tokens of a window, 1 to the model's positions.</param>
    /// <param name="workspace">Memory to work in.</param>
    /// <param name="embeddings">The embedding table, of which a short list is made; needed beyond <see cref="LargestVocabulary"/> tokens only.</param>
    /// <param name="width">Texts that the search keeps, at least 1.</param>
    /// <param name="shortlistTokens">Length of the short list, 2 to <see cref="LargestVocabulary"/>; of effect beyond that many tokens only.</param>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> or <paramref name="workspace"/> is null, or <paramref name="embeddings"/> where they are needed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public ExhaustiveAttack(
        LlamaModel model, int split, int tokens, LlamaWorkspace workspace, NearestEmbeddingAttack? embeddings = null, int width = 4, int shortlistTokens = 256)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(workspace);
        Split = Guard.InRange(split, 0, model.Layers);
        capacity = Guard.InRange(tokens, 1, model.Configuration.MaximumPositions);
        this.width = Guard.AtLeast(width, 1);
        Guard.InRange(shortlistTokens, 2, LargestVocabulary);
        (this.model, this.workspace) = (model, workspace);
        if (model.Vocabulary > LargestVocabulary)
        {
            shortlist = new TokenShortlist(embeddings ?? throw new ArgumentNullException(nameof(embeddings)), shortlistTokens);
        }

        everyToken = shortlist is null ? [.. Enumerable.Range(0, model.Vocabulary)] : [];
        costs = new double[shortlist?.Length ?? everyToken.Length];
        candidateStates = new float[costs.Length * model.HiddenSize];
        state = new float[model.HiddenSize];
        logits = new float[model.Vocabulary];
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
        foreach (var reception in received)
        {
            ArgumentNullException.ThrowIfNull(reception, nameof(received));
            Guard.InRange(reception.Tokens, 1, capacity, nameof(received));
            Guard.InRange(reception.Tokens, received[0].Tokens, received[0].Tokens, nameof(received));
            Guard.InRange(reception.Dimension, model.HiddenSize, model.HiddenSize, nameof(received));
        }

        // A short list depends on the reception: nothing is shared then.
        var scores = received.Select(reception => new CandidateScore(reception)).ToArray();
        return received.Count == 0 ? []
            : shortlist is null ? Search(scores, received[0].Tokens)
            : [.. scores.Select(score => Search([score], received[0].Tokens)[0])];
    }

    private int[][] Search(CandidateScore[] scores, int tokens)
    {
        var prefixes = new List<GuessedPrefix> { new([], EmptyCache(), new double[model.Vocabulary]) };
        var beams = Array.ConvertAll(scores, _ => new GuessBeam(width));
        Array.ForEach(beams, beam => beam.Offer(0, 0, 0));
        for (var position = 0; position < tokens; position++)
        {
            beams = Step(position, scores, prefixes, beams);
            if (position + 1 < tokens)
            {
                (prefixes, beams) = Extended(prefixes, beams);
            }
        }

        var guesses = Array.ConvertAll(beams, beam => (int[])[.. prefixes[beam.Kept[0].Prefix].Tokens, beam.Kept[0].Token]);
        prefixes.ForEach(prefix => spareCaches.Push(prefix.Cache));
        return guesses;
    }

    /// <summary>Tries the candidates of a position behind every prefix; the result names prefixes by their numbers of now.</summary>
    private GuessBeam[] Step(int position, CandidateScore[] scores, List<GuessedPrefix> prefixes, GuessBeam[] beams)
    {
        var next = Array.ConvertAll(beams, _ => new GuessBeam(width));
        for (var number = 0; number < prefixes.Count; number++)
        {
            var prefix = prefixes[number];
            var candidates = shortlist is null ? everyToken : shortlist.Choose(prefix.LogPrior, scores[0].Filled(position));
            model.RunCandidates(candidates, candidateStates, Split, workspace, prefix.Cache);
            for (var i = 0; i < scores.Length; i++)
            {
                foreach (var (_, _, cost) in beams[i].Kept.Where(one => one.Prefix == number))
                {
                    scores[i].Costs(position, candidateStates, candidates, prefix.LogPrior, costs);
                    for (var candidate = 0; candidate < candidates.Length; candidate++)
                    {
                        next[i].Offer(number, candidates[candidate], cost + costs[candidate]);
                    }
                }
            }
        }

        Array.ForEach(next, beam => beam.Prune());
        return next;
    }

    /// <summary>Makes a prefix of every continuation that some reception keeps; beams then hold a prefix each, and no token.</summary>
    private (List<GuessedPrefix> Prefixes, GuessBeam[] Beams) Extended(List<GuessedPrefix> prefixes, GuessBeam[] beams)
    {
        var extended = new List<GuessedPrefix>();
        var numbers = new Dictionary<(int Prefix, int Token), int>();
        for (var number = 0; number < prefixes.Count; number++)
        {
            var prefix = prefixes[number];
            var tokens = beams.SelectMany(beam => beam.Kept).Where(one => one.Prefix == number).Select(one => one.Token).Distinct().ToArray();
            for (var i = 0; i < tokens.Length; i++)
            {
                var cache = prefix.Cache;
                if (i + 1 < tokens.Length)
                {
                    cache = EmptyCache();
                    cache.CopyFrom(prefix.Cache);
                }

                numbers.Add((number, tokens[i]), extended.Count);
                extended.Add(new GuessedPrefix([.. prefix.Tokens, tokens[i]], cache, LogPriorBehind(tokens[i], cache)));
            }

            if (tokens.Length == 0)
            {
                spareCaches.Push(prefix.Cache);
            }
        }

        return (extended, Array.ConvertAll(beams, beam =>
        {
            var renumbered = new GuessBeam(width);
            foreach (var (prefix, token, cost) in beam.Kept)
            {
                renumbered.Offer(numbers[(prefix, token)], 0, cost);
            }

            return renumbered;
        }));
    }

    private KeyValueCache EmptyCache()
    {
        var cache = spareCaches.TryPop(out var spare) ? spare : new KeyValueCache(model, 0, model.Layers, 1, capacity);
        cache.Truncate(0);
        return cache;
    }

    /// <summary>Runs the whole model on one more guess: its keys and values, and what it expects next.</summary>
    private double[] LogPriorBehind(int token, KeyValueCache cache)
    {
        model.Embed([token], state);
        model.RunLayers(state, 1, 1, 0, model.Layers, workspace, cache);
        cache.Advance(1);
        model.Head(state, 1, logits, workspace);
        var largest = logits[TokenSampler.Greedy(logits)];
        var sum = 0.0;
        foreach (var logit in logits)
        {
            sum += Math.Exp((double)logit - largest);
        }

        var normaliser = largest + Math.Log(sum);
        return Array.ConvertAll(logits, logit => logit - normaliser);
    }
}
