using EdgeSplit.Core.Queueing;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Tests.Queueing;

/// <summary>The simulated single server.</summary>
public sealed class LindleyLaws
{
    private const int Customers = 1_000_000;

    private static readonly StreamKey Key = StreamKey.Create(20240611, "lindley-laws");

    [Fact]
    public void The_mean_wait_at_load_0_6_is_that_of_M_M_1_within_five_standard_errors()
    {
        const double rho = 0.6;
        var (interarrivals, services) = Draw(rho, Customers);
        var waits = new double[Customers];
        LindleyRecursion.FillWaits(interarrivals, services, waits);
        Assert.DoesNotContain(waits, wait => wait < 0);
        // Asymptotic variance of the mean wait over n customers with mu = 1: rho (2 + 5 rho - 4 rho^2 + rho^3) / ((1 - rho)^4 n).
        var standardError = Math.Sqrt(rho * (2 + (5 * rho) - (4 * rho * rho) + (rho * rho * rho)) / (Math.Pow(1 - rho, 4) * Customers));
        Assert.InRange(waits.Average(), 1.5 - (5 * standardError), 1.5 + (5 * standardError));

        // The law of the wait: the fraction beyond t, with waits some tens of customers apart counted as independent.
        var law = new ExponentialServiceWait(rho, 1);
        foreach (var t in new[] { 0.0, 1, 5 })
        {
            var expected = law.TailProbability(t);
            var spread = 5 * Math.Sqrt(expected * (1 - expected) * 40 / Customers);
            Assert.InRange(waits.Count(wait => wait > t) / (double)Customers, expected - spread, expected + spread);
        }
    }

    [Fact]
    public void Constant_services_follow_their_law()
    {
        const double rho = 0.7;
        var (interarrivals, services) = Draw(rho, Customers);
        Array.Fill(services, 1.0);
        LindleyRecursion.FillWaits(interarrivals, services, services);
        var law = new ConstantServiceWait(rho, 1);
        foreach (var t in new[] { 0.0, 0.5, 1.5, 3, 6 })
        {
            var expected = law.TailProbability(t);
            var spread = 5 * Math.Sqrt(expected * (1 - expected) * 40 / Customers);
            Assert.InRange(services.Count(wait => wait > t) / (double)Customers, expected - spread, expected + spread);
        }
    }

    [Fact]
    public void Number_in_system_over_time_is_arrival_rate_times_sojourn()
    {
        // Little's law: the number in the system is counted event by event, without any use of the waits that it is compared with.
        const int customers = 50_000;
        var (interarrivals, services) = Draw(0.8, customers);
        var waits = new double[customers];
        LindleyRecursion.FillWaits(interarrivals, services, waits);
        var (now, area, inSystem, nextArrival, arrived, served, departure) = (0.0, 0.0, 0, 0.0, 0, 0, double.PositiveInfinity);
        while (served < customers)
        {
            var next = Math.Min(nextArrival, departure);
            area += inSystem * (next - now);
            now = next;
            if (nextArrival <= departure)
            {
                departure = inSystem++ == 0 ? now + services[served] : departure;
                nextArrival = ++arrived < customers ? now + interarrivals[arrived - 1] : double.PositiveInfinity;
            }
            else
            {
                served++;
                departure = --inSystem > 0 ? now + services[served] : double.PositiveInfinity;
            }
        }

        var meanSojourn = waits.Zip(services, (wait, service) => wait + service).Average();
        Assert.Equal(1, area / now / (customers / now * meanSojourn), 1e-9);
        // and over a long time it is that of the steady state, rho / (1 - rho) = 4, within five standard errors of some 0.17
        Assert.InRange(area / now, 3.1, 4.9);
    }

    [Fact]
    public void A_run_in_pieces_is_the_run_in_one()
    {
        var (interarrivals, services) = Draw(0.9, 1000);
        var (whole, pieces) = (new double[1000], new double[1000]);
        var last = LindleyRecursion.FillWaits(interarrivals, services, whole);
        var wait = 0.0;
        for (var (start, length) = (0, 1); start < 1000; start += length, length = Math.Min(2 * length, 1000 - start))
        {
            wait = LindleyRecursion.FillWaits(interarrivals.AsSpan(start, length), services.AsSpan(start, length), pieces.AsSpan(start, length), wait);
        }

        Assert.Equal(whole, pieces);
        Assert.Equal(last, wait);
    }

    [Fact]
    public void Waits_by_hand()
    {
        // Arrivals at 0, 1, 2, 10 with services 3, 2, 0.5, 1: starts at 0, 3, 5, 10.
        var waits = new double[4];
        Assert.Equal(0.5, LindleyRecursion.FillWaits([1, 1, 8, 0.5], [3, 2, 0.5, 1], waits));
        Assert.Equal([0.0, 2, 3, 0], waits);
        Assert.Equal(7.0, LindleyRecursion.FillWaits([], [], [], 7.0));
    }

    [Fact]
    public void Simulating_allocates_nothing()
    {
        var (interarrivals, services) = Draw(0.9, 1000);
        var waits = new double[1000];
        LindleyRecursion.FillWaits(interarrivals, services, waits);
        var before = GC.GetAllocatedBytesForCurrentThread();
        LindleyRecursion.FillWaits(interarrivals, services, waits);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static (double[] Interarrivals, double[] Services) Draw(double rho, int customers)
    {
        var (interarrivals, services) = (new double[customers], new double[customers]);
        BlockVariates.FillExponential(Key.Derive("arrivals"), 1, 0, new ExponentialDistribution(rho), interarrivals);
        BlockVariates.FillExponential(Key.Derive("services"), 1, 0, new ExponentialDistribution(1), services);
        return (interarrivals, services);
    }
}
