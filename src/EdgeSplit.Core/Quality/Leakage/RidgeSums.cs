using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;

namespace EdgeSplit.Core.Quality.Leakage;

/// <summary>The sums of a ridge regression from states to tokens: of states, of their products, and of the states of each token.</summary>
/// <remarks>States enter less a fixed shift near their mean, so that nothing cancels. Targets enter at the end: both kinds of target are functions of the sums by token.</remarks>
internal sealed class RidgeSums
{
    private readonly int dimension;
    private readonly double[] sum;
    private readonly double[] products; // upper triangle, row-major
    private readonly SortedDictionary<int, (double[] Sum, int Count)> byToken = [];
    private int count;

    /// <summary>Empty sums.</summary>
    /// <param name="state">States whose mean is the shift, shape [rows, dimension].</param>
    /// <param name="rows">Rows, at least 1.</param>
    /// <param name="dimension">Values per row.</param>
    internal RidgeSums(ReadOnlySpan<float> state, int rows, int dimension)
    {
        this.dimension = dimension;
        sum = new double[dimension];
        products = new double[dimension * dimension];
        var means = new double[dimension];
        for (var i = 0; i < state.Length; i++)
        {
            means[i % dimension] += state[i];
        }

        Shift = Array.ConvertAll(means, mean => (float)(mean / rows));
    }

    /// <summary>What is taken off every state, shape [dimension].</summary>
    internal float[] Shift { get; }

    /// <summary>Adds states with their tokens.</summary>
    internal void Add(ReadOnlySpan<float> state, ReadOnlySpan<int> tokens)
    {
        var x = new double[dimension];
        for (var row = 0; row < tokens.Length; row++)
        {
            for (var i = 0; i < dimension; i++)
            {
                x[i] = (double)state[(row * dimension) + i] - Shift[i];
            }

            var (tokenSum, tokenCount) = byToken.TryGetValue(tokens[row], out var known) ? known : (new double[dimension], 0);
            TensorPrimitives.Add(tokenSum, x, tokenSum);
            byToken[tokens[row]] = (tokenSum, tokenCount + 1);
            TensorPrimitives.Add(sum, x, sum);
            for (var i = 0; i < dimension; i++)
            {
                var upper = products.AsSpan((i * dimension) + i, dimension - i);
                TensorPrimitives.MultiplyAdd(x.AsSpan(i), x[i], upper, upper);
            }
        }

        count += tokens.Length;
    }

    /// <summary>The normal equations of what has been added so far, about the means.</summary>
    /// <param name="embeddings">Whose directions are the targets; null for indicators of the tokens seen.</param>
    internal RidgeEquations Equations(NearestEmbeddingAttack? embeddings)
    {
        var matrix = Matrix<double>.Build.Dense(
            dimension, dimension, (i, j) => products[(Math.Min(i, j) * dimension) + Math.Max(i, j)] - (sum[i] * sum[j] / count));
        var tokens = byToken.Keys.ToArray();
        var outputs = embeddings is null ? tokens.Length : dimension;
        var cross = new double[dimension * outputs];
        var targetMean = new double[outputs];
        var target = new double[outputs];
        for (var slot = 0; slot < tokens.Length; slot++)
        {
            var (tokenSum, tokenCount) = byToken[tokens[slot]];
            Array.Clear(target);
            if (embeddings is null)
            {
                target[slot] = 1;
            }
            else
            {
                TensorPrimitives.ConvertTruncating(embeddings.Direction(tokens[slot]), target.AsSpan());
            }

            TensorPrimitives.MultiplyAdd(target, (double)tokenCount / count, targetMean, targetMean);
            for (var i = 0; i < dimension; i++)
            {
                var row = cross.AsSpan(i * outputs, outputs);
                TensorPrimitives.MultiplyAdd(target, tokenSum[i] - (tokenCount * sum[i] / count), row, row);
            }
        }

        var mean = Array.ConvertAll(sum, value => value / count);
        return new RidgeEquations(matrix, Matrix<double>.Build.DenseOfRowMajor(dimension, outputs, cross), mean, targetMean, embeddings is null ? tokens : []);
    }
}
