using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Agents.Evaluation;

/// <summary>Decisions that one policy took, from which another policy's mean reward is estimated without running it.</summary>
/// <remarks>
/// <para>Each decision counts by itself: in a conversation, where a turn's split moves the cost of later turns, the estimate is of the target taking single decisions in the
/// situations that the logging policy brought about. Every action that the target takes must have had a chance; a deterministic logging policy tells nothing of others.</para>
/// <para>Immutable. Sources: M. Dudík, J. Langford, L. Li, ICML 2011; A. Swaminathan, T. Joachims, NeurIPS 2015; Y.-X. Wang, A. Agarwal, M. Dudík, ICML 2017 (Switch); Y. Su et al.,
/// ICML 2020 (shrinkage); A. Metelli, A. Russo, M. Restelli, NeurIPS 2021 (sub-Gaussian).</para>
/// </remarks>
public sealed class OffPolicyLog
{
    private readonly LoggedChoice[] choices;

    /// <summary>Takes over decisions.</summary>
    /// <param name="choices">The decisions, at least one.</param>
    /// <exception cref="ArgumentException">There are none, a probability or a reward is out of range or not a number; the message names the record and the field.</exception>
    public OffPolicyLog(IEnumerable<LoggedChoice> choices)
    {
        ArgumentNullException.ThrowIfNull(choices);
        this.choices = [.. choices];
        Guard.AtLeast(this.choices.Length, 1, nameof(choices));
        for (var i = 0; i < this.choices.Length; i++)
        {
            ref readonly var choice = ref this.choices[i];
            Check(i, "behaviour probability", choice.BehaviourProbability, choice.BehaviourProbability is > 0 and <= 1, "in (0, 1]");
            Check(i, "target probability", choice.TargetProbability, choice.TargetProbability is >= 0 and <= 1, "in [0, 1]");
            Check(i, "reward", choice.Reward, double.IsFinite(choice.Reward), "finite");
        }
    }

    /// <summary>Number of decisions.</summary>
    public int Count => choices.Length;

    /// <summary>Estimates the target's mean reward.</summary>
    /// <param name="estimator">The estimator.</param>
    /// <param name="parameter">Its λ: at least 0, in [0, 1] for the sub-Gaussian ones; infinity for none. Without effect on estimators that have none.</param>
    /// <returns>The estimate with its standard error.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The parameter is out of range.</exception>
    /// <exception cref="ArgumentException">The estimator needs predictions that a record lacks.</exception>
    public OffPolicyEstimate Estimate(OffPolicyEstimator estimator, double parameter = double.PositiveInfinity)
    {
        Check(estimator, parameter);
        var rows = Rows(estimator, parameter);
        var (value, error) = Combine(rows, estimator);
        var (sum, squares) = (0.0, 0.0);
        foreach (var choice in choices)
        {
            var weight = choice.TargetProbability / choice.BehaviourProbability;
            sum += weight;
            squares += weight * weight;
        }

        return new OffPolicyEstimate(value, error, squares > 0 ? sum * sum / squares : 0);
    }

    /// <summary>The estimate with a bootstrap percentile interval: the decisions are redrawn.</summary>
    /// <param name="estimator">The estimator.</param>
    /// <param name="parameter">Its λ, as in <see cref="Estimate"/>.</param>
    /// <param name="replicates">Number of replicates, at least 1.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <param name="confidence">Confidence, in (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    /// <exception cref="ArgumentException">The estimator needs predictions that a record lacks.</exception>
    public Interval Bootstrap(OffPolicyEstimator estimator, double parameter = double.PositiveInfinity, int replicates = 2000, ulong seed = 1, double confidence = 0.95)
    {
        Check(estimator, parameter);
        Guard.AtLeast(replicates, 1);
        var rows = Rows(estimator, parameter);
        var drawn = new Row[rows.Length];
        var key = StreamKey.Create(seed, "evaluation/off-policy-bootstrap");
        var values = new double[replicates];
        for (var replicate = 0; replicate < replicates; replicate++)
        {
            var random = new RandomSource(key, (ulong)replicate);
            for (var i = 0; i < drawn.Length; i++)
            {
                drawn[i] = rows[random.NextInt32(rows.Length)];
            }

            values[replicate] = Combine(drawn, estimator).Value;
        }

        return BootstrapInterval.Percentile(Combine(rows, estimator).Value, values, confidence);
    }

