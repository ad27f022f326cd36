using EdgeSplit.Agents.Environments;
using EdgeSplit.Agents.Environments.AdaptiveLayerSplitting;
using EdgeSplit.Agents.Environments.Wrappers;
using EdgeSplit.Agents.Learning;
using EdgeSplit.Agents.ModelBased;
using EdgeSplit.Agents.ModelFree;

namespace EdgeSplit.Agents.Evaluation.AdaptiveLayerSplitting;

/// <summary>A learner with its settings, and how it is trained.</summary>
/// <param name="Name">The name.</param>
/// <param name="Settings">The settings, in words.</param>
/// <param name="Lanes">Environments stepped together.</param>
/// <param name="IsScaled">Whether observations are scaled to [-1, 1] by their ranges.</param>
/// <param name="MostSteps">Steps it never goes beyond.</param>
/// <param name="Create">The agent for an environment, a number of steps, and a seed.</param>
internal sealed record SplittingLearner(
    string Name, string Settings, int Lanes, bool IsScaled, int MostSteps, Func<IBatchedEnvironment, int, ulong, IAgent> Create)
{
    private const ulong SeedsApart = 1000; // more than any learner has lanes, so that no two trainings share a start
    private const int PlanningSteps = 2000;

    /// <summary>The learners on the paper's surrogate.</summary>
    internal static IReadOnlyList<SplittingLearner> OnSurrogate { get; } =
    [
        new(SplittingExperiment.PpoAsPublished, "PPO as published: 400 steps per update, batches of 100, otherwise the defaults", 1, false, int.MaxValue,
            (environment, _, seed) => new PpoAgent(environment, new PpoOptions { StepsPerLane = 400, BatchSize = 100 }, seed)),
        new(SplittingExperiment.PpoTuned, "PPO tuned: inputs in [-1, 1], 8 x 50 steps per update, batches of 100, rate 0.001 to 0, discount 0.9, entropy 0.02", 8, true, int.MaxValue, Tuned),
        new(SplittingExperiment.A2c, "A2C, the defaults", 1, false, int.MaxValue, (environment, _, seed) => new A2cAgent(environment, null, seed)),
        new(SplittingExperiment.Dqn, "DQN, the defaults: exploration falls over the first tenth of the steps", 1, false, int.MaxValue, Dqn),
        Planning(),
    ];

    /// <summary>The learners on measured perplexity.</summary>
    internal static IReadOnlyList<SplittingLearner> OnMeasured { get; } =
    [
        OnSurrogate[0] with
        {
            Settings = "PPO as published: 100 steps per update, batches of 25, otherwise the defaults",
            Create = (environment, _, seed) => new PpoAgent(environment, new PpoOptions { StepsPerLane = 100, BatchSize = 25 }, seed),
        },
        OnSurrogate[2],
        OnSurrogate[3],
    ];

    /// <summary>The planning agent, all of whose actions are at random while it learns: its models are fitted once, at the end; the fit has twice as many steps as the training where not given.</summary>
    internal static SplittingLearner Planning(int? fitSteps = null) => new(
        SplittingExperiment.Planning, "planning agent: random actions, models fitted at the end", 1, false, PlanningSteps,
        (environment, steps, seed) => new PlanningAgent(
            environment.ObservationSpace,
            environment.ActionSpace.Count,
            new PlanningAgentOptions
            {
                WarmUpSteps = steps,
                FitEvery = steps,
                FitSteps = fitSteps ?? (2 * steps),
                LearningRate = 3e-3,
                Epsilon = 1,
                StateSpacing = [double.PositiveInfinity, 1],
            },
            seed));

    internal int StepsOf(int steps) => Math.Min(MostSteps, steps);

    /// <summary>Trains an agent.</summary>
    internal IAgent Train(Func<int, IBatchedEnvironment> environments, bool endsAreFinal, int steps, ulong seed, CancellationToken cancellation)
    {
        var environment = endsAreFinal ? new TerminalEnds(environments(Lanes)) : environments(Lanes);
        environment = IsScaled ? new ScaledObservations(environment) : environment;
        var length = StepsOf(steps);
        var agent = Create(environment, length, seed);
        Training.Run(agent, environment, new TrainingOptions { Steps = length, Seed = SeedsApart * seed }, cancellation);
        cancellation.ThrowIfCancellationRequested();
        return agent;
    }

    /// <summary>The trained agent as a policy of the paper's surrogate.</summary>
    internal SplittingPolicy PolicyOf(IAgent agent)
    {
        var scale = IsScaled ? new ScaledObservations(new SurrogateSplittingEnvironment()) : null;
        return (states, actions) =>
        {
            var observations = new double[2 * states.Length];
            var masks = new bool[states.Length * agent.ActionCount];
            Array.Fill(masks, true);
            for (var i = 0; i < states.Length; i++)
            {
                (observations[2 * i], observations[(2 * i) + 1]) = (states[i].NoiseLevel, states[i].Split);
                scale?.Scale(observations.AsSpan(2 * i, 2));
            }

            agent.Act(observations, masks, actions, new double[states.Length], explore: false);
        };
    }

    private static PpoAgent Tuned(IBatchedEnvironment environment, int steps, ulong seed) => new(
        environment,
        new PpoOptions { StepsPerLane = 50, BatchSize = 100, Epochs = 10, LearningRate = Schedule.Linear(1e-3, 0, steps), Discount = 0.9, TraceDecay = 0.95, EntropyCoefficient = 0.02 },
        seed);

    private static DqnAgent Dqn(IBatchedEnvironment environment, int steps, ulong seed) =>
        new(environment, new DqnOptions { ExplorationRate = Schedule.Linear(1, 0.05, Math.Max(1, steps / 10)) }, seed);
}

/// <summary>The action, 0..8, in each of some states of the paper's surrogate.</summary>
internal delegate void SplittingPolicy(ReadOnlySpan<SplittingState> states, Span<int> actions);
