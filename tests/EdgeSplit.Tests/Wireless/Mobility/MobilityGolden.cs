using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Mobility;

namespace EdgeSplit.Tests.Wireless.Mobility;

/// <summary>Every golden record of mobility.</summary>
public sealed class MobilityGolden
{
    [SharedDataFact]
    public void Mobility() => Assert.Equal(10, GoldenRecords.Check("mobility", (quantity, inputs) => quantity switch
    {
        "rwp_stationary_mean_speed" => Waypoints(inputs).MeanSpeedMetresPerSecond,
        "rwp_mean_leg_m" => Area(inputs).MeanLegMetres,
        "gauss_markov_autocorrelation" => new GaussMarkovMobility(inputs["memory"], 1, 1).Autocorrelation(inputs.Whole("lag_steps")),
        "gauss_markov_innovation_sd" => new GaussMarkovMobility(inputs["memory"], 1, inputs["stationary_sd_m_per_s"]).InnovationMetresPerSecond,
        "empirical_rwp_time_average_speed" => TimeAverage(Waypoints(inputs), inputs.Whole("legs_count")),
        _ => null,
    }));

    private static RandomWaypointMobility Waypoints(GoldenInputs inputs) =>
        new(new DiskArea(300), inputs["v_min_m_per_s"], inputs["v_max_m_per_s"], inputs["pause_s"]);

    private static IMobilityArea Area(GoldenInputs inputs) => inputs.Text("area") == "disk"
        ? new DiskArea(inputs["radius_m"])
        : new RectangleArea(inputs["side_a_m"], inputs["side_b_m"]);

    private static double TimeAverage(RandomWaypointMobility model, int legs)
    {
        var seconds = legs * model.Area.MeanLegMetres / model.MeanSpeedMetresPerSecond;
        return model.Create(StreamKey.Create(1, "mobility-golden"), 0, default).At(seconds).TravelledMetres / seconds;
    }
}
