using EdgeSplit.Agents.Environments;
using EdgeSplit.Agents.Learning;
using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Simulation;

namespace EdgeSplit.Agents.Evaluation;

/// <summary>Trains a policy in the request stream of a scenario: one conversation after the other of a <see cref="SplitEnvironment"/>, with the belief's prediction before each decision
/// and the outcome after it, as in the simulation.</summary>
/// <remarks>
/// <para>Requests and conversations are numbered through all worlds, so that the policy's draws are never addressed twice. It stops, and is saved, between two
/// conversations only.</para>
/// <para>A training that was ended and resumed from its checkpoint is bit for bit the one that went on. One training per instance; not thread-safe.</para>
/// </remarks>
public sealed class StreamTraining
{
    private readonly ISplitPolicy policy;
    private readonly StreamTrainingOptions options;
    private readonly StreamCheckpoint checkpoint;
    private readonly SplitEnvironment environment;
    private readonly DecisionContext context;
    private StreamPosition position;

    /// <summary>Prepares a training.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="policy">The policy; an <see cref="ISavedAgent"/>, so that what was learned can be kept.</param>
    /// <param name="options">Length and worlds; defaults where omitted.</param>
    /// <exception cref="ArgumentNullException">Scenario or policy is null.</exception>
    /// <exception cref="ArgumentException">The policy is no <see cref="ISavedAgent"/>.</exception>
    public StreamTraining(Scenario scenario, ISplitPolicy policy, StreamTrainingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(policy);
        this.policy = policy;
        this.options = options ?? new StreamTrainingOptions();
        var saved = policy as ISavedAgent ?? throw new ArgumentException($"Policy '{policy.Name}' cannot be saved.", nameof(policy));
        environment = new SplitEnvironment(scenario, new SplitEnvironmentOptions { EpisodesPerWorld = this.options.ConversationsPerWorld });
        checkpoint = new StreamCheckpoint(saved, this.options, WorldDigest.Of(scenario, this.options.Seed));
        context = new DecisionContext(new SplitTotals(environment.Belief.Profile.Layers));
    }

    /// <summary>Goes on from a checkpoint in place of the start; call it before <see cref="Run"/>.</summary>
    /// <param name="path">The checkpoint.</param>
    /// <exception cref="AgentFileException">The file cannot be read, is damaged, or is of another agent, scenario, seed or choice of worlds; nothing is changed.</exception>
    public void Resume(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        position = checkpoint.Read(path, environment);
    }

    /// <summary>Trains.</summary>
    /// <param name="progress">Told after each conversation; may be null.</param>
    /// <param name="cancellation">Ends the training between two conversations, after the checkpoint was written.</param>
    /// <exception cref="OperationCanceledException">The training was ended early.</exception>
    /// <exception cref="InvalidOperationException">The policy chose a masked split, or a request has no feasible one.</exception>
    /// <exception cref="IOException">A checkpoint cannot be written.</exception>
    public StreamTrainingResult Run(IProgress<StreamTrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        while (position.Requests < options.Requests && !position.HasStopped)
        {
            if (cancellation.IsCancellationRequested)
            {
                Save();
                cancellation.ThrowIfCancellationRequested();
            }

            var before = position.Requests;
            RunConversation();
            progress?.Report(new StreamTrainingProgress(position.Requests, options.Requests, position.CostSum / position.Requests));
            if (options.CheckpointEvery > 0 && position.Requests / options.CheckpointEvery > before / options.CheckpointEvery)
            {
                Save();
            }
        }

        Save();
        return new StreamTrainingResult(position.Requests, position.Conversations, position.Requests == 0 ? double.NaN : position.CostSum / position.Requests, position.HasStopped);
    }

    private void Save()
    {
        if (options.CheckpointPath is not null)
        {
            checkpoint.Write(options.CheckpointPath, position, environment);
        }
    }

    private void RunConversation()
    {
        var info = (SplitInfo)environment.Reset(position.Conversations == 0 ? options.Seed : null).Info;
        for (var hasEnded = false; !hasEnded;)
        {
            var observation = info.Observation;
            context.Set(position.Requests, position.Conversations, observation);
            environment.Belief.Predict(observation, observation.ExpectedOutputTokens, context.Belief);
            var decision = policy.Decide(context);
            if (decision.SplitPoint < 0 || decision.SplitPoint >= context.Infeasibility.Length || !context.IsFeasible(decision.SplitPoint))
            {
                throw new InvalidOperationException(FormattableString.Invariant($"Policy '{policy.Name}' chose split {decision.SplitPoint} for request {position.Requests}, which is not feasible."));
            }

            var step = environment.Step(decision.SplitPoint);
            info = (SplitInfo)step.Info;
            policy.Learn(new Experience(position.Requests, position.Conversations, observation, decision, info.Outcome!.Value, info.Cost, step.HasEnded));
            position = position.After(info.Cost, options.StopWindow);
            hasEnded = step.HasEnded;
        }

        position = position with { Conversations = position.Conversations + 1 };
    }
}
