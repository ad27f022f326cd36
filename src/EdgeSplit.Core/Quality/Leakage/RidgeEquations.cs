using MathNet.Numerics.LinearAlgebra;

namespace EdgeSplit.Core.Quality.Leakage;

/// <summary>The normal equations of a ridge regression, about the means of states and targets.</summary>
/// <param name="matrix">Products of states, shape [dimension, dimension].</param>
/// <param name="cross">Products of states and targets, shape [dimension, outputs].</param>
/// <param name="mean">Mean state.</param>
/// <param name="targetMean">Mean target.</param>
/// <param name="tokens">The token of each output; empty where the outputs are values of an embedding.</param>
internal sealed class RidgeEquations(Matrix<double> matrix, Matrix<double> cross, double[] mean, double[] targetMean, int[] tokens)
{
    /// <summary>Solves for one strength of the ridge, in multiples of the mean diagonal element.</summary>
    internal RidgeSolution Solve(double strength)
    {
        var (dimension, outputs) = (mean.Length, targetMean.Length);
        var ridge = strength * matrix.Trace() / dimension;

        // States that never vary say nothing: the best guess is then the mean target.
        var weights = ridge > 0
            ? (matrix + (ridge * Matrix<double>.Build.DenseIdentity(dimension))).Cholesky().Solve(cross)
            : Matrix<double>.Build.Dense(dimension, outputs);
        var single = new float[dimension * outputs];
        var intercept = new float[outputs];
        for (var output = 0; output < outputs; output++)
        {
            var start = targetMean[output];
            for (var i = 0; i < dimension; i++)
            {
                single[(i * outputs) + output] = (float)weights[i, output];
                start -= weights[i, output] * mean[i];
            }

            intercept[output] = (float)start;
        }

        return new RidgeSolution(single, intercept, tokens);
    }
}
