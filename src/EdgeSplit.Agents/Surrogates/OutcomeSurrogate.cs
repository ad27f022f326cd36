using EdgeSplit.Agents.Environments;
using EdgeSplit.Agents.Networks;
using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Simulation;

namespace EdgeSplit.Agents.Surrogates;

/// <summary>Learns the outcome of (observation, split) as a factor on what the public profile predicts: a probabilistic ensemble of small networks with randomised priors.</summary>
/// <remarks>
/// <para>For each part of the outcome (<see cref="OutcomeHead"/>) a member predicts the logarithm of the mean factor and the variance of the factor's logarithm, by the Gaussian likelihood of
/// the logarithm. So a cost is a sum of means, and the spread is there for intervals and limits. Cost is computed from the parts by the objective that is asked for, so weights can change
/// after learning without new data.</para>
/// <para>The length of an answer is known once it is finished: the factor compares what was measured with what the profile predicts for the true length.
/// Otherwise the spread of lengths would drown everything else.</para>
/// <para>Untried splits keep the spread of the members' fixed random priors (Osband, Aslanides, Cassirer, "Randomized prior functions for deep
/// reinforcement learning", NeurIPS 2018), and each member weighs each request with its own Poisson(1) draw, an online bootstrap.</para>
/// <para>Each new outcome is compared with what was predicted for it; where the residuals of a part shift (<see cref="DriftDetector"/>), what was learned of that part before the shift
/// is forgotten, and the networks are trained anew.</para>
/// <para>Not thread-safe. Between refits nothing is allocated.</para>
/// </remarks>
public sealed partial class OutcomeSurrogate : IRestorable
{
    private const int Outputs = GaussianLikelihoodLoss.BlockLength;
    private const int FirstVariance = GaussianLikelihoodLoss.HeadsPerBlock;

    // A detector that listens to networks which have learned nothing yet hears only them.
    private const int LeastRowsOfDrift = 60;
    private const double LeastVariance = 1e-4;
    private const double ExpectedLogVariance = -3;
    private static readonly int HeadCount = Enum.GetValues<OutcomeHead>().Length;

    private readonly Belief belief;
    private readonly SurrogateOptions options;
    private readonly SurrogateTraining training;
    private readonly OutcomeCalibration calibration;
    private readonly LogVarianceBounds bounds = new(-9, 0.5);
    private readonly DriftDetector[] detectors;
    private readonly double largestLogFactor;
    private readonly StreamKey bootstrapKey;
    private readonly PoissonDistribution bootstrap = new(1);
    private readonly SplitTotals hindsight;
    private readonly SplitTotals uninformed;
    private readonly double[] intercepts = new double[HeadCount];
    private readonly double[] logRatioSums = new double[HeadCount];
    private readonly int[] logRatioCounts = new int[HeadCount];
    private readonly float[] inputs;
    private readonly float[] outputs;
    private readonly float[] rowInputs = new float[OutcomeFeatures.Length];
    private readonly float[] rowTargets = new float[Outputs];
    private readonly float[] rowMask = new float[Outputs];
    private readonly float[] rowWeights;
    private readonly float[] rowOutputs;
    private readonly double[] rowLogRatios = new double[HeadCount];
    private int finished;

    /// <summary>Creates a surrogate that has seen nothing: its mean prediction is about the public profile's.</summary>
    /// <param name="belief">The public profile.</param>
    /// <param name="options">Settings.</param>
    /// <param name="key">Stream of all its draws.</param>
    public OutcomeSurrogate(Belief belief, SurrogateOptions options, StreamKey key)
    {
        ArgumentNullException.ThrowIfNull(belief);
        ArgumentNullException.ThrowIfNull(options);
        this.belief = belief;
        this.options = options;
        largestLogFactor = options.UsesPrior ? 3 : 12;
        training = new SurrogateTraining(options, Networks(options), key);
        calibration = new OutcomeCalibration();
        detectors = [.. Enumerable.Range(0, HeadCount).Select(_ => new DriftDetector(options.DriftAllowance, options.DriftThreshold))];
        bootstrapKey = key.Derive("bootstrap");
        hindsight = new SplitTotals(belief.Profile.Layers);
        uninformed = new SplitTotals(belief.Profile.Layers);
        strata = LengthStrata.Of(belief.Scenario.Workload);
        var splits = belief.Profile.Layers + 1;
        inputs = new float[Math.Max(splits, LengthStrata.Count) * OutcomeFeatures.Length];
        outputs = new float[options.Members * Math.Max(splits, LengthStrata.Count) * Outputs];
        rowWeights = new float[options.Members];
        rowOutputs = new float[options.Members * Outputs];
        mixture = new LogNormalMixture(options.Members * LengthStrata.Count);
    }

