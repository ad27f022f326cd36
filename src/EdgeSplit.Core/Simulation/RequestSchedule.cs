using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Core.Simulation;

/// <summary>The requests of one seed: arrivals, turns, lengths and users' positions, drawn before any decision.</summary>
/// <remarks>Every draw is addressed by (seed, conversation, turn): a longer schedule begins with the shorter one. Immutable.</remarks>
public sealed class RequestSchedule
{
    /// <summary>A user whose mean SNR lies below this is out of coverage and is drawn again, dB.</summary>
    public const double CoverageSnrDb = -10;

    private const int CoverageAttempts = 1000;
    private readonly ScheduledTurn[] turns;

    /// <summary>Draws the schedule of a seed.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="seed">The seed.</param>
    /// <exception cref="InvalidOperationException">Hardly any position of the cell has coverage.</exception>
    public RequestSchedule(Scenario scenario, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        var drawn = new List<ScheduledTurn>(scenario.Settings.Requests);
        var arrival = 0.0;
        for (var conversation = 0; drawn.Count < scenario.Settings.Requests; conversation++)
        {
            arrival = AddConversation(scenario, seed, conversation, arrival, drawn);
        }

        turns = [.. drawn];
    }

    /// <summary>The turns, conversation by conversation in order of arrival.</summary>
    public ReadOnlySpan<ScheduledTurn> Turns => turns;

    private static double AddConversation(Scenario scenario, ulong seed, int conversation, double previousArrival, List<ScheduledTurn> drawn)
    {
        var workload = scenario.Workload;
        var entity = (ulong)conversation;
        var random = new RandomSource(StreamKey.Create(seed, "workload/conversation"), entity);
        var arrival = previousArrival + new ExponentialDistribution(workload.ArrivalsPerSecond).Sample(ref random);
        var turns = 1;
        while (turns < workload.MaximumTurns && random.NextUniform() < 1 - (1 / workload.MeanTurns))
        {
            turns++;
        }

        turns = Math.Min(turns, scenario.Settings.Requests - drawn.Count);
        var snrDb = MeanSnrDb(scenario, seed, entity);
        var context = 0;
        for (var turn = 0; turn < turns; turn++)
        {
            var draw = new RandomSource(StreamKey.Create(seed, "workload/turn"), entity, (ulong)turn);
            var positions = scenario.System.Shape.MaximumPositions;
            var prompt = Tokens(workload.PromptTokens.Sample(ref draw), Math.Max(1, positions - workload.MaximumOutputTokens));
            var output = Tokens(workload.OutputTokens.Sample(ref draw), workload.MaximumOutputTokens);
            var think = new ExponentialDistribution(1 / workload.MeanThinkSeconds).Sample(ref draw);
            var estimate = snrDb + (scenario.Settings.ChannelEstimateErrorDb * new NormalDistribution(0, 1).Sample(ref draw));
            if (context + prompt + workload.MaximumOutputTokens > positions)
            {
                context = 0;
            }

            drawn.Add(new ScheduledTurn(drawn.Count, conversation, turn, turn == turns - 1, arrival, think, prompt, output, context, snrDb, Math.Round(estimate)));
            context += prompt + output;
        }

        return arrival;
    }

    private static int Tokens(double drawn, int maximum) => (int)Math.Clamp(Math.Ceiling(drawn), 1, maximum);

    private static double MeanSnrDb(Scenario scenario, ulong seed, ulong conversation)
    {
        var link = scenario.Link;
        var key = StreamKey.Create(seed, "channel/position");
        for (var attempt = 0; attempt < CoverageAttempts; attempt++)
        {
            var random = new RandomSource(key, conversation, 0, (ulong)attempt);
            var inner = link.MinimumDistanceMetres * link.MinimumDistanceMetres;
            var outer = link.MaximumDistanceMetres * link.MaximumDistanceMetres;
            var distance = Math.Sqrt(inner + ((outer - inner) * random.NextUniform()));
            var shadowing = link.ShadowingStandardDeviationDb * new NormalDistribution(0, 1).Sample(ref random);
            var snrDb = link.Uplink.Evaluate(link.PathLoss.LossDb(distance), shadowing).SnrDb;
            if (snrDb >= CoverageSnrDb)
            {
                return snrDb;
            }
        }

        throw new InvalidOperationException(
            $"No position between {link.MinimumDistanceMetres} m and {link.MaximumDistanceMetres} m had a mean SNR of at least {CoverageSnrDb} dB in {CoverageAttempts} draws: the link '{scenario.LinkName}' does not cover its cell.");
    }
}
