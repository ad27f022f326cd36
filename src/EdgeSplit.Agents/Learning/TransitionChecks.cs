namespace EdgeSplit.Agents.Learning;

/// <summary>What every agent asks of its arguments before anything is changed; each message names lane and entry.</summary>
/// <remarks>Agents compute in single precision, so what is infinite there counts as not finite.</remarks>
internal static class TransitionChecks
{
    internal static void ForActing(
        ReadOnlySpan<double> observations, ReadOnlySpan<bool> masks, Span<int> actions, Span<double> propensities, int observationLength, int actionCount)
    {
        Guard.SameLength(observations.Length, checked(actions.Length * observationLength));
        Guard.SameLength(masks.Length, checked(actions.Length * actionCount));
        Guard.SameLength(propensities.Length, actions.Length);
        Finite(observations, observationLength, nameof(observations));
        for (var lane = 0; lane < actions.Length; lane++)
        {
            if (!masks.Slice(lane * actionCount, actionCount).Contains(true))
            {
                throw new ArgumentException(FormattableString.Invariant($"Lane {lane} has no allowed action."), nameof(masks));
            }
        }
    }

    internal static void ForLearning(in TransitionBatch transitions, int lanes, int observationLength, int actionCount)
    {
        Guard.SameLength(transitions.Actions.Length, lanes);
        Guard.SameLength(transitions.Observations.Length, lanes * observationLength);
        Guard.SameLength(transitions.NextObservations.Length, lanes * observationLength);
        Guard.SameLength(transitions.Masks.Length, lanes * actionCount);
        Guard.SameLength(transitions.NextMasks.Length, lanes * actionCount);
        Guard.SameLength(transitions.Propensities.Length, lanes);
        Guard.SameLength(transitions.Rewards.Length, lanes);
        Guard.SameLength(transitions.Terminated.Length, lanes);
        Guard.SameLength(transitions.Truncated.Length, lanes);
        Finite(transitions.Observations, observationLength, nameof(transitions.Observations));
        for (var lane = 0; lane < lanes; lane++)
        {
            CheckLane(transitions, lane, observationLength, actionCount);
        }
    }

    private static void CheckLane(in TransitionBatch transitions, int lane, int observationLength, int actionCount)
    {
        var action = transitions.Actions[lane];
        if (action < 0 || action >= actionCount)
        {
            throw new ArgumentException(FormattableString.Invariant($"Lane {lane} did action {action} of {actionCount}."), nameof(transitions));
        }

        if (!transitions.Masks[(lane * actionCount) + action])
        {
            throw new ArgumentException(FormattableString.Invariant($"Lane {lane} did action {action}, which was masked."), nameof(transitions));
        }

        if (!(transitions.Propensities[lane] > 0 && transitions.Propensities[lane] <= 1))
        {
            throw new ArgumentException(
                FormattableString.Invariant($"Lane {lane} has propensity {transitions.Propensities[lane]}; it must be in (0, 1]."), nameof(transitions));
        }

        if (!float.IsFinite((float)transitions.Rewards[lane]))
        {
            throw new ArgumentException(
                FormattableString.Invariant($"Lane {lane} has reward {transitions.Rewards[lane]}; it must be finite in single precision."), nameof(transitions));
        }

        if (transitions.Terminated[lane])
        {
            if (transitions.Truncated[lane])
            {
                throw new ArgumentException(FormattableString.Invariant($"Lane {lane} is both terminated and truncated."), nameof(transitions));
            }

            return;
        }

        Finite(transitions.NextObservations.Slice(lane * observationLength, observationLength), observationLength, nameof(transitions.NextObservations), lane);
        if (!transitions.NextMasks.Slice(lane * actionCount, actionCount).Contains(true))
        {
            throw new ArgumentException(FormattableString.Invariant($"Lane {lane} has no allowed next action."), nameof(transitions));
        }
    }

    private static void Finite(ReadOnlySpan<double> values, int length, string name, int firstLane = 0)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite((float)values[i]))
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"{name}: entry {i % length} of lane {firstLane + (i / length)} is {values[i]}; it must be finite in single precision."), name);
            }
        }
    }
}
