using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Simulation;

namespace EdgeSplit.Agents.Policies;

/// <summary>Reference: knows the true world and the true present state (mean SNR, fading block, jobs on the server), and takes the split of least expected cost over the futures that are still possible.</summary>
/// <remarks>
/// <para>What it does not know is what no policy can: later fading, later load, and the length of the answer, for which it takes the expected number of tokens
/// (costs are nearly affine in it). The expectation is a mean over simulated futures that share the present, the same for every split.</para>
/// <para>Of the splits between two ends only a few are simulated, and those whose first future costs far more than the cheapest see no other. It looks one turn ahead: that
/// a KV cache will lie right for later turns is not valued beyond this turn. Where a missed latency limit is penalised, costs are not even nearly affine in the
/// length of the answer, and the expected length is an approximation.</para>
/// <para>Not a policy that could be deployed. Learning targets refer to it.</para>
/// </remarks>
public sealed class StateOracle : ISplitPolicy
{
    // By the nominal link; the present fading block may be far better or worse than that.
    private const double NominalScreeningFactor = 10;
    private const double FutureScreeningFactor = 1.5;

    private readonly World world;
    private readonly Belief belief;
    private readonly Belief?[] truths; // one per regime
    private readonly TurnSimulator simulator;
    private readonly SplitTotals totals;
    private readonly double[] screened;
    private readonly double[] expected;
    private readonly bool[] isCandidate;
    private readonly int futures;

    /// <summary>Creates the oracle of a world.</summary>
    /// <param name="world">The world whose truth it knows.</param>
    /// <param name="futures">Simulated futures per decision, at least 1.</param>
    public StateOracle(World world, int futures = 4)
    {
        ArgumentNullException.ThrowIfNull(world);
        this.world = world;
        this.futures = Guard.AtLeast(futures, 1);
        belief = new Belief(world.Scenario);
        truths = new Belief?[world.Regimes];
        simulator = new TurnSimulator(world);
        totals = new SplitTotals(world.Truth.Layers);
        screened = new double[world.Truth.Layers + 1];
        expected = new double[world.Truth.Layers + 1];
        isCandidate = new bool[world.Truth.Layers + 1];
    }

    /// <inheritdoc/>
    public string Name => "state-oracle";

    /// <summary>Expected cost by split of the last decision, seconds-equivalent; infinity for splits that were masked or screened out.</summary>
    public ReadOnlySpan<double> ExpectedCosts => expected;

    /// <inheritdoc/>
    public Decision Decide(DecisionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var observation = context.Observation;
        var objective = world.Scenario.Objective;
        ref readonly var turn = ref world.Schedule.Turns[context.Request];
        var errors = world.ErrorsAt(context.Request);
        var present = observation with
        {
            ChannelEstimateDb = turn.LevelDb - errors.LinkBiasDb,
            ReportedServerJobs = world.Server(context.Request).JobsAt(0) * errors.ServerLoadFactor,
        };
        var truth = truths[world.RegimeAt(context.Request)] ??= new Belief(world.Scenario with { System = world.TruthAt(context.Request).System });
        truth.Predict(present, observation.ExpectedOutputTokens, totals);
        var best = objective.Best(world.TruthAt(context.Request), totals, screened);
        if (best < 0)
        {
            return new Decision(-1, 1);
        }

        for (var k = 0; k < expected.Length; k++)
        {
            isCandidate[k] = context.IsFeasible(k) && screened[k] <= NominalScreeningFactor * screened[best];
            expected[k] = isCandidate[k] ? 0 : double.PositiveInfinity;
        }

        ThinOut(best, observation.CacheSplitPoint);
        for (var future = 1; future <= futures; future++)
        {
            simulator.Select(context.Request, future);
            for (var k = 0; k < expected.Length; k++)
            {
                if (isCandidate[k])
                {
                    expected[k] += simulator.Cost(k, belief.Plan(observation, k, Math.Round(observation.ExpectedOutputTokens))) / futures;
                }
            }

            if (future == 1)
            {
                DropFarAboveLeast();
            }
        }

        var chosen = best;
        for (var k = 0; k < expected.Length; k++)
        {
            if (expected[k] < expected[chosen])
            {
                chosen = k;
            }
        }

        return new Decision(chosen, 1);
    }

    /// <inheritdoc/>
    public void Learn(in Experience experience)
    {
    }

    private void DropFarAboveLeast()
    {
        var least = double.PositiveInfinity;
        foreach (var cost in expected)
        {
            least = Math.Min(least, cost);
        }

        for (var k = 0; k < expected.Length; k++)
        {
            if (expected[k] > FutureScreeningFactor * least)
            {
                isCandidate[k] = false;
                expected[k] = double.PositiveInfinity;
            }
        }
    }

    // Between two ends of a run of middle splits the cost is nearly affine but for a corner where the cache lies: of a long run of candidates
    // its ends, its best, its middle and the cache's place are kept.
    private void ThinOut(int best, int cacheAt)
    {
        for (var k = 1; k < expected.Length - 2;)
        {
            if (!isCandidate[k])
            {
                k++;
                continue;
            }

            var end = k;
            while (end + 1 < expected.Length - 1 && isCandidate[end + 1])
            {
                end++;
            }

            var middle = (k + end) / 2;
            for (var inner = k + 1; inner < end; inner++)
            {
                if (inner != best && inner != middle && inner != cacheAt)
                {
                    isCandidate[inner] = false;
                    expected[inner] = double.PositiveInfinity;
                }
            }

            k = end + 1;
        }
    }
}
