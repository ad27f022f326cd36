using EdgeSplit.Core.Wireless.Propagation;

namespace EdgeSplit.Tests.Wireless.Propagation;

/// <summary>The library's models for the scenarios of golden records.</summary>
internal static class GoldenModels
{
    /// <summary>The loss of a record with scenario, state, distance, carrier and heights.</summary>
    internal static double LossDb(GoldenInputs inputs)
    {
        var scenario = inputs.Text("scenario");
        var sight = inputs.Flag("los") ? SightCondition.LineOfSight : SightCondition.NonLineOfSight;
        var form = inputs.Has("nlos_model") ? NonLineOfSightForm.Optional : NonLineOfSightForm.Mandatory;
        var (carrierHz, terminal) = (1e9 * inputs["fc_ghz"], inputs.Or("h_ut_m", 1.5));
        IPathLoss model = scenario switch
        {
            "UMi" => new UrbanMicroPathLoss(carrierHz, sight, form, inputs.Or("h_bs_m", 10), terminal),
            "UMa" => new UrbanMacroPathLoss(carrierHz, sight, form, inputs.Or("h_bs_m", 25), terminal, inputs.Or("h_e_m", 1)),
            "RMa" => new RuralMacroPathLoss(
                carrierHz, sight, inputs.Or("h_bs_m", 35), terminal, inputs.Or("building_height_m", 5), inputs.Or("street_width_m", 20)),
            // A record in slant distance: antennas at one height.
            "InH-Office" when inputs.Has("d3d_m") => new IndoorOfficePathLoss(carrierHz, sight, form, 2, 2),
            "InH-Office" => new IndoorOfficePathLoss(carrierHz, sight, form, inputs["h_bs_m"], terminal),
            _ => throw new ArgumentException(scenario),
        };
        return model.LossDb(inputs.Has("d3d_m") ? inputs["d3d_m"] : inputs["d2d_m"]);
    }

    internal static double BreakpointMetres(GoldenInputs inputs)
    {
        var (carrierHz, station, terminal) = (1e9 * inputs["fc_ghz"], inputs["h_bs_m"], inputs["h_ut_m"]);
        return inputs.Text("scenario") switch
        {
            "UMi" => new UrbanMicroPathLoss(carrierHz, default, default, station, terminal).BreakpointMetres,
            "UMa" => new UrbanMacroPathLoss(carrierHz, default, default, station, terminal, inputs["h_e_m"]).BreakpointMetres,
            _ => new RuralMacroPathLoss(carrierHz, default, station, terminal).BreakpointMetres,
        };
    }

    internal static ILineOfSightProbability Sight(GoldenInputs inputs) => inputs.Text("scenario") switch
    {
        "UMi" => new UrbanMicroSight(),
        "UMa" => new UrbanMacroSight(inputs["h_ut_m"]),
        "RMa" => new RuralMacroSight(),
        "InH-Office mixed" => new IndoorMixedOfficeSight(),
        "InH-Office open" => new IndoorOpenOfficeSight(),
        var other => throw new ArgumentException(other),
    };
}
