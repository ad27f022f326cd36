namespace EdgeSplit.Core.Wireless.Fading;

/// <summary>How a channel differs over its band: an exponential power delay profile seen in equal subbands, and how their SNRs become one.</summary>
/// <remarks>Immutable, so safe to share between threads; a <c>with</c> expression is checked like a construction.</remarks>
public sealed record FrequencySelectivity
{
    /// <summary>Root mean square delay spread, seconds.</summary>
    /// <value>In (0, 1e-3]; a street has some 0.1 to 0.4 microseconds.</value>
    public required double RmsDelaySpreadSeconds { get; init => field = Guard.InRange(value, double.Epsilon, 1e-3, nameof(RmsDelaySpreadSeconds)); }

    /// <summary>Number of subbands.</summary>
    /// <value>In [2, 1024]; default 12.</value>
    public int Subbands { get; init => field = Guard.InRange(value, 2, 1024, nameof(Subbands)); } = 12;

    /// <summary>Parameter beta of the exponential effective SINR mapping, linear.</summary>
    /// <value>Positive and at most 1e4. Where none is given, the SNR of equal mean capacity is taken: what a code over all subbands reaches.</value>
    public double? EesmBeta { get; init => field = value is { } beta ? Guard.InRange(beta, double.Epsilon, 1e4, nameof(EesmBeta)) : null; }
}
