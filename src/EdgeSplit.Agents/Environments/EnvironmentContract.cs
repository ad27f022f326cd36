using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Agents.Environments;

/// <summary>Checks that an environment keeps the contract of <see cref="IEnvironment"/> or <see cref="IBatchedEnvironment"/>, and says in words what to fix.</summary>
/// <remarks>
/// <para>It plays a few episodes with random allowed actions and looks at spaces, observations, masks, rewards, flags, errors and repeatability. A fault that
/// shows only in states it does not reach stays unseen.</para>
/// <para>The checks follow <c>check_env</c> of Gymnasium (gymnasium/utils/env_checker.py) and of Stable-Baselines3, plus those on the mask and on exclusive flags.</para>
/// </remarks>
public static partial class EnvironmentContract
{
    /// <summary>Checks an environment.</summary>
    /// <param name="create">Makes a fresh environment; called several times. All that it makes must be alike.</param>
    /// <param name="seed">The first seed of the check, and that of its actions.</param>
    /// <param name="maximumSteps">Steps after which the check leaves an episode that does not end, at least 1.</param>
    /// <returns>One sentence per fault; empty where none was found.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="create"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maximumSteps"/> is less than 1.</exception>
    public static IReadOnlyList<string> Check(Func<IEnvironment> create, ulong seed = 1, int maximumSteps = 200)
    {
        ArgumentNullException.ThrowIfNull(create);
        Guard.AtLeast(maximumSteps, 1);
        var findings = new ContractFindings();
        var environment = create();
        if (!HasSpaces(environment, environment?.ObservationSpace, environment?.ActionSpace, findings))
        {
            return findings.All;
        }

        BeforeReset(environment!, findings);
        var episodes = new List<ContractEpisode>();
        for (var i = 0UL; i < Seeds && !findings.HasFailed; i++)
        {
            episodes.Add(ContractEpisode.Play(environment!, seed + i, ActionKey(seed), maximumSteps, probes: i == 0, findings));
        }

        if (!findings.HasFailed)
        {
            Repeatability(environment!, create(), episodes, seed, maximumSteps, findings);
        }

        return findings.All;
    }

    private const ulong Seeds = 4;

    private static StreamKey ActionKey(ulong seed) => StreamKey.Create(seed, "environment/contract");

    private static bool HasSpaces(object? environment, BoxSpace? observations, DiscreteSpace? actions, ContractFindings findings)
    {
        if (environment is null)
        {
            findings.Add("The factory returned null.");
            return false;
        }

        if (observations is null)
        {
            findings.Add("ObservationSpace is null.");
        }

        if (actions is null)
        {
            findings.Add("ActionSpace is null.");
        }

        return observations is not null && actions is not null;
    }

    private static void BeforeReset(IEnvironment environment, ContractFindings findings) => findings.MustThrow<InvalidOperationException>(
        () => environment.Step(0), "Step before the first Reset must throw InvalidOperationException");

    private static void Repeatability(
        IEnvironment used, IEnvironment fresh, List<ContractEpisode> episodes, ulong seed, int maximumSteps, ContractFindings findings)
    {
        var silent = new ContractFindings();
        var again = ContractEpisode.Play(used, seed, ActionKey(seed), maximumSteps, probes: false, silent);
        findings.AddDifference(episodes[0], again, "Reset with a seed that was used before does not repeat its episode (state is left over from earlier episodes, or masked or impossible actions changed it)");
        var elsewhere = ContractEpisode.Play(fresh, seed, ActionKey(seed), maximumSteps, probes: false, silent);
        findings.AddDifference(again, elsewhere, "Two environments with equal seed and actions differ (something is drawn from elsewhere than the seed)");
        if (episodes.TrueForAll(episode => episode.DifferenceFrom(episodes[0]) is null))
        {
            findings.Add(FormattableString.Invariant($"Seeds {seed} to {seed + Seeds - 1} give the same episode: Reset must use the seed."));
            return;
        }

        // Both have just played the same seed: from here on they must go on alike, and not stand still.
        var first = ContractEpisode.Play(used, null, ActionKey(seed), maximumSteps, probes: false, silent);
        var other = ContractEpisode.Play(fresh, null, ActionKey(seed), maximumSteps, probes: false, silent);
        findings.AddDifference(first, other, "Reset without a seed does not go on from the last seed in a repeatable way (is a clock used?)");
        var second = ContractEpisode.Play(used, null, ActionKey(seed), maximumSteps, probes: false, silent);
        var third = ContractEpisode.Play(used, null, ActionKey(seed), maximumSteps, probes: false, silent);
        if (first.DifferenceFrom(again) is null && second.DifferenceFrom(again) is null && third.DifferenceFrom(again) is null)
        {
            findings.Add("Reset without a seed repeats the same episode for ever: it must go on with the next derived seed.");
        }

        foreach (var fault in silent.All)
        {
            findings.Add(fault);
        }
    }
}
