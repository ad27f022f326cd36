namespace EdgeSplit.Agents.Environments;

/// <summary>Calls that a batched environment must refuse without stepping, tried out for <see cref="EnvironmentContract"/>.</summary>
internal sealed class BatchContractProbes(IBatchedEnvironment environment, ContractFindings findings)
{
    private readonly int count = environment.Count;
    private readonly int entries = environment.ObservationSpace.Length;
    private readonly int actionCount = environment.ActionSpace.Count;

    internal void BeforeReset() => findings.MustThrow<InvalidOperationException>(
        () => Step(new int[count]), "Step before the first Reset must throw InvalidOperationException");

    internal void TryResets()
    {
        findings.MustThrow<ArgumentOutOfRangeException>(
            () => environment.Reset(1, new double[(count * entries) - 1], new bool[count * actionCount]), "Reset with too short a buffer of observations must throw ArgumentOutOfRangeException");
        findings.MustThrow<ArgumentOutOfRangeException>(
            () => environment.Reset(1, new double[count * entries], new bool[(count * actionCount) + 1]), "Reset with too long a mask must throw ArgumentOutOfRangeException");
    }

    /// <summary>Tries what must be refused, in the last environment, so that the others would have been stepped before.</summary>
    internal void Try(int[] actions, bool[] mask)
    {
        Refuses<ArgumentOutOfRangeException>(actions, -1, "which no space has,");
        Refuses<ArgumentOutOfRangeException>(actions, actionCount, "one beyond the last,");
        var masked = mask.AsSpan((count - 1) * actionCount).IndexOf(false);
        if (masked >= 0)
        {
            Refuses<ArgumentException>(actions, masked, "which is masked,");
        }

        findings.MustThrow<ArgumentOutOfRangeException>(() => Step(new int[count + 1]), "Step with too many actions must throw ArgumentOutOfRangeException");
        findings.MustThrow<ArgumentOutOfRangeException>(() => Step(actions, finals: (count * entries) - 1), "Step with too short a buffer of final observations must throw ArgumentOutOfRangeException");
    }

    private void Refuses<TException>(int[] actions, int action, string what)
        where TException : Exception
    {
        int[] wrong = [.. actions[..^1], action];
        findings.MustThrow<TException>(() => Step(wrong), FormattableString.Invariant($"Action {action}, {what} in the last environment must throw {typeof(TException).Name}"));
    }

    private void Step(int[] actions, int finals = 0) => environment.Step(
        actions, new double[count * entries], new double[count], new bool[count], new bool[count], new bool[count * actionCount], new double[finals]);
}
