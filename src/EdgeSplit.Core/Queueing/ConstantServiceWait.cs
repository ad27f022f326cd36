namespace EdgeSplit.Core.Queueing;

/// <summary>The law of the wait in the M/D/1 queue: Poisson arrivals, one server, every service takes D seconds.</summary>
/// <remarks>
/// <para>Erlang's closed form, P(W &lt;= t) = (1 - rho) sum over k up to t/D of (-lambda (t - kD))^k / k! e^(lambda (t - kD)), alternates in sign
/// and loses every digit for long waits at high load. Here all terms are positive, so no digit is lost: with k = floor(t/D) + 1 and u = lambda (kD - t),
/// P(W &lt;= t) = e^(-u) sum over j &lt; k of Q_(k-1-j) u^j / j!, where Q_m is the probability of at most m waiting customers, and likewise
/// for the tail. The state probabilities follow from p_j = b_(j-1) p_0 + sum over i = 1..j of b_(j-i) p_i, b_n = P(Poisson(rho) &gt; n).</para>
/// <para>Beyond 64 services the exponential asymptote C e^(-theta t) takes over, theta D = z &gt; 0 the root of rho (e^z - 1) = z and
/// C = (1 - rho)/(rho + z - 1). Its relative error there is below 1e-14 for rho of at least 0.02; lighter loads have a tail below 1e-158.</para>
/// <para>An unstable queue (lambda at or above mu) keeps everybody waiting for ever: the tail is 1 at every time. Nothing is allocated;
/// one evaluation costs O((t/D)^2), at most some 10 microseconds. Immutable, so safe to share between threads.</para>
/// <para>Sources: G. J. Franx, "A simple solution for the M/D/c waiting time distribution", Operations Research Letters 29(5), 2001,
/// pp. 221-229; H. C. Tijms, <i>A First Course in Stochastic Models</i>, Wiley, 2003, sections 9.2 and 9.6.</para>
/// </remarks>
/// <param name="ArrivalsPerSecond">Arrival rate lambda, 1/s, at least 0.</param>
/// <param name="ServicesPerSecond">Service rate mu = 1/D, 1/s, positive.</param>
/// <exception cref="ArgumentOutOfRangeException">A parameter is NaN, infinite or out of range.</exception>
public sealed record ConstantServiceWait(double ArrivalsPerSecond, double ServicesPerSecond)
{
    private const int ExactServices = 64;

    /// <summary>Arrival rate lambda, 1/s.</summary>
    public double ArrivalsPerSecond { get; } = Guard.NonNegative(ArrivalsPerSecond);

    /// <summary>Service rate mu = 1/D, 1/s.</summary>
    public double ServicesPerSecond { get; } = Guard.Positive(ServicesPerSecond);

    private double Utilization => ArrivalsPerSecond / ServicesPerSecond;

    private double IdleFraction => (ServicesPerSecond - ArrivalsPerSecond) / ServicesPerSecond;

    /// <summary>The probability of waiting longer than a time, with full relative precision far into the tail.</summary>
    /// <param name="waitSeconds">The time, seconds, at least 0, finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is NaN, infinite or negative.</exception>
    public double TailProbability(double waitSeconds) => Evaluate(Guard.NonNegative(waitSeconds)).Tail;

    /// <summary>The probability of waiting at most a time; at 0 it is the probability of not waiting at all, 1 - rho.</summary>
    /// <param name="waitSeconds">The time, seconds, at least 0, finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is NaN, infinite or negative.</exception>
    public double CumulativeProbability(double waitSeconds) => Evaluate(Guard.NonNegative(waitSeconds)).Cumulative;

    private (double Cumulative, double Tail) Evaluate(double waitSeconds)
    {
        if (ArrivalsPerSecond >= ServicesPerSecond)
        {
            return (0.0, 1.0);
        }

        var services = waitSeconds * ServicesPerSecond;
        if (ArrivalsPerSecond == 0)
        {
            return (1.0, 0.0);
        }

        if (services >= ExactServices)
        {
            var tail = Asymptote(services);
            return (1.0 - tail, tail);
        }

        return FromStates(services);
    }

