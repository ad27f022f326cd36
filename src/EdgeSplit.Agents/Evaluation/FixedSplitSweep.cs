using EdgeSplit.Agents.Policies;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Simulation;

namespace EdgeSplit.Agents.Evaluation;

/// <summary>Every fixed split on every request of a world: what "best fixed in hindsight" is chosen from.</summary>
/// <remarks>A request whose mask forbids the split takes the nearest feasible one, as <see cref="FixedSplit"/> does.</remarks>
public sealed class FixedSplitSweep
{
    private readonly double[][] costs;
    private readonly int[] fallbacks;

    private FixedSplitSweep(double[][] costs, int[] fallbacks)
    {
        this.costs = costs;
        this.fallbacks = fallbacks;
    }

    /// <summary>Runs all fixed splits.</summary>
    /// <param name="world">The world.</param>
    /// <param name="cancellation">Ends the sweep early.</param>
    /// <exception cref="InvalidOperationException">A request has no feasible split.</exception>
    public static FixedSplitSweep Run(World world, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(world);
        var splits = world.Truth.Layers + 1;
        var turns = world.Schedule.Turns.Length;
        var costs = new double[splits][];
        for (var k = 0; k < splits; k++)
        {
            costs[k] = new double[turns];
        }

        var belief = new Belief(world.Scenario);
        var simulator = new TurnSimulator(world);
        var infeasibility = new SplitInfeasibility[splits];
        var cacheAt = new int[splits];
        var fallbacks = new int[splits];
        var byEffective = new double[splits];
        for (var request = 0; request < turns; request++)
        {
            cancellation.ThrowIfCancellationRequested();
            var turn = world.Schedule.Turns[request];
            var first = world.Observe(request, -1, 0);
            world.TruthAt(request).Mask(Belief.Work(first, turn.OutputTokens), infeasibility);
            simulator.Select(request);
            Array.Fill(byEffective, double.NaN);
            for (var k = 0; k < splits; k++)
            {
                var effective = FixedSplit.NearestFeasible(k, infeasibility);
                if (effective < 0)
                {
                    throw new InvalidOperationException($"Request {request} has no feasible split.");
                }

                var stays = turn.ContextTokens == 0 || cacheAt[k] == effective;
                if (!stays || double.IsNaN(byEffective[effective]))
                {
                    var observation = turn.ContextTokens == 0 ? first : first with { CacheSplitPoint = cacheAt[k] };
                    costs[k][request] = simulator.Cost(effective, belief.Plan(observation, effective, turn.OutputTokens));
                    if (stays)
                    {
                        byEffective[effective] = costs[k][request];
                    }
                }
                else
                {
                    costs[k][request] = byEffective[effective];
                }

                cacheAt[k] = effective;
                fallbacks[k] += effective == k ? 0 : 1;
            }
        }

        return new FixedSplitSweep(costs, fallbacks);
    }

    /// <summary>Cost of a fixed split on a request, seconds-equivalent.</summary>
    /// <param name="splitPoint">The split point, 0..L.</param>
    /// <param name="request">Index of the request in the schedule.</param>
    public double Cost(int splitPoint, int request) => costs[splitPoint][request];

    /// <summary>Mean cost of a fixed split over the last requests, seconds-equivalent.</summary>
    /// <param name="splitPoint">The split point, 0..L.</param>
    /// <param name="lastRequests">How many requests at the end of the schedule count, at least 1.</param>
    public double MeanCost(int splitPoint, int lastRequests) => costs[splitPoint].AsSpan(costs[splitPoint].Length - lastRequests).ToArray().Average();

    /// <summary>The fixed split of least mean cost over the last requests. On a tie the one that was masked on the fewest requests, then the shallowest: a
    /// masked split that always runs as its neighbour is not called the best.</summary>
    /// <param name="lastRequests">How many requests at the end of the schedule count, at least 1.</param>
    public int Best(int lastRequests) => Enumerable.Range(0, costs.Length).MinBy(k => (MeanCost(k, lastRequests), fallbacks[k]));
}
