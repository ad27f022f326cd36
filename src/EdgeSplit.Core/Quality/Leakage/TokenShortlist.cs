namespace EdgeSplit.Core.Quality.Leakage;

/// <summary>The tokens worth a try where the vocabulary is large: half by what the model expects, half by the direction of the received state.</summary>
/// <param name="embeddings">The embedding table.</param>
/// <param name="length">Tokens on the list, at most the vocabulary.</param>
internal sealed class TokenShortlist(NearestEmbeddingAttack embeddings, int length)
{
    private readonly double[] keys = new double[embeddings.Vocabulary];
    private readonly float[] cosines = new float[embeddings.Vocabulary];
    private readonly int[] order = new int[embeddings.Vocabulary];
    private readonly bool[] isListed = new bool[embeddings.Vocabulary];
    private readonly int[] list = new int[length];

    /// <summary>Tokens on the list.</summary>
    internal int Length => list.Length;

    /// <summary>Makes the list of one position; the array is used again by the next call.</summary>
    internal int[] Choose(ReadOnlySpan<double> logPrior, ReadOnlySpan<float> state)
    {
        Array.Clear(isListed);
        for (var token = 0; token < keys.Length; token++)
        {
            keys[token] = -logPrior[token];
        }

        var listed = Take(0, (list.Length + 1) / 2);
        embeddings.Score(state, 1, cosines);
        for (var token = 0; token < keys.Length; token++)
        {
            keys[token] = -cosines[token];
        }

        Take(listed, list.Length);
        Array.Sort(list);
        return list;
    }

    /// <summary>Fills the list up with tokens of the smallest keys that are not on it yet, ties by id.</summary>
    private int Take(int listed, int end)
    {
        for (var token = 0; token < order.Length; token++)
        {
            order[token] = token;
        }

        Array.Sort(order, (x, y) => keys[x] != keys[y] ? keys[x].CompareTo(keys[y]) : x.CompareTo(y));
        for (var i = 0; listed < end; i++)
        {
            if (!isListed[order[i]])
            {
                isListed[order[i]] = true;
                list[listed++] = order[i];
            }
        }

        return listed;
    }
}
