namespace EdgeSplit.Agents.Evaluation.AdaptiveLayerSplitting;

/// <summary>Two learners on the same seeds. Immutable.</summary>
/// <param name="First">Name of the one.</param>
/// <param name="Second">Name of the other.</param>
/// <param name="ProbabilityOfImprovement">How likely a seed of the first earns more than one of the second; ties count half.</param>
/// <param name="Difference">First less second, seed by seed; null of a single seed.</param>
public sealed record LearnerComparison(string First, string Second, double ProbabilityOfImprovement, PairedTest? Difference)
{
    /// <summary>Whether the first is shown to be better: the 95 % interval of the difference lies above 0.</summary>
    public bool IsBetter => Difference?.Difference.Lower > 0;

    /// <summary>Whether the first is shown to be worse: the 95 % interval of the difference lies below 0.</summary>
    public bool IsWorse => Difference?.Difference.Upper < 0;

    internal static LearnerComparison Of(string first, IReadOnlyList<double> firstReturns, string second, IReadOnlyList<double> secondReturns)
    {
        static RunScores Scores(IReadOnlyList<double> returns) => new([.. returns.Select(value => (IReadOnlyList<double>)[value])]);
        return new LearnerComparison(
            first,
            second,
            Scores(firstReturns).ProbabilityOfImprovement(Scores(secondReturns)),
            firstReturns.Count < 2 ? null : PairedTest.Of(firstReturns, secondReturns));
    }
}