    /// <summary>Members of the ensemble.</summary>
    public int Members => options.Members;

    /// <summary>Finished requests remembered.</summary>
    public int Experiences => training.Rows;

    /// <summary>How often the residuals have shifted, so that something was forgotten and the networks were trained anew.</summary>
    public int Drifts { get; private set; }

    /// <summary>Predicts the cost of every feasible split by every member.</summary>
    /// <param name="context">The situation, with the belief's prediction.</param>
    /// <param name="costs">Receives the costs, seconds-equivalent, infinity where infeasible; shape [members, L + 1].</param>
    /// <param name="objective">What an outcome costs; the scenario's objective where null. Nothing has to be learned anew for another one.</param>
    /// <exception cref="ArgumentOutOfRangeException">The buffer has another length.</exception>
    public void PredictCosts(DecisionContext context, Span<double> costs, Objective? objective = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        PredictCosts(context.Observation, context.Belief, costs, objective ?? belief.Scenario.Objective);
    }

    /// <summary>Learns from a finished request: remembers it, takes a training step, and looks whether the world has changed.</summary>
    /// <param name="experience">What was seen, decided and measured.</param>
    public void Learn(in Experience experience)
    {
        var split = experience.Decision.SplitPoint;
        AddToCalibration(experience);
        FillRow(experience.Observation, experience.Outcome, split);
        var shifted = finished >= LeastRowsOfDrift ? ShiftedSince() : 0;
        var random = new RandomSource(bootstrapKey, (ulong)experience.Request);
        foreach (ref var weight in rowWeights.AsSpan())
        {
            weight = bootstrap.SampleCount(ref random);
        }

        training.Add(rowInputs, rowTargets, rowMask, rowWeights);
        finished++;
        if (shifted > 0)
        {
            Drifts++;
            Forget(shifted);
        }
        else if (options.RefitAt.Contains(finished))
        {
            Refit();
        }
    }

    /// <inheritdoc/>
    public void SaveState(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(finished);
        writer.Write(Drifts);
        for (var head = 0; head < HeadCount; head++)
        {
            writer.Write(intercepts[head]);
            writer.Write(logRatioSums[head]);
            writer.Write(logRatioCounts[head]);
            detectors[head].SaveState(writer);
        }

        calibration.SaveState(writer);
        training.SaveState(writer);
    }

    /// <inheritdoc/>
    public void LoadState(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        finished = reader.ReadInt32();
        Drifts = reader.ReadInt32();
        for (var head = 0; head < HeadCount; head++)
        {
            intercepts[head] = reader.ReadDouble();
            logRatioSums[head] = reader.ReadDouble();
            logRatioCounts[head] = reader.ReadInt32();
            detectors[head].LoadState(reader);
        }

        calibration.LoadState(reader);
        training.LoadState(reader);
    }

