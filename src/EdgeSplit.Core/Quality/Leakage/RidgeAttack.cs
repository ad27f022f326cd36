using EdgeSplit.Core.Inference;
using EdgeSplit.Core.Numerics;

namespace EdgeSplit.Core.Quality.Leakage;

/// <summary>A linear map from the hidden state to the token, learnt by ridge regression on states of other text that were damaged in the same way.</summary>
/// <remarks>
/// <para>Up to <see cref="LargestOneHot"/> tokens the map has one output per token, the indicator of the token, and guesses the largest. Beyond, it maps to the
/// embedding of the token, and guesses the token nearest to it in direction. Both have an intercept. The strength of the ridge is the
/// one of <see cref="Strengths"/> that recovers most of the last fifth of the training rows when trained on the rest; then all rows are used.</para>
/// <para>Sums are double precision, solved by Cholesky's method. Immutable; safe to share between threads.</para>
/// </remarks>
public sealed class RidgeAttack
{
    private const int RowsAtOnce = 512;

    private readonly float[] shift;
    private readonly float[] weights; // shape [dimension, outputs]
    private readonly float[] intercept;
    private readonly int[] tokens; // of the outputs; empty where they are values of an embedding
    private readonly NearestEmbeddingAttack? nearest;

    private RidgeAttack(RidgeSums sums, RidgeSolution solution, NearestEmbeddingAttack? nearest, double strength)
    {
        shift = sums.Shift;
        (weights, intercept, tokens) = (solution.Weights, solution.Intercept, solution.Tokens);
        this.nearest = nearest;
        Strength = strength;
    }

    /// <summary>The largest vocabulary that gets an output per token.</summary>
    public const int LargestOneHot = 1024;

    /// <summary>Ridge strengths that are tried: multiples of the mean variance sum of a channel.</summary>
    public static IReadOnlyList<double> Strengths { get; } = Array.AsReadOnly([1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1]);

    /// <summary>The ridge strength that was chosen.</summary>
    public double Strength { get; }

    /// <summary>Learns the map.</summary>
    /// <param name="state">Hidden states of the training text, shape [rows, dimension].</param>
    /// <param name="tokens">Their tokens, at least five rows.</param>
    /// <param name="embeddings">The embedding table, which also says how long a row and how large the vocabulary is.</param>
    /// <exception cref="ArgumentNullException"><paramref name="embeddings"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are too few rows, the span of states has another length, or a token is unknown.</exception>
    public static RidgeAttack Train(ReadOnlySpan<float> state, ReadOnlySpan<int> tokens, NearestEmbeddingAttack embeddings)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        Guard.SameLength(state.Length, checked(Guard.AtLeast(tokens.Length, 5) * embeddings.Dimension));
        foreach (var token in tokens)
        {
            Guard.InRange(token, 0, embeddings.Vocabulary - 1, nameof(tokens));
        }

        var fitted = tokens.Length - (tokens.Length / 5);
        var at = fitted * embeddings.Dimension;
        var nearest = embeddings.Vocabulary > LargestOneHot ? embeddings : null;
        var sums = new RidgeSums(state[..at], fitted, embeddings.Dimension);
        sums.Add(state[..at], tokens[..fitted]);
        var (best, most) = (Strengths[0], -1);
        var guesses = new int[tokens.Length - fitted];
        var trial = sums.Equations(nearest);
        foreach (var strength in Strengths)
        {
            new RidgeAttack(sums, trial.Solve(strength), nearest, strength).Recover(state[at..], guesses);
            var right = 0;
            for (var row = 0; row < guesses.Length; row++)
            {
                right += guesses[row] == tokens[fitted + row] ? 1 : 0;
            }

            (best, most) = right > most ? (strength, right) : (best, most);
        }

        sums.Add(state[at..], tokens[fitted..]);
        return new RidgeAttack(sums, sums.Equations(nearest).Solve(best), nearest, best);
    }

    /// <summary>Guesses the token of each row.</summary>
    /// <param name="state">Hidden states, shape [rows, dimension].</param>
    /// <param name="guesses">Receives token ids, shape [rows].</param>
    /// <exception cref="ArgumentOutOfRangeException">The span of states has another length.</exception>
    public void Recover(ReadOnlySpan<float> state, Span<int> guesses)
    {
        var dimension = shift.Length;
        var outputs = intercept.Length;
        Guard.SameLength(state.Length, checked(guesses.Length * dimension));
        var shifted = new float[Math.Min(RowsAtOnce, guesses.Length) * dimension];
        var result = new float[Math.Min(RowsAtOnce, guesses.Length) * outputs];
        for (var top = 0; top < guesses.Length; top += RowsAtOnce)
        {
            var rows = Math.Min(RowsAtOnce, guesses.Length - top);
            for (var i = 0; i < rows * dimension; i++)
            {
                shifted[i] = state[(top * dimension) + i] - shift[i % dimension];
            }

            MatrixProduct.MultiplyAddBias(shifted, weights, intercept, rows, dimension, outputs, result);
            if (nearest is not null)
            {
                nearest.Recover(result.AsSpan(0, rows * outputs), guesses.Slice(top, rows));
                continue;
            }

            for (var row = 0; row < rows; row++)
            {
                guesses[top + row] = tokens[TokenSampler.Greedy(result.AsSpan(row * outputs, outputs))];
            }
        }
    }
}
