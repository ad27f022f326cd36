using System.Text.Json.Nodes;
using EdgeSplit.Agents.Surrogates;
using EdgeSplit.Core.Simulation;

namespace EdgeSplit.Agents.ModelBased;

/// <summary>The settings of a model-based agent as JSON, and back.</summary>
public static class ModelBasedDescription
{
    internal static JsonObject Of(ModelBasedAgent agent, Belief belief, ulong seed)
    {
        var options = agent.Options;
        var surrogate = options.Surrogate;
        return new JsonObject
        {
            ["layers"] = belief.Profile.Layers,
            ["seed"] = seed,
            ["rule"] = options.Rule.ToString(),
            ["optimism"] = options.Optimism,
            ["epsilon"] = options.Epsilon,
            ["plannedTurns"] = options.PlannedTurns,
            ["leastTries"] = options.LeastTries,
            ["tryWindow"] = options.TryWindow,
            ["tryBudget"] = options.TryBudget,
            ["retryBudget"] = options.RetryBudget,
            ["limits"] = new JsonArray([.. options.Limits.Select(limit => new JsonObject
            {
                ["quantity"] = limit.Quantity.ToString(),
                ["bound"] = limit.Bound,
                ["latencySeconds"] = double.IsFinite(limit.LatencySeconds) ? limit.LatencySeconds : null,
                ["method"] = limit.Method.ToString(),
            })]),
            ["surrogate"] = Of(surrogate),
        };
    }

    internal static JsonObject Of(SurrogateOptions surrogate) => new()
    {
        ["members"] = surrogate.Members,
        ["hiddenWidth"] = surrogate.HiddenWidth,
        ["priorScale"] = surrogate.PriorScale,
        ["networkPriorScale"] = surrogate.NetworkPriorScale,
        ["learningRate"] = surrogate.LearningRate,
        ["batchSize"] = surrogate.BatchSize,
        ["capacity"] = surrogate.Capacity,
        ["stepsPerRequest"] = surrogate.StepsPerRequest,
        ["refitAt"] = new JsonArray([.. surrogate.RefitAt.Select(at => (JsonNode)at)]),
        ["refitEpochs"] = surrogate.RefitEpochs,
        ["refitPatience"] = surrogate.RefitPatience,
        ["driftThreshold"] = double.IsFinite(surrogate.DriftThreshold) ? surrogate.DriftThreshold : null,
        ["driftAllowance"] = surrogate.DriftAllowance,
        ["keepsCalibration"] = surrogate.KeepsCalibration,
        ["stepsAfterDrift"] = surrogate.StepsAfterDrift,
        ["usesPrior"] = surrogate.UsesPrior,
    };

    /// <summary>The seed and the settings in a description, for an agent into which a saved state can be loaded.</summary>
    /// <param name="description">What <see cref="ModelBasedAgent.Describe"/> gave.</param>
    /// <param name="seed">Receives the seed.</param>
    /// <returns>The settings.</returns>
    /// <exception cref="FormatException">A key is missing, or its value is of another kind or out of range; the message names it.</exception>
    public static ModelBasedOptions Read(JsonObject description, out ulong seed)
    {
        ArgumentNullException.ThrowIfNull(description);
        var agent = new DescriptionReader(description, "settings");
        var surrogate = agent.Section("surrogate");
        seed = agent.Unsigned("seed");
        try
        {
            return new ModelBasedOptions
            {
                Rule = agent.Choice<DecisionRule>("rule"),
                Optimism = agent.Number("optimism"),
                Epsilon = agent.Number("epsilon"),
                PlannedTurns = agent.Whole("plannedTurns"),
                LeastTries = agent.Whole("leastTries"),
                TryWindow = agent.Whole("tryWindow"),
                TryBudget = agent.Number("tryBudget"),
                RetryBudget = agent.Number("retryBudget"),
                Limits = [.. agent.Sections("limits").Select(Limit)],
                Surrogate = new SurrogateOptions
                {
                    Members = surrogate.Whole("members"),
                    HiddenWidth = surrogate.Whole("hiddenWidth"),
                    PriorScale = surrogate.Number("priorScale"),
                    NetworkPriorScale = surrogate.Number("networkPriorScale"),
                    LearningRate = surrogate.Number("learningRate"),
                    BatchSize = surrogate.Whole("batchSize"),
                    Capacity = surrogate.Whole("capacity"),
                    StepsPerRequest = surrogate.Whole("stepsPerRequest"),
                    RefitAt = surrogate.Wholes("refitAt"),
                    RefitEpochs = surrogate.Whole("refitEpochs"),
                    RefitPatience = surrogate.Whole("refitPatience"),
                    DriftThreshold = surrogate.NumberOrNull("driftThreshold") ?? double.PositiveInfinity,
                    DriftAllowance = surrogate.Number("driftAllowance"),
                    KeepsCalibration = surrogate.Flag("keepsCalibration"),
                    StepsAfterDrift = surrogate.Whole("stepsAfterDrift"),
                    UsesPrior = surrogate.Flag("usesPrior"),
                },
            };
        }
        catch (ArgumentOutOfRangeException error)
        {
            throw new FormatException("settings: " + error.Message, error);
        }
    }

    private static LongTermLimit Limit(DescriptionReader limit)
    {
        var bound = limit.Number("bound");
        var quantity = limit.Choice<LimitedQuantity>("quantity");
        var method = limit.Choice<LimitMethod>("method");
        var read = quantity == LimitedQuantity.DeviceJoules ? LongTermLimit.EnergyBudget(bound) : LongTermLimit.DeadlineMisses(limit.Number("latencySeconds"), bound);
        return read with { Method = method };
    }
}