    internal void PredictCosts(in Observation observation, SplitTotals totals, Span<double> costs, Objective objective, bool cacheStays = false)
    {
        var splits = belief.Profile.Layers + 1;
        Guard.SameLength(costs.Length, Members * splits);
        costs.Fill(double.PositiveInfinity);
        var start = Start(observation, observation.ExpectedOutputTokens, totals);
        var rows = 0;
        for (var k = 0; k < splits; k++)
        {
            if (totals.Infeasibility[k] == SplitInfeasibility.None)
            {
                var seen = cacheStays ? observation with { CacheSplitPoint = k } : observation;
                OutcomeFeatures.Write(seen, observation.ExpectedOutputTokens, k, start, inputs.AsSpan(rows++ * OutcomeFeatures.Length, OutcomeFeatures.Length));
            }
        }

        var predicted = outputs.AsSpan(0, Members * rows * Outputs);
        training.Ensemble.PredictAll(inputs.AsSpan(0, rows * OutcomeFeatures.Length), rows, predicted);
        for (var member = 0; member < Members; member++)
        {
            var row = 0;
            for (var k = 0; k < splits; k++)
            {
                if (totals.Infeasibility[k] == SplitInfeasibility.None)
                {
                    costs[(member * splits) + k] = Cost(objective, start, k, predicted.Slice(((member * rows) + row++) * Outputs, Outputs));
                }
            }
        }
    }

    /// <summary>Predicts the cost of one split by every member.</summary>
    internal void PredictCosts(in Observation observation, SplitTotals totals, int split, Span<double> memberCosts, Objective objective)
    {
        var start = Start(observation, observation.ExpectedOutputTokens, totals);
        OutcomeFeatures.Write(observation, observation.ExpectedOutputTokens, split, start, inputs.AsSpan(0, OutcomeFeatures.Length));
        training.Ensemble.PredictAll(inputs.AsSpan(0, OutcomeFeatures.Length), 1, outputs);
        for (var member = 0; member < Members; member++)
        {
            memberCosts[member] = Cost(objective, start, split, outputs.AsSpan(member * Outputs, Outputs));
        }
    }

    private static NetworkEnsembleOptions Networks(SurrogateOptions options)
    {
        var scales = new double[Outputs];
        Array.Fill(scales, options.PriorScale, 0, HeadCount);
        scales[(int)OutcomeHead.NetworkSeconds] = options.NetworkPriorScale;
        var offsets = new double[Outputs];
        Array.Fill(offsets, ExpectedLogVariance, FirstVariance, Outputs - FirstVariance);
        return new NetworkEnsembleOptions
        {
            Widths = [OutcomeFeatures.Length, options.HiddenWidth, options.HiddenWidth, Outputs],
            MemberCount = options.Members,
            PriorScales = scales,
            OutputOffsets = offsets,

            // Before any data a member is the public profile times its prior, and nothing else.
            Initialisation = new NetworkInitialisation { OutputGain = 0 },
            Losses = [new GaussianLikelihoodLoss { Bounds = new LogVarianceBounds(-9, 0.5), MeanOfExponential = true }],
            Optimiser = new AdamOptions { LearningRate = options.LearningRate },
        };
    }

    // What predictions start from: the public profile, or where it is absent a scale of nothing in particular.
    private SplitTotals Start(in Observation observation, double outputTokens, SplitTotals totals)
    {
        if (options.UsesPrior)
        {
            return totals;
        }

        UninformedTotals.Write(observation, outputTokens, uninformed);
        return uninformed;
    }

    private void FillRow(in Observation observation, in Outcome outcome, int split)
    {
        belief.Predict(observation, outcome.Work.OutputTokens, hindsight);
        var start = Start(observation, outcome.Work.OutputTokens, hindsight);
        OutcomeFeatures.Write(observation, outcome.Work.OutputTokens, split, start, rowInputs);
        var measured = outcome.Breakdown;
        Target(OutcomeHead.DeviceSeconds, measured.Latency.DeviceSeconds, start.DeviceSeconds[split]);
        Target(OutcomeHead.NetworkSeconds, measured.Latency.NetworkSeconds, start.NetworkSeconds[split]);
        Target(OutcomeHead.ServerSeconds, measured.Latency.ServerSeconds, start.ServerSeconds[split]);
        Target(OutcomeHead.DeviceJoules, measured.Energy.DeviceJoules, start.DeviceJoules[split]);
        Target(OutcomeHead.ServerGpuSeconds, measured.Energy.ServerGpuSeconds, start.ServerGpuSeconds[split]);
        Target(OutcomeHead.LatencySeconds, measured.Latency.TotalSeconds, start.LatencySeconds(split));
    }

