using EdgeSplit.Core.Simulation;

namespace EdgeSplit.Cli.Verbs;

/// <summary>One scenario of the command line, with its fields set and its length chosen.</summary>
internal static class ScenarioInput
{
    /// <summary>Reads it; of fewer requests than the scenario evaluates, the second half is evaluated.</summary>
    internal static Scenario Read(string file, SetGrid set, int? seeds, int? requests)
    {
        var cells = set.Cells();
        if (cells.Count > 1)
        {
            throw new BadInputException($"--set: found a grid of {cells.Count} cells; allowed: one value for each path (grids are for sweep).");
        }

        var scenario = ScenarioFile.Load(file, cells[0]);
        var settings = scenario.Settings;
        var count = requests ?? settings.Requests;
        return scenario with
        {
            Settings = settings with
            {
                Seeds = seeds ?? settings.Seeds,
                Requests = count,
                EvaluatedRequests = settings.EvaluatedRequests < count || requests is null ? settings.EvaluatedRequests : count / 2,
            },
        };
    }
}
