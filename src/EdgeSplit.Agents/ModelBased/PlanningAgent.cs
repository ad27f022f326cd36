using System.Text.Json.Nodes;
using EdgeSplit.Agents.Environments;
using EdgeSplit.Agents.Learning;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Agents.ModelBased;

/// <summary>A model-based agent for any environment with few actions: learns steps, rewards and ends from transitions, and takes the first action of the best plan under what it has learned.</summary>
/// <remarks>
/// <para>The first actions are at random; then the models are fitted, again after every so many steps, and actions are those of the plan, but with a small probability at random. Its
/// reward model says what reaching an observation earns.</para>
/// <para>Where the process ends it learns from the last observation too, so that must be the true one, as the training loop hands it over.</para>
/// <para>Acting without exploration plans and draws nothing. Otherwise as <see cref="IAgent"/>; fits allocate nothing once buffers have grown.</para>
/// </remarks>
public sealed class PlanningAgent : IAgent
{
    private readonly BoxSpace space;
    private readonly ulong seed;
    private readonly TransitionModel model;
    private readonly LookaheadPlan plan;
    private readonly StreamKey actKey;
    private readonly double[] values;
    private long acts;
    private bool isFitted;

    /// <summary>Creates an agent that has learned nothing.</summary>
    /// <param name="space">Where observations lie; finite ranges scale the models' inputs.</param>
    /// <param name="actionCount">Number A of actions, at least 1.</param>
    /// <param name="options">Settings; defaults where omitted.</param>
    /// <param name="seed">Seed of all its draws.</param>
    /// <exception cref="ArgumentException">The spacing of states has another length than the space.</exception>
    public PlanningAgent(BoxSpace space, int actionCount, PlanningAgentOptions? options = null, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(space);
        Options = options ?? new PlanningAgentOptions();
        if (Options.StateSpacing.Count > 0)
        {
            Guard.SameLength(Options.StateSpacing.Count, space.Length, nameof(Options.StateSpacing));
            foreach (var spacing in Options.StateSpacing)
            {
                Guard.InRange(spacing, double.Epsilon, double.PositiveInfinity, nameof(Options.StateSpacing));
            }
        }

        this.space = space;
        this.seed = seed;
        ActionCount = Guard.AtLeast(actionCount, 1);
        var key = StreamKey.Create(seed, "agent/planning");
        model = new TransitionModel(space, actionCount, Options, key);
        plan = new LookaheadPlan(model, space, actionCount, Options);
        actKey = key.Derive("act");
        values = new double[actionCount];
    }

    /// <inheritdoc/>
    public string Name => "planning";

    /// <inheritdoc/>
    public int StateVersion => 1;

    /// <inheritdoc/>
    public int ObservationLength => space.Length;

    /// <inheritdoc/>
    public int ActionCount { get; }

    /// <inheritdoc/>
    public long StepCount { get; private set; }

    /// <summary>The settings.</summary>
    public PlanningAgentOptions Options { get; }

    /// <inheritdoc/>
    public void Act(ReadOnlySpan<double> observations, ReadOnlySpan<bool> masks, Span<int> actions, Span<double> propensities, bool explore = true)
    {
        TransitionChecks.ForActing(observations, masks, actions, propensities, ObservationLength, ActionCount);
        for (var lane = 0; lane < actions.Length; lane++)
        {
            var mask = masks.Slice(lane * ActionCount, ActionCount);
            var best = isFitted || !explore ? Best(observations.Slice(lane * ObservationLength, ObservationLength), mask) : -1;
            (actions[lane], propensities[lane]) = explore ? Explore(best, mask, lane) : (best, 1);
        }

        acts += explore ? 1 : 0;
    }

    /// <inheritdoc/>
    public void Learn(in TransitionBatch transitions)
    {
        TransitionChecks.ForLearning(transitions, transitions.Count, ObservationLength, ActionCount);
        for (var lane = 0; lane < transitions.Count; lane++)
        {
            model.Add(
                transitions.Observations.Slice(lane * ObservationLength, ObservationLength),
                transitions.Actions[lane],
                transitions.Rewards[lane],
                transitions.NextObservations.Slice(lane * ObservationLength, ObservationLength),
                transitions.Terminated[lane],
                (ulong)StepCount++);
            if (StepCount == Options.WarmUpSteps || (StepCount > Options.WarmUpSteps && StepCount % Options.FitEvery == 0))
            {
                model.Fit();
                isFitted = true;
            }
        }
    }

    /// <inheritdoc/>
    public JsonObject Describe() => new()
    {
        ["observationLength"] = ObservationLength,
        ["actionCount"] = ActionCount,
        ["seed"] = seed,
        ["horizon"] = Options.Horizon,
        ["discount"] = Options.Discount,
        ["stateSpacing"] = new JsonArray([.. Options.StateSpacing.Select(s => double.IsFinite(s) ? (JsonNode)s : null)]),
        ["members"] = Options.Members,
        ["hiddenWidth"] = Options.HiddenWidth,
        ["learningRate"] = Options.LearningRate,
        ["batchSize"] = Options.BatchSize,
        ["capacity"] = Options.Capacity,
        ["warmUpSteps"] = Options.WarmUpSteps,
        ["fitEvery"] = Options.FitEvery,
        ["fitSteps"] = Options.FitSteps,
        ["epsilon"] = Options.Epsilon,
    };

    /// <inheritdoc/>
    public void SaveState(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(acts);
        writer.Write(StepCount);
        writer.Write(isFitted);
        model.SaveState(writer);
    }

    /// <inheritdoc/>
    public void LoadState(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        (acts, StepCount, isFitted) = (reader.ReadInt64(), reader.ReadInt64(), reader.ReadBoolean());
        model.LoadState(reader);
    }

    private int Best(ReadOnlySpan<double> observation, ReadOnlySpan<bool> mask)
    {
        plan.Values(observation, values);
        var best = -1;
        for (var action = 0; action < ActionCount; action++)
        {
            if (mask[action] && (best < 0 || values[action] > values[best]))
            {
                best = action;
            }
        }

        return best;
    }

    // Before the first fit any allowed action; afterwards the plan's, but with probability epsilon any allowed one.
    private (int Action, double Propensity) Explore(int best, ReadOnlySpan<bool> mask, int lane)
    {
        var random = new RandomSource(actKey, (ulong)lane, (ulong)acts);
        var allowed = mask.Count(true);
        var epsilon = best < 0 ? 1 : Options.Epsilon;
        var action = best;
        if (best < 0 || random.NextUniform() < epsilon)
        {
            action = -1;
            for (var left = random.NextInt32(allowed); left >= 0; left--)
            {
                action += 1 + mask[(action + 1)..].IndexOf(true);
            }
        }

        return (action, (epsilon / allowed) + (action == best ? 1 - epsilon : 0));
    }
}
