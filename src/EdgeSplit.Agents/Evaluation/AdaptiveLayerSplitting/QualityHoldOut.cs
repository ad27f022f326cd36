using EdgeSplit.Agents.Surrogates;
using EdgeSplit.Core.Compression;
using EdgeSplit.Core.Quality;

namespace EdgeSplit.Agents.Evaluation.AdaptiveLayerSplitting;

/// <summary>How well a learned curve and plain interpolation give losses that were left out of a quality table, nats per token. Immutable.</summary>
/// <param name="LeftOut">What was left out, in words.</param>
/// <param name="Points">Number of points predicted.</param>
/// <param name="Network">The learned curve (<see cref="QualitySurrogate"/>), over all networks.</param>
/// <param name="Interpolation">The interpolation of <see cref="MeasuredQuality"/>.</param>
/// <param name="NoiseNats">Root mean square of the points' standard errors: no prediction can be told from another that differs by less.</param>
public sealed record QualityHoldOut(string LeftOut, int Points, PredictionError Network, PredictionError Interpolation, double NoiseNats)
{
    /// <summary>Largest share of erased values of the published experiment.</summary>
    internal const double LargestErasure = 0.3;

    /// <summary>Compares both on a table: every level of erasure and every split left out in turn, then every other one at once, then nothing. Ends of the ranges stay in.</summary>
    /// <param name="table">The table, with at least three splits and three levels of erasure up to 0.3.</param>
    /// <param name="networks">Networks trained for each, of seeds 0, 1, ...; at least 1.</param>
    /// <param name="steps">Training steps of a network, at least 1.</param>
    /// <param name="cancellation">Ends the comparison early.</param>
    /// <exception cref="ArgumentNullException"><paramref name="table"/> is null.</exception>
    /// <exception cref="ArgumentException">The table has too few splits or levels, or a number is out of range.</exception>
    /// <exception cref="OperationCanceledException">The comparison was ended early.</exception>
    public static IReadOnlyList<QualityHoldOut> Compare(QualityTable table, int networks = 3, int steps = 2000, CancellationToken cancellation = default)
    {
        Guard.AtLeast(networks, 1);
        var points = QualitySurrogate.PointsOf(table, LargestErasure);
        double[] levels = [.. points.Select(point => point.ErasureProbability).Where(share => share > 0).Distinct().Order().SkipLast(1)];
        int[] splits = [.. points.Select(point => point.Split).Distinct().Order().Skip(1).SkipLast(1)];
        if (levels.Length < 2 || splits.Length < 1)
        {
            throw new ArgumentException("The table needs three splits and three levels of erasure, so that one can be left out.", nameof(table));
        }

        static bool Measured(QualityPoint point) => point.ErasureProbability > 0;
        return
        [
            Of("one level of erasure", [.. levels.Select(level => (Func<QualityPoint, bool>)(point => point.ErasureProbability == level))]),
            Of("every other level", [point => levels.Where((_, index) => index % 2 == 1).Contains(point.ErasureProbability)]),
            Of("one split", [.. splits.Select(split => (Func<QualityPoint, bool>)(point => point.Split == split && Measured(point)))]),
            Of("every other split", [point => splits.Where((_, index) => index % 2 == 0).Contains(point.Split) && Measured(point)]),
            Of("nothing", [_ => false]),
        ];

        QualityHoldOut Of(string leftOut, IReadOnlyList<Func<QualityPoint, bool>> folds)
        {
            var (network, interpolation, noise) = (new List<double>(), new List<double>(), new List<double>());
            foreach (var isLeftOut in folds)
            {
                cancellation.ThrowIfCancellationRequested();
                QualitySurrogate[] learned = [.. Enumerable.Range(0, networks).Select(seed => Fit(points, isLeftOut, (ulong)seed, steps))];
                var interpolated = new MeasuredQuality(Without(table, points, isLeftOut));
                foreach (var point in points.Where(point => Measured(point) && (isLeftOut(point) || leftOut == "nothing")))
                {
                    network.AddRange(learned.Select(surrogate => surrogate.Evaluate(point.Split, point.ErasureProbability) - point.LossNats));
                    interpolation.Add(interpolated.NllRiseNats(point.Split, table.Model.Layers, Erasure(point.ErasureProbability)) - point.LossNats);
                    noise.Add(point.StandardErrorNats);
                }
            }

            return new QualityHoldOut(leftOut, noise.Count, PredictionError.Of(network), PredictionError.Of(interpolation), PredictionError.Of(noise).RootMeanSquareNats);
        }
    }

    /// <summary>The network that has not seen the left-out points. Points of a left-out split without erasures are 0 by definition and stay in.</summary>
    internal static QualitySurrogate Fit(IReadOnlyList<QualityPoint> points, Func<QualityPoint, bool> isLeftOut, ulong seed, int steps) =>
        QualitySurrogate.Train([.. points.Where(point => !isLeftOut(point))], seed, steps);

    /// <summary>The table with the points that the network has seen, and nothing else.</summary>
    private static QualityTable Without(QualityTable table, IReadOnlyList<QualityPoint> points, Func<QualityPoint, bool> isLeftOut)
    {
        var kept = points.Where(point => point.ErasureProbability > 0 && !isLeftOut(point)).Select(point => (point.Split, Erasure(point.ErasureProbability))).ToHashSet();
        return table with { Cells = [.. table.Cells.Where(cell => kept.Contains((cell.Split, cell.Damage.Simplified)))] };
    }

    private static HiddenStateDamage Erasure(double share) => new() { ErasureProbability = share, Pattern = ErasurePattern.Elements, Recovery = ErasureRecovery.Zero };
}

/// <summary>Errors of predictions, nats per token.</summary>
/// <param name="RootMeanSquareNats">Root mean square.</param>
/// <param name="LargestNats">Largest absolute value.</param>
public sealed record PredictionError(double RootMeanSquareNats, double LargestNats)
{
    internal static PredictionError Of(IReadOnlyList<double> errors) => new(Math.Sqrt(errors.Average(error => error * error)), errors.Max(Math.Abs));
}
