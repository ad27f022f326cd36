using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Core.Wireless.Traces;

/// <summary>Random start in a trace, so that users who share a recording do not see it in step.</summary>
public static class TraceOffset
{
    /// <summary>A start drawn uniformly from the recording: a pure function of key and entity.</summary>
    /// <remarks>Meant for traces that wrap; one that holds or stops has only the rest of the recording left from there.</remarks>
    /// <param name="trace">The trace.</param>
    /// <param name="key">Stream of the draw; give it a name of its own.</param>
    /// <param name="entity">Whose start it is, for example the number of the device.</param>
    /// <returns>Seconds from the start of the recording, in (0, <see cref="ICapacityTrace.DurationSeconds"/>).</returns>
    /// <exception cref="ArgumentNullException">The trace is null.</exception>
    public static double Uniform(ICapacityTrace trace, StreamKey key, ulong entity)
    {
        ArgumentNullException.ThrowIfNull(trace);
        return new RandomSource(key, entity).NextUniform() * trace.DurationSeconds;
    }
}
