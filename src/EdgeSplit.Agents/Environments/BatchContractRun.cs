using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Agents.Environments;

/// <summary>A batch as played for <see cref="EnvironmentContract"/>: everything that it wrote, and the faults met on the way.</summary>
/// <remarks>Buffers are filled before each call with what a correct batch would overwrite, or leave alone, so that what was forgotten shows.</remarks>
internal sealed class BatchContractRun
{
    private readonly IBatchedEnvironment environment;
    private readonly StreamKey actionKey;
    private readonly ContractFindings findings;
    private readonly List<BatchMoment> moments = [];
    private readonly int entries;
    private readonly int actionCount;
    private int ends;
    private int endsWithFirstObservation;

    internal BatchContractRun(IBatchedEnvironment environment, StreamKey actionKey, ContractFindings findings)
    {
        this.environment = environment;
        this.actionKey = actionKey;
        this.findings = findings;
        entries = environment.ObservationSpace.Length;
        actionCount = environment.ActionSpace.Count;
    }

    internal IReadOnlyList<BatchMoment> Moments => moments;

    /// <summary>Plays with random allowed actions; those of environment i are those of environment 0 of a run whose first environment is number i.</summary>
    /// <param name="seed">Seed of the reset; none where null.</param>
    /// <param name="steps">Number of steps.</param>
    /// <param name="firstEnvironment">Number of the first environment in the stream of actions.</param>
    /// <param name="probes">Whether to try impossible actions and buffers on the way.</param>
    /// <param name="wantsFinals">Whether to ask for final observations and masks.</param>
    internal BatchContractRun Play(ulong? seed, int steps, int firstEnvironment = 0, bool probes = false, bool wantsFinals = true)
    {
        var call = seed is { } given ? FormattableString.Invariant($"Reset({given})") : "Reset()";
        try
        {
            Reset(seed, call);
            for (var step = 0; step < steps && !findings.HasFailed; step++)
            {
                call = FormattableString.Invariant($"Step number {step + 1}");
                if (!TryChoose(step, firstEnvironment, out var actions))
                {
                    break;
                }

                if (probes)
                {
                    new BatchContractProbes(environment, findings).Try(actions, moments[^1].Mask);
                }

                Step(call, actions, wantsFinals, keptFlag: step % 2 == 0);
            }
        }
#pragma warning disable CA1031 // Whatever an environment throws is a finding, not a failure of the check.
        catch (Exception exception)
        {
            findings.AddFailure($"{call} threw {exception.GetType().Name}: {exception.Message}");
        }
#pragma warning restore CA1031

        if (ends >= 3 && endsWithFirstObservation == ends)
        {
            findings.Add(FormattableString.Invariant(
                $"In all {ends} episodes that ended, the final observation equals the observation: write the last observation of the old episode to finalObservations, and the first of the next to observations, in the same step."));
        }

        return this;
    }

    /// <summary>Goes on without a reset: the same actions as those of a run that plays the steps in one piece.</summary>
    internal BatchContractRun GoOn(BatchMoment last, int firstStep, int steps)
    {
        moments.Add(last);
        for (var step = firstStep; step < firstStep + steps && TryChoose(step, 0, out var actions); step++)
        {
            Step(FormattableString.Invariant($"Step number {step + 1}"), actions, wantsFinals: true, keptFlag: step % 2 == 0);
        }

        return this;
    }

    /// <summary>What is first different in another run, in words; null where nothing is.</summary>
    internal string? DifferenceFrom(BatchContractRun expected)
    {
        for (var i = 0; i < environment.Count; i++)
        {
            if (DifferenceFrom(i, expected, i) is { } difference)
            {
                return FormattableString.Invariant($"{difference} in environment {i}");
            }
        }

        return null;
    }

    internal string? DifferenceFrom(int here, BatchContractRun expected, int there)
    {
        for (var i = 0; i < Math.Min(moments.Count, expected.moments.Count); i++)
        {
            if (moments[i].Difference(here, expected.moments[i], there) is { } difference)
            {
                return i == 0 ? $"{difference} of the reset" : FormattableString.Invariant($"{difference} of step {i}");
            }
        }

        return null;
    }

    private void Reset(ulong? seed, string call)
    {
        var moment = Blank(wantsFinals: false, keptFlag: false);
        environment.Reset(seed, moment.Observations, moment.Mask);
        Array.Clear(moment.Rewards);
        Array.Clear(moment.Terminated);
        Array.Clear(moment.Truncated);
        Check(call, moment, keptFlag: false);
        moments.Add(moment);
    }

