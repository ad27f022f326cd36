using EdgeSplit.Agents.Networks;
using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Simulation;

namespace EdgeSplit.Agents.Surrogates;

/// <summary>Learns the outcome of (observation, split) as a factor on what the public profile predicts: an ensemble of small networks with randomised priors.</summary>
/// <remarks>
/// <para>One output per part of the outcome (<see cref="OutcomeHead"/>), in the log of the factor. The loss is the gamma deviance with log link, so that
/// a member predicts the mean factor, not the mean of its logarithm: costs are sums of means. Cost is computed from the parts by the
/// objective, so weights can change after learning.</para>
/// <para>The length of an answer is known once it is finished: the factor compares what was measured with what the profile predicts for the true length.
/// Otherwise the spread of lengths would drown everything else.</para>
/// <para>Untried splits keep the spread of the members' fixed random priors (Osband, Aslanides, Cassirer, "Randomized prior functions for deep
/// reinforcement learning", NeurIPS 2018), and each member weighs each request with its own Poisson(1) draw, an online bootstrap.</para>
/// <para>Not thread-safe. Steady state allocates nothing.</para>
/// </remarks>
public sealed class OutcomeSurrogate
{
    private const double LargestLogFactor = 3;
    private static readonly int HeadCount = Enum.GetValues<OutcomeHead>().Length;

