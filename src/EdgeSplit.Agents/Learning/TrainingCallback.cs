namespace EdgeSplit.Agents.Learning;

/// <summary>Something that <see cref="Training"/> calls: to watch, to record, to evaluate, to stop.</summary>
/// <remarks>A callback that is also <see cref="Environments.IRestorable"/> is saved in checkpoints and goes on from them. One instance per training.</remarks>
public abstract class TrainingCallback
{
    /// <summary>Called once, before the first batch of transitions and after a checkpoint has been taken up.</summary>
    /// <param name="training">The training.</param>
    public virtual void OnStart(TrainingState training)
    {
    }

    /// <summary>Called after every batch of transitions, when the agent has learned from it.</summary>
    /// <param name="training">The training.</param>
    /// <returns>Whether the training goes on; all callbacks are called in any case.</returns>
    public virtual bool OnStep(TrainingState training) => true;

    /// <summary>Called once, after the last batch of transitions.</summary>
    /// <param name="training">The training.</param>
    public virtual void OnEnd(TrainingState training)
    {
    }
}