    private void Step(string call, int[] actions, bool wantsFinals, bool keptFlag)
    {
        var moment = Blank(wantsFinals, keptFlag);
        environment.Step(
            actions, moment.Observations, moment.Rewards, moment.Terminated, moment.Truncated, moment.Mask, moment.FinalObservations, moment.FinalMask);
        Check(call, moment, keptFlag);
        moments.Add(moment);
    }

    private BatchMoment Blank(bool wantsFinals, bool keptFlag)
    {
        var count = environment.Count;
        var moment = new BatchMoment(
            new double[count * entries],
            new double[count],
            new bool[count],
            new bool[count],
            new bool[count * actionCount],
            new double[wantsFinals ? count * entries : 0],
            new bool[wantsFinals ? count * actionCount : 0]);
        moment.Observations.AsSpan().Fill(double.NaN);
        moment.Rewards.AsSpan().Fill(double.NaN);
        moment.Terminated.AsSpan().Fill(true);
        moment.Truncated.AsSpan().Fill(true);
        moment.FinalObservations.AsSpan().Fill(double.NaN);
        moment.FinalMask.AsSpan().Fill(keptFlag);
        return moment;
    }

    private bool TryChoose(int step, int firstEnvironment, out int[] actions)
    {
        actions = new int[environment.Count];
        for (var i = 0; i < actions.Length; i++)
        {
            var mask = moments[^1].Mask.AsSpan(i * actionCount, actionCount);
            var allowed = mask.Count(true);
            if (allowed == 0)
            {
                return false;
            }

            var random = new RandomSource(actionKey, (ulong)(firstEnvironment + i), (ulong)step);
            actions[i] = -1;
            for (var left = random.NextInt32(allowed); left >= 0; left--)
            {
                actions[i] += 1 + mask[(actions[i] + 1)..].IndexOf(true);
            }
        }

        return true;
    }

    private void Check(string call, BatchMoment moment, bool keptFlag)
    {
        for (var i = 0; i < environment.Count; i++)
        {
            var where = FormattableString.Invariant($" in environment {i} after {call}");
            CheckObservation("Observation", where, moment.Observations, i);
            if (!moment.Mask.AsSpan(i * actionCount, actionCount).Contains(true))
            {
                findings.AddFailure($"The mask allows nothing{where}: write at least one allowed action for every environment.");
            }

            if (!double.IsFinite(moment.Rewards[i]))
            {
                findings.Add($"The reward is not finite, or was not written,{where}.");
            }

            if (moment.Terminated[i] && moment.Truncated[i])
            {
                findings.Add($"Both terminated and truncated are set, or were not written,{where}: write both, and only terminated where the process itself has ended.");
            }

            CheckFinals(where, moment, i, keptFlag);
        }
    }

    private void CheckFinals(string where, BatchMoment moment, int i, bool keptFlag)
    {
        if (moment.FinalObservations.Length == 0)
        {
            return;
        }

        var final = moment.FinalObservations.AsSpan(i * entries, entries);
        var finalMask = moment.FinalMask.AsSpan(i * actionCount, actionCount);
        if (moment.Truncated[i] && !finalMask.Contains(true))
        {
            findings.Add($"The final mask allows nothing{where}, where the episode was truncated: write what would be allowed next.");
        }

        if (!moment.Truncated[i] && finalMask.Contains(!keptFlag))
        {
            findings.Add($"The final mask was written{where}, where the episode was not truncated: leave that row alone.");
        }

        if (moment.Terminated[i] || moment.Truncated[i])
        {
            CheckObservation("Final observation", where, moment.FinalObservations, i);
            ends++;
            endsWithFirstObservation += final.SequenceEqual(moment.Observations.AsSpan(i * entries, entries)) ? 1 : 0;
        }
        else if (final.ContainsAnyExcept(double.NaN))
        {
            findings.Add($"The final observation was written{where}, where no episode ended: leave that row alone.");
        }
    }

    private void CheckObservation(string what, string where, double[] observations, int i)
    {
        var space = environment.ObservationSpace;
        var row = observations.AsSpan(i * entries, entries);
        var outside = space.FirstOutside(row);
        if (outside >= 0)
        {
            findings.Add(FormattableString.Invariant(
                $"{what} entry {outside} ('{space.Names[outside]}') was {row[outside]:R}{where}, outside [{space.Low[outside]}, {space.High[outside]}] {space.Units[outside]}: write it, widen the space or clip the value."));
        }
    }
}
