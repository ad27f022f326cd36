namespace EdgeSplit.Agents.Environments;

/// <summary>Collects faults, each once.</summary>
internal sealed class ContractFindings
{
    private readonly List<string> findings = [];

    internal IReadOnlyList<string> All => findings;

    /// <summary>Whether the environment threw where it must not, so that further play makes no sense.</summary>
    internal bool HasFailed { get; private set; }

    internal void Add(string finding)
    {
        if (!findings.Contains(finding))
        {
            findings.Add(finding);
        }
    }

    internal void AddFailure(string finding)
    {
        HasFailed = true;
        Add(finding);
    }

    internal void AddDifference(ContractEpisode expected, ContractEpisode found, string what)
    {
        if (found.DifferenceFrom(expected) is { } difference)
        {
            Add($"{what}: {difference}.");
        }
    }

    internal void MustThrow<TException>(Action call, string rule)
        where TException : Exception
    {
        try
        {
            call();
        }
        catch (TException)
        {
            return;
        }
#pragma warning disable CA1031 // Whatever an environment throws is a finding, not a failure of the check.
        catch (Exception other)
        {
            Add($"{rule}, but it threw {other.GetType().Name}: {other.Message}");
            return;
        }
#pragma warning restore CA1031

        Add($"{rule}, but it went through.");
    }
}
