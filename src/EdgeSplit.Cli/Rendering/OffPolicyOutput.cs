using System.Text.Json.Nodes;
using EdgeSplit.Agents.Evaluation;
using EdgeSplit.Cli.Verbs;

namespace EdgeSplit.Cli.Rendering;

/// <summary>Writes off-policy estimates of one agent.</summary>
internal static class OffPolicyOutput
{
    private static readonly Column<OffPolicyRow>[] Columns =
    [
        new("estimator", null, row => row.Key),
        new("name", "estimator", row => row.Name),
        new("meanCostSeconds", "mean cost s", row => row.MeanCost, "0.000"),
        new("standardErrorSeconds", "standard error", row => row.Estimate.StandardError, "0.000"),
        new("effectiveSampleSize", "effective sample", row => row.Estimate.EffectiveSampleSize, "0"),
        new("decisions", "decisions", row => row.Decisions),
    ];

    internal static void Write(ToolConsole console, string agent, string loggedBy, IReadOnlyList<OffPolicyRow> rows)
    {
        console.Output.WriteLine();
        console.Output.WriteLine($"{agent} from the decisions of {loggedBy}, turn by turn:");
        TableOutput.Write(console, Columns, rows);
        console.Output.WriteLine("Each decision counts by itself, in the situations that the logging policy brought about; trust no estimate whose effective sample is far below the number of decisions.");
    }

    internal static JsonArray Json(IReadOnlyList<OffPolicyRow> rows) => JsonOutput.Rows(Columns, rows);

    /// <summary>Columns of CSV, with values in the agent's row alone.</summary>
    internal static Column<PolicyResult>[] DataColumns(string agent, IReadOnlyList<OffPolicyRow> rows) =>
    [
        .. rows.Select(row => new Column<PolicyResult>(row.Key + "MeanCostSeconds", null, policy => policy.Name == agent ? row.MeanCost : null)),
        .. rows.Select(row => new Column<PolicyResult>(row.Key + "StandardErrorSeconds", null, policy => policy.Name == agent ? row.Estimate.StandardError : null)),
    ];
}
