namespace EdgeSplit.Agents.Environments.Wrappers;

/// <summary>Stops at the first reward or observation that is NaN or infinite, and says in which environment, step and entry, before a learner swallows it.</summary>
/// <remarks>What was seen stays in the caller's buffers, and the environment as it is after that step: it can be looked at, saved or reset. Put it innermost, under the normalisers. Nothing is
/// allocated in a step. Like <c>VecCheckNan</c> of Stable-Baselines3 2.x.</remarks>
public sealed class FiniteCheck : EnvironmentWrapper
{
    private readonly long[] steps;

    /// <summary>Puts the wrapper around an environment.</summary>
    /// <param name="inner">The environment, from here on used through the wrapper only.</param>
    /// <exception cref="ArgumentNullException">The environment is null.</exception>
    public FiniteCheck(IBatchedEnvironment inner)
        : base(inner) => steps = new long[inner.Count];

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">A first observation is not finite.</exception>
    public override void Reset(ulong? seed, Span<double> observations, Span<bool> mask)
    {
        base.Reset(seed, observations, mask);
        Array.Clear(steps);
        for (var i = 0; i < Count; i++)
        {
            Check(i, BatchBuffers.Row(observations, i, ObservationSpace.Length), "observation of the reset");
        }
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">There was no reset; or a reward or an observation is not finite.</exception>
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
        for (var i = 0; i < steps.Length; i++)
        {
            steps[i]++;
        }

        var length = ObservationSpace.Length;
        for (var i = 0; i < steps.Length; i++)
        {
            if (!double.IsFinite(rewards[i]))
            {
                throw new InvalidOperationException(FormattableString.Invariant($"The reward is {rewards[i]} in environment {i} at step {steps[i]} of its episode, after action {actions[i]}."));
            }

            var hasEnded = terminated[i] || truncated[i];
            if (hasEnded && !finalObservations.IsEmpty)
            {
                Check(i, BatchBuffers.Row(finalObservations, i, length), "last observation");
            }

            Check(i, BatchBuffers.Row(observations, i, length), hasEnded ? "observation of the next episode" : "observation");
            steps[i] = hasEnded ? 0 : steps[i];
        }
    }

    /// <inheritdoc/>
    protected override void SaveOwn(BinaryWriter writer)
    {
        foreach (var step in steps)
        {
            writer.Write(step);
        }
    }

    /// <inheritdoc/>
    protected override Action ReadOwn(BinaryReader reader)
    {
        var read = new long[steps.Length];
        for (var i = 0; i < read.Length; i++)
        {
            read[i] = reader.ReadInt64();
        }

        return () => read.CopyTo(steps, 0);
    }

    private void Check(int environment, ReadOnlySpan<double> observation, string what)
    {
        for (var i = 0; i < observation.Length; i++)
        {
            if (!double.IsFinite(observation[i]))
            {
                throw new InvalidOperationException(FormattableString.Invariant(
                    $"Entry {i} ('{ObservationSpace.Names[i]}') of the {what} is {observation[i]} in environment {environment} at step {steps[environment]} of its episode."));
            }
        }
    }
}
