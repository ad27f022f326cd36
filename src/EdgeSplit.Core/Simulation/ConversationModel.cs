using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless;
using EdgeSplit.Core.Wireless.Propagation;

namespace EdgeSplit.Core.Simulation;

/// <summary>One turn as drawn, before it takes its place in a conversation.</summary>
/// <param name="PromptTokens">Tokens of the prompt, at least 1.</param>
/// <param name="OutputTokens">True number of tokens of the answer, at least 1.</param>
/// <param name="ThinkSeconds">Pause after the answer, before the next turn, seconds.</param>
/// <param name="ChannelEstimateDb">The device's estimate of the mean uplink SNR, dB, in whole decibels.</param>
public readonly record struct TurnDraw(int PromptTokens, int OutputTokens, double ThinkSeconds, double ChannelEstimateDb);

/// <summary>Draws conversations of a scenario one at a time and keeps none: the law behind <see cref="RequestSchedule"/>.</summary>
/// <remarks>Every draw is addressed by (seed, conversation, turn), so conversations can be drawn in any order and again. Allocates nothing per draw.
/// Immutable, so safe to share between threads.</remarks>
public sealed class ConversationModel
{
    /// <summary>A user whose mean SNR lies below this is out of coverage and is drawn again, dB.</summary>
    public const double CoverageSnrDb = -10;

    private const int CoverageAttempts = 1000;

    private readonly string linkName;
    private readonly IPathLoss pathLoss;
    private readonly LinkBudgetBreakdown nominalUplink;
    private readonly double minimumDistanceMetres;
    private readonly double maximumDistanceMetres;
    private readonly NormalDistribution shadowing;
    private readonly NormalDistribution estimateError;
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
    private readonly StreamKey positionKey = StreamKey.Create(0, "channel/position");

    /// <summary>Prepares the draws of a scenario.</summary>
    /// <param name="scenario">The scenario.</param>
    public ConversationModel(Scenario scenario)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        var link = scenario.Link;
        var workload = scenario.Workload;
        linkName = scenario.LinkName;
        pathLoss = link.PathLoss;
        nominalUplink = link.Uplink.Evaluate(0, 0);
        minimumDistanceMetres = link.MinimumDistanceMetres;
        maximumDistanceMetres = link.MaximumDistanceMetres;
        shadowing = new NormalDistribution(0, link.ShadowingStandardDeviationDb);
        estimateError = new NormalDistribution(0, scenario.Settings.ChannelEstimateErrorDb);
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

    /// <summary>True mean uplink SNR over fading at the user's position, by the link budget, dB.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="conversation">Index of the conversation, at least 0.</param>
    /// <exception cref="InvalidOperationException">Hardly any position of the cell has coverage.</exception>
    public double MeanSnrDb(ulong seed, int conversation)
    {
        var key = positionKey with { Seed = seed };
        var inner = minimumDistanceMetres * minimumDistanceMetres;
        var outer = maximumDistanceMetres * maximumDistanceMetres;
        for (var attempt = 0; attempt < CoverageAttempts; attempt++)
        {
            var random = new RandomSource(key, (ulong)conversation, 0, (ulong)attempt);
            var distance = Math.Sqrt(inner + ((outer - inner) * random.NextUniform()));
            var budget = nominalUplink with { PathLossDb = pathLoss.LossDb(distance), ShadowingDb = shadowing.Sample(ref random) };
            var snrDb = budget.SnrDb;
            if (snrDb >= CoverageSnrDb)
            {
                return snrDb;
            }
        }

        throw new InvalidOperationException(
            $"No position between {minimumDistanceMetres} m and {maximumDistanceMetres} m had a mean SNR of at least {CoverageSnrDb} dB in {CoverageAttempts} draws: the link '{linkName}' does not cover its cell.");
    }

    /// <summary>Draws a turn.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="conversation">Index of the conversation, at least 0.</param>
    /// <param name="turn">Zero-based turn of the conversation.</param>
    /// <param name="meanSnrDb">The conversation's <see cref="MeanSnrDb"/>, which the device estimates.</param>
    /// <param name="hasThinkTime">Whether the pause is wanted; if not it is left at 0, and nothing else changes.</param>
    public TurnDraw Turn(ulong seed, int conversation, int turn, double meanSnrDb, bool hasThinkTime = true)
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

        return new TurnDraw(prompt, output, pause, Math.Round(meanSnrDb + estimateError.Sample(ref random)));
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
