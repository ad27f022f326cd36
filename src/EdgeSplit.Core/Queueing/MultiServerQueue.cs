namespace EdgeSplit.Core.Queueing;

/// <summary>The M/M/c queue: Poisson arrivals, exponential services, c equal servers, one line, first come first served.</summary>
/// <remarks>
/// <para>With offered load a = lambda / mu (in erlang), Erlang B follows from B_k = a B_(k-1) / (k + a B_(k-1)), B_0 = 1; Erlang C, the probability
/// of having to wait, is B / (1 - (a/c)(1 - B)); the mean wait is C / (c mu - lambda). The cost is O(c).</para>
/// <para>A queue with lambda at or above c mu has no steady state: everybody waits, and waits and numbers are positive infinity.</para>
/// <para>Immutable, so safe to share between threads. Source: A. K. Erlang, "Solution of some problems in the theory of probabilities of significance
/// in automatic telephone exchanges", Post Office Electrical Engineers' Journal 10, 1918, pp. 189-197.</para>
/// </remarks>
/// <param name="ArrivalsPerSecond">Arrival rate lambda, 1/s, at least 0.</param>
/// <param name="ServicesPerSecond">Service rate mu of one busy server, 1/s, positive.</param>
/// <param name="Servers">Number of servers c, at least 1.</param>
/// <exception cref="ArgumentOutOfRangeException">A parameter is NaN, infinite or out of range.</exception>
public sealed record MultiServerQueue(double ArrivalsPerSecond, double ServicesPerSecond, int Servers)
{
    /// <summary>Arrival rate lambda, 1/s.</summary>
    public double ArrivalsPerSecond { get; } = Guard.NonNegative(ArrivalsPerSecond);

    /// <summary>Service rate mu of one busy server, 1/s.</summary>
    public double ServicesPerSecond { get; } = Guard.Positive(ServicesPerSecond);

    /// <summary>Number of servers c.</summary>
    public int Servers { get; } = Guard.AtLeast(Servers, 1);

    /// <summary>Utilisation rho = lambda / (c mu).</summary>
    public double Utilization => ArrivalsPerSecond / ServicesPerSecond / Servers;

    /// <summary>Whether the queue has a steady state: lambda below c mu.</summary>
    public bool IsStable => SparePerSecond > 0;

    /// <summary>The probability that an arrival finds every server busy and waits, Erlang C; 1 for an unstable queue.</summary>
    public double WaitProbability => ErlangC(ArrivalsPerSecond / ServicesPerSecond, Servers);

    /// <summary>Mean time from arrival to the start of service, seconds; positive infinity for an unstable queue.</summary>
    public double MeanWaitSeconds => IsStable ? WaitProbability / SparePerSecond : double.PositiveInfinity;

    /// <summary>Mean time from arrival to the end of service, seconds; positive infinity for an unstable queue.</summary>
    public double MeanSojournSeconds => MeanWaitSeconds + (1.0 / ServicesPerSecond);

    /// <summary>Mean number of waiting customers, by Little's law; positive infinity for an unstable queue.</summary>
    public double MeanNumberWaiting => IsStable ? ArrivalsPerSecond * MeanWaitSeconds : double.PositiveInfinity;

    /// <summary>Mean number of customers waiting or in service, by Little's law; positive infinity for an unstable queue.</summary>
    public double MeanNumberInSystem => IsStable ? ArrivalsPerSecond * MeanSojournSeconds : double.PositiveInfinity;

    private double SparePerSecond => (Servers * ServicesPerSecond) - ArrivalsPerSecond;

    /// <summary>The probability of waiting longer than a time: C e^(-(c mu - lambda) t); 1 for an unstable queue.</summary>
    /// <param name="waitSeconds">The time, seconds, at least 0, finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is NaN, infinite or negative.</exception>
    public double WaitTailProbability(double waitSeconds)
    {
        Guard.NonNegative(waitSeconds);
        return IsStable ? WaitProbability * Math.Exp(-SparePerSecond * waitSeconds) : 1.0;
    }

    /// <summary>Erlang B: the fraction of arrivals lost by c servers without a line (M/M/c/c, and by insensitivity M/G/c/c).</summary>
    /// <param name="offeredErlangs">Offered load lambda / mu, erlang, at least 0; may exceed the number of servers.</param>
    /// <param name="servers">Number of servers, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is NaN, infinite or out of range.</exception>
    public static double ErlangB(double offeredErlangs, int servers)
    {
        Guard.NonNegative(offeredErlangs);
        Guard.AtLeast(servers, 1);
        var blocking = 1.0;
        for (var k = 1; k <= servers; k++)
        {
            var flow = offeredErlangs * blocking;
            blocking = flow / (k + flow);
        }

        return blocking;
    }

    /// <summary>Erlang C: the probability that an arrival at the M/M/c queue waits; 1 where the load reaches the number of servers.</summary>
    /// <param name="offeredErlangs">Offered load lambda / mu, erlang, at least 0.</param>
    /// <param name="servers">Number of servers, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is NaN, infinite or out of range.</exception>
    public static double ErlangC(double offeredErlangs, int servers)
    {
        var blocking = ErlangB(offeredErlangs, servers);
        var utilization = offeredErlangs / servers;
        return utilization < 1.0 ? blocking / ((1.0 - utilization) + (utilization * blocking)) : 1.0;
    }
}
