using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Quality;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Core.Simulation;

/// <summary>The objective of a scenario: weights, hard limits, and where quality and leakage come from.</summary>
internal sealed class ScenarioObjective
{
    private const double MostSeconds = 1e9;

    private static readonly Dictionary<string, IFormatLossSource> FormatLosses = new(StringComparer.OrdinalIgnoreCase)
    {
        ["llama-7b"] = PublishedFormatLoss.Llama7B,
        ["llama-3-8b"] = PublishedFormatLoss.Llama3With8B,
    };

    /// <summary>Reads the objective.</summary>
    /// <param name="section">The section; null where the scenario has none.</param>
    /// <param name="root">The scenario.</param>
    /// <param name="isDamaged">Whether codec or link change the hidden state, so that a table has to price it.</param>
    internal ScenarioObjective(ScenarioSection? section, ScenarioSection root, bool isDamaged)
    {
        FormatLoss = section?.Choice("formatLoss", "format loss", FormatLosses) ?? PublishedFormatLoss.Llama7B;
        var tables = new ScenarioQualityTable(section, root);

        // A table that is named gives the weights' losses as well, unless a published one is named for them.
        SplitLoss = tables.IsNamed || isDamaged
            ? new MeasuredSplitLoss(new MeasuredQuality(tables.Table), FormatLoss, useMeasuredWeights: tables.IsNamed && !section!.Has("formatLoss"))
            : null;
        Leakage = tables.Leakage;
        Limits = section is null ? SplitLimits.None : new SplitLimits
        {
            MaximumTokenRecoveryRate = section.Number("maximumTokenRecoveryRate", 0, 1) ?? SplitLimits.None.MaximumTokenRecoveryRate,
            MaximumNegativeLogLikelihoodIncrease = section.Number("maximumNegativeLogLikelihoodIncrease", 0, 1000) ?? SplitLimits.None.MaximumNegativeLogLikelihoodIncrease,
        };
        Weights = section is null ? new Objective() : ReadWeights(section);
    }

    internal IFormatLossSource FormatLoss { get; }

    /// <summary>The losses of a table; null where nothing asks for one.</summary>
    internal MeasuredSplitLoss? SplitLoss { get; }

    internal ILeakageSource Leakage { get; }

    internal SplitLimits Limits { get; }

    internal Objective Weights { get; }

    /// <summary>Refuses a weight format for which the source of quality has no figure.</summary>
    internal void CheckCovered(NumberFormat weights, ScenarioSection root, string side)
    {
        if (SplitLoss?.CoversWeights(weights) == true)
        {
            return;
        }

        try
        {
            _ = FormatLoss.NegativeLogLikelihoodIncreaseNats(weights);
        }
        catch (ArgumentException error)
        {
            throw root.Error(side + ".weights", $"the format {weights.Name}, whose quality loss the source \"{FormatLoss.Provenance.MeasuredOn}\" does not give", error.Message.Split(" (Parameter")[0].TrimEnd('.') + "; or another $.objective.formatLoss", error);
        }
    }

    private static Objective ReadWeights(ScenarioSection section)
    {
        double? Weight(string key) => section.Number(key, 0, MostSeconds);
        var byDefault = new Objective();
        var weights = new Objective
        {
            LatencyWeight = Weight("latencyWeight") ?? byDefault.LatencyWeight,
            DeviceJouleSeconds = Weight("deviceJouleSeconds") ?? byDefault.DeviceJouleSeconds,
            ServerGpuSecondSeconds = Weight("serverGpuSecondSeconds") ?? byDefault.ServerGpuSecondSeconds,
            QualityNatSeconds = Weight("qualityNatSeconds") ?? byDefault.QualityNatSeconds,
            LeakageSeconds = Weight("leakageSeconds") ?? byDefault.LeakageSeconds,
            LatencyLimitSeconds = section.Number("latencyLimitSeconds", 0, MostSeconds, aboveMinimum: true) ?? byDefault.LatencyLimitSeconds,
            TimeOutPenaltySeconds = Weight("timeOutPenaltySeconds") ?? byDefault.TimeOutPenaltySeconds,
            MissedLimitPenaltySeconds = Weight("missedLimitPenaltySeconds") ?? byDefault.MissedLimitPenaltySeconds,
        };
        if (weights.MissedLimitPenaltySeconds > 0 && double.IsPositiveInfinity(weights.LatencyLimitSeconds))
        {
            throw section.Missing("latencyLimitSeconds", "a latency limit, where missedLimitPenaltySeconds is above 0");
        }

        var hasCost = weights.LatencyWeight > 0 || weights.DeviceJouleSeconds > 0 || weights.ServerGpuSecondSeconds > 0
            || weights.QualityNatSeconds > 0 || weights.LeakageSeconds > 0 || weights.MissedLimitPenaltySeconds > 0;
        return hasCost ? weights : throw section.Error("latencyWeight", "an objective whose weights are all 0", "at least one weight above 0");
    }
}
