using EdgeSplit.Core.Queueing;

namespace EdgeSplit.Tests.Queueing;

/// <summary>Means and probabilities of queues in closed form.</summary>
public sealed class QueueLaws
{
    [Theory] // mu = 1; M/M/1, M/D/1, M/G/1 with Cs^2 = 4; computed in double precision and confirmed by a second evaluation
    [InlineData(0.1, 0.11111111, 0.055555556, 0.27777778)]
    [InlineData(0.5, 1, 0.5, 2.5)]
    [InlineData(0.7, 2.3333333, 1.1666667, 5.8333333)]
    [InlineData(0.95, 19, 9.5, 47.5)]
    [InlineData(0.99, 99, 49.5, 247.5)]
    public void Mean_waits_follow_Pollaczek_and_Khinchine(double rho, double exponential, double constant, double general)
    {
        Assert.Equal(1, SingleServerQueue.ExponentialService(rho, 1).MeanWaitSeconds / exponential, 6e-8);
        Assert.Equal(1, SingleServerQueue.ConstantService(rho, 1).MeanWaitSeconds / constant, 6e-8);
        Assert.Equal(1, new SingleServerQueue(rho, 1, 4).MeanWaitSeconds / general, 6e-8);
    }

    [Fact]
    public void Constant_services_halve_the_wait_and_Little_joins_waits_and_numbers()
    {
        foreach (var rho in new[] { 0.01, 0.3, 0.77, 0.999 })
        {
            foreach (var mu in new[] { 0.02, 1, 5e4 })
            {
                var (exponential, constant) = (SingleServerQueue.ExponentialService(rho * mu, mu), SingleServerQueue.ConstantService(rho * mu, mu));
                Assert.Equal(exponential.MeanWaitSeconds / 2, constant.MeanWaitSeconds);
                Assert.Equal(rho / (1 - rho), exponential.MeanNumberInSystem, 1e-9 * exponential.MeanNumberInSystem);
                Assert.Equal(constant.MeanNumberWaiting + rho, constant.MeanNumberInSystem, 1e-12 * constant.MeanNumberInSystem);
                Assert.Equal(exponential.MeanWaitSeconds, exponential.MeanSojournSeconds - (1 / mu), 1e-12 * exponential.MeanSojournSeconds);
            }
        }

        Assert.Equal(0.0, SingleServerQueue.ExponentialService(0, 3).MeanWaitSeconds);
    }

    [Fact]
    public void The_bound_lies_above_the_exact_wait_and_the_approximation_is_exact_for_Poisson_arrivals()
    {
        var approximationBelowBoundOnly = false;
        foreach (var rho in new[] { 0.05, 0.4, 0.8, 0.99 })
        {
            foreach (var service in new[] { 0, 0.25, 1, 4.0 })
            {
                var exact = new SingleServerQueue(rho, 1, service).MeanWaitSeconds;
                var queue = new RenewalQueue(rho, 1, 1, service);
                Assert.True(queue.KingmanUpperBoundSeconds > exact);
                Assert.Equal(1, queue.HeavyTrafficApproximationSeconds / exact, 1e-12);
                approximationBelowBoundOnly |= new RenewalQueue(rho, 1, 3, service).HeavyTrafficApproximationSeconds < new RenewalQueue(rho, 1, 3, service).KingmanUpperBoundSeconds;
            }

            // Constant arrivals and services never wait; the bound and the approximation agree on 0.
            Assert.Equal(0.0, new RenewalQueue(rho, 1, 0, 0).KingmanUpperBoundSeconds);
        }

        Assert.True(approximationBelowBoundOnly);
        Assert.Equal(0.070952380952380952, new RenewalQueue(35, 50, 1, 1).KingmanUpperBoundSeconds, 1e-15);
        Assert.Equal(0.1, new RenewalQueue(40, 50, 0.5, 2).HeavyTrafficApproximationSeconds, 1e-15);
    }

