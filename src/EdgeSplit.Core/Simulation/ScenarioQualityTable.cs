using EdgeSplit.Core.Quality;

namespace EdgeSplit.Core.Simulation;

/// <summary>The quality table of a scenario, read when something first asks for it: the named file, or the library's own.</summary>
internal sealed class ScenarioQualityTable
{
    private const string Published = "published";
    private const string AllowedTables = "\"reference\", or the path of a quality table";
    private const string AllowedLeakage = "\"published\", or the name of an attack in the quality table";

    private readonly ScenarioSection root;
    private readonly ScenarioSection? section;
    private readonly string? name;
    private QualityTable? table;

    internal ScenarioQualityTable(ScenarioSection? section, ScenarioSection root)
    {
        (this.section, this.root) = (section, root);
        name = section?.Text("quality", AllowedTables);
    }

    /// <summary>Whether the scenario names a table.</summary>
    internal bool IsNamed => name is not null;

    internal QualityTable Table => table ??= Load();

    /// <summary>The leakage by depth: published, or an attack of the table.</summary>
    internal ILeakageSource Leakage
    {
        get
        {
            if (section?.Text("leakage", AllowedLeakage) is not { } attack || string.Equals(attack, Published, StringComparison.OrdinalIgnoreCase))
            {
                return PublishedLeakageCurve.Instance;
            }

            try
            {
                return new MeasuredLeakage(Table, attack);
            }
            catch (UnknownNameException)
            {
                throw section.Unknown("leakage", "leakage curve", attack, [Published, .. MeasuredLeakage.AttacksOf(Table)]);
            }
        }
    }

    private QualityTable Load()
    {
        try
        {
            return name is null or ReferenceQuality.Name ? ReferenceQuality.Table
                : QualityTable.Read(Path.Combine(Path.GetDirectoryName(root.File) ?? "", name));
        }
        catch (QualityTableException error)
        {
            throw new ScenarioException(root.File, "$.objective.quality", "a table that cannot be used (" + error.Message.TrimEnd('.') + ")", AllowedTables, error);
        }
    }
}
