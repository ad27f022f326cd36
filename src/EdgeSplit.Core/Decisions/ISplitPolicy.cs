using EdgeSplit.Core.Placements;

namespace EdgeSplit.Core.Decisions;

/// <summary>Chooses a split for each turn. Implement this to bring a policy of your own.</summary>
/// <remarks>One instance serves one simulated run and is called from one thread. It must be deterministic given its construction: draws come from a
/// <see cref="Randomness.RandomSource"/> addressed by the request, never from elsewhere.</remarks>
public interface ISplitPolicy
{
    /// <summary>Name in tables.</summary>
    string Name { get; }

    /// <summary>Chooses a feasible split.</summary>
    /// <param name="context">What is known; valid only during the call.</param>
    /// <returns>A feasible split and its propensity.</returns>
    Decision Decide(DecisionContext context);

    /// <summary>Told when a request that this policy decided is finished, in order of completion.</summary>
    /// <param name="experience">What was seen, decided and measured.</param>
    void Learn(in Experience experience);
}

/// <summary>What a policy is given when it decides: the observation, the public belief's prediction and the mask. The truth is not here.</summary>
/// <remarks>Reused from call to call; copy what must outlive the call.</remarks>
public sealed class DecisionContext
{
    /// <summary>Creates a context around a belief's buffers.</summary>
    /// <param name="belief">Receives the belief's prediction before each decision.</param>
    /// <exception cref="ArgumentNullException"><paramref name="belief"/> is null.</exception>
    public DecisionContext(SplitTotals belief)
    {
        ArgumentNullException.ThrowIfNull(belief);
        Belief = belief;
    }

    /// <summary>Index of the request in the schedule: the address for a policy's own random draws.</summary>
    public int Request { get; private set; }

    /// <summary>Index of the conversation.</summary>
    public int Conversation { get; private set; }

    /// <summary>What the device sees.</summary>
    public Observation Observation { get; private set; }

    /// <summary>The belief's prediction for every split, at the expected number of output tokens, KV migration included; and the mask.</summary>
    public SplitTotals Belief { get; }

    /// <summary>Why each split may not be chosen; shape [L + 1].</summary>
    public ReadOnlySpan<SplitInfeasibility> Infeasibility => Belief.Infeasibility;

    /// <summary>Sets the situation of the next decision.</summary>
    /// <param name="request">Index of the request.</param>
    /// <param name="conversation">Index of the conversation.</param>
    /// <param name="observation">What the device sees.</param>
    public void Set(int request, int conversation, in Observation observation)
    {
        Request = request;
        Conversation = conversation;
        Observation = observation;
    }

    /// <summary>Whether a split may be chosen.</summary>
    /// <param name="splitPoint">The split point, 0..L.</param>
    public bool IsFeasible(int splitPoint) => Belief.Infeasibility[splitPoint] == SplitInfeasibility.None;
}