    private (double Cumulative, double Tail) FromStates(double services)
    {
        var (rho, idle) = (Utilization, IdleFraction);
        var k = (int)services + 1;
        Span<double> overshoot = stackalloc double[ExactServices + 2]; // b_n = P(Poisson(rho) > n)
        Span<double> further = stackalloc double[ExactServices + 2]; // B_n = b_n + b_(n+1) + ...
        FillOvershoots(rho, overshoot, further);

        Span<double> atMost = stackalloc double[ExactServices + 1]; // Q_m
        Span<double> more = stackalloc double[ExactServices + 1]; // 1 - Q_m
        Span<double> states = stackalloc double[ExactServices + 2]; // p_j
        states[0] = idle;
        var sum = idle;
        for (var j = 1; j <= k; j++)
        {
            var inflow = overshoot[j - 1] * idle;
            var excess = 0.0;
            for (var i = 1; i < j; i++)
            {
                inflow += overshoot[j - i] * states[i];
                excess += further[j + 1 - i] * states[i];
            }

            states[j] = inflow * Math.Exp(rho); // over 1 - b_0
            sum += states[j];
            atMost[j - 1] = sum;
            more[j - 1] = further[j] + ((excess + (further[1] * states[j])) / idle); // more than j in the system
        }

        var u = rho * (k - services);
        var (weight, cumulative, tail) = (Math.Exp(-u), 0.0, 0.0);
        for (var j = 0; j < k; j++)
        {
            cumulative += weight * atMost[k - 1 - j];
            tail += weight * more[k - 1 - j];
            weight *= u / (j + 1);
        }

        for (var j = k; weight > 1e-18 * tail && weight > 0; j++)
        {
            tail += weight; // more than k arrivals in what is left of the last service
            weight *= u / (j + 1);
        }

        return (Math.Min(1.0, cumulative), Math.Min(1.0, tail));
    }

    /// <summary>Poisson tails and their sums, both by adding positive terms from the far end.</summary>
    private static void FillOvershoots(double rho, Span<double> overshoot, Span<double> further)
    {
        var term = Math.Exp(-rho);
        for (var n = 0; n < overshoot.Length; n++)
        {
            term *= rho / (n + 1);
            overshoot[n] = term; // P(Poisson = n + 1)
        }

        // What lies beyond the array falls by a factor of more than 60 per term.
        var (beyond, beyondSum) = (0.0, 0.0);
        for (var n = 0; n < 10; n++)
        {
            term *= rho / (overshoot.Length + 1 + n);
            beyond += term;
            beyondSum += term * (n + 1);
        }

        for (var n = overshoot.Length - 1; n >= 0; n--)
        {
            beyond += overshoot[n];
            beyondSum += beyond;
            (overshoot[n], further[n]) = (beyond, beyondSum);
        }
    }

    private double Asymptote(double services)
    {
        var (rho, idle) = (Utilization, IdleFraction);
        var root = DecayPerService(idle / rho);
        return Math.Min(1.0, idle / (root - idle) * Math.Exp(-root * services));
    }

    /// <summary>The root z &gt; 0 of (e^z - 1 - z)/z = slack, slack = (1 - rho)/rho, by Newton's method from above (the function is convex).</summary>
    private static double DecayPerService(double slack)
    {
        // The function is at least z/2, and at least e^(z/2)/2 - 1/2, which bounds the root from above twice.
        var z = Math.Min(2.0 * slack, 2.0 * Math.Log(1.0 + (2.0 * slack)));
        for (var i = 0; i < 100; i++)
        {
            var (value, slope) = Excess(z);
            var step = (value - slack) / slope;
            z -= step;
            if (!(step > 1e-16 * z))
            {
                break;
            }
        }

        return z;
    }

    /// <summary>(e^z - 1 - z)/z and its derivative; by their series where the difference would cancel.</summary>
    private static (double Value, double Slope) Excess(double z)
    {
        if (z > 1.0)
        {
            var exponential = Math.Exp(z);
            return ((exponential - 1.0 - z) / z, ((exponential * (z - 1.0)) + 1.0) / (z * z));
        }

        var (value, slope, term) = (0.0, 0.0, 0.5); // term = z^(n-1) / (n+1)!
        for (var n = 1; n < 22; n++)
        {
            slope += n * term;
            value += term * z;
            term *= z / (n + 2);
        }

        return (value, slope);
    }
}
