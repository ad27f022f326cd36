using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless;
using EdgeSplit.Core.Wireless.Propagation;

namespace EdgeSplit.Core.Simulation;

/// <summary>One turn as drawn, before it takes its place in a conversation.</summary>
/// <param name="PromptTokens">Tokens of the prompt, at least 1.</param>
/// <param name="OutputTokens">True number of tokens of the answer, at least 1.</param>
/// <param name="ThinkSeconds">Pause after the answer, before the next turn, seconds.</param>
/// <param name="ChannelEstimateDb">The device's estimate of the uplink's level, dB, in steps.</param>
public readonly record struct TurnDraw(int PromptTokens, int OutputTokens, double ThinkSeconds, double ChannelEstimateDb);

/// <summary>Draws conversations of a scenario one at a time and keeps none: the law behind <see cref="RequestSchedule"/>.</summary>
/// <remarks>Every draw is addressed by (seed, conversation, turn), so conversations can be drawn in any order and again. Allocates nothing per draw.
/// Immutable, so safe to share between threads.</remarks>
public sealed class ConversationModel
{
    private readonly ILinkSampler link;
    private readonly NormalDistribution estimateError;
    private readonly double estimateStepDb;
    private readonly double estimateDelaySeconds;
    private readonly ExponentialDistribution interarrival;
    private readonly ExponentialDistribution think;
    private readonly IDistribution promptTokens;
    private readonly IDistribution outputTokens;
    private readonly int maximumTurns;
    private readonly double goOnProbability;
    private readonly int positions;
    private readonly int maximumPromptTokens;
    private readonly int maximumOutputTokens;
    private readonly StreamKey conversationKey = StreamKey.Create(0, "workload/conversation");
    private readonly StreamKey turnKey = StreamKey.Create(0, "workload/turn");

    /// <summary>Prepares the draws of a scenario.</summary>
    /// <param name="scenario">The scenario.</param>
    public ConversationModel(Scenario scenario)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        var workload = scenario.Workload;
        link = scenario.Link.CreateSampler();
        estimateError = new NormalDistribution(0, scenario.Settings.ChannelEstimateErrorDb);
        estimateStepDb = scenario.Settings.ChannelEstimateStepDb;
        estimateDelaySeconds = scenario.Settings.ChannelEstimateDelaySeconds;
        interarrival = new ExponentialDistribution(workload.ArrivalsPerSecond);
        think = new ExponentialDistribution(1 / workload.MeanThinkSeconds);
        promptTokens = workload.PromptTokens;
        outputTokens = workload.OutputTokens;
        maximumTurns = workload.MaximumTurns;
        goOnProbability = 1 - (1 / workload.MeanTurns);
        positions = scenario.System.Shape.MaximumPositions;
        maximumOutputTokens = workload.MaximumOutputTokens;
        maximumPromptTokens = Math.Max(1, positions - maximumOutputTokens);
    }

    /// <summary>Number of turns of a conversation, and the time between its arrival and the one before it.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="conversation">Index of the conversation, at least 0.</param>
    /// <param name="interarrivalSeconds">Time since the arrival of the conversation before, seconds.</param>
    public int Turns(ulong seed, int conversation, out double interarrivalSeconds)
    {
        var random = new RandomSource(conversationKey with { Seed = seed }, (ulong)conversation);
        interarrivalSeconds = interarrival.Sample(ref random);
        return Turns(ref random);
    }

    /// <summary>Number of turns of a conversation, at least 1.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="conversation">Index of the conversation, at least 0.</param>
    public int Turns(ulong seed, int conversation) => maximumTurns == 1 ? 1 : Turns(seed, conversation, out _);

    /// <summary>Whether a user's level stays the same for ever.</summary>
    public bool IsLevelConstant => link.IsLevelConstant;

    /// <summary>True level of the uplink of a conversation's user, dB: for a radio link the mean SNR over fading by the link budget.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="conversation">Index of the conversation, at least 0.</param>
    /// <param name="linkSeconds">Time on the clock of the user's way and trace, seconds, at least 0.</param>
    /// <exception cref="InvalidOperationException">Hardly any position of the cell has coverage.</exception>
    public double LevelDb(ulong seed, int conversation, double linkSeconds) => link.LevelDb(seed, (ulong)conversation, linkSeconds);

    /// <summary>The level from which the device makes its estimate, dB: that of some time ago.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="conversation">Index of the conversation, at least 0.</param>
    /// <param name="linkSeconds">Time on the clock of the user's way and trace, seconds, at least 0.</param>
    public double KnownLevelDb(ulong seed, int conversation, double linkSeconds) => link.LevelDb(seed, (ulong)conversation, Math.Max(0, linkSeconds - estimateDelaySeconds));

    /// <summary>Draws a turn.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="conversation">Index of the conversation, at least 0.</param>
    /// <param name="turn">Zero-based turn of the conversation.</param>
    /// <param name="knownLevelDb">The <see cref="KnownLevelDb"/> at its start, which the device estimates.</param>
    /// <param name="hasThinkTime">Whether the pause is wanted; if not it is left at 0, and nothing else changes.</param>
    public TurnDraw Turn(ulong seed, int conversation, int turn, double knownLevelDb, bool hasThinkTime = true)
    {
        var random = new RandomSource(turnKey with { Seed = seed }, (ulong)conversation, (ulong)turn);
        var prompt = Tokens(promptTokens.Sample(ref random), maximumPromptTokens);
        var output = Tokens(outputTokens.Sample(ref random), maximumOutputTokens);
        var pause = 0.0;
        if (hasThinkTime)
        {
            pause = think.Sample(ref random);
        }
        else
        {
            random.NextUInt64(); // an exponential draw takes one word
        }

        return new TurnDraw(prompt, output, pause, Math.Round((knownLevelDb + estimateError.Sample(ref random)) / estimateStepDb) * estimateStepDb);
    }

    /// <summary>The context with which a turn starts: what earlier turns left, or 0 where prompt and longest answer would no longer fit the model's positions.</summary>
    /// <param name="earlierTokens">Tokens of the turns since the context was last empty.</param>
    /// <param name="promptTokens">Tokens of this turn's prompt.</param>
    public int ContextTokens(int earlierTokens, int promptTokens) =>
        earlierTokens + promptTokens + maximumOutputTokens > positions ? 0 : earlierTokens;

    private int Turns(ref RandomSource random)
    {
        var turns = 1;
        while (turns < maximumTurns && random.NextUniform() < goOnProbability)
        {
            turns++;
        }

        return turns;
    }

    private static int Tokens(double drawn, int maximum) => (int)Math.Clamp(Math.Ceiling(drawn), 1, maximum);
}