    private static bool IsModelBased(OffPolicyEstimator estimator) =>
        estimator is not (OffPolicyEstimator.InversePropensity or OffPolicyEstimator.SelfNormalised or OffPolicyEstimator.SubGaussian);

    private static double Weight(OffPolicyEstimator estimator, double weight, double parameter) => estimator switch
    {
        OffPolicyEstimator.DirectMethod => 0,
        OffPolicyEstimator.InversePropensity or OffPolicyEstimator.DoublyRobust => Math.Min(weight, parameter),
        OffPolicyEstimator.SwitchDoublyRobust => weight <= parameter ? weight : 0,
        OffPolicyEstimator.ShrunkDoublyRobust => double.IsPositiveInfinity(parameter) ? weight : weight == 0 ? 0 : parameter * weight / ((weight * weight) + parameter),
        OffPolicyEstimator.SubGaussian or OffPolicyEstimator.SubGaussianDoublyRobust => weight / (1 - parameter + (parameter * weight)) is var shrunk && double.IsNaN(shrunk) ? 0 : shrunk,
        _ => weight,
    };

    // Value and standard error. A ratio of means has the error of its linearisation.
    private static (double Value, double Error) Combine(ReadOnlySpan<Row> rows, OffPolicyEstimator estimator)
    {
        var normalise = estimator is OffPolicyEstimator.SelfNormalised or OffPolicyEstimator.SelfNormalisedDoublyRobust;
        var (baseline, weights, products) = (0.0, 0.0, 0.0);
        foreach (ref readonly var row in rows)
        {
            baseline += row.Baseline / rows.Length;
            weights += row.Weight / rows.Length;
            products += row.Weight * row.Residual / rows.Length;
        }

        // Where no decision has weight, what is left of the estimate is the model's part.
        var scale = normalise ? weights > 0 ? 1 / weights : 0 : 1;
        var centre = normalise ? products * scale : 0;
        var value = baseline + (products * scale);
        var squares = 0.0;
        foreach (ref readonly var row in rows)
        {
            var influence = row.Baseline - baseline + (row.Weight * scale * (row.Residual - centre)) - (normalise ? 0 : products);
            squares += influence * influence;
        }

        return (value, rows.Length > 1 ? Math.Sqrt(squares / (rows.Length - 1) / rows.Length) : double.NaN);
    }

    private static void Check(int record, string field, double found, bool isAllowed, string allowed)
    {
        if (!isAllowed)
        {
            throw new ArgumentException(FormattableString.Invariant($"Record {record}: the {field} is {found}; it must be {allowed}."));
        }
    }

    private void Check(OffPolicyEstimator estimator, double parameter)
    {
        var isShare = estimator is OffPolicyEstimator.SubGaussian or OffPolicyEstimator.SubGaussianDoublyRobust;
        Guard.InRange(parameter, 0, isShare ? 1 : double.PositiveInfinity);
        for (var i = 0; i < choices.Length && IsModelBased(estimator); i++)
        {
            Check(i, "predicted reward under the target", choices[i].PredictedTarget, double.IsFinite(choices[i].PredictedTarget), "finite for this estimator");
            Check(
                i, "predicted reward of the taken action", choices[i].PredictedTaken, estimator == OffPolicyEstimator.DirectMethod || double.IsFinite(choices[i].PredictedTaken), "finite for this estimator");
        }
    }

    private Row[] Rows(OffPolicyEstimator estimator, double parameter)
    {
        var hasModel = IsModelBased(estimator);
        return
        [
            .. choices.Select(choice => new Row(
                Weight(estimator, choice.TargetProbability / choice.BehaviourProbability, parameter),
                hasModel && estimator != OffPolicyEstimator.DirectMethod ? choice.Reward - choice.PredictedTaken : choice.Reward,
                hasModel ? choice.PredictedTarget : 0)),
        ];
    }

    private readonly record struct Row(double Weight, double Residual, double Baseline);
}
