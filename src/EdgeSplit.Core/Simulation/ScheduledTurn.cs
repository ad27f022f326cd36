namespace EdgeSplit.Core.Simulation;

/// <summary>One turn as the world has it: everything that does not depend on any decision.</summary>
/// <param name="Request">Index of the turn in the schedule; the entity of its exogenous draws.</param>
/// <param name="Conversation">Index of its conversation.</param>
/// <param name="Turn">Zero-based turn of the conversation.</param>
/// <param name="IsLast">Whether the conversation ends with it.</param>
/// <param name="ArrivalSeconds">When the conversation arrives, seconds; later turns start after the answer and the pause before them.</param>
/// <param name="ThinkSeconds">Pause after the answer, before the next turn, seconds.</param>
/// <param name="PromptTokens">Tokens of the prompt.</param>
/// <param name="OutputTokens">True number of tokens of the answer.</param>
/// <param name="ContextTokens">Tokens of earlier turns that are kept.</param>
/// <param name="LinkSeconds">When it starts on the clock of the user's way and trace, seconds: the pauses before it. How long the answers before it took depends on decisions and
/// does not count, so that every policy meets the same channel.</param>
/// <param name="LevelDb">The uplink's true level, dB, before the world's hidden link bias: by the link budget the mean SNR over fading, on a trace the recent throughput over the mean one.</param>
/// <param name="ChannelEstimateDb">The device's estimate of it, dB.</param>
public readonly record struct ScheduledTurn(
    int Request,
    int Conversation,
    int Turn,
    bool IsLast,
    double ArrivalSeconds,
    double ThinkSeconds,
    int PromptTokens,
    int OutputTokens,
    int ContextTokens,
    double LinkSeconds,
    double LevelDb,
    double ChannelEstimateDb);
