namespace EdgeSplit.Tests;

/// <summary>A fact that reads the shared data folder beside the repository, and says that it skips where that folder is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute()
    {
        if (SharedData.Root is null)
        {
            Skip = "needs the shared data folder beside the repository, which is absent here";
        }
    }
}

/// <summary>Locates the repository and the shared data folder beside it.</summary>
public static class SharedData
{
    public static string RepositoryRoot { get; } = FindRepositoryRoot();

    public static string? Root { get; } = FindShared();

    public static string PathOf(string relative) => Path.Combine(Root ?? throw new InvalidOperationException("no shared data folder"), relative);

    private static string FindRepositoryRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "EdgeSplit.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("EdgeSplit.sln not found above " + AppContext.BaseDirectory);
    }

    private static string? FindShared()
    {
        var candidate = Path.Combine(RepositoryRoot, "..", "shared");
        return File.Exists(Path.Combine(candidate, "DESIGN.md")) ? Path.GetFullPath(candidate) : null;
    }
}
