namespace EdgeSplit.Core.Quality;

/// <summary>Loss and its standard error against one kind of damage at one split. Immutable.</summary>
internal sealed class LossCurve
{
    private readonly MonotoneCurve loss;
    private readonly MonotoneCurve standardError;

    /// <summary>Lays a curve through measured points and one that is known without measuring.</summary>
    /// <param name="measured">Abscissa and estimate.</param>
    /// <param name="undamaged">Where the loss is zero by definition; a measured point there comes first.</param>
    internal LossCurve(IEnumerable<(double At, QualityEstimate Estimate)> measured, double undamaged)
    {
        var points = measured.Select(point => (point.At, Loss: point.Estimate.NllRise, Error: point.Estimate.NllRiseStandardError)).ToList();
        if (!points.Exists(point => point.At == undamaged))
        {
            points.Add((undamaged, 0, 0));
        }

        points.Sort((left, right) => left.At.CompareTo(right.At));
        var at = points.Select(point => point.At).ToArray();
        loss = new MonotoneCurve(at, [.. points.Select(point => point.Loss)]);
        standardError = new MonotoneCurve(at, [.. points.Select(point => point.Error)]);
    }

    /// <summary>The measured range.</summary>
    internal (double First, double Last) Range => (loss.First, loss.Last);

    internal bool Covers(double at) => loss.Covers(at);

    internal double At(double at) => loss.At(at);

    /// <summary>Standard error, linear between the points: a curve's value is no better known than its neighbours.</summary>
    internal double StandardErrorAt(double at) => standardError.LinearAt(at);
}
