using EdgeSplit.Core.Inference;
using EdgeSplit.Core.Numerics;

namespace EdgeSplit.Core.Quality.Leakage;

/// <summary>Guesses at each position the token whose embedding has the largest cosine similarity with the hidden state: needs the embedding table and nothing else.</summary>
/// <remarks>
/// <para>The residual stream carries the embedding of the token through the layers, so that the first states still point at it. The cosine is used and not the
/// distance, because layers add to the length of the state; on the reference model the two recover the same within noise. Ties go to the smallest id.</para>
/// <para>Immutable; safe to share between threads.</para>
/// </remarks>
public sealed class NearestEmbeddingAttack
{
    private const int RowsAtOnce = 64;

    private readonly float[] directions;

    /// <summary>Takes the embedding table of a model.</summary>
    /// <param name="model">The model.</param>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    public NearestEmbeddingAttack(LlamaModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        (Vocabulary, Dimension) = (model.Vocabulary, model.HiddenSize);
        directions = new float[checked(Vocabulary * Dimension)];
        for (var token = 0; token < Vocabulary; token++)
        {
            var row = directions.AsSpan(token * Dimension, Dimension);
            model.Embed([token], row);
            var length = MathF.Sqrt(VectorOperations.Dot(row, row));
            for (var i = 0; length > 0 && i < row.Length; i++)
            {
                row[i] /= length;
            }
        }
    }

    /// <summary>Tokens that are tried.</summary>
    public int Vocabulary { get; }

    /// <summary>Values per token.</summary>
    public int Dimension { get; }

    /// <summary>Guesses the token of each row.</summary>
    /// <param name="state">Hidden states, shape [rows, dimension].</param>
    /// <param name="guesses">Receives token ids, shape [rows].</param>
    /// <exception cref="ArgumentOutOfRangeException">The span of states has another length.</exception>
    public void Recover(ReadOnlySpan<float> state, Span<int> guesses)
    {
        Guard.SameLength(state.Length, checked(guesses.Length * Dimension));
        var scores = new float[Math.Min(RowsAtOnce, guesses.Length) * Vocabulary];
        for (var top = 0; top < guesses.Length; top += RowsAtOnce)
        {
            var rows = Math.Min(RowsAtOnce, guesses.Length - top);
            Score(state.Slice(top * Dimension, rows * Dimension), rows, scores);
            for (var row = 0; row < rows; row++)
            {
                guesses[top + row] = TokenSampler.Greedy(scores.AsSpan(row * Vocabulary, Vocabulary));
            }
        }
    }

    /// <summary>The embedding of a token, of length 1; 0 where it is 0.</summary>
    internal ReadOnlySpan<float> Direction(int token) => directions.AsSpan(token * Dimension, Dimension);

    /// <summary>Scores every token for each row: the cosine times the length of the row.</summary>
    internal void Score(ReadOnlySpan<float> state, int rows, Span<float> scores) =>
        MatrixProduct.MultiplyTransposedRight(state, directions, rows, Dimension, Vocabulary, scores);
}
