using System.Text.Json.Nodes;
using EdgeSplit.Agents.Evaluation.AdaptiveLayerSplitting;

namespace EdgeSplit.Cli.Rendering;

/// <content>The figures in full.</content>
internal static partial class ReproductionOutput
{
    private static JsonObject Json(SplittingResult result, TrainingTimes? times)
    {
        var json = new JsonObject { ["experiment"] = "adaptive-layer-splitting", ["seeds"] = result.Options.Seeds, ["steps"] = result.Options.Steps, ["endsAreFinal"] = result.Options.EndsAreFinal };
        if (result.Returns is { } returns)
        {
            JsonArray With(IReadOnlyList<LearnerReturns> rows, TrainingTimes? own) => [.. rows.Select(row =>
            {
                var node = JsonOutput.Row(Data(Learners(own)), row);
                node["returns"] = Numbers(row.Returns);
                return (JsonNode?)node;
            })];
            json["returns"] = new JsonObject
            {
                ["references"] = JsonOutput.Rows(References, returns.References),
                ["learners"] = With(returns.Learners, times),
                ["sampleEfficiency"] = With(returns.SampleEfficiency, null),
                ["comparisons"] = JsonOutput.Rows(Data(Comparisons), returns.Comparisons),
                ["stableBaselines3"] = JsonOutput.Rows(Published, SplittingReturns.StableBaselines3),
            };
        }

        if (result.ChosenSplits is { } splits)
        {
            json["chosenSplits"] = new JsonObject
            {
                ["noiseLevels"] = Numbers(splits.NoiseLevels),
                ["policies"] = new JsonArray([.. splits.Policies.Select(policy => (JsonNode?)new JsonObject
                {
                    ["policy"] = policy.Name,
                    ["riseUnderNoise"] = JsonOutput.Number(policy.RiseUnderNoise.Mean),
                    ["riseUnderNoiseLower"] = JsonOutput.Number(policy.RiseUnderNoise.Lower),
                    ["riseUnderNoiseUpper"] = JsonOutput.Number(policy.RiseUnderNoise.Upper),
                    ["meanSplitsByNoiseAndStart"] = new JsonArray([.. policy.MeanSplits.Select(row => (JsonNode?)Numbers(row))]),
                })]),
            };
        }

        if (result.Measured is { } measured)
        {
            json["measured"] = new JsonObject
            {
                ["policies"] = new JsonArray([.. measured.Policies.Select(policy =>
                {
                    var node = JsonOutput.Row(MeasuredColumns, policy);
                    (node["returns"], node["shareBySplit"]) = (Numbers(policy.Returns), Numbers(policy.ShareBySplit));
                    return (JsonNode?)node;
                })]),
                ["comparisons"] = JsonOutput.Rows(Data(Comparisons), measured.Comparisons),
            };
        }

        if (result.Quality is { } quality)
        {
            json["quality"] = JsonOutput.Rows(QualityColumns, quality);
        }

        json["claims"] = JsonOutput.Rows(ClaimColumns, ReproductionClaim.Of(result, times));
        if (times is not null)
        {
            json["surrogateStepSeconds"] = times.SurrogateStepSeconds;
            json["perplexityEvaluationSeconds"] = times.PerplexitySeconds;
        }

        return json;
    }

    // Texts made of other columns are for tables only.
    private static Column<T>[] Data<T>(Column<T>[] columns) => [.. columns.Where(column => !column.Key.EndsWith("Text", StringComparison.Ordinal))];

    private static JsonArray Numbers(IEnumerable<double> numbers) => [.. numbers.Select(JsonOutput.Number)];
}
