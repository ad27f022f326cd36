namespace EdgeSplit.Agents.Environments;

/// <summary>A batched environment of one, seen as a single <see cref="IEnvironment"/>.</summary>
/// <remarks>
/// <para>The batch starts the next episode within the step that ends one; this view keeps that first observation until the reset asks for it. A reset without a seed in the middle of an
/// episode seeds the batch with one derived from the last seed given and the number of such resets since.</para>
/// <para>Info is always <see cref="EnvironmentInfo.None"/>. Not thread-safe.</para>
/// </remarks>
public sealed class SingleEnvironment : IEnvironment, IRestorable
{
    private const int StateVersion = 1;

    private readonly IBatchedEnvironment batch;
    private readonly double[] observation;
    private readonly double[] finalObservation;
    private readonly double[] rewards = new double[1];
    private readonly bool[] terminated = new bool[1];
    private readonly bool[] truncated = new bool[1];
    private readonly bool[] mask;
    private readonly bool[] finalMask;
    private ulong seed;
    private ulong restarts;
    private bool hasStarted;
    private bool isRunning;

    /// <summary>Creates the view.</summary>
    /// <param name="batch">A batch of one, in use by nobody else.</param>
    /// <exception cref="ArgumentException">The batch is null or has not exactly one environment.</exception>
    public SingleEnvironment(IBatchedEnvironment batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Guard.SameLength(batch.Count, 1, nameof(batch));
        this.batch = batch;
        observation = new double[batch.ObservationSpace.Length];
        finalObservation = new double[observation.Length];
        mask = new bool[batch.ActionSpace.Count];
        finalMask = new bool[mask.Length];
    }

    /// <inheritdoc/>
    public BoxSpace ObservationSpace => batch.ObservationSpace;

    /// <inheritdoc/>
    public DiscreteSpace ActionSpace => batch.ActionSpace;

    /// <inheritdoc/>
    public ReadOnlySpan<bool> ActionMask => hasStarted && !isRunning ? finalMask : mask;

    /// <inheritdoc/>
    public ResetResult Reset(ulong? seed = null)
    {
        if (seed is not null || !hasStarted || isRunning)
        {
            isRunning = false;
            restarts = seed is not null || !hasStarted ? 0 : restarts + 1;
            this.seed = seed ?? this.seed;
            batch.Reset(EpisodeSeeds.OfWorld(this.seed, restarts), observation, mask);
        }

        hasStarted = true;
        isRunning = true;
        return new ResetResult(observation.ToArray(), EnvironmentInfo.None);
    }

    /// <inheritdoc/>
    public StepResult Step(int action)
    {
        if (!isRunning)
        {
            throw new InvalidOperationException(hasStarted ? "The episode has ended: call Reset before the next step." : "Call Reset before the first step.");
        }

        batch.Step([action], observation, rewards, terminated, truncated, mask, finalObservation, finalMask);
        isRunning = !(terminated[0] || truncated[0]);
        return new StepResult((isRunning ? observation : finalObservation).ToArray(), rewards[0], terminated[0], truncated[0], EnvironmentInfo.None);
    }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">The batch is not <see cref="IRestorable"/>.</exception>
    public void SaveState(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        var inner = SavedState.Restorable(batch);
        SavedState.WriteMark(writer, nameof(SingleEnvironment), StateVersion, observation.Length, mask.Length);
        writer.Write(seed);
        writer.Write(restarts);
        writer.Write(hasStarted);
        writer.Write(isRunning);
        SavedState.Write(writer, observation);
        SavedState.Write(writer, mask);
        SavedState.Write(writer, finalMask);
        inner.SaveState(writer);
    }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">The batch is not <see cref="IRestorable"/>.</exception>
    public void LoadState(BinaryReader reader)
    {
        var inner = SavedState.Restorable(batch);
        var read = SavedState.Read(reader, from =>
        {
            SavedState.ReadMark(from, nameof(SingleEnvironment), StateVersion, observation.Length, mask.Length);
            var values = (Seed: from.ReadUInt64(),
                Restarts: from.ReadUInt64(),
                HasStarted: from.ReadBoolean(),
                IsRunning: from.ReadBoolean(),
                Observation: SavedState.ReadDoubles(from, observation.Length),
                Mask: SavedState.ReadBooleans(from, mask.Length),
                FinalMask: SavedState.ReadBooleans(from, mask.Length));
            inner.LoadState(from);
            return values;
        });
        (seed, restarts, hasStarted, isRunning) = (read.Seed, read.Restarts, read.HasStarted, read.IsRunning);
        read.Observation.CopyTo(observation, 0);
        read.Mask.CopyTo(mask, 0);
        read.FinalMask.CopyTo(finalMask, 0);
    }
}
