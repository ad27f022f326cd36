namespace EdgeSplit.Agents.Environments.Wrappers;

/// <summary>Shifts and scales each entry of the observations by the mean and standard deviation of all that has been seen, and clips the result.</summary>
/// <remarks>
/// <para>Moments are taken over the observations of every reset and step, of all environments; last observations of episodes are scaled but not counted again. An entry that has not varied is
/// shifted only. For evaluation, freeze the moments; a separate evaluation environment takes them over by <see cref="CopyMomentsFrom"/>.</para>
/// <para>Moments go on through resets, so a course depends on what was before it unless they are frozen. They are part of the saved state.
/// Nothing is allocated in a step. Like <c>VecNormalize</c> of Stable-Baselines3 2.x, but with exact moments from the first row on.</para>
/// </remarks>
public sealed class NormalisedObservations : EnvironmentWrapper
{
    private readonly double clip;
    private readonly double leastDeviation;
    private readonly int entries;
    private readonly RunningMoments moments;
    private readonly double[] inverseDeviation;

    /// <summary>Puts the wrapper around an environment.</summary>
    /// <param name="inner">The environment, from here on used through the wrapper only.</param>
    /// <param name="clip">Largest absolute value of a scaled entry, positive.</param>
    /// <param name="leastDeviation">Standard deviation below which an entry counts as constant and is not scaled, positive.</param>
    /// <exception cref="ArgumentNullException">The environment is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is not positive.</exception>
    public NormalisedObservations(IBatchedEnvironment inner, double clip = 10, double leastDeviation = 1e-8)
        : base(inner)
    {
        this.clip = Guard.Positive(clip);
        this.leastDeviation = Guard.Positive(leastDeviation);
        var space = inner.ObservationSpace;
        entries = space.Length;
        moments = new RunningMoments(entries);
        inverseDeviation = [.. Enumerable.Repeat(1.0, entries)];
        ObservationSpace = new BoxSpace([.. Enumerable.Repeat(-clip, entries)], [.. Enumerable.Repeat(clip, entries)], space.Names, [.. Enumerable.Repeat("1", entries)]);
    }

    /// <summary>The same entries by name, each in [-clip, clip] and without unit.</summary>
    public override BoxSpace ObservationSpace { get; }

    /// <summary>Whether the moments stay as they are, as in an evaluation. Not part of the saved state.</summary>
    /// <value>The default value is false.</value>
    public bool IsFrozen { get; set; }

    /// <summary>Number of rows that the moments are of.</summary>
    public long RowCount => moments.Count;

    /// <inheritdoc/>
    public override void Reset(ulong? seed, Span<double> observations, Span<bool> mask)
    {
        base.Reset(seed, observations, mask);
        Take(observations);
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
        Take(observations);
        for (var i = 0; i < Count && !finalObservations.IsEmpty; i++)
        {
            if (terminated[i] || truncated[i])
            {
                Scale(BatchBuffers.Row(finalObservations, i, entries));
            }
        }
    }

    /// <summary>Scales an observation by the present moments, in place: for an agent in use outside of this environment.</summary>
    /// <param name="observation">One observation; shape [fields].</param>
    /// <exception cref="ArgumentOutOfRangeException">The span has another length.</exception>
    public void Normalise(Span<double> observation)
    {
        Guard.SameLength(observation.Length, entries);
        Scale(observation);
    }

    /// <summary>Takes over the moments of another wrapper, typically for an evaluation.</summary>
    /// <param name="other">The wrapper with the moments, of the same observation entries.</param>
    /// <exception cref="ArgumentException">The other is null or has another number of entries.</exception>
    public void CopyMomentsFrom(NormalisedObservations other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Guard.SameLength(other.entries, entries, nameof(other));
        moments.CopyFrom(other.moments);
        SetScale();
    }

    /// <inheritdoc/>
    protected override void SaveOwn(BinaryWriter writer) => moments.Save(writer);

    /// <inheritdoc/>
    protected override Action ReadOwn(BinaryReader reader)
    {
        var read = RunningMoments.Read(reader, entries);
        return () =>
        {
            moments.CopyFrom(read);
            SetScale();
        };
    }

    private void Take(Span<double> observations)
    {
        if (!IsFrozen)
        {
            moments.Update(observations);
            SetScale();
        }

        for (var i = 0; i < Count; i++)
        {
            Scale(BatchBuffers.Row(observations, i, entries));
        }
    }

    private void SetScale()
    {
        for (var i = 0; i < entries; i++)
        {
            var deviation = Math.Sqrt(moments.Variance(i));
            inverseDeviation[i] = deviation < leastDeviation ? 1 : 1 / deviation;
        }
    }

    private void Scale(Span<double> observation)
    {
        var mean = moments.Mean;
        for (var i = 0; i < observation.Length; i++)
        {
            observation[i] = Math.Clamp((observation[i] - mean[i]) * inverseDeviation[i], -clip, clip);
        }
    }
}
