namespace EdgeSplit.Agents.Environments;

/// <summary>How much of a request's inner life a batched environment simulates.</summary>
public enum RequestPhysics
{
    /// <summary>Everything: fading and server load move within the request, which runs stage by stage and token by token, as in <see cref="SplitEnvironment"/>.</summary>
    Full,

    /// <summary>One state per request: the fading gain of its first block, for both directions, and the server's jobs as last reported hold until its end, so that its cost is a closed form.
    /// An order of magnitude faster.</summary>
    /// <remarks>A deep fade then holds for a whole prompt, which in truth outlives it: costs of splits that use the link have a heavy tail.
    /// Good for learning fast and for tests of agents; judge policies with <see cref="Full"/>.</remarks>
    CoherenceState,
}
