namespace EdgeSplit.Agents.Environments.Wrappers;

/// <summary>Base of what is put around a batched environment to change or watch what passes; masks, flags and actions pass as they are unless a derived class says otherwise.</summary>
/// <remarks>Wrappers nest; the outermost sees what the learner sees. Saved and loaded together with what they hold, which must then be <see cref="IRestorable"/>. One instance per
/// thread.</remarks>
public abstract class EnvironmentWrapper : IBatchedEnvironment, IRestorable
{
    private const int StateVersion = 1;

    /// <summary>Puts a wrapper around an environment.</summary>
    /// <param name="inner">The environment, from here on used through the wrapper only.</param>
    /// <exception cref="ArgumentNullException">The environment is null.</exception>
    protected EnvironmentWrapper(IBatchedEnvironment inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        Inner = inner;
    }

    /// <summary>What is wrapped.</summary>
    public IBatchedEnvironment Inner { get; }

    /// <inheritdoc/>
    public int Count => Inner.Count;

    /// <inheritdoc/>
    public virtual BoxSpace ObservationSpace => Inner.ObservationSpace;

    /// <inheritdoc/>
    public DiscreteSpace ActionSpace => Inner.ActionSpace;

    /// <inheritdoc/>
    public virtual void Reset(ulong? seed, Span<double> observations, Span<bool> mask) => Inner.Reset(seed, observations, mask);

    /// <inheritdoc/>
    public virtual void Step(
        ReadOnlySpan<int> actions,
        Span<double> observations,
        Span<double> rewards,
        Span<bool> terminated,
        Span<bool> truncated,
        Span<bool> mask,
        Span<double> finalObservations = default,
        Span<bool> finalMask = default) => Inner.Step(actions, observations, rewards, terminated, truncated, mask, finalObservations, finalMask);

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">What is wrapped is not <see cref="IRestorable"/>.</exception>
    public void SaveState(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        var inner = SavedState.Restorable(Inner);
        SavedState.WriteMark(writer, GetType().Name, StateVersion, Count, ObservationSpace.Length);
        SaveOwn(writer);
        inner.SaveState(writer);
    }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">What is wrapped is not <see cref="IRestorable"/>.</exception>
    public void LoadState(BinaryReader reader)
    {
        var inner = SavedState.Restorable(Inner);
        var putInPlace = SavedState.Read(reader, from =>
        {
            SavedState.ReadMark(from, GetType().Name, StateVersion, Count, ObservationSpace.Length);
            var own = ReadOwn(from);
            inner.LoadState(from);
            return own;
        });
        putInPlace();
    }

    /// <summary>Writes what the wrapper itself remembers.</summary>
    /// <param name="writer">The writer.</param>
    protected abstract void SaveOwn(BinaryWriter writer);

    /// <summary>Reads what <see cref="SaveOwn"/> wrote, without changing anything yet.</summary>
    /// <param name="reader">The reader.</param>
    /// <returns>Puts what was read in the place of what the wrapper remembers; must not throw.</returns>
    protected abstract Action ReadOwn(BinaryReader reader);
}
