using EdgeSplit.Core.Placements;

namespace EdgeSplit.Agents.ModelBased;

/// <summary>What a long-term limit bounds.</summary>
public enum LimitedQuantity
{
    /// <summary>The share of requests whose latency exceeds <see cref="LongTermLimit.LatencySeconds"/>.</summary>
    LateShare,

    /// <summary>Device energy above idle per request, joules.</summary>
    DeviceJoules,
}

/// <summary>How the price of a limit follows from how far it was kept.</summary>
public enum LimitMethod
{
    /// <summary>Dual ascent on the Lagrangian with a decreasing step: the price settles where the limit is just kept.</summary>
    Lagrangian,

    /// <summary>A virtual queue (drift plus penalty): the price is the sum of all excess so far, so that the average over all requests returns to the limit whatever the world did before.</summary>
    VirtualQueue,
}

/// <summary>A limit on an average over requests, e.g. a 95th percentile of latency (5 % of the requests may be late) or an energy budget. Immutable.</summary>
/// <remarks>Sources: E. Altman, <i>Constrained Markov Decision Processes</i>, 1999; M. Neely, <i>Stochastic Network Optimization</i>, 2010.</remarks>
public sealed record LongTermLimit
{
    private LongTermLimit(LimitedQuantity quantity, double bound, double latencySeconds)
    {
        Quantity = quantity;
        Bound = bound;
        LatencySeconds = latencySeconds;
    }

    /// <summary>A percentile of latency: at most a share 1 - <paramref name="probability"/> of the requests may take longer.</summary>
    /// <param name="latencySeconds">The latency, seconds, positive.</param>
    /// <param name="probability">The percentile as a probability, in (0, 1); 0.95 for p95.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static LongTermLimit LatencyPercentile(double latencySeconds, double probability = 0.95) =>
        new(LimitedQuantity.LateShare, 1 - Guard.InRange(probability, 1e-6, 1 - 1e-6), Guard.Positive(latencySeconds));

    /// <summary>The share of requests that may miss a deadline.</summary>
    /// <param name="deadlineSeconds">The deadline, seconds, positive.</param>
    /// <param name="share">The share that may miss it, in (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static LongTermLimit DeadlineMisses(double deadlineSeconds, double share) =>
        new(LimitedQuantity.LateShare, Guard.InRange(share, 1e-6, 1 - 1e-6), Guard.Positive(deadlineSeconds));

    /// <summary>A budget of device energy above idle.</summary>
    /// <param name="joulesPerRequest">The budget per request, joules, positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">The budget is not positive and finite.</exception>
    public static LongTermLimit EnergyBudget(double joulesPerRequest) => new(LimitedQuantity.DeviceJoules, Guard.Positive(joulesPerRequest), double.PositiveInfinity);

    /// <summary>What is bounded.</summary>
    public LimitedQuantity Quantity { get; }

    /// <summary>The bound on its average: a share, or joules.</summary>
    public double Bound { get; }

    /// <summary>The latency beyond which a request is late, seconds; infinity for limits on energy.</summary>
    public double LatencySeconds { get; }

    /// <summary>How the price is set.</summary>
    /// <value>The default value is <see cref="LimitMethod.Lagrangian"/>.</value>
    public LimitMethod Method { get; init; } = LimitMethod.Lagrangian;

    /// <summary>What a request took of the limited quantity.</summary>
    /// <param name="outcome">The outcome.</param>
    public double Of(in SplitBreakdown outcome) => Quantity == LimitedQuantity.DeviceJoules ? outcome.Energy.DeviceJoules
        : outcome.IsTimedOut || outcome.Latency.TotalSeconds > LatencySeconds ? 1 : 0;
}
