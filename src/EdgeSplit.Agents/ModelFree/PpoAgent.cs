using System.Text.Json.Nodes;
using EdgeSplit.Agents.Environments;
using EdgeSplit.Agents.Learning;
using EdgeSplit.Agents.Networks;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Agents.ModelFree;

/// <summary>Proximal policy optimisation with a clipped objective and action masks: a policy network and a separate value network, learned from batches of transitions.</summary>
/// <remarks>
/// <para>Details: orthogonal weights, Adam with ε = 10⁻⁵, generalised advantage estimation, minibatches shuffled anew in every epoch, advantages standardised per minibatch, one limit on
/// the gradient norm of both networks, schedules for step size and clip range. Settings mean what they mean in Stable-Baselines3.</para>
/// <para>A minibatch whose gradient is not finite is skipped and counted. Otherwise as <see cref="ActorCriticAgent"/>.</para>
/// <para>Sources: J. Schulman et al., "Proximal policy optimization algorithms", arXiv 1707.06347; S. Huang et al., "The 37 implementation details of proximal policy optimization", ICLR
/// blog track 2022; A. Raffin et al., "Stable-Baselines3", JMLR 22(268), 2021.</para>
/// </remarks>
public sealed class PpoAgent : ActorCriticAgent
{
    private readonly StreamKey shuffleKey;
    private readonly Minibatch minibatch;
    private readonly int[] order;
    private readonly Adam policyOptimiser;
    private readonly Adam valueOptimiser;

    /// <summary>Creates an agent that has learned nothing; equal arguments give equal agents.</summary>
    /// <param name="observationLength">Entries d of an observation, at least 1.</param>
    /// <param name="actionCount">Number A of actions, at least 1.</param>
    /// <param name="lanes">Lanes of a batch of transitions, at least 1.</param>
    /// <param name="options">The settings; null for the defaults.</param>
    /// <param name="seed">The seed of weights, draws and shuffles.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public PpoAgent(int observationLength, int actionCount, int lanes = 1, PpoOptions? options = null, ulong seed = 0)
        : base(observationLength, actionCount, lanes, options ??= new PpoOptions(), seed, "ppo", BatchOf(options, lanes))
    {
        Options = options;
        shuffleKey = Key.Derive("shuffle");
        minibatch = new Minibatch(BatchOf(options, lanes), observationLength, actionCount);
        order = new int[Rollout.Rows];
        var adam = new AdamOptions { Epsilon = options.Epsilon };
        policyOptimiser = new Adam(Networks.Policy.Parameters.Length, adam);
        valueOptimiser = new Adam(Networks.Value.Parameters.Length, adam);
    }

    /// <summary>Creates an agent for a batch of environments.</summary>
    /// <param name="environment">The environments: their spaces and their number.</param>
    /// <param name="options">The settings; null for the defaults.</param>
    /// <param name="seed">The seed of weights, draws and shuffles.</param>
    /// <exception cref="ArgumentNullException"><paramref name="environment"/> is null.</exception>
    public PpoAgent(IBatchedEnvironment environment, PpoOptions? options = null, ulong seed = 0)
        : this((environment ?? throw new ArgumentNullException(nameof(environment))).ObservationSpace.Length, environment.ActionSpace.Count, environment.Count, options, seed)
    {
    }

    /// <inheritdoc/>
    public override string Name => "ppo";

    /// <summary>The settings.</summary>
    public PpoOptions Options { get; }

    /// <summary>What the last update did; all zero before the first.</summary>
    public ActorCriticMetrics Metrics { get; private set; }

    /// <summary>Creates an agent that has learned nothing from the settings of another (<see cref="Describe"/>, or the header of its file).</summary>
    /// <param name="settings">The settings.</param>
    /// <exception cref="ArgumentNullException"><paramref name="settings"/> is null.</exception>
    /// <exception cref="FormatException">A setting is missing, unknown or out of range; the message names it.</exception>
    public static PpoAgent FromSettings(JsonObject settings)
    {
        var read = AgentSettings<PpoOptions>.FromJson(settings);
        return AgentSettings<PpoOptions>.Checked(() => new PpoAgent(read.ObservationLength, read.ActionCount, read.Lanes, read.Options, read.Seed));
    }

    /// <inheritdoc/>
    public override JsonObject Describe() => new AgentSettings<PpoOptions>(ObservationLength, ActionCount, LaneCount, Seed, Options).ToJson();

    private protected override void Update()
    {
        var learningRate = Options.LearningRate.At(StepCount);
        var clip = Options.ClipRange.At(StepCount);
        var explained = AdvantageEstimation.ExplainedVariance(Rollout.Returns, Rollout.Values);
        var sums = default(MinibatchSums);
        var (samples, steps, skipped, norms, stopped) = (0L, 0, 0, 0.0, false);
        for (var epoch = 0; epoch < Options.Epochs && !stopped; epoch++)
        {
            Shuffle(((ulong)UpdateCount * (ulong)Options.Epochs) + (ulong)epoch);
            for (var first = 0; first < order.Length && !stopped; first += Options.BatchSize)
            {
                var rows = order.AsSpan(first, Math.Min(Options.BatchSize, order.Length - first));
                minibatch.Gather(Rollout, rows, Options.StandardiseAdvantages);
                var part = minibatch.Evaluate(Networks, rows.Length, Options, clip, Options.ValueClipRange);
                sums.Add(part);
                samples += rows.Length;
                stopped = Options.TargetDivergence is { } target && part.Divergence / rows.Length > 1.5 * target;
                if (!stopped)
                {
                    var norm = Networks.GradientNorm();
                    var finite = double.IsFinite(norm);
                    if (finite)
                    {
                        Networks.Clip(norm, Options.MaximumGradientNorm);
                        policyOptimiser.Step(Networks.Policy.Parameters, Networks.PolicyGradients, learningRate);
                        valueOptimiser.Step(Networks.Value.Parameters, Networks.ValueGradients, learningRate);
                    }

                    (steps, skipped, norms) = finite ? (steps + 1, skipped, norms + norm) : (steps, skipped + 1, norms);
                }
            }
        }

        Metrics = new ActorCriticMetrics(
            sums.PolicyLoss / samples,
            sums.ValueLoss / samples,
            sums.Entropy / samples,
            sums.LogRatio / samples,
            sums.Divergence / samples,
            sums.Clipped / samples,
            explained,
            norms / Math.Max(1, steps),
            learningRate,
            clip,
            steps,
            skipped,
            stopped);
    }

    private protected override void SaveOptimiser(BinaryWriter writer)
    {
        SavedNumbers.Write(writer, policyOptimiser);
        SavedNumbers.Write(writer, valueOptimiser);
    }

    private protected override void LoadOptimiser(BinaryReader reader)
    {
        var policy = SavedMoments.Read(reader, Networks.Policy.Parameters.Length);
        var value = SavedMoments.Read(reader, Networks.Value.Parameters.Length);
        policy.Restore(policyOptimiser);
        value.Restore(valueOptimiser);
    }

    private static int BatchOf(PpoOptions options, int lanes) => (int)Math.Min(options.BatchSize, (long)Math.Max(1, lanes) * options.StepsPerLane);

    /// <summary>Fisher-Yates from the identity, so that the order depends on the epoch's number only.</summary>
    private void Shuffle(ulong epoch)
    {
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        var random = new RandomSource(shuffleKey, 0, epoch);
        for (var i = order.Length - 1; i > 0; i--)
        {
            var j = random.NextInt32(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }
    }
}
