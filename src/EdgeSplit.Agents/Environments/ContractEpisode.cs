using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Agents.Environments;

/// <summary>One episode as played for <see cref="EnvironmentContract"/>: everything that came out of it, and the faults met on the way.</summary>
internal sealed class ContractEpisode
{
    private readonly List<Moment> moments = [];

    /// <summary>Plays one episode with random allowed actions.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="seed">Seed of the reset; none where null.</param>
    /// <param name="actions">Stream of the actions.</param>
    /// <param name="maximumSteps">Steps after which it is left.</param>
    /// <param name="probes">Whether to try masked and impossible actions on the way.</param>
    /// <param name="findings">Receives the faults.</param>
    internal static ContractEpisode Play(IEnvironment environment, ulong? seed, StreamKey actions, int maximumSteps, bool probes, ContractFindings findings)
    {
        var episode = new ContractEpisode();
        var call = seed is { } given ? FormattableString.Invariant($"Reset({given})") : "Reset()";
        try
        {
            var reset = environment.Reset(seed);
            episode.Record(environment, call, reset.Observation, 0, false, false, reset.Info, findings);
            for (var step = 0; step < maximumSteps; step++)
            {
                if (!TryChoose(environment, actions, step, findings, out var action))
                {
                    return episode;
                }

                if (probes)
                {
                    Probe(environment, findings);
                }

                call = FormattableString.Invariant($"Step({action})");
                var result = environment.Step(action);
                episode.Record(environment, call, result.Observation, result.Reward, result.Terminated, result.Truncated, result.Info, findings);
                if (result.HasEnded)
                {
                    if (probes)
                    {
                        findings.MustThrow<InvalidOperationException>(() => environment.Step(action), "Step after the end of an episode must throw InvalidOperationException");
                    }

                    break;
                }
            }
        }
#pragma warning disable CA1031 // Whatever an environment throws is a finding, not a failure of the check.
        catch (Exception exception)
        {
            findings.AddFailure($"{call} threw {exception.GetType().Name}: {exception.Message}");
        }
#pragma warning restore CA1031

        episode.LookForReusedBuffers(findings);
        return episode;
    }

    /// <summary>What is first different in another episode, in words; null where nothing is.</summary>
    internal string? DifferenceFrom(ContractEpisode expected)
    {
        for (var i = 0; i < Math.Min(moments.Count, expected.moments.Count); i++)
        {
            var (mine, other) = (moments[i], expected.moments[i]);
            var what = !mine.Values.AsSpan().SequenceEqual(other.Values) ? "the observation"
                : !mine.Reward.Equals(other.Reward) ? FormattableString.Invariant($"the reward ({mine.Reward:R} instead of {other.Reward:R})")
                : mine.Terminated != other.Terminated ? "Terminated"
                : mine.Truncated != other.Truncated ? "Truncated"
                : !Equals(mine.Info, other.Info) ? "the info (it must compare by value)"
                : null;
            if (what is not null)
            {
                return i == 0 ? $"{what} of the reset" : FormattableString.Invariant($"{what} of step {i}");
            }
        }

        return moments.Count == expected.moments.Count ? null : FormattableString.Invariant($"the number of steps ({moments.Count - 1} instead of {expected.moments.Count - 1})");
    }

    private static bool TryChoose(IEnvironment environment, StreamKey actions, int step, ContractFindings findings, out int action)
    {
        action = -1;
        var mask = environment.ActionMask;
        var count = environment.ActionSpace.Count;
        if (mask.Length != count)
        {
            findings.AddFailure(FormattableString.Invariant($"ActionMask has length {mask.Length}, but the action space has {count} actions."));
            return false;
        }

        var allowed = mask.Count(true);
        if (allowed == 0)
        {
            findings.AddFailure(FormattableString.Invariant($"ActionMask allows nothing before step {step + 1} though the episode has not ended."));
            return false;
        }

        var random = new RandomSource(actions, (ulong)step);
        for (var left = random.NextInt32(allowed); left >= 0; left--)
        {
            action += 1 + mask[(action + 1)..].IndexOf(true);
        }

        return true;
    }

    private static void Probe(IEnvironment environment, ContractFindings findings)
    {
        var count = environment.ActionSpace.Count;
        findings.MustThrow<ArgumentOutOfRangeException>(() => environment.Step(-1), "Step(-1) must throw ArgumentOutOfRangeException");
        findings.MustThrow<ArgumentOutOfRangeException>(() => environment.Step(count), FormattableString.Invariant($"Step({count}), one beyond the last action, must throw ArgumentOutOfRangeException"));
        var masked = environment.ActionMask.IndexOf(false);
        if (masked >= 0)
        {
            findings.MustThrow<ArgumentException>(() => environment.Step(masked), FormattableString.Invariant($"Step({masked}), which is masked, must throw ArgumentException"));
        }
    }

    private void Record(
        IEnvironment environment, string call, ReadOnlyMemory<double> observation, double reward, bool terminated, bool truncated, EnvironmentInfo info, ContractFindings findings)
    {
        var values = observation.ToArray();
        moments.Add(new Moment(observation, values, reward, terminated, truncated, info));
        var space = environment.ObservationSpace;
        if (values.Length != space.Length)
        {
            findings.AddFailure(FormattableString.Invariant($"{call} gave an observation of length {values.Length}, but the space has {space.Length} entries."));
            return;
        }

        var outside = space.FirstOutside(values);
        if (outside >= 0)
        {
            findings.Add(FormattableString.Invariant(
                $"Observation entry {outside} ('{space.Names[outside]}') was {values[outside]:R} after {call}, outside [{space.Low[outside]}, {space.High[outside]}] {space.Units[outside]}: widen the space or clip the value."));
        }

        if (!double.IsFinite(reward))
        {
            findings.Add(FormattableString.Invariant($"{call} gave the reward {reward}: it must be finite."));
        }

        if (terminated && truncated)
        {
            findings.Add($"{call} set Terminated and Truncated together: where the process itself has ended, set only Terminated.");
        }

        if (info is null)
        {
            findings.Add($"{call} gave a null info: use EnvironmentInfo.None.");
        }
    }

    private void LookForReusedBuffers(ContractFindings findings)
    {
        if (moments.Exists(moment => !moment.Memory.Span.SequenceEqual(moment.Values)))
        {
            findings.Add("An observation changed after it was returned: return a copy, not the environment's own buffer.");
        }
    }

    private readonly record struct Moment(ReadOnlyMemory<double> Memory, double[] Values, double Reward, bool Terminated, bool Truncated, EnvironmentInfo Info);
}
