using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Placements;

namespace EdgeSplit.Agents.Policies;

/// <summary>Always the same split. Where it is masked for a request, the nearest feasible one, the deeper on a tie.</summary>
public sealed class FixedSplit : ISplitPolicy
{
    private readonly int splitPoint;

    /// <summary>Creates a policy for split <paramref name="splitPoint"/>.</summary>
    /// <param name="splitPoint">The split point, at least 0.</param>
    /// <param name="name">Name in tables; "fixed k=…" where omitted.</param>
    public FixedSplit(int splitPoint, string? name = null)
    {
        this.splitPoint = Guard.AtLeast(splitPoint, 0);
        Name = name ?? FormattableString.Invariant($"fixed k={splitPoint}");
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>All on the device.</summary>
    /// <param name="layers">Layers L of the model.</param>
    public static FixedSplit DeviceOnly(int layers) => new(layers, "device-only");

    /// <summary>All on the server: token ids cross.</summary>
    public static FixedSplit ServerOnly() => new(0, "server-only");

    /// <inheritdoc/>
    public Decision Decide(DecisionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new Decision(NearestFeasible(splitPoint, context.Infeasibility), 1);
    }

    /// <inheritdoc/>
    public void Learn(in Experience experience)
    {
    }

    /// <summary>The feasible split nearest to a wanted one, the deeper on a tie; -1 where none is feasible.</summary>
    /// <param name="wanted">The split wanted; beyond the last layer it means the last.</param>
    /// <param name="infeasibility">The mask; shape [L + 1].</param>
    public static int NearestFeasible(int wanted, ReadOnlySpan<SplitInfeasibility> infeasibility)
    {
        wanted = Math.Min(wanted, infeasibility.Length - 1);
        for (var distance = 0; distance < infeasibility.Length; distance++)
        {
            var deeper = wanted + distance;
            if (deeper >= 0 && deeper < infeasibility.Length && infeasibility[deeper] == SplitInfeasibility.None)
            {
                return deeper;
            }

            var shallower = wanted - distance;
            if (shallower >= 0 && shallower < infeasibility.Length && infeasibility[shallower] == SplitInfeasibility.None)
            {
                return shallower;
            }
        }

        return -1;
    }
}
