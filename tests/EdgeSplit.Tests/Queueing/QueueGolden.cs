using EdgeSplit.Core.Queueing;
using EdgeSplit.Core.Randomness;
using EdgeSplit.Tests.Wireless;

namespace EdgeSplit.Tests.Queueing;

public sealed class QueueGolden
{
    [SharedDataFact]
    public void Every_golden_record_of_queues_holds() => Assert.Equal(47, GoldenRecords.Check("queue", Evaluate));

    private static double? Evaluate(string quantity, GoldenInputs inputs)
    {
        var service = 1e-3 * inputs.Or("mean_service_ms", 1000);
        var mu = 1 / service;
        var rho = inputs.Or("utilisation_ratio", double.NaN);
        var servers = (int)inputs.Or("servers_count", 1);
        return quantity switch
        {
            "mm1_wait_ms" => 1e3 * SingleServerQueue.ExponentialService(rho * mu, mu).MeanWaitSeconds,
            "md1_wait_ms" => 1e3 * SingleServerQueue.ConstantService(rho * mu, mu).MeanWaitSeconds,
            "mg1_wait_ms" => 1e3 * new SingleServerQueue(rho * mu, mu, inputs["service_scv"]).MeanWaitSeconds,
            "mm1_sojourn_ms" => 1e3 * SingleServerQueue.ExponentialService(rho * mu, mu).MeanSojournSeconds,
            "mm1_number_in_system" => SingleServerQueue.ExponentialService(rho, 1).MeanNumberInSystem,
            "mm1_wait_tail" => new ExponentialServiceWait(rho * mu, mu).TailProbability(1e-3 * inputs["t_ms"]),
            "md1_wait_cdf" => new ConstantServiceWait(rho, 1).CumulativeProbability(inputs["t_over_service_time"]),
            "erlang_b" => MultiServerQueue.ErlangB(rho * servers, servers),
            "erlang_c" => MultiServerQueue.ErlangC(rho * servers, servers),
            "mmc_wait_ms" => 1e3 * new MultiServerQueue(rho * servers * mu, mu, servers).MeanWaitSeconds,
            "mm1k_blocking" => new FiniteCapacityQueue(rho, 1, inputs.Whole("capacity_including_service")).BlockingProbability,
            "gg1_kingman_bound_ms" => 1e3 * new RenewalQueue(rho * mu, mu, inputs["arrival_scv"], inputs["service_scv"]).KingmanUpperBoundSeconds,
            "gg1_heavy_traffic_wait_ms" => 1e3 * new RenewalQueue(rho * mu, mu, inputs["arrival_scv"], inputs["service_scv"]).HeavyTrafficApproximationSeconds,
            "empirical_mean_wait_ms" => 1e3 * SimulatedMeanWait(inputs.Text("model"), rho * mu, mu, inputs.Whole("customers_count")),
            _ => null,
        };
    }

    private static double SimulatedMeanWait(string model, double lambda, double mu, int customers)
    {
        var key = StreamKey.Create(18, "queue-golden");
        var (interarrivals, services) = (new double[customers], new double[customers]);
        BlockVariates.FillExponential(key.Derive("arrivals"), (ulong)(1000 * lambda), 0, new ExponentialDistribution(lambda), interarrivals);
        if (model == "M/M/1")
        {
            BlockVariates.FillExponential(key.Derive("services"), (ulong)(1000 * lambda), 0, new ExponentialDistribution(mu), services);
        }
        else
        {
            Assert.Equal("M/D/1", model);
            Array.Fill(services, 1 / mu);
        }

        LindleyRecursion.FillWaits(interarrivals, services, services);
        return services.Average();
    }
}
