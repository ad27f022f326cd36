using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Placements;

namespace EdgeSplit.Agents.Surrogates;

public sealed partial class OutcomeSurrogate
{
    private static readonly OutcomeHead[] CalibratedHeads = [OutcomeHead.LatencySeconds, OutcomeHead.DeviceJoules];

    private readonly double[] strata;
    private readonly LogNormalMixture mixture;

    /// <summary>The predictive distribution of a part of the outcome before the length of the answer is known: a mixture over members and over the lengths that the workload publishes.</summary>
    /// <remarks>Not recalibrated; see <see cref="Interval"/>. Members that disagree, unknown lengths and the members' own variances are all in it.</remarks>
    /// <param name="observation">What the device sees.</param>
    /// <param name="splitPoint">The split point, 0..L.</param>
    /// <param name="head">The part.</param>
    /// <param name="distribution">Receives the distribution, in the part's unit; room for 8 components per member. Empty where the part does not occur, as link time at k = L.</param>
    /// <exception cref="ArgumentOutOfRangeException">The split point is out of range.</exception>
    public void Predict(in Observation observation, int splitPoint, OutcomeHead head, LogNormalMixture distribution)
    {
        ArgumentNullException.ThrowIfNull(distribution);
        Guard.InRange(splitPoint, 0, belief.Profile.Layers);
        distribution.Clear();
        Span<double> starts = stackalloc double[LengthStrata.Count];
        for (var i = 0; i < LengthStrata.Count; i++)
        {
            belief.Predict(observation, strata[i], hindsight);
            var start = Start(observation, strata[i], hindsight);
            OutcomeFeatures.Write(observation, strata[i], splitPoint, start, inputs.AsSpan(i * OutcomeFeatures.Length, OutcomeFeatures.Length));
            starts[i] = Part(start, splitPoint, head);
        }

        var predicted = outputs.AsSpan(0, Members * LengthStrata.Count * Outputs);
        training.Ensemble.PredictAll(inputs.AsSpan(0, LengthStrata.Count * OutcomeFeatures.Length), LengthStrata.Count, predicted);
        for (var row = 0; row < Members * LengthStrata.Count; row++)
        {
            var start = starts[row % LengthStrata.Count];
            if (start > 0)
            {
                var own = predicted.Slice(row * Outputs, Outputs);
                var variance = Math.Exp(bounds.Bound(own[FirstVariance + (int)head]));
                distribution.Add(Math.Log(start) + LogFactor(own, (int)head) - (0.5 * variance), Math.Sqrt(variance));
            }
        }
    }

    /// <summary>The recalibrated central interval of latency or device energy: what was measured stood in such intervals, of late and for splits of this group, in about the nominal share.</summary>
    /// <param name="observation">What the device sees.</param>
    /// <param name="splitPoint">The split point, 0..L.</param>
    /// <param name="head"><see cref="OutcomeHead.LatencySeconds"/> or <see cref="OutcomeHead.DeviceJoules"/>; other parts are not recalibrated.</param>
    /// <param name="coverage">The nominal probability of the interval, in (0, 1).</param>
    /// <returns>The ends, in the part's unit; both 0 where the part does not occur.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public (double Lower, double Upper) Interval(in Observation observation, int splitPoint, OutcomeHead head, double coverage = 0.9)
    {
        if (!(coverage > 0 && coverage < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(coverage), coverage, "Must be above 0 and below 1.");
        }

        Predict(observation, splitPoint, head, mixture);
        if (mixture.Count == 0)
        {
            return (0, 0);
        }

        var group = SplitGroups.Of(splitPoint, belief.Profile.Layers);
        var tail = (1 - coverage) / 2;
        return (mixture.Quantile(calibration.Corrected(head, group, tail)), mixture.Quantile(calibration.Corrected(head, group, 1 - tail)));
    }

    private void AddToCalibration(in Experience experience)
    {
        if (!options.KeepsCalibration)
        {
            return;
        }

        var split = experience.Decision.SplitPoint;
        var group = SplitGroups.Of(split, belief.Profile.Layers);
        foreach (var head in CalibratedHeads)
        {
            var measured = head == OutcomeHead.LatencySeconds ? experience.Outcome.Breakdown.Latency.TotalSeconds : experience.Outcome.Breakdown.Energy.DeviceJoules;
            Predict(experience.Observation, split, head, mixture);
            if (mixture.Count > 0 && measured > 0)
            {
                calibration.Add(head, group, mixture.CumulativeProbability(measured));
            }
        }
    }

    private static double Part(SplitTotals totals, int split, OutcomeHead head) => head switch
    {
        OutcomeHead.DeviceSeconds => totals.DeviceSeconds[split],
        OutcomeHead.NetworkSeconds => totals.NetworkSeconds[split],
        OutcomeHead.ServerSeconds => totals.ServerSeconds[split],
        OutcomeHead.DeviceJoules => totals.DeviceJoules[split],
        OutcomeHead.ServerGpuSeconds => totals.ServerGpuSeconds[split],
        OutcomeHead.LatencySeconds => totals.LatencySeconds(split),
        _ => throw new ArgumentOutOfRangeException(nameof(head), head, "Must be a part of the outcome."),
    };
}
