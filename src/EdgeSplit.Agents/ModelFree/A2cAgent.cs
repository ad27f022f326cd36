using System.Text.Json.Nodes;
using EdgeSplit.Agents.Environments;
using EdgeSplit.Agents.Learning;
using EdgeSplit.Agents.Networks;

namespace EdgeSplit.Agents.ModelFree;

/// <summary>Advantage actor-critic with action masks: one step of the policy gradient on all transitions of an update, by RMSprop.</summary>
/// <remarks>
/// <para>Settings mean what they mean in Stable-Baselines3. An update whose gradient is not finite is skipped and counted. Otherwise as <see cref="ActorCriticAgent"/>.</para>
/// <para>Sources: V. Mnih et al., "Asynchronous methods for deep reinforcement learning", ICML 2016; A. Raffin et al., "Stable-Baselines3", JMLR 22(268), 2021.</para>
/// </remarks>
public sealed class A2cAgent : ActorCriticAgent
{
    private readonly Minibatch minibatch;
    private readonly int[] rows;
    private readonly RootMeanSquarePropagation policyOptimiser;
    private readonly RootMeanSquarePropagation valueOptimiser;

    /// <summary>Creates an agent that has learned nothing; equal arguments give equal agents.</summary>
    /// <param name="observationLength">Entries d of an observation, at least 1.</param>
    /// <param name="actionCount">Number A of actions, at least 1.</param>
    /// <param name="lanes">Lanes of a batch of transitions, at least 1.</param>
    /// <param name="options">The settings; null for the defaults.</param>
    /// <param name="seed">The seed of weights and draws.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public A2cAgent(int observationLength, int actionCount, int lanes = 1, A2cOptions? options = null, ulong seed = 0)
        : base(observationLength, actionCount, lanes, options ??= new A2cOptions(), seed, "a2c", checked(options.StepsPerLane * Math.Max(1, lanes)))
    {
        Options = options;
        rows = new int[Rollout.Rows];
        for (var row = 0; row < rows.Length; row++)
        {
            rows[row] = row;
        }

        minibatch = new Minibatch(rows.Length, observationLength, actionCount);
        policyOptimiser = new RootMeanSquarePropagation(Networks.Policy.Parameters.Length, options.SquareDecay, options.Epsilon);
        valueOptimiser = new RootMeanSquarePropagation(Networks.Value.Parameters.Length, options.SquareDecay, options.Epsilon);
    }

    /// <summary>Creates an agent for a batch of environments.</summary>
    /// <param name="environment">The environments: their spaces and their number.</param>
    /// <param name="options">The settings; null for the defaults.</param>
    /// <param name="seed">The seed of weights and draws.</param>
    /// <exception cref="ArgumentNullException"><paramref name="environment"/> is null.</exception>
    public A2cAgent(IBatchedEnvironment environment, A2cOptions? options = null, ulong seed = 0)
        : this((environment ?? throw new ArgumentNullException(nameof(environment))).ObservationSpace.Length, environment.ActionSpace.Count, environment.Count, options, seed)
    {
    }

    /// <inheritdoc/>
    public override string Name => "a2c";

    /// <summary>The settings.</summary>
    public A2cOptions Options { get; }

    /// <summary>What the last update did; all zero before the first.</summary>
    public ActorCriticMetrics Metrics { get; private set; }

    /// <summary>Creates an agent that has learned nothing from the settings of another (<see cref="Describe"/>, or the header of its file).</summary>
    /// <param name="settings">The settings.</param>
    /// <exception cref="ArgumentNullException"><paramref name="settings"/> is null.</exception>
    /// <exception cref="FormatException">A setting is missing, unknown or out of range; the message names it.</exception>
    public static A2cAgent FromSettings(JsonObject settings)
    {
        var read = AgentSettings<A2cOptions>.FromJson(settings);
        return AgentSettings<A2cOptions>.Checked(() => new A2cAgent(read.ObservationLength, read.ActionCount, read.Lanes, read.Options, read.Seed));
    }

    /// <inheritdoc/>
    public override JsonObject Describe() => new AgentSettings<A2cOptions>(ObservationLength, ActionCount, LaneCount, Seed, Options).ToJson();

    private protected override void Update()
    {
        var learningRate = Options.LearningRate.At(StepCount);
        var explained = AdvantageEstimation.ExplainedVariance(Rollout.Returns, Rollout.Values);
        minibatch.Gather(Rollout, rows, Options.StandardiseAdvantages);
        var sums = minibatch.Evaluate(Networks, rows.Length, Options, clip: null, valueClip: null);
        var norm = Networks.GradientNorm();
        var finite = double.IsFinite(norm);
        if (finite)
        {
            Networks.Clip(norm, Options.MaximumGradientNorm);
            policyOptimiser.Step(Networks.Policy.Parameters, Networks.PolicyGradients, learningRate);
            valueOptimiser.Step(Networks.Value.Parameters, Networks.ValueGradients, learningRate);
        }

        Metrics = new ActorCriticMetrics(
            sums.PolicyLoss / rows.Length,
            sums.ValueLoss / rows.Length,
            sums.Entropy / rows.Length,
            sums.LogRatio / rows.Length,
            sums.Divergence / rows.Length,
            ClipFraction: 0,
            explained,
            norm,
            learningRate,
            ClipRange: 0,
            finite ? 1 : 0,
            finite ? 0 : 1,
            StoppedEarly: false);
    }

    private protected override void SaveOptimiser(BinaryWriter writer)
    {
        SavedNumbers.Write(writer, policyOptimiser.Moment);
        SavedNumbers.Write(writer, valueOptimiser.Moment);
    }

    private protected override void LoadOptimiser(BinaryReader reader)
    {
        var policy = SavedNumbers.Read<float>(reader, policyOptimiser.Moment.Length);
        var value = SavedNumbers.Read<float>(reader, valueOptimiser.Moment.Length);
        policyOptimiser.Restore(policy);
        valueOptimiser.Restore(value);
    }
}
