namespace EdgeSplit.Agents.Environments;

public static partial class EnvironmentContract
{
    private const int Lanes = 3;

    /// <summary>Checks a batched environment whose environments are independent of each other: all of <see cref="CheckBatch(Func{IBatchedEnvironment}, ulong, int)"/>, and that environment i of a
    /// batch seeded with s does, bit for bit, what a batch of one seeded with s + i does.</summary>
    /// <param name="create">Makes a fresh batch of the number of environments given; called several times. All that it makes must be alike.</param>
    /// <param name="seed">The first seed of the check, and that of its actions.</param>
    /// <param name="steps">Steps to take, at least 1: enough for some episodes to end.</param>
    /// <returns>One sentence per fault; empty where none was found.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="create"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="steps"/> is less than 1.</exception>
    public static IReadOnlyList<string> CheckBatch(Func<int, IBatchedEnvironment> create, ulong seed = 1, int steps = 200)
    {
        ArgumentNullException.ThrowIfNull(create);
        var findings = new ContractFindings();
        var run = PlayBatch(() => create(Lanes), seed, steps, findings);
        if (run is null || findings.HasFailed)
        {
            return findings.All;
        }

        if (run.Moments[0].Rewards.Length != Lanes)
        {
            findings.Add(FormattableString.Invariant($"A batch of {Lanes} was asked for, but Count is {run.Moments[0].Rewards.Length}."));
            return findings.All;
        }

        for (var i = 0; i < Lanes && !findings.HasFailed; i++)
        {
            var alone = new BatchContractRun(create(1), ActionKey(seed), findings).Play(unchecked(seed + (ulong)i), steps, firstEnvironment: i);
            if (run.DifferenceFrom(i, alone, 0) is { } difference)
            {
                findings.Add(FormattableString.Invariant(
                    $"Environment {i} of a batch seeded with {seed} is not what a batch of one seeded with {seed} + {i} is: {difference}. Draw by (seed + i, episode, step), and share nothing between environments."));
                break;
            }
        }

        return findings.All;
    }

    /// <summary>Checks that a batched environment keeps the contract of <see cref="IBatchedEnvironment"/>, and says in words what to fix: spaces, buffers, masks, flags, same-step autoreset, final
    /// observations, rows to be left alone, errors, repeatability, and saving and loading where it is <see cref="IRestorable"/>.</summary>
    /// <param name="create">Makes a fresh batch; called several times. All that it makes must be alike.</param>
    /// <param name="seed">The first seed of the check, and that of its actions.</param>
    /// <param name="steps">Steps to take, at least 1: enough for some episodes to end.</param>
    /// <returns>One sentence per fault; empty where none was found.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="create"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="steps"/> is less than 1.</exception>
    public static IReadOnlyList<string> CheckBatch(Func<IBatchedEnvironment> create, ulong seed = 1, int steps = 200)
    {
        ArgumentNullException.ThrowIfNull(create);
        var findings = new ContractFindings();
        PlayBatch(create, seed, steps, findings);
        return findings.All;
    }

    private static BatchContractRun? PlayBatch(Func<IBatchedEnvironment> create, ulong seed, int steps, ContractFindings findings)
    {
        Guard.AtLeast(steps, 1);
        var environment = create();
        if (!HasSpaces(environment, environment?.ObservationSpace, environment?.ActionSpace, findings))
        {
            return null;
        }

        var probes = new BatchContractProbes(environment!, findings);
        probes.BeforeReset();
        probes.TryResets();
        var first = new BatchContractRun(environment!, ActionKey(seed), findings).Play(seed, steps, probes: true);
        if (!findings.HasFailed)
        {
            BatchRepeatability(environment!, create, first, seed, steps, findings);
        }

        if (!findings.HasFailed && environment is IRestorable)
        {
            BatchSaving(create, seed, steps, findings);
        }

        return first;
    }

    private static void BatchRepeatability(IBatchedEnvironment used, Func<IBatchedEnvironment> create, BatchContractRun first, ulong seed, int steps, ContractFindings findings)
    {
        BatchContractRun Play(IBatchedEnvironment environment, ulong? from, bool wantsFinals = true) =>
            new BatchContractRun(environment, ActionKey(seed), findings).Play(from, steps, wantsFinals: wantsFinals);

        var (one, other) = (create(), create());
        var plain = Play(one, seed);
        Report(first.DifferenceFrom(plain), "A batch that refused impossible actions and buffers on the way is not what it would have been (a refused call must change nothing, or something is drawn from elsewhere than the seed)");
        Report(Play(other, seed, wantsFinals: false).DifferenceFrom(plain), "Without buffers for final observations and masks, the course is another one");
        if (plain.DifferenceFrom(Play(create(), unchecked(seed + 1000))) is null)
        {
            findings.Add(FormattableString.Invariant($"Seeds {seed} and {seed + 1000} give the same course: Reset must use the seed."));
        }

        var (after, afterOther) = (Play(one, null), Play(other, null));
        Report(after.DifferenceFrom(afterOther), "Reset without a seed does not go on from the last seed in a repeatable way (is a clock used?)");
        if (after.DifferenceFrom(plain) is null)
        {
            findings.Add("Reset without a seed repeats the same course: it must go on with the next seeds.");
        }

        Report(Play(used, seed).DifferenceFrom(plain), "Reset with a seed that was used before does not repeat its course (state is left over)");

        void Report(string? difference, string what)
        {
            if (difference is not null)
            {
                findings.Add($"{what}: {difference}.");
            }
        }
    }

    private static void BatchSaving(Func<IBatchedEnvironment> create, ulong seed, int steps, ContractFindings findings)
    {
        try
        {
            var (source, target) = (create(), create());
            var before = new BatchContractRun(source, ActionKey(seed), findings).Play(seed, steps);
            using var stream = new MemoryStream();
            using var writer = new BinaryWriter(stream);
            ((IRestorable)source).SaveState(writer);
            writer.Flush();
            stream.Position = 0;
            using var reader = new BinaryReader(stream);
            ((IRestorable)target).LoadState(reader);
            var goesOn = new BatchContractRun(source, ActionKey(seed), findings).GoOn(before.Moments[^1], steps, steps);
            var loaded = new BatchContractRun(target, ActionKey(seed), findings).GoOn(before.Moments[^1], steps, steps);
            if (loaded.DifferenceFrom(goesOn) is { } difference)
            {
                findings.Add($"A batch that was saved and loaded does not go on as the original does: {difference} after loading. Write down all of its state.");
            }
        }
        catch (NotSupportedException)
        {
            // It says itself that something inside of it cannot be saved.
        }
#pragma warning disable CA1031 // Whatever an environment throws is a finding, not a failure of the check.
        catch (Exception exception)
        {
            findings.Add($"Saving, loading or going on threw {exception.GetType().Name}: {exception.Message}");
        }
#pragma warning restore CA1031
    }
}
