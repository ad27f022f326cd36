namespace EdgeSplit.Agents.Learning;

/// <summary>An agent that chooses one of finitely many actions and learns from transitions: what all learners of this library have in common.</summary>
/// <remarks>
/// <para>Seeded: every draw is addressed by (seed, number of the act, lane), so equal seeds and equal transitions give equal agents, bit for bit. An agent owns its buffers; in the steady
/// state neither acting nor learning allocates. One instance per thread.</para>
/// <para>Observations and rewards must be finite; where one is not, <see cref="Act"/> and <see cref="Learn"/> throw before anything is changed, so the training state is kept.</para>
/// </remarks>
public interface IAgent : ISavedAgent
{
    /// <summary>Entries d of an observation.</summary>
    int ObservationLength { get; }

    /// <summary>Number A of actions.</summary>
    int ActionCount { get; }

    /// <summary>Transitions learned from.</summary>
    long StepCount { get; }

    /// <summary>Chooses an action in each of n lanes.</summary>
    /// <param name="observations">What is seen; shape [n x d]. Finite.</param>
    /// <param name="masks">What is allowed, at least one action per lane; shape [n x A].</param>
    /// <param name="actions">Receives the actions; shape [n].</param>
    /// <param name="propensities">Receives the probability with which each was chosen, in (0, 1]; shape [n].</param>
    /// <param name="explore">True while learning; false for the best action known, with propensity 1, and no draw.</param>
    /// <exception cref="ArgumentException">An observation is not finite, or a lane has nothing allowed; the message names lane and entry.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A span has another length.</exception>
    void Act(ReadOnlySpan<double> observations, ReadOnlySpan<bool> masks, Span<int> actions, Span<double> propensities, bool explore = true);

    /// <summary>Learns from what came of the actions.</summary>
    /// <param name="transitions">One transition per lane.</param>
    /// <exception cref="ArgumentException">A reward or observation is not finite, or an action was masked; nothing is learned, and the message names the lane.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A span has another length.</exception>
    void Learn(in TransitionBatch transitions);
}
