using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Simulation;

namespace EdgeSplit.Agents.Evaluation;

/// <summary>Goes through a log of another policy and asks a policy what it would have done in each of the situations: the input of <see cref="OffPolicyLog"/>.</summary>
/// <remarks>
/// <para>A log has decisions and costs but no observations. The scenario has: the world of the logged seed shows what the device saw, given the splits that the log says were taken. What each
/// request costs there must be what the log says, so a log of another scenario is found out at once.</para>
/// <para>The reward is the negative cost. Where there is a prediction it is that of the public belief. The asked policy must be deterministic, and is told nothing.</para>
/// </remarks>
public static class OffPolicyReplay
{
    private const double LargestRelativeError = 1e-9;

    /// <summary>Replays the log of one seed.</summary>
    /// <param name="scenario">The scenario of the log.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="log">The requests of that seed in order, from request 0 on, at least two.</param>
    /// <param name="policy">The policy to ask.</param>
    /// <returns>One choice per request.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="LoggedRequestException">The log is not one of this scenario and seed.</exception>
    /// <exception cref="InvalidOperationException">The policy draws its decisions.</exception>
    public static IReadOnlyList<LoggedChoice> Run(Scenario scenario, ulong seed, IReadOnlyList<LoggedRequest> log, ISplitPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(policy);
        Guard.AtLeast(log.Count, 2, nameof(log));
        var world = new World(scenario with { Settings = scenario.Settings with { Requests = log.Count } }, seed);
        var belief = new Belief(scenario);
        var simulator = new TurnSimulator(world);
        var context = new DecisionContext(new SplitTotals(belief.Profile.Layers));
        var believed = new double[belief.Profile.Layers + 1];
        var choices = new LoggedChoice[log.Count];
        var (cacheAt, goodput) = (-1, 0.0);
        for (var request = 0; request < log.Count; request++)
        {
            var logged = log[request];
            var turn = world.Schedule.Turns[request];
            var observation = turn.Turn == 0 ? world.Observe(request, -1, 0) : world.Observe(request, cacheAt, goodput);
            context.Set(request, turn.Conversation, observation);
            belief.Predict(observation, observation.ExpectedOutputTokens, context.Belief);
            Check(logged, request, context);
            simulator.Select(request);
            var cost = simulator.Cost(logged.SplitPoint, belief.Plan(observation, logged.SplitPoint, turn.OutputTokens));
            if (!(Math.Abs(cost - logged.Cost) <= LargestRelativeError * cost))
            {
                throw new LoggedRequestException(request, "costSeconds", FormattableString.Invariant($"{logged.Cost}"), FormattableString.Invariant($"{cost}, what this scenario costs there"));
            }

            var wanted = policy.Decide(context);
            if (wanted.Propensity != 1)
            {
                throw new InvalidOperationException(FormattableString.Invariant($"Policy '{policy.Name}' takes split {wanted.SplitPoint} with probability {wanted.Propensity}: only one that draws nothing can be evaluated from a log."));
            }

            scenario.Objective.Best(belief.Profile, context.Belief, believed);
            choices[request] = new LoggedChoice(
                logged.Propensity, wanted.SplitPoint == logged.SplitPoint ? 1 : 0, -cost, -believed[logged.SplitPoint], -believed[wanted.SplitPoint]);
            (cacheAt, goodput) = (logged.SplitPoint, simulator.UplinkGoodputBitsPerSecond);
        }

        return choices;
    }

    private static void Check(in LoggedRequest logged, int request, DecisionContext context)
    {
        if (logged.Request != request)
        {
            throw new LoggedRequestException(request, "request", FormattableString.Invariant($"{logged.Request}"), FormattableString.Invariant($"{request}: every request of the seed, in order"));
        }

        if (logged.SplitPoint < 0 || logged.SplitPoint >= context.Infeasibility.Length || !context.IsFeasible(logged.SplitPoint))
        {
            throw new LoggedRequestException(request, "splitPoint", FormattableString.Invariant($"{logged.SplitPoint}"), "a split that this scenario allows there");
        }

        if (!(logged.Propensity > 0 && logged.Propensity <= 1))
        {
            throw new LoggedRequestException(request, "propensity", FormattableString.Invariant($"{logged.Propensity}"), "a probability above 0 and at most 1");
        }
    }
}
