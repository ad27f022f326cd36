namespace EdgeSplit.Agents.Environments;

/// <summary>N decision processes stepped together, with the meanings of <see cref="IEnvironment"/> and same-step autoreset: an environment whose episode has ended starts the next one
/// within the same step.</summary>
/// <remarks>
/// <para>The observation that a step writes for such an environment is the first of the next episode; the last one of the episode that ended goes to <c>finalObservations</c>. So no
/// step is a fake one that a learner would have to skip, and the value of a truncated episode is bootstrapped from the right place.</para>
/// <para>Buffers belong to the caller; a step allocates nothing unless the implementation says so. Deterministic as <see cref="IEnvironment"/>: environment i of a batch seeded with s
/// does what a single environment seeded with s + i does. One instance per thread.</para>
/// <para>Source: Farama Gymnasium 1.4.0, <c>VectorEnv</c> with <c>AutoresetMode.SAME_STEP</c>.</para>
/// </remarks>
public interface IBatchedEnvironment
{
    /// <summary>Number N of environments.</summary>
    int Count { get; }

    /// <summary>Where the observation of one environment lies.</summary>
    BoxSpace ObservationSpace { get; }

    /// <summary>The actions of one environment.</summary>
    DiscreteSpace ActionSpace { get; }

    /// <summary>Starts all environments anew.</summary>
    /// <param name="seed">Environment i is seeded with seed + i; where omitted, with seeds that go on from those of the last reset (from 0 if there was none).</param>
    /// <param name="observations">Receives the first observations; shape [N x fields].</param>
    /// <param name="mask">Receives the allowed actions; shape [N x actions].</param>
    /// <exception cref="ArgumentOutOfRangeException">A buffer has another length.</exception>
    void Reset(ulong? seed, Span<double> observations, Span<bool> mask);

    /// <summary>Takes one action in every environment.</summary>
    /// <param name="actions">The actions, allowed by the mask last written; shape [N].</param>
    /// <param name="observations">Receives the next observations, of the next episode where one has ended; shape [N x fields].</param>
    /// <param name="rewards">Receives the rewards, finite; shape [N].</param>
    /// <param name="terminated">Receives whether the process itself has ended; shape [N].</param>
    /// <param name="truncated">Receives whether an outside limit cut the episode; shape [N]. Never together with terminated.</param>
    /// <param name="mask">Receives the actions allowed next; shape [N x actions].</param>
    /// <param name="finalObservations">Receives the last observation of the episodes that have ended, and leaves the other rows alone; shape [N x fields], or empty.</param>
    /// <param name="finalMask">Receives the actions that would be allowed after a truncated episode's last observation, and leaves the other rows alone; shape [N x actions], or empty.</param>
    /// <exception cref="ArgumentOutOfRangeException">A buffer has another length, or an action is not one of the space; nothing has been stepped.</exception>
    /// <exception cref="ArgumentException">An action is masked; nothing has been stepped.</exception>
    /// <exception cref="InvalidOperationException">There was no reset.</exception>
    void Step(
        ReadOnlySpan<int> actions,
        Span<double> observations,
        Span<double> rewards,
        Span<bool> terminated,
        Span<bool> truncated,
        Span<bool> mask,
        Span<double> finalObservations = default,
        Span<bool> finalMask = default);
}
