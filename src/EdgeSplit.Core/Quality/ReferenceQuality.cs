namespace EdgeSplit.Core.Quality;

/// <summary>The quality table of the project's own reference model, which comes with the library.</summary>
/// <remarks>A small model: its losses stand in for those of a model that nobody has measured, and every use for another model warns. Safe to use from any thread.</remarks>
public static class ReferenceQuality
{
    private const string ResourceName = "EdgeSplit.Core.Quality.reference-model.json";

    private static readonly Lazy<QualityTable> Loaded = new(Load);

    /// <summary>The name that stands for it in scenario files.</summary>
    public const string Name = "reference";

    /// <summary>The table, read at its first use.</summary>
    /// <exception cref="QualityTableException">The library was built without the table, or with one that cannot be read.</exception>
    public static QualityTable Table => Loaded.Value;

    private static QualityTable Load()
    {
        using var stream = typeof(ReferenceQuality).Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new QualityTableException(ResourceName, "$", "a library that was built without this table", "a build with Quality/reference-model.json, or the path of a table");
        using var reader = new StreamReader(stream);
        return QualityTable.Parse(reader.ReadToEnd(), ResourceName);
    }
}
