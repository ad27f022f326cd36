using System.Globalization;
using System.Text.Json.Nodes;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Core.Simulation;

/// <summary>The workload of a scenario: a recorded trace's lengths, or distributions of one's own.</summary>
internal static class ScenarioWorkload
{
    private const double MostTokens = 1e7;

    internal static WorkloadModel Read(ScenarioSection section)
    {
        var traces = WorkloadCatalog.All.Select(entry => entry.Name);
        WorkloadEntry? trace = null;
        if (section.Text("trace", ScenarioSection.Names("trace", traces)) is { } name)
        {
            try
            {
                trace = WorkloadCatalog.Find(name);
            }
            catch (UnknownNameException)
            {
                throw section.Unknown("trace", "trace", name, traces);
            }
        }

        var byDefault = new WorkloadModel { PromptTokens = new ExponentialDistribution(1), OutputTokens = new ExponentialDistribution(1), Source = "" };
        var prompt = Lengths(section, "promptTokens") ?? trace?.PromptTokens ?? throw Missing(section, "promptTokens");
        var output = Lengths(section, "outputTokens") ?? trace?.OutputTokens ?? throw Missing(section, "outputTokens");
        var meanTurns = section.Number("meanTurns", 1, 1e6) ?? byDefault.MeanTurns;
        return new WorkloadModel
        {
            PromptTokens = prompt,
            OutputTokens = output,
            Source = trace is null ? "given in the scenario" : section.Has("promptTokens") || section.Has("outputTokens") ? "in part given in the scenario; " + trace.Source : trace.Source,
            ArrivalsPerSecond = section.Number("arrivalsPerSecond", 0, 1e6, aboveMinimum: true) ?? byDefault.ArrivalsPerSecond,
            MeanTurns = meanTurns,
            MaximumTurns = section.Whole("maximumTurns", 1, 1_000_000) ?? (meanTurns > 1 ? throw section.Missing("maximumTurns", "the most turns of a conversation, where meanTurns is above 1") : byDefault.MaximumTurns),
            MeanThinkSeconds = section.Number("meanThinkSeconds", 0, 1e7, aboveMinimum: true) ?? byDefault.MeanThinkSeconds,
            MaximumOutputTokens = section.Whole("maximumOutputTokens", 1, 10_000_000) ?? byDefault.MaximumOutputTokens,
        };
    }

    private static ScenarioException Missing(ScenarioSection section, string key) =>
        section.Missing(key, "a distribution, or a \"trace\" that gives it: " + string.Join(", ", WorkloadCatalog.All.Select(entry => entry.Name)));

    private static IDistribution? Lengths(ScenarioSection parent, string key)
    {
        if (parent.Section(key) is not { } section)
        {
            return null;
        }

        var given = ScenarioKeys.ByPath[section.Path].Where(section.Has).ToArray();
        return given switch
        {
            ["quantiles"] => Quantiles(section),
            ["constant"] => Constant(section),
            ["uniform"] => Uniform(section),
            ["exponentialMean"] => new ExponentialDistribution(1 / section.Number("exponentialMean", 0, MostTokens, aboveMinimum: true)!.Value),
            [] => throw parent.Error(key, "an object without a distribution", "one of " + string.Join(", ", ScenarioKeys.ByPath[section.Path])),
            _ => throw parent.Error(key, "several distributions: " + string.Join(", ", given), "exactly one of " + string.Join(", ", ScenarioKeys.ByPath[section.Path])),
        };
    }

    private static QuantileDistribution Constant(ScenarioSection section)
    {
        var tokens = section.Whole("constant", 1, (int)MostTokens)!.Value;
        return new QuantileDistribution([0, 1], [tokens, tokens]);
    }

    // Draws are rounded up: with the lower end one below, all whole numbers from a to b are equally likely.
    private static QuantileDistribution Uniform(ScenarioSection section)
    {
        const string allowed = "two whole numbers [a, b], 1 <= a <= b <= 10000000";
        var ends = section.Items("uniform", allowed)!.Select(ScenarioSection.ToNumber).ToArray();
        return ends is [{ } a, { } b] && a >= 1 && b >= a && b <= MostTokens && Math.Floor(a) == a && Math.Floor(b) == b
            ? new QuantileDistribution([0, 1], [a - 1, b])
            : throw section.Error("uniform", allowed);
    }

    private static QuantileDistribution Quantiles(ScenarioSection section)
    {
        const string allowed = "at least two pairs [probability, tokens]; probabilities rise from 0 to 1, tokens in [0, 10000000] do not fall";
        var pairs = section.Items("quantiles", allowed)!;
        if (pairs.Count < 2)
        {
            throw section.Error("quantiles", allowed);
        }

        var probabilities = new double[pairs.Count];
        var tokens = new double[pairs.Count];
        for (var i = 0; i < pairs.Count; i++)
        {
            var item = string.Create(CultureInfo.InvariantCulture, $"quantiles[{i}]");
            if (pairs[i] is not JsonArray { Count: 2 } pair || ScenarioSection.ToNumber(pair[0]) is not { } probability || ScenarioSection.ToNumber(pair[1]) is not { } quantile)
            {
                throw section.Error(item, ScenarioSection.Describe(pairs[i]), allowed);
            }

            var rises = i == 0 ? probability == 0 : probability > probabilities[i - 1] && probability <= 1 && quantile >= tokens[i - 1];
            var ends = i < pairs.Count - 1 || probability == 1;
            if (!rises || !ends || quantile < 0 || quantile > MostTokens)
            {
                throw section.Error(item, ScenarioSection.Describe(pairs[i]), allowed);
            }

            (probabilities[i], tokens[i]) = (probability, quantile);
        }

        return new QuantileDistribution(probabilities, tokens);
    }
}
