namespace EdgeSplit.Cli.Verbs;

/// <summary>The grid that several <c>--set path=v1,v2</c> span: every combination, the first path varying slowest.</summary>
internal sealed class SetGrid
{
    private const int MostCells = 100_000;

    private readonly IReadOnlyList<(string Path, IReadOnlyList<string> Values)> axes;

    private SetGrid(IReadOnlyList<(string Path, IReadOnlyList<string> Values)> axes) => this.axes = axes;

    /// <summary>The paths that vary or are set.</summary>
    internal IReadOnlyList<string> Paths => [.. axes.Select(axis => axis.Path)];

    internal static SetGrid Parse(IEnumerable<string> settings)
    {
        var axes = new List<(string Path, IReadOnlyList<string> Values)>();
        foreach (var setting in settings)
        {
            var equals = setting.IndexOf('=', StringComparison.Ordinal);
            var path = equals < 0 ? "" : Bare(setting[..equals].Trim());
            var values = equals < 0 ? [] : Split(setting[(equals + 1)..]);
            if (path.Length == 0 || values.Exists(value => value.Length == 0))
            {
                throw new BadInputException($"--set: found \"{setting}\"; allowed: path=value or path=value1,value2, such as link.bandwidthHz=10e6,20e6.");
            }

            if (axes.Exists(axis => axis.Path == path))
            {
                throw new BadInputException($"--set: found \"{path}\" twice; allowed: each path once, with its values separated by commas.");
            }

            axes.Add((path, values));
        }

        var cells = axes.Aggregate(1.0, (product, axis) => product * axis.Values.Count);
        return cells <= MostCells ? new SetGrid(axes)
            : throw new BadInputException(FormattableString.Invariant($"--set: found a grid of {cells} cells; allowed: at most {MostCells}."));
    }

    /// <summary>The settings of each cell, in order.</summary>
    internal IReadOnlyList<IReadOnlyList<(string Path, string Json)>> Cells()
    {
        IReadOnlyList<IReadOnlyList<(string, string)>> cells = [[]];
        foreach (var (path, values) in axes)
        {
            cells = [.. cells.SelectMany(cell => values.Select(value => (IReadOnlyList<(string, string)>)[.. cell, (path, value)]))];
        }

        return cells;
    }

    private static string Bare(string path) => path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : path;

    // Commas inside brackets, braces and quotes belong to a value.
    private static List<string> Split(string values)
    {
        var parts = new List<string>();
        var depth = 0;
        var quoted = false;
        var start = 0;
        for (var i = 0; i < values.Length; i++)
        {
            var c = values[i];
            if (quoted)
            {
                i += c == '\\' ? 1 : 0;
                quoted = c != '"';
                continue;
            }

            quoted = c == '"';
            depth += c is '[' or '{' ? 1 : c is ']' or '}' ? -1 : 0;
            if (c == ',' && depth <= 0)
            {
                parts.Add(values[start..i].Trim());
                start = i + 1;
            }
        }

        parts.Add(values[start..].Trim());
        return parts;
    }
}
