namespace EdgeSplit.Core.Inference;

/// <summary>Merges neighbouring tokens by rank: always the lowest rank first, among equals the leftmost, until no pair has one.</summary>
/// <remarks>A linked list of tokens and a queue of candidate pairs: O(n log n) for a piece of n bytes, so a long one cannot stall it. Immutable, thread-safe.</remarks>
internal sealed class BytePairMerges
{
    private readonly Dictionary<(int Left, int Right), (int Rank, int Merged)> _merges;

    internal BytePairMerges(Dictionary<(int Left, int Right), (int Rank, int Merged)> merges) => _merges = merges;

    /// <summary>Merges in place.</summary>
    /// <param name="tokens">One token per byte; receives the result from its start.</param>
    /// <param name="buffers">Memory of the calling thread.</param>
    /// <returns>How many tokens are left.</returns>
    internal int Merge(Span<int> tokens, Buffers buffers)
    {
        if (tokens.Length < 2)
        {
            return tokens.Length;
        }

        var (next, previous, queue) = buffers.For(tokens.Length);
        for (var i = 0; i < tokens.Length; i++)
        {
            (next[i], previous[i]) = (i + 1, i - 1);
            Offer(tokens, next, i, queue);
        }

        while (queue.TryDequeue(out var candidate, out _))
        {
            var (at, left, right, merged) = candidate;
            var other = next[at];

            // A neighbour that was merged meanwhile made the candidate stale; a token that is gone holds -1.
            if (tokens[at] != left || other >= tokens.Length || tokens[other] != right)
            {
                continue;
            }

            (tokens[at], tokens[other]) = (merged, -1);
            next[at] = next[other];
            if (next[at] < tokens.Length)
            {
                previous[next[at]] = at;
                Offer(tokens, next, at, queue);
            }

            if (previous[at] >= 0)
            {
                Offer(tokens, next, previous[at], queue);
            }
        }

        var count = 0;
        for (var at = 0; at < tokens.Length; at = next[at])
        {
            tokens[count++] = tokens[at];
        }

        return count;
    }

    private void Offer(ReadOnlySpan<int> tokens, ReadOnlySpan<int> next, int at, PriorityQueue<(int, int, int, int), (int, int)> queue)
    {
        if (next[at] < tokens.Length && _merges.TryGetValue((tokens[at], tokens[next[at]]), out var merge))
        {
            queue.Enqueue((at, tokens[at], tokens[next[at]], merge.Merged), (merge.Rank, at));
        }
    }

    /// <summary>Memory that one thread uses again for each piece.</summary>
    internal sealed class Buffers
    {
        private readonly PriorityQueue<(int At, int Left, int Right, int Merged), (int Rank, int At)> _queue = new();
        private int[] _next = [];
        private int[] _previous = [];

        internal (int[] Next, int[] Previous, PriorityQueue<(int At, int Left, int Right, int Merged), (int Rank, int At)> Queue) For(int length)
        {
            if (_next.Length < length)
            {
                _next = new int[2 * length];
                _previous = new int[2 * length];
            }

            _queue.Clear();
            return (_next, _previous, _queue);
        }
    }
}
