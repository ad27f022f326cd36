using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Agents.Policies;

/// <summary>Any feasible split, each with equal probability; the draw is addressed by (seed, request).</summary>
public sealed class RandomSplit : ISplitPolicy
{
    private readonly StreamKey key;

    /// <summary>Creates a policy.</summary>
    /// <param name="seed">Seed of the draws.</param>
    public RandomSplit(ulong seed) => key = StreamKey.Create(seed, "policy/random");

    /// <inheritdoc/>
    public string Name => "random";

    /// <inheritdoc/>
    public Decision Decide(DecisionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var feasible = 0;
        foreach (var reason in context.Infeasibility)
        {
            feasible += reason == SplitInfeasibility.None ? 1 : 0;
        }

        if (feasible == 0)
        {
            return new Decision(-1, 1);
        }

        var random = new RandomSource(key, (ulong)context.Request);
        var skip = random.NextInt32(feasible);
        var split = 0;
        while (context.Infeasibility[split] != SplitInfeasibility.None || skip-- > 0)
        {
            split++;
        }

        return new Decision(split, 1.0 / feasible);
    }

    /// <inheritdoc/>
    public void Learn(in Experience experience)
    {
    }
}
