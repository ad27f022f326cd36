namespace EdgeSplit.Agents.Surrogates;

/// <summary>The parts of an outcome that a surrogate predicts, each as a factor on the public profile's prediction.</summary>
public enum OutcomeHead
{
    /// <summary>Device compute, seconds.</summary>
    DeviceSeconds,

    /// <summary>Exposed link time, seconds.</summary>
    NetworkSeconds,

    /// <summary>Server queue and compute, seconds.</summary>
    ServerSeconds,

    /// <summary>Device energy above idle, joules.</summary>
    DeviceJoules,

    /// <summary>Server compute, seconds of the whole server.</summary>
    ServerGpuSeconds,

    /// <summary>End-to-end latency, seconds: for its distribution, which that of its parts does not give, since they depend on each other.</summary>
    LatencySeconds,
}
