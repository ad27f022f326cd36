namespace EdgeSplit.Agents.Environments;

/// <summary>A decision process with the meanings of Gymnasium: reset, then steps until an episode is terminated or truncated.</summary>
/// <remarks>
/// <para>Terminated: the process itself has ended, so nothing is to come and no value may be bootstrapped from the last observation. Truncated: an outside
/// limit cut the episode, and the value of the last observation still counts. A step sets at most one of the two; after either, only <see cref="Reset"/> may follow.</para>
/// <para>Deterministic: an equal seed and equal actions give equal observations, rewards, flags and infos, bit for bit. Nothing is drawn from a clock or a
/// global generator. <see cref="EnvironmentContract"/> checks an implementation and says what to fix.</para>
/// <para>One instance per thread.</para>
/// <para>Source: Farama Gymnasium 1.4.0, <c>Env.reset</c> and <c>Env.step</c>; the mask is that of its <c>info["action_mask"]</c>.</para>
/// </remarks>
public interface IEnvironment
{
    /// <summary>Where observations lie.</summary>
    BoxSpace ObservationSpace { get; }

    /// <summary>The actions.</summary>
    DiscreteSpace ActionSpace { get; }

    /// <summary>Which actions the next step allows; shape [<see cref="DiscreteSpace.Count"/>]. Valid until the next call.</summary>
    /// <remarks>At least one action is allowed while an episode runs. After a truncation it belongs to the last observation; of no meaning before the first reset and after a termination.</remarks>
    ReadOnlySpan<bool> ActionMask { get; }

    /// <summary>Starts an episode.</summary>
    /// <param name="seed">The seed of all that is random from here on; where omitted, the environment goes on with a seed derived from the last one
    /// (from seed 0 if there was none).</param>
    /// <returns>The first observation and what is known about it.</returns>
    ResetResult Reset(ulong? seed = null);

    /// <summary>Takes one action.</summary>
    /// <param name="action">The action, allowed by <see cref="ActionMask"/>.</param>
    /// <returns>What came of it.</returns>
    /// <exception cref="InvalidOperationException">There was no reset, or the episode has ended.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The action is not one of the space.</exception>
    /// <exception cref="ArgumentException">The action is masked.</exception>
    StepResult Step(int action);
}