    private void Target(OutcomeHead head, double measured, double predicted)
    {
        var known = predicted > 0 && measured > 0;
        var ratio = known ? Math.Clamp(Math.Log(measured / predicted), -largestLogFactor, largestLogFactor) : 0;
        rowLogRatios[(int)head] = ratio;
        rowTargets[(int)head] = (float)(ratio - intercepts[(int)head]);
        rowMask[(int)head] = rowMask[(int)head + FirstVariance] = known ? 1 : 0;
        if (known)
        {
            logRatioSums[(int)head] += ratio;
            logRatioCounts[(int)head]++;
        }
    }

    /// <summary>How many requests ago the first of the parts that have shifted did so; 0 where none has.</summary>
    private int ShiftedSince()
    {
        training.Ensemble.PredictAll(rowInputs, 1, rowOutputs);
        var longest = 0;
        for (var head = 0; head < HeadCount; head++)
        {
            hasShifted[head] = false;
            if (rowMask[head] > 0)
            {
                var (mean, variance) = Moments(rowOutputs, head);
                var since = detectors[head].Add((rowTargets[head] - mean) / Math.Sqrt(variance + LeastVariance));
                hasShifted[head] = since > 0;
                longest = Math.Max(longest, since);
            }
        }

        return longest;
    }

    private readonly bool[] hasShifted = new bool[HeadCount];

    private void Forget(int since)
    {
        Span<int> forgotten = stackalloc int[2 * HeadCount];
        var count = 0;
        for (var head = 0; head < HeadCount; head++)
        {
            // Latency is the sum of the others.
            if (hasShifted[head] || head == (int)OutcomeHead.LatencySeconds)
            {
                forgotten[count++] = head;
                forgotten[count++] = head + FirstVariance;
                detectors[head].Reset();
            }
        }

        calibration.Forget();
        training.Restart(forgotten[..count], since);
    }

    private void Refit()
    {
        if (!options.UsesPrior)
        {
            // Without a profile the scale of each part is itself to be learned; networks learn what is left.
            for (var head = 0; head < HeadCount; head++)
            {
                var intercept = logRatioCounts[head] > 0 ? logRatioSums[head] / logRatioCounts[head] : 0;
                training.ShiftTargets(head, (float)(intercepts[head] - intercept));
                intercepts[head] = intercept;
            }
        }

        training.Refit();
    }

    // Of the logarithm of a factor under the mixture of the members, for one row; the intercept left out.
    private (double Mean, double Variance) Moments(ReadOnlySpan<float> memberOutputs, int head)
    {
        double mean = 0, square = 0, variance = 0;
        for (var member = 0; member < Members; member++)
        {
            var own = Math.Exp(bounds.Bound(memberOutputs[(member * Outputs) + FirstVariance + head]));
            var centre = memberOutputs[(member * Outputs) + head] - (0.5 * own);
            mean += centre;
            square += centre * centre;
            variance += own;
        }

        mean /= Members;
        return (mean, (variance / Members) + Math.Max(0, (square / Members) - (mean * mean)));
    }

    private double LogFactor(ReadOnlySpan<float> row, int head) => Math.Clamp(row[head] + intercepts[head], -largestLogFactor, largestLogFactor);

    private double Cost(Objective objective, SplitTotals totals, int split, ReadOnlySpan<float> row)
    {
        var latency = (totals.DeviceSeconds[split] * Math.Exp(LogFactor(row, (int)OutcomeHead.DeviceSeconds)))
            + (totals.NetworkSeconds[split] * Math.Exp(LogFactor(row, (int)OutcomeHead.NetworkSeconds)))
            + (totals.ServerSeconds[split] * Math.Exp(LogFactor(row, (int)OutcomeHead.ServerSeconds)));
        return objective.Cost(
            latency,
            totals.DeviceJoules[split] * Math.Exp(LogFactor(row, (int)OutcomeHead.DeviceJoules)),
            totals.ServerGpuSeconds[split] * Math.Exp(LogFactor(row, (int)OutcomeHead.ServerGpuSeconds)),
            belief.Profile.NegativeLogLikelihoodIncrease[split],
            belief.Profile.TokenRecoveryRate[split]);
    }
}
