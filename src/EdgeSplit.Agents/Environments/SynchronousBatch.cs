namespace EdgeSplit.Agents.Environments;

/// <summary>Single environments stepped one after the other as one batch, with same-step autoreset, final observations and masks.</summary>
/// <remarks>
/// <para>The way to train on an environment that was written as <see cref="IEnvironment"/>. Environment i is seeded with seed + i; where its episode has ended it is reset without a seed, as its
/// own rule says, within the same step.</para>
/// <para>A step allocates what the single environments allocate: at least one observation each. Saved and loaded as a whole where every environment is <see cref="IRestorable"/>;
/// where one is not, both throw. Not thread-safe.</para>
/// <para>Source of the semantics: Farama Gymnasium 1.4.0, <c>SyncVectorEnv</c> with <c>AutoresetMode.SAME_STEP</c>.</para>
/// </remarks>
public sealed class SynchronousBatch : IBatchedEnvironment, IRestorable
{
    private const int StateVersion = 1;

    private readonly IEnvironment[] environments;
    private ulong nextSeed;
    private bool isRunning;

    /// <summary>Creates a batch; a reset must follow.</summary>
    /// <param name="count">Number N of environments, at least 1.</param>
    /// <param name="create">Makes environment number i; all of them alike and distinct.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is less than 1.</exception>
    /// <exception cref="ArgumentException">The factory is null, gave null, the same environment twice, or environments of different spaces.</exception>
    public SynchronousBatch(int count, Func<int, IEnvironment> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        environments = new IEnvironment[Guard.AtLeast(count, 1)];
        for (var i = 0; i < count; i++)
        {
            var made = create(i) ?? throw new ArgumentException(FormattableString.Invariant($"Environment {i} is null."), nameof(create));
            if (Array.Exists(environments, other => ReferenceEquals(other, made)))
            {
                throw new ArgumentException(FormattableString.Invariant($"Environment {i} was given before: each must be an object of its own."), nameof(create));
            }

            environments[i] = made;
            if (made.ActionSpace.Count != ActionSpace.Count || !made.ObservationSpace.Names.SequenceEqual(ObservationSpace.Names))
            {
                throw new ArgumentException(FormattableString.Invariant($"Environment {i} has other spaces than environment 0."), nameof(create));
            }
        }
    }

    /// <inheritdoc/>
    public int Count => environments.Length;

    /// <inheritdoc/>
    public BoxSpace ObservationSpace => environments[0].ObservationSpace;

    /// <inheritdoc/>
    public DiscreteSpace ActionSpace => environments[0].ActionSpace;

    /// <inheritdoc/>
    public void Reset(ulong? seed, Span<double> observations, Span<bool> mask)
    {
        BatchBuffers.CheckReset(this, observations, mask);
        isRunning = false;
        var first = seed ?? nextSeed;
        nextSeed = unchecked(first + (ulong)Count);
        for (var i = 0; i < Count; i++)
        {
            Show(i, environments[i].Reset(unchecked(first + (ulong)i)).Observation, observations, mask);
        }

        isRunning = true;
    }

    /// <inheritdoc/>
    /// <remarks>Where a single environment throws in the middle of the step, the batch must be reset.</remarks>
    public void Step(
        ReadOnlySpan<int> actions,
        Span<double> observations,
        Span<double> rewards,
        Span<bool> terminated,
        Span<bool> truncated,
        Span<bool> mask,
        Span<double> finalObservations = default,
        Span<bool> finalMask = default)
    {
        BatchBuffers.CheckStep(this, actions, observations, rewards, terminated, truncated, mask, finalObservations, finalMask);
        if (!isRunning)
        {
            throw new InvalidOperationException("Call Reset before the first step.");
        }

        CheckActions(actions);
        isRunning = false;
        for (var i = 0; i < Count; i++)
        {
            var result = environments[i].Step(actions[i]);
            (rewards[i], terminated[i], truncated[i]) = (result.Reward, result.Terminated, result.Truncated);
            var next = result.Observation;
            if (result.HasEnded)
            {
                ShowEnd(i, result, finalObservations, finalMask);
                next = environments[i].Reset().Observation;
            }

            Show(i, next, observations, mask);
        }

        isRunning = true;
    }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">An environment is not <see cref="IRestorable"/>.</exception>
    public void SaveState(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        var children = Array.ConvertAll(environments, SavedState.Restorable);
        SavedState.WriteMark(writer, nameof(SynchronousBatch), StateVersion, Count, ObservationSpace.Length, ActionSpace.Count);
        writer.Write(nextSeed);
        writer.Write(isRunning);
        foreach (var child in children)
        {
            child.SaveState(writer);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">An environment is not <see cref="IRestorable"/>.</exception>
    public void LoadState(BinaryReader reader)
    {
        var children = Array.ConvertAll(environments, SavedState.Restorable);
        (nextSeed, isRunning) = SavedState.Read(reader, from =>
        {
            SavedState.ReadMark(from, nameof(SynchronousBatch), StateVersion, Count, ObservationSpace.Length, ActionSpace.Count);
            var own = (from.ReadUInt64(), from.ReadBoolean());
            SavedState.LoadAll(from, children);
            return own;
        });
    }

    private void CheckActions(ReadOnlySpan<int> actions)
    {
        BatchBuffers.CheckActions(actions, ActionSpace.Count);
        for (var i = 0; i < Count; i++)
        {
            if (!environments[i].ActionMask[actions[i]])
            {
                throw new ArgumentException(FormattableString.Invariant($"Action {actions[i]} is masked in environment {i}."), nameof(actions));
            }
        }
    }

    private void Show(int i, ReadOnlyMemory<double> observation, Span<double> observations, Span<bool> mask)
    {
        observation.Span.CopyTo(BatchBuffers.Row(observations, i, ObservationSpace.Length));
        environments[i].ActionMask.CopyTo(BatchBuffers.Row(mask, i, ActionSpace.Count));
    }

    private void ShowEnd(int i, in StepResult result, Span<double> finalObservations, Span<bool> finalMask)
    {
        if (!finalObservations.IsEmpty)
        {
            result.Observation.Span.CopyTo(BatchBuffers.Row(finalObservations, i, ObservationSpace.Length));
        }

        if (result.Truncated && !finalMask.IsEmpty)
        {
            environments[i].ActionMask.CopyTo(BatchBuffers.Row(finalMask, i, ActionSpace.Count));
        }
    }
}
