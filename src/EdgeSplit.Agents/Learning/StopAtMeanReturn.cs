namespace EdgeSplit.Agents.Learning;

/// <summary>Stops a training when the mean return of its last 100 episodes reaches a threshold.</summary>
public sealed class StopAtMeanReturn : TrainingCallback
{
    private const int Recent = 100;

    /// <summary>Creates the callback.</summary>
    /// <param name="threshold">The mean undiscounted return, finite.</param>
    /// <param name="leastEpisodes">Episodes that must have ended before, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not finite, or the episodes are fewer than 1.</exception>
    public StopAtMeanReturn(double threshold, int leastEpisodes = Recent)
    {
        Threshold = Guard.Finite(threshold);
        LeastEpisodes = Guard.AtLeast(leastEpisodes, 1);
    }

    /// <summary>The mean undiscounted return at which the training stops.</summary>
    public double Threshold { get; }

    /// <summary>Episodes that must have ended before.</summary>
    public int LeastEpisodes { get; }

    /// <inheritdoc/>
    public override bool OnStep(TrainingState training)
    {
        ArgumentNullException.ThrowIfNull(training);
        return training.EndedReturns.Length == 0 || training.Episodes < LeastEpisodes || training.MeanReturn < Threshold;
    }
}
