using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace EdgeSplit.Tests.Assembly;

/// <summary>The public surface as a text file: every change of it shows up in a review.</summary>
/// <remarks>After a wanted change, run the tests once with EDGESPLIT_UPDATE_API=1 and commit PublicApi.txt.</remarks>
public sealed class PublicApi
{
    private static readonly System.Reflection.Assembly[] Assemblies =
        [typeof(EdgeSplit.Core.Simulation.World).Assembly, typeof(EdgeSplit.Agents.Policies.StateOracle).Assembly];

    [Fact]
    public void The_public_surface_is_the_one_on_file()
    {
        var file = Path.Combine(SharedData.RepositoryRoot, "tests", "EdgeSplit.Tests", "Assembly", "PublicApi.txt");
        var actual = Describe();
        if (Environment.GetEnvironmentVariable("EDGESPLIT_UPDATE_API") == "1")
        {
            File.WriteAllText(file, actual);
        }

        var expected = File.ReadAllLines(file);
        var found = actual.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var removed = expected.Except(found).Take(20);
        var added = found.Except(expected).Take(20);
        Assert.True(
            expected.SequenceEqual(found),
            $"The public surface changed; if that is wanted, run with EDGESPLIT_UPDATE_API=1.\nremoved:\n  {string.Join("\n  ", removed)}\nadded:\n  {string.Join("\n  ", added)}");
    }

    [Fact]
    public void Public_classes_are_sealed_abstract_or_static()
    {
        foreach (var type in Assemblies.SelectMany(a => a.GetExportedTypes()).Where(t => t.IsClass))
        {
            Assert.True(type.IsSealed || type.IsAbstract, $"{type} can be derived from.");
        }
    }

    [Fact]
    public void Public_records_have_no_settable_properties()
    {
        foreach (var type in Assemblies.SelectMany(a => a.GetExportedTypes()).Where(t => t.GetMethod("<Clone>$") is not null))
        {
            foreach (var property in type.GetProperties().Where(p => p.SetMethod is { IsPublic: true }))
            {
                var initOnly = property.SetMethod!.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));
                Assert.True(initOnly, $"{type}.{property.Name} can be set after construction.");
            }
        }
    }

    private static string Describe()
    {
        var text = new StringBuilder();
        foreach (var type in Assemblies.SelectMany(a => a.GetExportedTypes()).OrderBy(t => t.FullName, StringComparer.Ordinal))
        {
            text.Append(type.IsInterface ? "interface " : type.IsEnum ? "enum " : type.IsValueType ? "struct " : type.IsAbstract && type.IsSealed ? "static class " : "class ")
                .Append(type.FullName).Append('\n');
            var members = type
                .GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
                .Where(m => m is not MethodInfo { IsSpecialName: true } && m.GetCustomAttribute<CompilerGeneratedAttribute>() is null)
                .Where(m => !m.Name.Contains('<', StringComparison.Ordinal))
                .Select(m => $"  {m.MemberType.ToString().ToLowerInvariant()} {m}")
                .OrderBy(m => m, StringComparer.Ordinal);
            foreach (var member in members)
            {
                text.Append(member).Append('\n');
            }
        }

        return text.ToString();
    }
}
