namespace EdgeSplit.Agents.Learning;

/// <summary>What came of one action in each of n lanes. A lane is one stream of transitions: where an episode has not ended, the next batch's transition of the same lane follows on it.</summary>
/// <remarks>Spans into the caller's buffers, valid during the call. Shapes are row-major; d observation entries, A actions.</remarks>
public readonly ref struct TransitionBatch
{
    /// <summary>Number n of lanes.</summary>
    public int Count => Actions.Length;

    /// <summary>What was seen; shape [n x d].</summary>
    public required ReadOnlySpan<double> Observations { get; init; }

    /// <summary>What was allowed; shape [n x A].</summary>
    public required ReadOnlySpan<bool> Masks { get; init; }

    /// <summary>What was done; shape [n].</summary>
    public required ReadOnlySpan<int> Actions { get; init; }

    /// <summary>With which probability the agent did it, in (0, 1]; shape [n].</summary>
    public required ReadOnlySpan<double> Propensities { get; init; }

    /// <summary>What it earned; shape [n]. Finite.</summary>
    public required ReadOnlySpan<double> Rewards { get; init; }

    /// <summary>What was seen next: the true successor, also where the episode has ended and another has begun; shape [n x d]. Of no meaning where terminated.</summary>
    public required ReadOnlySpan<double> NextObservations { get; init; }

    /// <summary>What would be allowed there; shape [n x A]. Of no meaning where terminated.</summary>
    public required ReadOnlySpan<bool> NextMasks { get; init; }

    /// <summary>Where the process itself has ended: nothing is bootstrapped; shape [n].</summary>
    public required ReadOnlySpan<bool> Terminated { get; init; }

    /// <summary>Where an outside limit cut the episode: bootstrapped from <see cref="NextObservations"/>, and the trace ends; shape [n].</summary>
    public required ReadOnlySpan<bool> Truncated { get; init; }
}
