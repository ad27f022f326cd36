using EdgeSplit.Agents.Networks;
using EdgeSplit.Core.Compression;
using EdgeSplit.Core.Quality;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Agents.Surrogates;

/// <summary>A learned curve of quality: a ReLU network of widths 2-128-128-1 that gives the loss at a split and a share of erased values.</summary>
/// <remarks>
/// <para>The form that the authors of arXiv 2406.02616 use in place of measured perplexity, trained here on a quality table. Both inputs are scaled to [-1, 1] by the ranges of the points, the loss
/// to mean 0 and deviation 1; first weights uniform in ±1/√inputs; all points form one batch of Adam, whose step size falls from 0.005 to 0 by a cosine.</para>
/// <para><see cref="MeasuredQuality"/> interpolates the same table, is exact at its points, needs no training, misses left-out levels of erasure by less than a third as much and left-out splits by as
/// much: this class is for comparison with what was published, and for points too scattered to interpolate.</para>
/// <para>Equal points and seeds give equal bits. One instance per thread; <see cref="Evaluate"/> allocates nothing.</para>
/// </remarks>
public sealed class QualitySurrogate
{
    /// <summary>Number of weights and biases.</summary>
    public const int ParameterCount = 17_025;

    private const int Hidden = 128;
    private const double LearningRate = 5e-3;

    private readonly DenseNetwork network;
    private readonly DenseWorkspace workspace;
    private readonly (double Low, double High) splits;
    private readonly (double Low, double High) erasures;
    private readonly double mean;
    private readonly double deviation;
    private readonly float[] input = new float[2];
    private readonly float[] output = new float[1];

    private QualitySurrogate(IReadOnlyList<QualityPoint> points, ulong seed)
    {
        network = new DenseNetwork([2, Hidden, Hidden, 1]);
        RandomWeights.FillUniform(network, StreamKey.Create(seed, "surrogate/quality")); // bends all over the range: with all of them in its middle, left-out points are missed by up to five times as much
        workspace = network.CreateWorkspace(points.Count);
        splits = (points.Min(point => point.Split), points.Max(point => point.Split));
        erasures = (points.Min(point => point.ErasureProbability), points.Max(point => point.ErasureProbability));
        mean = points.Average(point => point.LossNats);
        var variance = points.Average(point => (point.LossNats - mean) * (point.LossNats - mean));
        deviation = variance > 0 ? Math.Sqrt(variance) : 1;
    }

    /// <summary>All weights and biases, layer by layer; shape [<see cref="ParameterCount"/>].</summary>
    public ReadOnlySpan<float> Parameters => network.Parameters;

    /// <summary>The measured losses of single erased values that the server takes as zero, and for each split one without erasures, which is exactly 0.</summary>
    /// <param name="table">The table.</param>
    /// <param name="largestErasure">Largest share of erased values taken, in (0, 1]; the published range ends at 0.3.</param>
    /// <returns>The points by split, then by share.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="table"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="largestErasure"/> is out of range.</exception>
    public static IReadOnlyList<QualityPoint> PointsOf(QualityTable table, double largestErasure = 0.3)
    {
        ArgumentNullException.ThrowIfNull(table);
        Guard.InRange(largestErasure, double.Epsilon, 1);
        var cells = table.Cells.Where(cell => IsErasure(cell.Damage) && cell.Damage.ErasureProbability <= largestErasure).ToArray();
        return
        [
            .. cells.Select(cell => cell.Split).Distinct().Select(split => new QualityPoint(split, 0, 0, 0))
                .Concat(cells.Select(cell => new QualityPoint(cell.Split, cell.Damage.ErasureProbability, cell.Estimate.NllRise, cell.Estimate.NllRiseStandardError)))
                .OrderBy(point => (point.Split, point.ErasureProbability)),
        ];
    }

    /// <summary>Trains a network.</summary>
    /// <param name="points">What was measured, at least two points, finite.</param>
    /// <param name="seed">Seed of the first weights.</param>
    /// <param name="steps">Steps of Adam, at least 1.</param>
    /// <exception cref="ArgumentNullException"><paramref name="points"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are too few points or steps, or a number is out of range.</exception>
    public static QualitySurrogate Train(IReadOnlyList<QualityPoint> points, ulong seed = 0, int steps = 2000)
    {
        ArgumentNullException.ThrowIfNull(points);
        Guard.AtLeast(points.Count, 2, nameof(points));
        Guard.AtLeast(steps, 1);
        foreach (var point in points)
        {
            Guard.AtLeast(point.Split, 0, nameof(points));
            Guard.InRange(point.ErasureProbability, 0, 1, nameof(points));
            Guard.Finite(point.LossNats, nameof(points));
        }

        var surrogate = new QualitySurrogate(points, seed);
        surrogate.Fit(points, steps);
        return surrogate;
    }

    /// <summary>The loss: rise of the negative log-likelihood, nats per token.</summary>
    /// <param name="split">The split point, finite; outside the splits trained on it is an extrapolation.</param>
    /// <param name="erasureProbability">Share of values erased, in [0, 1]; beyond the shares trained on it is an extrapolation.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public double Evaluate(double split, double erasureProbability)
    {
        Scale(Guard.Finite(split), Guard.InRange(erasureProbability, 0, 1), input);
        network.Forward(input, 1, workspace, output);
        return mean + (deviation * output[0]);
    }

    private static bool IsErasure(HiddenStateDamage damage)
    {
        var erasure = new HiddenStateDamage { ErasureProbability = damage.ErasureProbability, Pattern = ErasurePattern.Elements, Recovery = ErasureRecovery.Zero };
        return damage.ErasureProbability > 0 && damage.Simplified == erasure;
    }

    private static double Scaled(double value, (double Low, double High) range) => range.High > range.Low ? (2 * ((value - range.Low) / (range.High - range.Low))) - 1 : 0;

    private void Scale(double split, double erasureProbability, Span<float> row) => (row[0], row[1]) = ((float)Scaled(erasureProbability, erasures), (float)Scaled(split, splits));

    private void Fit(IReadOnlyList<QualityPoint> points, int steps)
    {
        var rows = points.Count;
        var inputs = new float[2 * rows];
        var (outputs, targets, weights, outputGradients) = (new float[rows], new float[rows], new float[rows], new float[rows]);
        for (var i = 0; i < rows; i++)
        {
            Scale(points[i].Split, points[i].ErasureProbability, inputs.AsSpan(2 * i, 2));
            targets[i] = (float)((points[i].LossNats - mean) / deviation);
            weights[i] = 1f / rows;
        }

        var loss = new SquaredLoss();
        var gradients = new float[network.Parameters.Length];
        var adam = new Adam(gradients.Length);
        for (var step = 0; step < steps; step++)
        {
            network.Forward(inputs, rows, workspace, outputs);
            loss.Evaluate(outputs, targets, weights, outputGradients);
            Array.Clear(gradients);
            network.Backward(inputs, rows, outputGradients, workspace, gradients);
            adam.Step(network.Parameters, gradients, 0.5 * LearningRate * (1 + Math.Cos(Math.PI * step / steps)));
        }
    }
}
