namespace EdgeSplit.Agents.Learning;

/// <summary>Stops a training when a number of evaluations in a row have not been better than the best.</summary>
/// <remarks>Must come after the evaluation in the list of callbacks. Its state is that of the evaluation.</remarks>
public sealed class StopWithoutImprovement : TrainingCallback
{
    private readonly EvaluateEvery evaluation;

    /// <summary>Creates the callback.</summary>
    /// <param name="evaluation">The evaluation to watch.</param>
    /// <param name="patience">Evaluations without a new best at which the training stops, at least 1.</param>
    /// <exception cref="ArgumentNullException"><paramref name="evaluation"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="patience"/> is below 1.</exception>
    public StopWithoutImprovement(EvaluateEvery evaluation, int patience)
    {
        this.evaluation = evaluation ?? throw new ArgumentNullException(nameof(evaluation));
        Patience = Guard.AtLeast(patience, 1);
    }

    /// <summary>Evaluations without a new best at which the training stops.</summary>
    public int Patience { get; }

    /// <inheritdoc/>
    public override bool OnStep(TrainingState training) => evaluation.EvaluationsSinceBest < Patience;
}
