using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Propagation;

namespace EdgeSplit.Tests.Wireless.Propagation;

/// <summary>Every golden record of path loss, line of sight, shadowing and penetration.</summary>
public sealed class PropagationGolden
{
    private static readonly StreamKey Key = StreamKey.Create(38901, "propagation-golden");

    [SharedDataFact]
    public void Path_loss() => Assert.Equal(144, GoldenRecords.Check("path_loss", (quantity, inputs) => quantity switch
    {
        "free_space_db" => new FreeSpacePathLoss(1e9 * inputs["fc_ghz"]).LossDb(inputs["d_m"]),
        "breakpoint_distance_m" => GoldenModels.BreakpointMetres(inputs),
        _ => GoldenModels.LossDb(inputs),
    }));

    [SharedDataFact]
    public void Line_of_sight_probability() => Assert.Equal(29, GoldenRecords.Check("los_probability", (quantity, inputs) => quantity switch
    {
        "los_probability" or "los_probability_raised_ut" => GoldenModels.Sight(inputs).Probability(inputs["d2d_m"]),
        "probability_effective_height_is_1m" => EffectiveEnvironmentHeight.ProbabilityOfOneMetre(inputs["d2d_m"], inputs["h_ut_m"]),
        "empirical_los_fraction" => SightFraction(inputs),
        _ => null,
    }));

    [SharedDataFact]
    public void Shadowing() => Assert.Equal(33, GoldenRecords.Check("shadowing", (quantity, inputs) => quantity switch
    {
        "sigma_db" => Law(inputs.Text("scenario"), inputs.Text("state")).StandardDeviationDb(inputs.Text("state").Contains("beyond", StringComparison.Ordinal) ? 9000 : 100),
        "correlation_distance_m" => Law(inputs.Text("scenario"), inputs.Text("state")).CorrelationMetres,
        "ar1_coefficient" => GudmundsonRecursion.Coefficient(inputs["step_m"], inputs["correlation_distance_m"]),
        "ar1_innovation_factor" => GudmundsonRecursion.InnovationFactor(inputs["step_m"], inputs["correlation_distance_m"]),
        "lognormal_outage" => LogNormalShadowing.OutageProbability(inputs["margin_db"], inputs["sigma_db"]),
        "fade_margin_db" => LogNormalShadowing.FadeMarginDb(inputs["outage_prob"], inputs["sigma_db"]),
        "empirical_sd_db" => EmpiricalDeviationDb(inputs),
        "empirical_track_correlation" => TrackCorrelation(inputs),
        _ => null,
    }));

    [SharedDataFact]
    public void Penetration() => Assert.Equal(8, GoldenRecords.Check("o2i", (quantity, inputs) => quantity switch
    {
        "wall_loss_low_db" => new BuildingPenetration(1e9 * inputs["f_ghz"], BuildingKind.LowLoss).WallDb,
        "wall_loss_high_db" => new BuildingPenetration(1e9 * inputs["f_ghz"], BuildingKind.HighLoss).WallDb,
        "mean_indoor_loss_db" => new BuildingPenetration(
            2e9,
            inputs.Text("distance_law").StartsWith("min", StringComparison.Ordinal) ? BuildingKind.LowLoss : BuildingKind.SingleFrequency,
            inputs["d2d_in_max_m"]).MeanIndoorDb,
        _ => null,
    }));

    private static IShadowingLaw Law(string scenario, string state)
    {
        var sight = state.StartsWith("NLOS", StringComparison.Ordinal) ? SightCondition.NonLineOfSight : SightCondition.LineOfSight;
        return scenario switch
        {
            "UMi" => new UrbanMicroPathLoss(3.5e9, sight),
            "UMa" => new UrbanMacroPathLoss(3.5e9, sight),
            "RMa" => new RuralMacroPathLoss(3.5e9, sight),
            "InH-Office" => new IndoorOfficePathLoss(3.5e9, sight),
            _ => throw new ArgumentException(scenario),
        };
    }

    private static double SightFraction(GoldenInputs inputs)
    {
        var (count, sights) = (inputs.Whole("independent_draws_count"), 0);
        var (law, distance) = (GoldenModels.Sight(inputs), inputs["d2d_m"]);
        for (var entity = 0; entity < count; entity++)
        {
            sights += new SightAlongWay(Key, (ulong)entity, law, 50).At(17, distance) == SightCondition.LineOfSight ? 1 : 0;
        }

        return (double)sights / count;
    }

    private static double EmpiricalDeviationDb(GoldenInputs inputs)
    {
        var words = inputs.Text("scenario").Split(' ');
        var law = Law(words[0], words[1]);
        var values = Enumerable.Range(0, inputs.Whole("independent_draws_count"))
            .Select(entity => new CorrelatedShadowing(Key, (ulong)entity, law.StandardDeviationDb(100), law.CorrelationMetres).ValueDb(0));
        return Math.Sqrt(values.Average(value => value * value));
    }

    private static double TrackCorrelation(GoldenInputs inputs)
    {
        var (cross, first, last) = (0.0, 0.0, 0.0);
        var (tracks, steps) = (inputs.Whole("independent_tracks_count"), inputs.Whole("steps_count"));
        var (stepMetres, correlationMetres) = (inputs["step_m"], inputs["correlation_distance_m"]);
        for (var entity = 0; entity < tracks; entity++)
        {
            var random = new RandomSource(Key, (ulong)entity);
            var start = new NormalDistribution(0, 8).Sample(ref random);
            var end = start;
            for (var step = 0; step < steps; step++)
            {
                end = GudmundsonRecursion.NextDb(end, stepMetres, 8, correlationMetres, ref random);
            }

            (cross, first, last) = (cross + (start * end), first + (start * start), last + (end * end));
        }

        return cross / Math.Sqrt(first * last);
    }
}
