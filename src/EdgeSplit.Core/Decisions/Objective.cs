using EdgeSplit.Core.Placements;

namespace EdgeSplit.Core.Decisions;

/// <summary>Turns an outcome into one positive cost in seconds-equivalent with a true zero; rewards are its negative.</summary>
/// <remarks>A pure function of outcome and weights, so that weights can change after learning without new data. Immutable.</remarks>
public sealed record Objective
{
    private readonly double latencyWeight = 1;
    private readonly double deviceJouleSeconds;
    private readonly double serverGpuSecondSeconds;
    private readonly double qualityNatSeconds;
    private readonly double leakageSeconds;
    private readonly double latencyLimitSeconds = double.PositiveInfinity;
    private readonly double missedLimitPenaltySeconds;
    private readonly double timeOutPenaltySeconds = 3600;

    /// <summary>Cost of one second of latency, at least 0.</summary>
    /// <value>The default value is 1.</value>
    public double LatencyWeight { get => latencyWeight; init => latencyWeight = Guard.NonNegative(value); }

    /// <summary>Cost of one joule of device energy above idle, seconds, at least 0.</summary>
    /// <value>The default value is 0.</value>
    public double DeviceJouleSeconds { get => deviceJouleSeconds; init => deviceJouleSeconds = Guard.NonNegative(value); }

    /// <summary>Cost of one second of the whole server, seconds, at least 0.</summary>
    /// <value>The default value is 0.</value>
    public double ServerGpuSecondSeconds { get => serverGpuSecondSeconds; init => serverGpuSecondSeconds = Guard.NonNegative(value); }

    /// <summary>Cost of a rise of the negative log-likelihood by one nat per token, seconds, at least 0.</summary>
    /// <value>The default value is 0.</value>
    public double QualityNatSeconds { get => qualityNatSeconds; init => qualityNatSeconds = Guard.NonNegative(value); }

    /// <summary>Cost of a token recovery rate of 1, seconds, at least 0.</summary>
    /// <value>The default value is 0.</value>
    public double LeakageSeconds { get => leakageSeconds; init => leakageSeconds = Guard.NonNegative(value); }

    /// <summary>Latency above which the penalty is due, seconds, positive.</summary>
    /// <value>The default value is infinity: no limit.</value>
    public double LatencyLimitSeconds { get => latencyLimitSeconds; init => latencyLimitSeconds = Guard.InRange(value, double.Epsilon, double.PositiveInfinity); }

    /// <summary>Penalty for missing the latency limit, seconds, at least 0.</summary>
    /// <value>The default value is 0.</value>
    public double MissedLimitPenaltySeconds { get => missedLimitPenaltySeconds; init => missedLimitPenaltySeconds = Guard.NonNegative(value); }

    /// <summary>Penalty for a request that timed out, on top of what it cost until then, seconds, at least 0: an answer that never comes must not be cheaper than one that comes late.</summary>
    /// <value>The default value is 3600.</value>
    public double TimeOutPenaltySeconds { get => timeOutPenaltySeconds; init => timeOutPenaltySeconds = Guard.NonNegative(value); }

    /// <summary>The cost of an outcome, seconds-equivalent.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A part is NaN, infinite or negative.</exception>
    /// <param name="outcome">The outcome, predicted or measured.</param>
    public double Cost(in SplitBreakdown outcome) =>
        Cost(outcome.Latency.TotalSeconds, outcome.Energy.DeviceJoules, outcome.Energy.ServerGpuSeconds, outcome.NegativeLogLikelihoodIncrease, outcome.TokenRecoveryRate)
        + (outcome.IsTimedOut ? TimeOutPenaltySeconds : 0);

    /// <summary>The cost of an outcome given by its parts.</summary>
    /// <param name="latencySeconds">End-to-end latency, seconds.</param>
    /// <param name="deviceJoules">Device energy above idle, joules.</param>
    /// <param name="serverGpuSeconds">Server compute, seconds.</param>
    /// <param name="negativeLogLikelihoodIncrease">Quality loss, nats per token.</param>
    /// <param name="tokenRecoveryRate">Leakage, 0..1.</param>
    /// <returns>The cost, seconds-equivalent.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A part is NaN, infinite or negative.</exception>
    public double Cost(double latencySeconds, double deviceJoules, double serverGpuSeconds, double negativeLogLikelihoodIncrease, double tokenRecoveryRate) => Sum(
        Guard.NonNegative(latencySeconds),
        Guard.NonNegative(deviceJoules),
        Guard.NonNegative(serverGpuSeconds),
        Guard.NonNegative(negativeLogLikelihoodIncrease),
        Guard.NonNegative(tokenRecoveryRate));

    /// <summary>The split of least cost among the feasible ones of a prediction.</summary>
    /// <param name="profile">Gives quality and leakage by split.</param>
    /// <param name="totals">Predicted totals and mask.</param>
    /// <param name="costs">Receives the cost of every split, infinity where infeasible; shape [L + 1].</param>
    /// <returns>The smallest split point among the cheapest; -1 where none is feasible.</returns>
    public int Best(SplitProfile profile, SplitTotals totals, Span<double> costs)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(totals);
        Guard.SameLength(costs.Length, totals.Layers + 1);
        var quality = profile.NegativeLogLikelihoodIncrease;
        var leakage = profile.TokenRecoveryRate;
        var best = -1;
        for (var k = 0; k < costs.Length; k++)
        {
            costs[k] = totals.Infeasibility[k] == SplitInfeasibility.None
                ? Sum(totals.LatencySeconds(k), totals.DeviceJoules[k], totals.ServerGpuSeconds[k], quality[k], leakage[k])
                : double.PositiveInfinity;
            if (costs[k] < (best < 0 ? double.PositiveInfinity : costs[best]))
            {
                best = k;
            }
        }

        return best;
    }

    private double Sum(double latencySeconds, double deviceJoules, double serverGpuSeconds, double negativeLogLikelihoodIncrease, double tokenRecoveryRate) =>
        (LatencyWeight * latencySeconds)
        + (DeviceJouleSeconds * deviceJoules)
        + (ServerGpuSecondSeconds * serverGpuSeconds)
        + (QualityNatSeconds * negativeLogLikelihoodIncrease)
        + (LeakageSeconds * tokenRecoveryRate)
        + (latencySeconds <= LatencyLimitSeconds ? 0 : MissedLimitPenaltySeconds);
}