    [Fact]
    public void An_overloaded_queue_waits_for_ever_and_is_not_free()
    {
        foreach (var lambda in new[] { 5.0, 5.000001, 1e9 })
        {
            var queue = SingleServerQueue.ConstantService(lambda, 5);
            Assert.False(queue.IsStable);
            Assert.All(
                [queue.MeanWaitSeconds, queue.MeanSojournSeconds, queue.MeanNumberWaiting, queue.MeanNumberInSystem],
                value => Assert.Equal(double.PositiveInfinity, value));
            var renewal = new RenewalQueue(lambda, 5, 1, 1);
            Assert.Equal(double.PositiveInfinity, renewal.KingmanUpperBoundSeconds);
            Assert.Equal(double.PositiveInfinity, renewal.HeavyTrafficApproximationSeconds);
            var many = new MultiServerQueue(3 * lambda, 5, 3);
            Assert.False(many.IsStable);
            Assert.Equal(1.0, many.WaitProbability);
            Assert.Equal(1.0, many.WaitTailProbability(1e6));
            Assert.All([many.MeanWaitSeconds, many.MeanNumberWaiting, many.MeanNumberInSystem], value => Assert.Equal(double.PositiveInfinity, value));
            Assert.Equal(1.0, new ExponentialServiceWait(lambda, 5).TailProbability(1e6));
            Assert.Equal(double.PositiveInfinity, new ExponentialServiceWait(lambda, 5).QuantileSeconds(0));
            Assert.Equal(1.0, new ConstantServiceWait(lambda, 5).TailProbability(1e6));
            Assert.Equal(0.0, new ConstantServiceWait(lambda, 5).CumulativeProbability(1e6));
        }
    }

    [Theory] // computed in double precision and confirmed by a second evaluation
    [InlineData(2, 0.8, 0.32989691, 0.71111111, 1.7777778)]
    [InlineData(4, 0.5, 0.095238095, 0.17391304, 0.086956522)]
    [InlineData(8, 0.5, 0.030420058, 0.059043995, 0.014760999)]
    [InlineData(8, 0.9, 0.19031317, 0.70153299, 0.87691624)]
    public void Erlang_formulas_hold(int servers, double rho, double lost, double waits, double meanWait)
    {
        Assert.Equal(lost, MultiServerQueue.ErlangB(servers * rho, servers), 1e-8);
        var queue = new MultiServerQueue(servers * rho, 1, servers);
        Assert.Equal(waits, queue.WaitProbability, 1e-8);
        Assert.Equal(meanWait, queue.MeanWaitSeconds, 1e-7);
        Assert.Equal(queue.WaitProbability, queue.WaitTailProbability(0));
        Assert.Equal(queue.MeanNumberWaiting + (servers * rho), queue.MeanNumberInSystem, 1e-12);
    }

    [Fact]
    public void One_server_is_the_M_M_1_queue_and_Erlang_C_is_its_load()
    {
        foreach (var rho in new[] { 1e-6, 0.2, 0.9, 0.999999 })
        {
            Assert.Equal(rho, MultiServerQueue.ErlangC(rho, 1), 1e-15);
            Assert.Equal(rho / (1 + rho), MultiServerQueue.ErlangB(rho, 1), 1e-15);
            var (many, one, law) = (new MultiServerQueue(3 * rho, 3, 1), SingleServerQueue.ExponentialService(3 * rho, 3), new ExponentialServiceWait(3 * rho, 3));
            Assert.Equal(1, many.MeanWaitSeconds / one.MeanWaitSeconds, 1e-9);
            Assert.Equal(law.TailProbability(0.7), many.WaitTailProbability(0.7), 1e-14);
        }
    }

    [Fact]
    public void Erlang_B_equals_the_sum_of_its_definition()
    {
        foreach (var servers in new[] { 1, 5, 30 })
        {
            foreach (var load in new[] { 0.1, 4, 60.0 })
            {
                var (term, sum) = (1.0, 1.0);
                for (var k = 1; k <= servers; k++)
                {
                    term *= load / k;
                    sum += term;
                }

                Assert.Equal(1, MultiServerQueue.ErlangB(load, servers) / (term / sum), 1e-12);
            }
        }
    }

    [Theory] // computed in double precision and confirmed by a second evaluation
    [InlineData(0.5, 10, 0.00048851979)]
    [InlineData(0.8, 5, 0.088819499)]
    [InlineData(1, 1, 0.5)]
    [InlineData(1, 5, 0.16666667)]
    [InlineData(1.2, 10, 0.1925865)]
    public void Blocking_of_a_finite_queue(double rho, int capacity, double expected) =>
        Assert.Equal(expected, new FiniteCapacityQueue(rho * 7, 7, capacity).BlockingProbability, 5e-9);

