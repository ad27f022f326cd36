using EdgeSplit.Agents.Evaluation;

namespace EdgeSplit.Cli.Rendering;

/// <summary>Writes learning curves: one CSV row per policy and block.</summary>
internal static class CurveOutput
{
    private static readonly Column<(LearningCurve Curve, CurvePoint Point)>[] Columns =
    [
        new("agent", null, row => row.Curve.Name),
        new("blockEnd", null, row => row.Point.EndRequest),
        new("requests", null, row => row.Point.Requests),
        new("meanCostSeconds", null, row => row.Point.MeanCost),
        new("costAgainstStateOracle", null, row => row.Point.AgainstStateOracle.Mean),
        new("costAgainstStateOracleLower", null, row => row.Point.AgainstStateOracle.Lower),
        new("costAgainstStateOracleUpper", null, row => row.Point.AgainstStateOracle.Upper),
    ];

    internal static void Write(TextWriter output, ComparisonResult result) =>
        CsvOutput.Write(output, Columns, result.Policies.SelectMany(policy => policy.Curve.Points.Select(point => (policy.Curve, point))));
}
