namespace EdgeSplit.Core.Quality.Measurement;

/// <summary>A part of a plan that runs as one: the damages at a split, or the numbers of layers in a weight format. One of the two lists is empty.</summary>
internal sealed record MeasurementPart(int Split, IReadOnlyList<HiddenStateDamage> Damages, IReadOnlyList<PlannedWeights> Weights)
{
    internal int Cells => Damages.Count + Weights.Count;

    internal string Name => Damages.Count > 0 ? FormattableString.Invariant($"split {Split}") : FormattableString.Invariant($"weights of {Weights[0].Bits} bits");

    /// <summary>The parts of a plan: splits first.</summary>
    internal static MeasurementPart[] Of(QualityPlan plan) =>
    [
        .. plan.Cells.GroupBy(cell => cell.Split).Select(cells => new MeasurementPart(cells.Key, [.. cells.Select(cell => cell.Damage)], [])),
        .. plan.Weights.GroupBy(own => (own.Bits, own.GroupSize)).Select(own => new MeasurementPart(0, [], [.. own])),
    ];

    /// <summary>Tokens through a layer on a group of windows; the head, the metrics and the damage count as one layer more.</summary>
    internal double Work(int layers, MeasurementText text) => (double)WindowPass.MostWindows * text.ContextTokens
        * (Damages.Count > 0 ? (double)Damages.Count * (layers - Split + 1) : layers + Weights.Sum(own => layers - own.Layers + 2.0));
}
