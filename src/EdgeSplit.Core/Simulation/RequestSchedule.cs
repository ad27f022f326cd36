namespace EdgeSplit.Core.Simulation;

/// <summary>The requests of one seed: arrivals, turns, lengths and users' positions, drawn before any decision.</summary>
/// <remarks>Every draw is addressed by (seed, conversation, turn): a longer schedule begins with the shorter one, but that the last turn of the shorter one
/// counts as the last of its conversation. Immutable.</remarks>
public sealed class RequestSchedule
{
    private readonly ScheduledTurn[] turns;

    /// <summary>Draws the schedule of a seed.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="seed">The seed.</param>
    /// <exception cref="InvalidOperationException">Hardly any position of the cell has coverage.</exception>
    public RequestSchedule(Scenario scenario, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        var drawn = new List<ScheduledTurn>(scenario.Settings.Requests);
        var model = new ConversationModel(scenario);
        var arrival = 0.0;
        for (var conversation = 0; drawn.Count < scenario.Settings.Requests; conversation++)
        {
            arrival = AddConversation(model, seed, conversation, arrival, scenario.Settings.Requests, drawn);
        }

        turns = [.. drawn];
    }

    /// <summary>The turns, conversation by conversation in order of arrival.</summary>
    public ReadOnlySpan<ScheduledTurn> Turns => turns;

    private static double AddConversation(
        ConversationModel model, ulong seed, int conversation, double previousArrival, int requests, List<ScheduledTurn> drawn)
    {
        var turns = Math.Min(model.Turns(seed, conversation, out var interarrival), requests - drawn.Count);
        var arrival = previousArrival + interarrival;
        var context = 0;
        var startSeconds = 0.0;
        for (var turn = 0; turn < turns; turn++)
        {
            var levelDb = model.LevelDb(seed, conversation, startSeconds);
            var draw = model.Turn(seed, conversation, turn, model.KnownLevelDb(seed, conversation, startSeconds));
            context = model.ContextTokens(context, draw.PromptTokens);
            drawn.Add(new ScheduledTurn(
                drawn.Count, conversation, turn, turn == turns - 1, arrival, draw.ThinkSeconds, draw.PromptTokens, draw.OutputTokens, context, startSeconds, levelDb, draw.ChannelEstimateDb));
            context += draw.PromptTokens + draw.OutputTokens;
            startSeconds += draw.ThinkSeconds;
        }

        return arrival;
    }
}
