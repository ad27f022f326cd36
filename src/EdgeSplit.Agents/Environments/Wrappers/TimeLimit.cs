namespace EdgeSplit.Agents.Environments.Wrappers;

/// <summary>Truncates the episodes of a single environment after a number of steps.</summary>
/// <remarks>
/// <para>An episode that terminates in its last allowed step is terminated, not truncated. A batch starts its episodes itself, so nothing around it can cut them: batched environments have step limits of
/// their own (see <see cref="BatchedEnvironment"/>), and this wrapper goes around the single environments of a <see cref="SynchronousBatch"/>.</para>
/// <para>Source: <c>TimeLimit</c> of Farama Gymnasium 1.4.0. Not thread-safe.</para>
/// </remarks>
public sealed class TimeLimit : IEnvironment, IRestorable
{
    private const int StateVersion = 1;

    private readonly IEnvironment inner;
    private readonly int limit;
    private int steps;
    private bool isCut;

    /// <summary>Puts the wrapper around an environment.</summary>
    /// <param name="inner">The environment, from here on used through the wrapper only.</param>
    /// <param name="steps">Steps after which an episode that has not ended is truncated, at least 1.</param>
    /// <exception cref="ArgumentNullException">The environment is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="steps"/> is less than 1.</exception>
    public TimeLimit(IEnvironment inner, int steps)
    {
        ArgumentNullException.ThrowIfNull(inner);
        this.inner = inner;
        limit = Guard.AtLeast(steps, 1);
    }

    /// <inheritdoc/>
    public BoxSpace ObservationSpace => inner.ObservationSpace;

    /// <inheritdoc/>
    public DiscreteSpace ActionSpace => inner.ActionSpace;

    /// <inheritdoc/>
    public ReadOnlySpan<bool> ActionMask => inner.ActionMask;

    /// <inheritdoc/>
    public ResetResult Reset(ulong? seed = null)
    {
        var result = inner.Reset(seed);
        steps = 0;
        isCut = false;
        return result;
    }

    /// <inheritdoc/>
    public StepResult Step(int action)
    {
        if (isCut)
        {
            throw new InvalidOperationException("The episode was truncated: call Reset before the next step.");
        }

        var result = inner.Step(action);
        steps++;
        isCut = steps >= limit && !result.Terminated;
        return result with { Truncated = result.Truncated || isCut };
    }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">What is wrapped is not <see cref="IRestorable"/>.</exception>
    public void SaveState(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        var restorable = SavedState.Restorable(inner);
        SavedState.WriteMark(writer, nameof(TimeLimit), StateVersion, limit);
        writer.Write(steps);
        writer.Write(isCut);
        restorable.SaveState(writer);
    }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">What is wrapped is not <see cref="IRestorable"/>.</exception>
    public void LoadState(BinaryReader reader)
    {
        var restorable = SavedState.Restorable(inner);
        (steps, isCut) = SavedState.Read(reader, from =>
        {
            SavedState.ReadMark(from, nameof(TimeLimit), StateVersion, limit);
            var own = (from.ReadInt32(), from.ReadBoolean());
            restorable.LoadState(from);
            return own;
        });
    }
}
