using EdgeSplit.Core.Wireless;
using EdgeSplit.Core.Wireless.Fading;
using EdgeSplit.Core.Wireless.Propagation;

namespace EdgeSplit.Core.Simulation;

/// <summary>Path loss, line of sight and shadowing of a scenario's link.</summary>
internal static class ScenarioPropagation
{
    private const string Sights = "mixed (line of sight by the standard's probability), lineOfSight or nonLineOfSight";
    private const string Models = "urbanMicro, urbanMacro, ruralMacro, indoorOffice, indoorOpenOffice, freeSpace or logDistance";

    internal static LinkParameters Read(ScenarioSection section, LinkParameters link)
    {
        if (section.Section("pathLoss") is { } pathLoss)
        {
            try
            {
                link = WithModel(pathLoss, link);
            }
            catch (ArgumentException error)
            {
                throw section.Error("pathLoss", FormattableString.Invariant($"{error.ParamName} {(error as ArgumentOutOfRangeException)?.ActualValue}, which the model does not take"), error.Message.Split(" (Parameter")[0].TrimEnd('.'), error);
            }
        }

        var deviation = section.Number("shadowingStandardDeviationDb", 0, 40);
        var correlation = section.Number("shadowingCorrelationMetres", 0, 1e6, aboveMinimum: true);
        return link with
        {
            ShadowingStandardDeviationDb = deviation ?? link.ShadowingStandardDeviationDb,
            ShadowingCorrelationMetres = correlation ?? link.ShadowingCorrelationMetres,
            LineOfSight = link.LineOfSight is not { } clear ? null : clear with
            {
                ShadowingStandardDeviationDb = deviation ?? clear.ShadowingStandardDeviationDb,
                ShadowingCorrelationMetres = correlation ?? clear.ShadowingCorrelationMetres,
            },
        };
    }

    private static LinkParameters WithModel(ScenarioSection section, LinkParameters link)
    {
        var model = section.Text("model", Models);
        var form = section.Text("form", "mandatory or optional") switch
        {
            null or "mandatory" => NonLineOfSightForm.Mandatory,
            "optional" => NonLineOfSightForm.Optional,
            _ => throw section.Error("form", "mandatory or optional"),
        };
        var sight = section.Text("sight", Sights) ?? "mixed";
        if (sight is not ("mixed" or "lineOfSight" or "nonLineOfSight"))
        {
            throw section.Error("sight", Sights);
        }

        var station = section.Number("baseStationHeightMetres", 0, 1000, aboveMinimum: true);
        var terminal = section.Number("terminalHeightMetres", 0, 1000, aboveMinimum: true);
        var exponent = section.Number("exponent", 0, 20);
        var reference = section.Number("referenceDistanceMetres", 0, 1e6, aboveMinimum: true);
        var loss = section.Number("referenceLossDb", -100, 400);
        var carrier = link.CarrierHz;
        switch (model ?? throw section.Missing("model", Models))
        {
            case "urbanMicro":
                section.RefuseOthers("model", model, "sight", "form", "baseStationHeightMetres", "terminalHeightMetres");
                return Sighted(link, sight, state => new UrbanMicroPathLoss(carrier, state, form, station ?? 10, terminal ?? 1.5), new UrbanMicroSight(), UrbanMicroSight.StateCorrelationMetres, 9);
            case "urbanMacro":
                section.RefuseOthers("model", model, "sight", "form", "baseStationHeightMetres", "terminalHeightMetres");
                if (terminal >= 13)
                {
                    throw section.Error("terminalHeightMetres", "below 13 m: for higher terminals the standard draws the height of the surroundings for each link");
                }

                return Sighted(
                    link, sight, state => new UrbanMacroPathLoss(carrier, state, form, TerminalHeightMetres: terminal ?? 1.5, BaseStationHeightMetres: station ?? 25), new UrbanMacroSight(terminal ?? 1.5), UrbanMacroSight.StateCorrelationMetres, 9);
            case "ruralMacro":
                section.RefuseOthers("model", model, "sight", "baseStationHeightMetres", "terminalHeightMetres");
                return Sighted(link, sight, state => new RuralMacroPathLoss(carrier, state, station ?? 35, terminal ?? 1.5), new RuralMacroSight(), RuralMacroSight.StateCorrelationMetres, 7);
            case "indoorOffice" or "indoorOpenOffice":
                section.RefuseOthers("model", model, "sight", "form", "baseStationHeightMetres", "terminalHeightMetres");
                ILineOfSightProbability office = model == "indoorOffice" ? new IndoorMixedOfficeSight() : new IndoorOpenOfficeSight();
                return Sighted(link, sight, state => new IndoorOfficePathLoss(carrier, state, form, station ?? 3, terminal ?? 1), office, IndoorMixedOfficeSight.StateCorrelationMetres, 7);
            case "freeSpace":
                section.RefuseOthers("model", model);
                return link with { PathLoss = new FreeSpacePathLoss(carrier), LineOfSight = null };
            case "logDistance":
                section.RefuseOthers("model", model, "exponent", "referenceDistanceMetres", "referenceLossDb");
                var slope = exponent ?? throw section.Missing("exponent", "the path-loss exponent, a number of at least 0 and at most 20");
                return link with
                {
                    PathLoss = new LogDistancePathLoss(loss ?? LogDistancePathLoss.FreeSpaceLossDb(reference ?? 1, carrier), reference ?? 1, slope),
                    LineOfSight = null,
                };
            default:
                throw section.Error("model", Models);
        }
    }

    // The standard's models bring their shadowing; where both states occur, line of sight is drawn by the standard's probability.
    private static LinkParameters Sighted<TLoss>(
        LinkParameters link, string sight, Func<SightCondition, TLoss> loss, ILineOfSightProbability probability, double sightMetres, double riceFactorDb)
        where TLoss : IPathLoss, IShadowingLaw
    {
        var (clear, obstructed) = (loss(SightCondition.LineOfSight), loss(SightCondition.NonLineOfSight));
        var always = sight == "lineOfSight" ? clear : obstructed;
        var rician = new RicianFading(Math.Pow(10, riceFactorDb / 10));
        var middle = Math.Sqrt(link.MinimumDistanceMetres * link.MaximumDistanceMetres);
        return link with
        {
            PathLoss = always,
            ShadowingStandardDeviationDb = always.StandardDeviationDb(middle),
            ShadowingCorrelationMetres = always.CorrelationMetres,
            Fading = sight == "lineOfSight" ? rician : new NakagamiFading(link.NakagamiShape),
            LineOfSight = sight != "mixed" ? null : new LineOfSightPropagation
            {
                Probability = probability,
                PathLoss = clear,
                ShadowingStandardDeviationDb = clear.StandardDeviationDb(middle),
                ShadowingCorrelationMetres = clear.CorrelationMetres,
                SightCorrelationMetres = sightMetres,
                Fading = rician,
            },
        };
    }
}
