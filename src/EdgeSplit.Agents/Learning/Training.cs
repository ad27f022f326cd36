using EdgeSplit.Agents.Environments;

namespace EdgeSplit.Agents.Learning;

/// <summary>Trains an agent on a batch of environments: acts, steps, learns, calls back, and keeps checkpoints from which it goes on bit for bit.</summary>
/// <remarks>
/// <para>Deterministic: equal agents, environments, options and callbacks give equal results. A training that is interrupted and goes on from its checkpoint equals one that was not: the
/// checkpoint holds the agent, the environments, the observations in hand, the returns, and the callbacks that can be restored.</para>
/// <para>What an environment or an agent refuses (a reward that is not finite, a lane with nothing allowed) is thrown on; the agent is then as after the last whole batch, and the last
/// checkpoint is as it was.</para>
/// </remarks>
public static class Training
{
    /// <summary>Runs a training to its end.</summary>
    /// <param name="agent">The agent; it may have learned before.</param>
    /// <param name="environment">The environments; reset here, or taken up from the checkpoint.</param>
    /// <param name="options">Length, callbacks, checkpoints; null for the defaults.</param>
    /// <param name="cancellation">Ends the training after the batch at hand; the result says so, and the checkpoint is written.</param>
    /// <returns>What came of it.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The agent's shape is not that of the environments' spaces, a checkpoint is asked for an environment that cannot be saved, or the environments gave
    /// something not finite; the message says which.</exception>
    /// <exception cref="AgentFileException">The checkpoint is damaged or of another training; agent and environments are as they were.</exception>
    /// <exception cref="IOException">The checkpoint cannot be written.</exception>
    public static TrainingResult Run(IAgent agent, IBatchedEnvironment environment, TrainingOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(agent);
        ArgumentNullException.ThrowIfNull(environment);
        options ??= new TrainingOptions();
        Check(agent, environment);
        var checkpoint = options.CheckpointPath is null ? null
            : new TrainingCheckpoint(options.CheckpointPath, agent, environment as IRestorable ?? throw new ArgumentException(
                "The environments cannot be saved (they are not IRestorable), so there can be no checkpoint.", nameof(environment)), options);
        var state = new TrainingState(agent, environment.Count);
        var loop = new TrainingLoop(environment);
        if (checkpoint is null || !checkpoint.TryLoad(state, loop))
        {
            loop.Reset(options.Seed);
        }

        foreach (var callback in options.Callbacks)
        {
            callback.OnStart(state);
        }

        TrainingCallback? stoppedBy = null;
        while (state.Steps < options.Steps && stoppedBy is null && !cancellation.IsCancellationRequested)
        {
            loop.Step(agent, state);
            foreach (var callback in options.Callbacks)
            {
                stoppedBy = callback.OnStep(state) ? stoppedBy : stoppedBy ?? callback;
            }

            if (state.Reached(options.CheckpointEverySteps))
            {
                checkpoint?.Save(state, loop);
            }

            if (state.EndedReturns.Length > 0)
            {
                options.Progress?.Report(ProgressOf(state, options));
            }
        }

        checkpoint?.Save(state, loop);
        foreach (var callback in options.Callbacks)
        {
            callback.OnEnd(state);
        }

        options.Progress?.Report(ProgressOf(state, options));
        var stop = stoppedBy is not null ? TrainingStop.Callback : state.Steps >= options.Steps ? TrainingStop.Completed : TrainingStop.Cancelled;
        return new TrainingResult(state.Steps, state.Episodes, state.MeanReturn, stop, stoppedBy);
    }

    /// <summary>Throws where an agent's shape is not that of the environments' spaces.</summary>
    internal static void Check(IAgent agent, IBatchedEnvironment environment)
    {
        if (agent.ObservationLength != environment.ObservationSpace.Length)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"Agent '{agent.Name}' sees {agent.ObservationLength} entries, the environments show {environment.ObservationSpace.Length}."), nameof(agent));
        }

        if (agent.ActionCount != environment.ActionSpace.Count)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"Agent '{agent.Name}' has {agent.ActionCount} actions, the environments have {environment.ActionSpace.Count}."), nameof(agent));
        }
    }

    private static TrainingProgress ProgressOf(TrainingState state, TrainingOptions options) => new(state.Steps, options.Steps, state.Episodes, state.MeanReturn);
}
