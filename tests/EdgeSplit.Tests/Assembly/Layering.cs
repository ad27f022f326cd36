using System.Text.RegularExpressions;

namespace EdgeSplit.Tests.Assembly;

/// <summary>Rooms may use the rooms above them only; the list is that of the design.</summary>
public sealed class Layering
{
    private static readonly string[] CoreRooms =
        ["Randomness", "Numerics", "Queueing", "Transformers", "Devices", "Wireless", "Compression", "Inference", "Quality", "Placements", "Experts", "Decisions", "Simulation"];

    private static readonly string[] AgentRooms =
        ["Environments", "Networks", "Policies", "Learning", "Bandits", "ModelFree", "Surrogates", "ModelBased", "Evaluation"];

    [Theory]
    [InlineData("EdgeSplit.Core")]
    [InlineData("EdgeSplit.Agents")]
    public void A_room_uses_only_the_rooms_above_it(string project)
    {
        var rooms = project == "EdgeSplit.Core" ? CoreRooms : AgentRooms;
        var root = Path.Combine(SharedData.RepositoryRoot, "src", project);
        var violations = new List<string>();
        foreach (var file in SourceFiles(root))
        {
            var room = Path.GetRelativePath(root, file).Split(Path.DirectorySeparatorChar)[0];
            if (room.EndsWith(".cs", StringComparison.Ordinal))
            {
                continue; // the few types that every room shares
            }

            var own = Array.IndexOf(rooms, room);
            Assert.True(own >= 0, $"{room} is not a room of the design.");
            foreach (Match used in Regex.Matches(File.ReadAllText(file), $@"{Regex.Escape(project)}\.([A-Z]\w+)"))
            {
                var other = Array.IndexOf(rooms, used.Groups[1].Value);
                if (other > own)
                {
                    violations.Add($"{room}/{Path.GetFileName(file)} uses {used.Groups[1].Value}, which stands below it.");
                }
            }
        }

        Assert.Empty(violations);
    }

    [Fact]
    public void Core_does_not_reference_agents_nor_the_tool()
    {
        var references = typeof(EdgeSplit.Core.Simulation.World).Assembly.GetReferencedAssemblies().Select(a => a.Name);
        Assert.DoesNotContain(references, name => name is "EdgeSplit.Agents" or "edgesplit");
        Assert.DoesNotContain(typeof(EdgeSplit.Agents.Policies.StateOracle).Assembly.GetReferencedAssemblies().Select(a => a.Name), name => name == "edgesplit");
    }

    [Theory]
    [InlineData("EdgeSplit.Core")]
    [InlineData("EdgeSplit.Agents")]
    [InlineData("EdgeSplit.Cli")]
    public void A_namespace_equals_its_folder(string project)
    {
        var root = Path.Combine(SharedData.RepositoryRoot, "src", project);
        foreach (var file in SourceFiles(root))
        {
            var declared = Regex.Match(File.ReadAllText(file), @"^namespace ([\w.]+);", RegexOptions.Multiline);
            if (!declared.Success || Path.GetFileName(file) == "Guard.cs")
            {
                continue;
            }

            var folder = Path.GetRelativePath(root, Path.GetDirectoryName(file)!);
            var expected = folder == "." ? project : $"{project}.{folder.Replace(Path.DirectorySeparatorChar, '.')}";
            Assert.Equal(expected, declared.Groups[1].Value);
        }
    }

    [Fact]
    public void No_file_is_named_after_nothing_in_particular()
    {
        var root = Path.Combine(SharedData.RepositoryRoot, "src");
        foreach (var file in SourceFiles(root))
        {
            Assert.DoesNotMatch("(Utils?|Helpers?|Manager|Common|Misc)\\.cs$", Path.GetFileName(file));
        }
    }

    [Fact]
    public void A_source_file_can_be_read_in_one_sitting()
    {
        var root = Path.Combine(SharedData.RepositoryRoot, "src");
        foreach (var file in SourceFiles(root))
        {
            var lines = File.ReadLines(file).Count();
            Assert.True(lines <= 500, $"{Path.GetRelativePath(root, file)} has {lines} lines.");
        }
    }

    internal static IEnumerable<string> SourceFiles(string root) => Directory
        .EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
        .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
            && !f.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal));
}