    private readonly Belief belief;
    private readonly SurrogateOptions options;
    private readonly NetworkEnsemble ensemble;
    private readonly ReplayBuffer replay;
    private readonly StreamKey bootstrapKey;
    private readonly StreamKey batchKey;
    private readonly PoissonDistribution bootstrap = new(1);
    private readonly SplitTotals hindsight;
    private readonly float[] inputs;
    private readonly float[] outputs;
    private readonly float[] rowInputs = new float[OutcomeFeatures.Length];
    private readonly float[] rowTargets = new float[HeadCount];
    private readonly float[] rowMask = new float[HeadCount];
    private readonly float[] rowWeights;
    private readonly float[] batchInputs;
    private readonly float[] batchTargets;
    private readonly float[] batchMask;
    private readonly float[] batchWeights;
    private ulong steps;

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
        ensemble = new NetworkEnsemble(
            new NetworkEnsembleOptions
            {
                Widths = [OutcomeFeatures.Length, options.HiddenWidth, options.HiddenWidth, HeadCount],
                MemberCount = options.Members,
                PriorScales = PriorScales(options),

                // Before any data a member is the public profile times its prior, and nothing else.
                Initialisation = new NetworkInitialisation { OutputGain = 0 },
                Losses = [new GammaDevianceLoss()],
                Optimiser = new AdamOptions { LearningRate = options.LearningRate },
            },
            key.Derive("networks"));
        bootstrapKey = key.Derive("bootstrap");
        batchKey = key.Derive("batches");
        replay = new ReplayBuffer(options.Capacity, OutcomeFeatures.Length, HeadCount, options.Members);
        hindsight = new SplitTotals(belief.Profile.Layers);
        var splits = belief.Profile.Layers + 1;
        inputs = new float[splits * OutcomeFeatures.Length];
        outputs = new float[options.Members * splits * HeadCount];
        rowWeights = new float[options.Members];
        batchInputs = new float[options.BatchSize * OutcomeFeatures.Length];
        batchTargets = new float[options.BatchSize * HeadCount];
        batchMask = new float[options.BatchSize * HeadCount];
        batchWeights = new float[options.Members * options.BatchSize];
    }

    /// <summary>Members of the ensemble.</summary>
    public int Members => options.Members;

    /// <summary>Finished requests remembered.</summary>
    public int Experiences => replay.Count;

    /// <summary>Predicts the cost of every feasible split by every member.</summary>
    /// <param name="context">The situation, with the belief's prediction.</param>
    /// <param name="costs">Receives the costs, seconds-equivalent, infinity where infeasible; shape [members, L + 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">The buffer has another length.</exception>
    public void PredictCosts(DecisionContext context, Span<double> costs)
    {
        ArgumentNullException.ThrowIfNull(context);
        var splits = belief.Profile.Layers + 1;
        Guard.SameLength(costs.Length, Members * splits);
        costs.Fill(double.PositiveInfinity);
        var rows = 0;
        for (var k = 0; k < splits; k++)
        {
            if (context.IsFeasible(k))
            {
                OutcomeFeatures.Write(
                    context.Observation,
                    context.Observation.ExpectedOutputTokens,
                    k,
                    context.Belief,
                    inputs.AsSpan(rows++ * OutcomeFeatures.Length, OutcomeFeatures.Length));
            }
        }

        var predicted = outputs.AsSpan(0, Members * rows * HeadCount);
        ensemble.PredictAll(inputs.AsSpan(0, rows * OutcomeFeatures.Length), rows, predicted);
        for (var member = 0; member < Members; member++)
        {
            var row = 0;
            for (var k = 0; k < splits; k++)
            {
                if (context.IsFeasible(k))
                {
                    costs[(member * splits) + k] = Cost(context.Belief, k, predicted.Slice(((member * rows) + row++) * HeadCount, HeadCount));
                }
            }
        }
    }

    /// <summary>Learns from a finished request: remembers it and takes one training step.</summary>
    /// <param name="experience">What was seen, decided and measured.</param>
    public void Learn(in Experience experience)
    {
        belief.Predict(experience.Observation, experience.Outcome.Work.OutputTokens, hindsight);
        var split = experience.Decision.SplitPoint;
        OutcomeFeatures.Write(experience.Observation, experience.Outcome.Work.OutputTokens, split, hindsight, rowInputs);
        var measured = experience.Outcome.Breakdown;
        Target(OutcomeHead.DeviceSeconds, measured.Latency.DeviceSeconds, hindsight.DeviceSeconds[split]);
        Target(OutcomeHead.NetworkSeconds, measured.Latency.NetworkSeconds, hindsight.NetworkSeconds[split]);
        Target(OutcomeHead.ServerSeconds, measured.Latency.ServerSeconds, hindsight.ServerSeconds[split]);
        Target(OutcomeHead.DeviceJoules, measured.Energy.DeviceJoules, hindsight.DeviceJoules[split]);
        Target(OutcomeHead.ServerGpuSeconds, measured.Energy.ServerGpuSeconds, hindsight.ServerGpuSeconds[split]);
        var random = new RandomSource(bootstrapKey, (ulong)experience.Request);
        foreach (ref var weight in rowWeights.AsSpan())
        {
            weight = bootstrap.SampleCount(ref random);
        }

        replay.Add(rowInputs, rowTargets, rowMask, rowWeights);
        TrainStep();
    }

    private void TrainStep()
    {
        var random = new RandomSource(batchKey, steps++);
        for (var i = 0; i < options.BatchSize; i++)
        {
            replay.CopyTo(random.NextInt32(replay.Count), i, options.BatchSize, batchInputs, batchTargets, batchMask, batchWeights);
        }

        ensemble.TrainStep(batchInputs, batchTargets, batchMask, batchWeights, options.BatchSize);
    }

    private void Target(OutcomeHead head, double measured, double predicted)
    {
        var known = predicted > 0 && measured > 0;
        rowTargets[(int)head] = known ? (float)Math.Clamp(measured / predicted, Math.Exp(-LargestLogFactor), Math.Exp(LargestLogFactor)) : 1;
        rowMask[(int)head] = known ? 1 : 0;
    }

    private static double[] PriorScales(SurrogateOptions options)
    {
        var scales = new double[HeadCount];
        Array.Fill(scales, options.PriorScale);
        scales[(int)OutcomeHead.NetworkSeconds] = options.NetworkPriorScale;
        return scales;
    }

    private double Cost(SplitTotals totals, int split, ReadOnlySpan<float> logFactors)
    {
        static double Factor(ReadOnlySpan<float> logFactors, OutcomeHead head) => Math.Exp(Math.Clamp(logFactors[(int)head], -LargestLogFactor, LargestLogFactor));

        var latency = (totals.DeviceSeconds[split] * Factor(logFactors, OutcomeHead.DeviceSeconds))
            + (totals.NetworkSeconds[split] * Factor(logFactors, OutcomeHead.NetworkSeconds))
            + (totals.ServerSeconds[split] * Factor(logFactors, OutcomeHead.ServerSeconds));
        return belief.Scenario.Objective.Cost(
            latency,
            totals.DeviceJoules[split] * Factor(logFactors, OutcomeHead.DeviceJoules),
            totals.ServerGpuSeconds[split] * Factor(logFactors, OutcomeHead.ServerGpuSeconds),
            belief.Profile.NegativeLogLikelihoodIncrease[split],
            belief.Profile.TokenRecoveryRate[split]);
    }
}
