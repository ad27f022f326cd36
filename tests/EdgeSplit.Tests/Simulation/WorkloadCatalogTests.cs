using System.Globalization;
using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Simulation;

namespace EdgeSplit.Tests.Simulation;

public sealed class WorkloadCatalogTests
{
    [SharedDataFact]
    public void The_tables_are_the_quantiles_of_the_recorded_traces()
    {
        Check("arxiv-summarization", "vidur_arxiv_summarization.csv", 0, 1);
        Check("azure-code", "AzureLLMInferenceTrace_code.csv", 1, 2);
    }

    [Fact]
    public void Every_entry_names_its_source()
    {
        Assert.All(WorkloadCatalog.All, entry => Assert.Contains("commit", entry.Source, StringComparison.Ordinal));
        Assert.Same(WorkloadCatalog.All[0], WorkloadCatalog.Find(" ARXIV-summarization "));
        Assert.Equal("azure-code", Assert.Throws<EdgeSplit.Core.UnknownNameException>(() => WorkloadCatalog.Find("azure-cod")).Suggestion);
    }

    private static void Check(string name, string file, int promptColumn, int outputColumn)
    {
        var rows = File.ReadLines(SharedData.PathOf("data/llm-traces/" + file)).Skip(1).Where(line => line.Length > 0).Select(line => line.Split(',')).ToArray();
        Assert.Equal(6000, rows.Length);
        var entry = WorkloadCatalog.Find(name);
        Check(entry.PromptTokens, rows, promptColumn);
        Check(entry.OutputTokens, rows, outputColumn);
    }

    private static void Check(QuantileDistribution table, string[][] rows, int column)
    {
        var sorted = rows.Select(row => double.Parse(row[column], CultureInfo.InvariantCulture)).Order().ToArray();
        for (var i = 0; i < table.Probabilities.Length; i++)
        {
            var position = table.Probabilities[i] * (sorted.Length - 1);
            var below = (int)position;
            var above = Math.Min(below + 1, sorted.Length - 1);
            var expected = sorted[below] + ((position - below) * (sorted[above] - sorted[below]));
            Assert.Equal(expected, table.Quantiles[i], 1e-6);
        }

        // Straight lines between 30 quantiles keep the mean to a few per cent: tails are concave.
        Assert.InRange(table.Mean / sorted.Average(), 0.99, 1.025);
    }
}
