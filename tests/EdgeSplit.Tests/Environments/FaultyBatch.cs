using EdgeSplit.Agents.Environments;
using EdgeSplit.Agents.Environments.Classic;

namespace EdgeSplit.Tests.Environments;

internal enum BatchFault
{
    None,
    NoReset,
    AnyBuffer,
    AnyAction,
    StepsBeforeRefusing,
    NextStepAutoreset,
    FinalAfterReset,
    NoFinals,
    AllFinals,
    AllFinalMasks,
    NoFinalMask,
    NeedsFinals,
    FinalsMoveCourse,
    NoMask,
    NoRewards,
    NoTruncated,
    OutsideSpace,
    IgnoresSeed,
    SeedlessRepeats,
    Clock,
    GlobalState,
    Leftover,
    OneSeedForAll,
    CoupledLanes,
    WrongCount,
    ForgetsState,
    CannotLoad,
}

/// <summary>CartPole with episodes of at most 12 steps, and one fault.</summary>
internal sealed class FaultyBatch(int count, BatchFault fault) : IBatchedEnvironment, IRestorable
{
    private static int clock;
    private readonly CartPole inner = new(fault == BatchFault.WrongCount ? 1 : count, 12);
    private ulong lastSeed;
    private int leftover;

    public int Count => inner.Count;

    public BoxSpace ObservationSpace => inner.ObservationSpace;

    public DiscreteSpace ActionSpace => inner.ActionSpace;

    public void Reset(ulong? seed, Span<double> observations, Span<bool> mask)
    {
        if (fault == BatchFault.AnyBuffer && observations.Length != Count * 4)
        {
            throw new ArgumentException("Too short.", nameof(observations));
        }

        ulong? used = fault switch
        {
            BatchFault.IgnoresSeed => 5UL,
            BatchFault.SeedlessRepeats => seed ?? lastSeed,
            BatchFault.Clock when seed is null => (ulong)Interlocked.Increment(ref clock),
            _ => seed,
        };
        lastSeed = seed ?? lastSeed;
        inner.Reset(used, observations, mask);
        if (fault == BatchFault.OneSeedForAll)
        {
            CopyFirst(observations);
        }
    }

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
        if (fault == BatchFault.NoReset && lastSeed == 0)
        {
            return;
        }

        if (fault == BatchFault.AnyAction && actions.Contains(-1))
        {
            return;
        }

        if (fault == BatchFault.NeedsFinals && finalObservations.Length == 0)
        {
            throw new ArgumentException("Needed.", nameof(finalObservations));
        }

        if (fault == BatchFault.StepsBeforeRefusing && actions.Contains(-1))
        {
            inner.Step(new int[Count], observations, rewards, terminated, truncated, mask);
        }

        if (fault is BatchFault.OneSeedForAll)
        {
            var first = actions[0];
            int[] same = [.. Enumerable.Repeat(first, Count)];
            var valid = actions.Length == Count && !actions.ContainsAnyExceptInRange(0, 1);
            inner.Step(valid ? same : actions, observations, rewards, terminated, truncated, mask, finalObservations, finalMask);
            CopyFirst(observations);
            terminated.Fill(terminated[0]);
            truncated.Fill(truncated[0]);
            return;
        }

        var before = finalObservations.ToArray();
        var rewardsBefore = rewards.ToArray();
        var truncatedBefore = truncated.ToArray();
        var finalMaskBefore = finalMask.ToArray();
        inner.Step(actions, observations, rewards, terminated, truncated, mask, finalObservations, finalMask);
        switch (fault)
        {
            case BatchFault.NextStepAutoreset or BatchFault.FinalAfterReset when finalObservations.Length > 0:
                for (var i = 0; i < Count; i++)
                {
                    if (terminated[i] || truncated[i])
                    {
                        var last = finalObservations.Slice(4 * i, 4);
                        var next = observations.Slice(4 * i, 4);
                        (fault == BatchFault.NextStepAutoreset ? last : next).CopyTo(fault == BatchFault.NextStepAutoreset ? next : last);
                    }
                }

                break;
            case BatchFault.NoFinals:
                before.CopyTo(finalObservations);
                break;
            case BatchFault.AllFinals when finalObservations.Length > 0:
                observations.CopyTo(finalObservations);
                break;
            case BatchFault.AllFinalMasks:
                finalMask.Fill(true);
                break;
            case BatchFault.NoFinalMask:
                finalMaskBefore.CopyTo(finalMask);
                break;
            case BatchFault.FinalsMoveCourse when finalObservations.Length > 0:
                rewards.Fill(2);
                break;
            case BatchFault.NoMask:
                mask.Clear();
                break;
            case BatchFault.NoRewards:
                rewardsBefore.CopyTo(rewards);
                break;
            case BatchFault.NoTruncated:
                truncatedBefore.CopyTo(truncated);
                break;
            case BatchFault.OutsideSpace:
                observations[1] = double.NaN;
                break;
            case BatchFault.GlobalState:
                rewards[0] = Interlocked.Increment(ref clock);
                break;
            case BatchFault.Leftover or BatchFault.ForgetsState:
                rewards[0] = ++leftover;
                break;
            case BatchFault.CoupledLanes:
                rewards[0] += rewards.Length;
                break;
        }
    }

    public void SaveState(BinaryWriter writer) => inner.SaveState(writer);

    public void LoadState(BinaryReader reader)
    {
        if (fault == BatchFault.CannotLoad)
        {
            throw new InvalidDataException("unreadable");
        }

        inner.LoadState(reader);
    }

    private void CopyFirst(Span<double> observations)
    {
        for (var i = 1; i < Count; i++)
        {
            observations[..4].CopyTo(observations.Slice(4 * i, 4));
        }
    }
}
