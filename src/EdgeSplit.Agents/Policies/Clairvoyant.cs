using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Simulation;

namespace EdgeSplit.Agents.Policies;

/// <summary>Reference: dynamic programming over each conversation with the true future, answer lengths and channel included. Nothing beats it on any conversation.</summary>
/// <remarks>
/// <para>State: where the KV cache lies. Since channel and load are exogenous and run on each request's own clock, the cost of a turn
/// depends on the earlier ones only through that state, and the recursion is exact.</para>
/// <para>Costs (splits)^2 simulated turns per request after the first of a conversation; not for long runs.</para>
/// </remarks>
public sealed class Clairvoyant
{
    private readonly World world;
    private readonly Belief belief;
    private readonly TurnSimulator simulator;
    private readonly SplitInfeasibility[] infeasibility;

    /// <summary>Creates the planner of a world.</summary>
    /// <param name="world">The world whose future it knows.</param>
    public Clairvoyant(World world)
    {
        ArgumentNullException.ThrowIfNull(world);
        this.world = world;
        belief = new Belief(world.Scenario);
        simulator = new TurnSimulator(world);
        infeasibility = new SplitInfeasibility[world.Truth.Layers + 1];
    }

    /// <summary>Plans all requests of the world.</summary>
    /// <param name="cancellation">Ends the planning early.</param>
    /// <returns>The split of each request, to be run by <see cref="ReplayedSplits"/>.</returns>
    public IReadOnlyList<int> Plan(CancellationToken cancellation = default)
    {
        var turns = world.Schedule.Turns;
        var plan = new int[turns.Length];
        for (var first = 0; first < turns.Length;)
        {
            cancellation.ThrowIfCancellationRequested();
            var last = first;
            while (!world.Schedule.Turns[last].IsLast)
            {
                last++;
            }

            PlanConversation(first, last, plan);
            first = last + 1;
        }

        return plan;
    }

    private void PlanConversation(int first, int last, int[] plan)
    {
        var splits = world.Truth.Layers + 1;

        // choice[t][s]: best split of turn t where the cache lies at s; the last row of states stands for "no cache".
        var choice = new int[last - first + 1, splits + 1];
        var next = new double[splits + 1];
        for (var request = last; request >= first; request--)
        {
            var value = new double[splits + 1];
            Array.Fill(value, double.PositiveInfinity);
            var turn = world.Schedule.Turns[request];
            simulator.Select(request);
            for (var state = 0; state <= splits; state++)
            {
                var hasCache = turn.ContextTokens > 0;
                if (hasCache == (state == splits))
                {
                    continue;
                }

                var observation = world.Observe(request, hasCache ? state : -1, 0);
                world.TruthAt(request).Mask(Belief.Work(observation, turn.OutputTokens), infeasibility);
                for (var k = 0; k < splits; k++)
                {
                    if (infeasibility[k] != SplitInfeasibility.None)
                    {
                        continue;
                    }

                    var cost = simulator.Cost(k, belief.Plan(observation, k, turn.OutputTokens));
                    var kept = request < last && world.Schedule.Turns[request + 1].ContextTokens > 0;
                    var total = cost + (request == last ? 0 : next[kept ? k : splits]);
                    if (total < value[state])
                    {
                        value[state] = total;
                        choice[request - first, state] = k;
                    }
                }
            }

            next = value;
        }

        var at = splits;
        for (var request = first; request <= last; request++)
        {
            at = world.Schedule.Turns[request].ContextTokens > 0 ? at : splits;
            plan[request] = choice[request - first, at];
            at = plan[request];
        }
    }
}
