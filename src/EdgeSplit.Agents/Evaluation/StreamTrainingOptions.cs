namespace EdgeSplit.Agents.Evaluation;

/// <summary>How long and in which worlds to train in the request stream. Immutable.</summary>
public sealed record StreamTrainingOptions
{
    private readonly int requests = 20_000;
    private readonly int conversationsPerWorld = 1;
    private readonly int checkpointEvery;
    private readonly int stopWindow;

    /// <summary>The first seed of the default worlds: far from those that comparisons count from 1.</summary>
    public const ulong UsualSeed = 1_000_000;

    /// <summary>Requests to serve, at least 1; the conversation in which they are reached is finished.</summary>
    /// <value>The default value is 20,000.</value>
    public int Requests { get => requests; init => requests = Guard.AtLeast(value, 1); }

    /// <summary>Seed of the worlds.</summary>
    /// <value>The default value is <see cref="UsualSeed"/>.</value>
    public ulong Seed { get; init; } = UsualSeed;

    /// <summary>Conversations in a world before the next one, at least 1: 1 trains for any device of the kind, many for one device and its hidden errors.</summary>
    /// <value>The default value is 1.</value>
    public int ConversationsPerWorld { get => conversationsPerWorld; init => conversationsPerWorld = Guard.AtLeast(value, 1); }

    /// <summary>File for checkpoints; also written where the training is ended early.</summary>
    /// <value>The default value is null: none.</value>
    public string? CheckpointPath { get; init; }

    /// <summary>Requests between two checkpoints, at least 0; each is written when the conversation is over. 0 writes one at the end only.</summary>
    /// <value>The default value is 0.</value>
    public int CheckpointEvery { get => checkpointEvery; init => checkpointEvery = Guard.AtLeast(value, 0); }

    /// <summary>Stops where the mean cost over this many requests is not at least 1 % below the least of all such windows before it, at least 0; 0 never stops early.</summary>
    /// <value>The default value is 0.</value>
    public int StopWindow { get => stopWindow; init => stopWindow = Guard.AtLeast(value, 0); }
}

/// <summary>How far a training in the request stream is.</summary>
/// <param name="Requests">Requests served.</param>
/// <param name="TotalRequests">Requests to serve.</param>
/// <param name="MeanCost">Mean cost of the requests served so far, seconds-equivalent.</param>
public readonly record struct StreamTrainingProgress(int Requests, int TotalRequests, double MeanCost);

/// <summary>What a training in the request stream came to.</summary>
/// <param name="Requests">Requests served, those before a resume included.</param>
/// <param name="Conversations">Conversations served.</param>
/// <param name="MeanCost">Mean cost of all of them, seconds-equivalent.</param>
/// <param name="StoppedEarly">Whether it stopped because the cost fell no further.</param>
public sealed record StreamTrainingResult(int Requests, int Conversations, double MeanCost, bool StoppedEarly);
