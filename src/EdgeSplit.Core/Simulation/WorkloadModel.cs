using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Core.Simulation;

/// <summary>What users ask for: conversations that arrive, their turns and the lengths of prompts and answers. Immutable.</summary>
public sealed record WorkloadModel
{
    private readonly double arrivalsPerSecond = 0.02;
    private readonly double meanTurns = 1;
    private readonly int maximumTurns = 1;
    private readonly double meanThinkSeconds = 30;
    private readonly int maximumOutputTokens = 512;

    /// <summary>Distribution of prompt tokens; drawn values are rounded up and cut to what the model's positions allow.</summary>
    public required IDistribution PromptTokens { get; init; }

    /// <summary>Distribution of output tokens; drawn values are rounded up and cut at <see cref="MaximumOutputTokens"/>.</summary>
    public required IDistribution OutputTokens { get; init; }

    /// <summary>Where the lengths come from.</summary>
    public required string Source { get; init; }

    /// <summary>Rate of the Poisson process of new conversations, 1/s, positive.</summary>
    /// <value>The default value is 0.02.</value>
    public double ArrivalsPerSecond { get => arrivalsPerSecond; init => arrivalsPerSecond = Guard.Positive(value); }

    /// <summary>Mean number of turns of the geometric law before it is cut, at least 1.</summary>
    /// <value>The default value is 1: every request is a conversation of its own.</value>
    public double MeanTurns { get => meanTurns; init => meanTurns = Guard.InRange(value, 1, 1e6); }

    /// <summary>The most turns of a conversation, at least 1.</summary>
    /// <value>The default value is 1.</value>
    public int MaximumTurns { get => maximumTurns; init => maximumTurns = Guard.AtLeast(value, 1); }

    /// <summary>Mean of the exponential pause between an answer and the next turn, seconds, positive.</summary>
    /// <value>The default value is 30.</value>
    public double MeanThinkSeconds { get => meanThinkSeconds; init => meanThinkSeconds = Guard.Positive(value); }

    /// <summary>The most tokens of an answer, at least 1. Feasibility is judged on it.</summary>
    /// <value>The default value is 512.</value>
    public int MaximumOutputTokens { get => maximumOutputTokens; init => maximumOutputTokens = Guard.AtLeast(value, 1); }

    /// <summary>The mean number of output tokens after rounding up and cutting: what a device expects before it knows the answer.</summary>
    public double ExpectedOutputTokens
    {
        get
        {
            // E[min(max(ceil X, 1), M)] = 1 + sum over n = 1 .. M - 1 of P(X > n).
            var sum = 1.0;
            for (var n = 1; n < MaximumOutputTokens; n++)
            {
                sum += 1 - OutputTokens.CumulativeProbability(n);
            }

            return sum;
        }
    }
}
