namespace EdgeSplit.Agents.Learning;

/// <summary>Why a training stopped.</summary>
public enum TrainingStop
{
    /// <summary>All steps were taken.</summary>
    Completed,

    /// <summary>A callback asked for it.</summary>
    Callback,

    /// <summary>It was cancelled.</summary>
    Cancelled,
}

/// <summary>What came of a training.</summary>
/// <param name="Steps">Transitions in all, those before a checkpoint included.</param>
/// <param name="Episodes">Episodes that have ended.</param>
/// <param name="MeanReturn">The mean undiscounted return of the last 100 episodes; NaN where none has ended.</param>
/// <param name="Stop">Why it stopped.</param>
/// <param name="StoppedBy">The callback that asked for it; null where none did.</param>
public sealed record TrainingResult(long Steps, long Episodes, double MeanReturn, TrainingStop Stop, TrainingCallback? StoppedBy);
