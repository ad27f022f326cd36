using EdgeSplit.Agents.Environments;

namespace EdgeSplit.Agents.Learning;

/// <summary>Evaluates the agent every so many steps, on environments of its own, and keeps the best agent in a file.</summary>
/// <remarks>Every evaluation sees the same episodes (equal seeds), so that a difference is one of the agent.</remarks>
public sealed class EvaluateEvery : TrainingCallback, IRestorable
{
    private readonly IBatchedEnvironment environment;
    private readonly List<(long Steps, double MeanReturn)> evaluations = [];

    /// <summary>Creates the callback.</summary>
    /// <param name="environment">The environments of the evaluation: not those of the training.</param>
    /// <param name="steps">Transitions between two evaluations, at least 1.</param>
    /// <param name="episodes">Episodes of an evaluation, at least 1.</param>
    /// <param name="bestPath">The file that receives the agent of the best evaluation so far; null for none.</param>
    /// <param name="seed">The seed with which the environments are reset.</param>
    /// <exception cref="ArgumentNullException"><paramref name="environment"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public EvaluateEvery(IBatchedEnvironment environment, long steps, int episodes = 10, string? bestPath = null, ulong seed = 1_000_000)
    {
        this.environment = environment ?? throw new ArgumentNullException(nameof(environment));
        Guard.InRange((double)steps, 1, long.MaxValue, nameof(steps));
        Steps = steps;
        EpisodeCount = Guard.AtLeast(episodes, 1, nameof(episodes));
        BestPath = bestPath;
        Seed = seed;
    }

    /// <summary>Transitions between two evaluations.</summary>
    public long Steps { get; }

    /// <summary>Episodes of an evaluation.</summary>
    public int EpisodeCount { get; }

    /// <summary>The file of the best agent; null for none.</summary>
    public string? BestPath { get; }

    /// <summary>The seed with which the environments are reset.</summary>
    public ulong Seed { get; }

    /// <summary>The evaluations so far: transitions before it, and mean undiscounted return.</summary>
    public IReadOnlyList<(long Steps, double MeanReturn)> Evaluations => evaluations;

    /// <summary>The best mean return so far; negative infinity before the first evaluation.</summary>
    public double BestMeanReturn { get; private set; } = double.NegativeInfinity;

    /// <summary>Evaluations since the best one.</summary>
    public int EvaluationsSinceBest { get; private set; }

    /// <inheritdoc/>
    public override bool OnStep(TrainingState training)
    {
        ArgumentNullException.ThrowIfNull(training);
        if (training.Reached(Steps))
        {
            var mean = EpisodeEvaluation.Run(training.Agent, environment, EpisodeCount, Seed).Mean;
            evaluations.Add((training.Steps, mean));
            EvaluationsSinceBest++;
            if (mean > BestMeanReturn)
            {
                (BestMeanReturn, EvaluationsSinceBest) = (mean, 0);
                if (BestPath is not null)
                {
                    AgentFile.Write(BestPath, training.Agent);
                }
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public void SaveState(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(BestMeanReturn);
        writer.Write(EvaluationsSinceBest);
        writer.Write(evaluations.Count);
        foreach (var (steps, mean) in evaluations)
        {
            writer.Write(steps);
            writer.Write(mean);
        }
    }

    /// <inheritdoc/>
    public void LoadState(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var (best, since) = (reader.ReadDouble(), reader.ReadInt32());
        var read = new List<(long, double)>();
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            read.Add((reader.ReadInt64(), reader.ReadDouble()));
        }

        (BestMeanReturn, EvaluationsSinceBest) = (best, since);
        evaluations.Clear();
        evaluations.AddRange(read);
    }
}
