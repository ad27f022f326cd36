using EdgeSplit.Agents.Evaluation;
using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Simulation;

namespace EdgeSplit.Cli.Verbs;

/// <summary>What the decisions of another policy say about an agent that was not run.</summary>
internal static class OffPolicyEvaluation
{
    private static readonly (string Key, string Name, OffPolicyEstimator Estimator)[] Estimators =
    [
        ("inversePropensity", "inverse propensity (IPS)", OffPolicyEstimator.InversePropensity),
        ("selfNormalised", "self-normalised (SNIPS)", OffPolicyEstimator.SelfNormalised),
        ("directMethod", "direct method by the belief (DM)", OffPolicyEstimator.DirectMethod),
        ("doublyRobust", "doubly robust (DR)", OffPolicyEstimator.DoublyRobust),
    ];

    /// <summary>Estimates the agent's mean cost per request by each estimator.</summary>
    internal static IReadOnlyList<OffPolicyRow> Run(string path, string loggedBy, Scenario scenario, Func<ISplitPolicy> create)
    {
        var choices = new List<LoggedChoice>();
        foreach (var (seed, requests) in RequestLogFile.Read(path, loggedBy).OrderBy(pair => pair.Key))
        {
            if (requests.Count < 2)
            {
                throw new BadInputException(FormattableString.Invariant($"{path}: seed {seed}: found {requests.Count} request; allowed: at least 2."));
            }

            try
            {
                choices.AddRange(OffPolicyReplay.Run(scenario, seed, requests, create()));
            }
            catch (LoggedRequestException error)
            {
                throw new BadInputException(FormattableString.Invariant($"{path}: seed {seed}: {error.Message}."));
            }
            catch (InvalidOperationException error)
            {
                throw new BadInputException($"--off-policy: found an agent that draws ({error.Message.TrimEnd('.')}); allowed: a log for an agent that does not.");
            }
        }

        var log = new OffPolicyLog(choices);
        return [.. Estimators.Select(estimator => new OffPolicyRow(estimator.Key, estimator.Name, log.Count, log.Estimate(estimator.Estimator)))];
    }
}

/// <summary>One estimate of an agent's mean reward.</summary>
internal sealed record OffPolicyRow(string Key, string Name, int Decisions, OffPolicyEstimate Estimate)
{
    /// <summary>The mean cost, seconds-equivalent: rewards are negative costs.</summary>
    internal double MeanCost => -Estimate.Value;
}
