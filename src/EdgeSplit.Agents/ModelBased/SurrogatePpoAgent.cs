using System.Text.Json.Nodes;
using EdgeSplit.Agents.Learning;
using EdgeSplit.Agents.ModelFree;
using EdgeSplit.Agents.Surrogates;
using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Simulation;

namespace EdgeSplit.Agents.ModelBased;

/// <summary>A policy network trained by PPO inside a learned outcome surrogate: the idea of "Adaptive Layer Splitting", with a surrogate that is learned from the requests themselves and knows how
/// sure it is.</summary>
/// <remarks>
/// <para>After every <see cref="SurrogatePpoOptions.TrainEvery"/> requests the policy is trained on conversations imagined by the surrogate (<see cref="ImaginedConversations"/>), with
/// a share of real transitions among them. Until the first training it takes the split that the belief thinks cheapest; without the prior, about any.</para>
/// <para>Deciding is one pass of a small network, whatever the surrogate costs. What is lost against enumeration of all splits under the surrogate (<see cref="ModelBasedAgent"/>) is stated
/// by comparing the two. Deterministic given its seed. Not thread-safe.</para>
/// <para>Sources: Y. Chen et al., "Adaptive layer splitting for wireless LLM inference in edge computing", arXiv 2406.02616; M. Janner et al., "When to trust your model",
/// NeurIPS 2019, for short rollouts from real states and the share of real data.</para>
/// </remarks>
public sealed class SurrogatePpoAgent : ISplitPolicy, ISavedAgent
{
    private readonly Objective objective;
    private readonly Belief belief;
    private readonly ulong seed;
    private readonly OutcomeSurrogate surrogate;
    private readonly PpoAgent learner;
    private readonly ImaginedConversations imagined;
    private readonly RealTransitions real;
    private readonly ImaginedTraining training;
    private readonly DecisionFeatures features;
    private readonly double[] observation;
    private readonly bool[] mask;
    private readonly double[] beliefCosts;
    private double costSum;
    private long finished;

    /// <summary>Creates an agent that has served nothing yet.</summary>
    /// <param name="belief">The public profile; the agent's own instance.</param>
    /// <param name="seed">Seed of all its draws.</param>
    /// <param name="options">Settings; defaults where omitted.</param>
    /// <exception cref="ArgumentException">All lanes would be real.</exception>
    public SurrogatePpoAgent(Belief belief, ulong seed, SurrogatePpoOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(belief);
        Options = options ?? new SurrogatePpoOptions();
        if (Options.RealLanes >= Options.Lanes)
        {
            throw new ArgumentException(FormattableString.Invariant($"RealLanes is {Options.RealLanes} of {Options.Lanes} lanes; at least one must be imagined."), nameof(options));
        }

        this.belief = belief;
        this.seed = seed;
        objective = belief.Scenario.Objective;
        surrogate = new OutcomeSurrogate(belief, Options.Surrogate, StreamKey.Create(seed, "agent/surrogate"));
        features = new DecisionFeatures(objective, belief.Profile, Options.Surrogate.UsesPrior);
        learner = new PpoAgent(features.Length, features.ActionCount, Options.Lanes, Options.Policy, seed);
        imagined = new ImaginedConversations(
            belief, surrogate, features, Options.Lanes - Options.RealLanes, Options.RolloutTurns, Options.Surrogate.Capacity, StreamKey.Create(seed, "agent/imagined"));
        real = new RealTransitions(features.Length, features.ActionCount, Options.RealLanes * Options.Policy.StepsPerLane);
        training = new ImaginedTraining(learner, imagined, real, Options.RealLanes);
        observation = new double[features.Length];
        mask = new bool[features.ActionCount];
        beliefCosts = new double[features.ActionCount];
    }

    /// <inheritdoc cref="ISplitPolicy.Name"/>
    public string Name => "model-based-ppo";

    /// <inheritdoc/>
    public int StateVersion => 1;

    /// <summary>The settings.</summary>
    public SurrogatePpoOptions Options { get; }

    /// <summary>The outcome model.</summary>
    public OutcomeSurrogate Surrogate => surrogate;

    /// <summary>Imagined transitions that the policy has learned from.</summary>
    public long ImaginedSteps => training.ImaginedSteps;

    /// <inheritdoc/>
    public Decision Decide(DecisionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var best = objective.Best(belief.Profile, context.Belief, beliefCosts);
        if (best < 0)
        {
            return new Decision(-1, 1);
        }

        if (learner.StepCount == 0 && Options.Surrogate.UsesPrior)
        {
            return new Decision(best, 1);
        }

        for (var k = 0; k < mask.Length; k++)
        {
            mask[k] = context.IsFeasible(k);
        }

        features.Write(context, observation);
        var (action, propensity) = (0, 1.0);
        learner.Act(observation, mask, new Span<int>(ref action), new Span<double>(ref propensity));
        return new Decision(action, propensity);
    }

    /// <inheritdoc/>
    public void Learn(in Experience experience)
    {
        costSum += experience.Cost;
        finished++;
        surrogate.Learn(experience);
        imagined.Remember(experience.Observation);
        imagined.CostScale = costSum > 0 ? costSum / finished : 1;
        if (Options.RealLanes > 0 && (learner.StepCount > 0 || !Options.Surrogate.UsesPrior))
        {
            AddReal(experience);
        }

        if (finished % Options.TrainEvery == 0)
        {
            training.Run(Options.UpdatesPerTraining);
        }
    }

    /// <inheritdoc/>
    public JsonObject Describe() => new()
    {
        ["seed"] = seed,
        ["lanes"] = Options.Lanes,
        ["realLanes"] = Options.RealLanes,
        ["rolloutTurns"] = Options.RolloutTurns,
        ["trainEvery"] = Options.TrainEvery,
        ["updatesPerTraining"] = Options.UpdatesPerTraining,
        ["layers"] = belief.Profile.Layers,
        ["surrogate"] = ModelBasedDescription.Of(Options.Surrogate),
        ["policy"] = learner.Describe(),
    };

    /// <inheritdoc/>
    public void SaveState(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(costSum);
        writer.Write(finished);
        training.SaveState(writer);
        imagined.SaveState(writer);
        real.SaveState(writer);
        surrogate.SaveState(writer);
        learner.SaveState(writer);
    }

    /// <inheritdoc/>
    public void LoadState(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        (costSum, finished) = (reader.ReadDouble(), reader.ReadInt64());
        training.LoadState(reader);
        imagined.LoadState(reader);
        real.LoadState(reader);
        surrogate.LoadState(reader);
        learner.LoadState(reader);
    }

    // Real transitions stand for single turns: what a split costs later is in the imagined ones.
    private void AddReal(in Experience experience)
    {
        var context = training.Context(belief, experience);
        features.Write(context, observation);
        for (var k = 0; k < mask.Length; k++)
        {
            mask[k] = context.IsFeasible(k);
        }

        real.Add(observation, mask, experience.Decision.SplitPoint, experience.Decision.Propensity, -experience.Cost / imagined.CostScale);
    }
}
