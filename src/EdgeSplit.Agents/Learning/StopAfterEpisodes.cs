namespace EdgeSplit.Agents.Learning;

/// <summary>Stops a training when a number of episodes have ended.</summary>
public sealed class StopAfterEpisodes : TrainingCallback
{
    /// <summary>Creates the callback.</summary>
    /// <param name="episodes">The number of episodes, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public StopAfterEpisodes(int episodes) => Episodes = Guard.AtLeast(episodes, 1);

    /// <summary>The number of episodes.</summary>
    public int Episodes { get; }

    /// <inheritdoc/>
    public override bool OnStep(TrainingState training)
    {
        ArgumentNullException.ThrowIfNull(training);
        return training.Episodes < Episodes;
    }
}
