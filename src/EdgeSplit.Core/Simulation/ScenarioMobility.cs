using EdgeSplit.Core.Wireless;
using EdgeSplit.Core.Wireless.Mobility;

namespace EdgeSplit.Core.Simulation;

/// <summary>How the users of a scenario's link move.</summary>
internal static class ScenarioMobility
{
    private const double WalkingMetresPerSecond = 3 / 3.6;
    private const string Models = "static, linear, randomWaypoint or gaussMarkov";

    internal static IMobilityModel Read(ScenarioSection? section, LinkParameters link)
    {
        if (section is null)
        {
            // The cell may have been made larger or smaller than the one that the way was drawn for.
            return link.Mobility is LinearMobility { DirectionRadians: var direction, SpeedMetresPerSecond: var known }
                ? new LinearMobility(known, direction, link.MaximumDistanceMetres) : link.Mobility;
        }

        var model = section.Text("model", Models);
        double? Speed(string key) => section.Number(key, 0, 1000, aboveMinimum: true);
        var speed = Speed("speedMetresPerSecond") ?? WalkingMetresPerSecond;
        var fastest = Speed("maximumSpeedMetresPerSecond") ?? Math.Max(speed, 2 * WalkingMetresPerSecond);
        var pause = section.Number("pauseSeconds", 0, 1e6) ?? 0;
        var memory = section.Number("memory", 0, 1) ?? 0.9;
        var deviation = section.Number("speedDeviationMetresPerSecond", 0, 1000) ?? speed / 2;
        var step = section.Number("stepSeconds", 1e-3, 3600) ?? 1;
        var radius = link.MaximumDistanceMetres;
        switch (model ?? throw section.Missing("model", Models))
        {
            case "static":
                section.RefuseOthers("model", model);
                return new StaticUser();
            case "linear":
                section.RefuseOthers("model", model, "speedMetresPerSecond");
                return new LinearMobility(speed, null, radius);
            case "randomWaypoint":
                section.RefuseOthers("model", model, "speedMetresPerSecond", "maximumSpeedMetresPerSecond", "pauseSeconds");
                return fastest >= speed ? new RandomWaypointMobility(new DiskArea(radius), speed, fastest, pause)
                    : throw section.Error("maximumSpeedMetresPerSecond", FormattableString.Invariant($"at least the lowest speed, {speed} m/s"));
            case "gaussMarkov":
                section.RefuseOthers("model", model, "speedMetresPerSecond", "memory", "speedDeviationMetresPerSecond", "stepSeconds");
                return new GaussMarkovMobility(memory, speed, deviation, step, null, radius);
            default:
                throw section.Error("model", Models);
        }
    }
}
