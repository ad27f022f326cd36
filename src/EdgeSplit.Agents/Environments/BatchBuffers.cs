namespace EdgeSplit.Agents.Environments;

/// <summary>The checks of the caller's buffers and actions that every batched environment makes.</summary>
internal static class BatchBuffers
{
    internal static void CheckReset(IBatchedEnvironment environment, ReadOnlySpan<double> observations, ReadOnlySpan<bool> mask)
    {
        Guard.SameLength(observations.Length, environment.Count * environment.ObservationSpace.Length);
        Guard.SameLength(mask.Length, environment.Count * environment.ActionSpace.Count);
    }

    internal static void CheckStep(
        IBatchedEnvironment environment,
        ReadOnlySpan<int> actions,
        ReadOnlySpan<double> observations,
        ReadOnlySpan<double> rewards,
        ReadOnlySpan<bool> terminated,
        ReadOnlySpan<bool> truncated,
        ReadOnlySpan<bool> mask,
        ReadOnlySpan<double> finalObservations,
        ReadOnlySpan<bool> finalMask)
    {
        var count = environment.Count;
        CheckReset(environment, observations, mask);
        Guard.SameLength(actions.Length, count);
        Guard.SameLength(rewards.Length, count);
        Guard.SameLength(terminated.Length, count);
        Guard.SameLength(truncated.Length, count);
        if (!finalObservations.IsEmpty)
        {
            Guard.SameLength(finalObservations.Length, observations.Length);
        }

        if (!finalMask.IsEmpty)
        {
            Guard.SameLength(finalMask.Length, mask.Length);
        }
    }

    internal static void CheckActions(ReadOnlySpan<int> actions, int actionCount)
    {
        for (var lane = 0; lane < actions.Length; lane++)
        {
            if ((uint)actions[lane] >= (uint)actionCount)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(actions), actions[lane], FormattableString.Invariant($"The action of environment {lane} must be in [0, {actionCount - 1}]."));
            }
        }
    }

    internal static Span<T> Row<T>(Span<T> all, int row, int length) => all.IsEmpty ? all : all.Slice(row * length, length);
}
