using System.Text.Json;
using System.Text.RegularExpressions;

namespace EdgeSplit.Tests.Wireless;

public sealed class GoldenCoverage
{
    [SharedDataFact]
    public void Every_component_of_the_golden_file_is_checked_by_a_test_and_all_690_records_are_counted()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(SharedData.PathOf("data/golden/wireless.json")));
        var components = file.RootElement.EnumerateArray().Select(record => record.GetProperty("component").GetString()!).ToArray();
        Assert.Equal(690, components.Length);
        var tests = Directory.EnumerateFiles(Path.Combine(SharedData.RepositoryRoot, "tests", "EdgeSplit.Tests"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText).ToArray();
        foreach (var group in components.GroupBy(component => component))
        {
            // Each check asserts the number of records that it ran.
            var (check, count) = ($@"GoldenRecords\.Check\(\s*""{Regex.Escape(group.Key)}""", $@"Assert\.Equal\(\s*{group.Count()},");
            Assert.True(tests.Any(test => Regex.IsMatch(test, check) && Regex.IsMatch(test, count)), $"no test checks the {group.Count()} records of {group.Key}");
        }
    }
}