    [Fact]
    public void A_finite_queue_matches_its_state_probabilities_also_near_full_load()
    {
        foreach (var rho in new[] { 0, 0.3, 1 - 1e-12, 1, 1 + 1e-12, 2.5 })
        {
            foreach (var capacity in new[] { 1, 7, 40 })
            {
                var weights = Enumerable.Range(0, capacity + 1).Select(n => Math.Pow(rho, n)).ToArray();
                var queue = new FiniteCapacityQueue(rho * 4, 4, capacity);
                Assert.Equal(weights[^1] / weights.Sum(), queue.BlockingProbability, 1e-13);
                Assert.Equal(weights.Select((w, n) => w * n).Sum() / weights.Sum(), queue.MeanNumberInSystem, 1e-11);
                // The server's output is the admitted input, and a lone place means no wait.
                Assert.Equal(4 * (1 - (weights[0] / weights.Sum())), queue.ThroughputPerSecond, 1e-11);
                Assert.True(queue.MeanSojournSeconds >= 0.25 * (1 - 1e-12));
                Assert.True(capacity > 1 || Math.Abs(queue.MeanSojournSeconds - 0.25) < 1e-12);
            }
        }

        Assert.Equal(1.0, new FiniteCapacityQueue(1e300, 1e-300, 3).BlockingProbability);
        Assert.Equal(SingleServerQueue.ExponentialService(0.5, 1).MeanNumberInSystem, new FiniteCapacityQueue(0.5, 1, 200).MeanNumberInSystem, 1e-12);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-1)]
    public void Bad_numbers_are_refused(double bad)
    {
        Refuses("ArrivalsPerSecond", () => new SingleServerQueue(bad, 1, 1));
        Refuses("ServicesPerSecond", () => new SingleServerQueue(0.5, bad, 1));
        Refuses("ServicesPerSecond", () => new SingleServerQueue(0.5, 0, 1));
        Refuses("ServiceSquaredCoefficientOfVariation", () => new SingleServerQueue(0.5, 1, bad));
        Refuses("ArrivalsPerSecond", () => new RenewalQueue(0, 1, 1, 1));
        Refuses("ArrivalSquaredCoefficientOfVariation", () => new RenewalQueue(0.5, 1, bad, 1));
        Refuses("ServicesPerSecond", () => new MultiServerQueue(0.5, bad, 1));
        Refuses("Servers", () => new MultiServerQueue(0.5, 1, 0));
        Refuses("offeredErlangs", () => MultiServerQueue.ErlangB(bad, 1));
        Refuses("servers", () => MultiServerQueue.ErlangC(1, 0));
        Refuses("waitSeconds", () => new MultiServerQueue(0.5, 1, 1).WaitTailProbability(bad));
        Refuses("Capacity", () => new FiniteCapacityQueue(0.5, 1, 0));
        Refuses("ArrivalsPerSecond", () => new FiniteCapacityQueue(bad, 1, 1));
        Refuses("ArrivalsPerSecond", () => new ExponentialServiceWait(bad, 1));
        Refuses("waitSeconds", () => new ExponentialServiceWait(0.5, 1).CumulativeProbability(bad));
        Refuses("probability", () => new ExponentialServiceWait(0.5, 1).QuantileSeconds(bad));
        Refuses("probability", () => new ExponentialServiceWait(0.5, 1).QuantileSeconds(1));
        Refuses("ServicesPerSecond", () => new ConstantServiceWait(0.5, bad));
        Refuses("waitSeconds", () => new ConstantServiceWait(0.5, 1).TailProbability(bad));
        Refuses("interarrivalSeconds", () => LindleyRecursion.FillWaits([bad], [1.0], new double[1]));
        Refuses("serviceSeconds", () => LindleyRecursion.FillWaits([1.0], [bad], new double[1]));
        Refuses("firstWaitSeconds", () => LindleyRecursion.FillWaits([1.0], [1.0], new double[1], bad));
        Refuses("serviceSeconds", () => LindleyRecursion.FillWaits([1.0], [1.0, 2.0], new double[1]));
        Refuses("waitSeconds", () => LindleyRecursion.FillWaits([1.0], [1.0], new double[2]));
    }

    private static void Refuses(string parameter, Func<object> call) =>
        Assert.Equal(parameter, Assert.Throws<ArgumentOutOfRangeException>(call).ParamName);
}
