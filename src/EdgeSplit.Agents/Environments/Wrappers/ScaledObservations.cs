namespace EdgeSplit.Agents.Environments.Wrappers;

/// <summary>Shifts and scales each entry of the observations so that its range becomes [-1, 1].</summary>
/// <remarks>Linear and without memory, unlike <see cref="NormalisedObservations"/>: the same observation always gives the same numbers. An entry whose range is a single value gives 0. Nothing is
/// allocated in a step.</remarks>
public sealed class ScaledObservations : EnvironmentWrapper
{
    private readonly BoxSpace range;

    /// <summary>Puts the wrapper around an environment.</summary>
    /// <param name="inner">The environment, from here on used through the wrapper only.</param>
    /// <exception cref="ArgumentNullException">The environment is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An entry has no finite range; the message names it.</exception>
    public ScaledObservations(IBatchedEnvironment inner)
        : base(inner)
    {
        range = inner.ObservationSpace;
        for (var i = 0; i < range.Length; i++)
        {
            Guard.Finite(range.Low[i], range.Names[i]);
            Guard.Finite(range.High[i], range.Names[i]);
        }

        ObservationSpace = new BoxSpace([.. range.Low.Select(_ => -1.0)], [.. range.Low.Select(_ => 1.0)], range.Names, [.. range.Low.Select(_ => "1")]);
    }

    /// <summary>The same entries by name, each in [-1, 1] and without unit.</summary>
    public override BoxSpace ObservationSpace { get; }

    /// <inheritdoc/>
    public override void Reset(ulong? seed, Span<double> observations, Span<bool> mask)
    {
        base.Reset(seed, observations, mask);
        ScaleRows(observations);
    }

    /// <inheritdoc/>
    public override void Step(
        ReadOnlySpan<int> actions,
        Span<double> observations,
        Span<double> rewards,
        Span<bool> terminated,
        Span<bool> truncated,
        Span<bool> mask,
        Span<double> finalObservations = default,
        Span<bool> finalMask = default)
    {
        base.Step(actions, observations, rewards, terminated, truncated, mask, finalObservations, finalMask);
        ScaleRows(observations);
        for (var i = 0; i < Count && !finalObservations.IsEmpty; i++)
        {
            if (terminated[i] || truncated[i])
            {
                Scale(BatchBuffers.Row(finalObservations, i, range.Length));
            }
        }
    }

    /// <summary>Scales an observation in place: for an agent in use outside of this environment.</summary>
    /// <param name="observation">One observation; shape [fields].</param>
    /// <exception cref="ArgumentOutOfRangeException">The span has another length.</exception>
    public void Scale(Span<double> observation)
    {
        Guard.SameLength(observation.Length, range.Length);
        for (var i = 0; i < observation.Length; i++)
        {
            var width = range.High[i] - range.Low[i];
            observation[i] = width > 0 ? (2 * ((observation[i] - range.Low[i]) / width)) - 1 : 0;
        }
    }

    /// <inheritdoc/>
    protected override void SaveOwn(BinaryWriter writer)
    {
    }

    /// <inheritdoc/>
    protected override Action ReadOwn(BinaryReader reader) => () => { };

    private void ScaleRows(Span<double> observations)
    {
        for (var i = 0; i < Count; i++)
        {
            Scale(BatchBuffers.Row(observations, i, range.Length));
        }
    }
}
