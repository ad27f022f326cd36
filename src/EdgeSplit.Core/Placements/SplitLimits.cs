namespace EdgeSplit.Core.Placements;

/// <summary>Hard limits that mask a split before anything runs. Limits that only a run can miss (latency, energy) belong to the objective.</summary>
public sealed record SplitLimits
{
    /// <summary>No limits.</summary>
    public static SplitLimits None { get; } = new();

    private readonly double maximumTokenRecoveryRate = 1;
    private readonly double maximumNegativeLogLikelihoodIncrease = double.PositiveInfinity;

    /// <summary>The privacy limit: the largest token recovery rate of what crosses, in [0, 1].</summary>
    /// <value>The default value is 1: no limit.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is NaN or out of [0, 1].</exception>
    public double MaximumTokenRecoveryRate
    {
        get => maximumTokenRecoveryRate;
        init => maximumTokenRecoveryRate = Guard.InRange(value, 0, 1);
    }

    /// <summary>The quality limit: the largest rise of the negative log-likelihood per token, nats, at least 0.</summary>
    /// <value>The default value is infinity: no limit.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is NaN or negative.</exception>
    public double MaximumNegativeLogLikelihoodIncrease
    {
        get => maximumNegativeLogLikelihoodIncrease;
        init => maximumNegativeLogLikelihoodIncrease = Guard.InRange(value, 0, double.PositiveInfinity);
    }
}
