namespace EdgeSplit.Core.Placements;

/// <summary>Everything about the link that does not depend on k among the splits 0 &lt; k &lt; L, and the same for k = 0. Immutable.</summary>
internal readonly struct LinkTotals
{
    private readonly double waitingWatts;
    private readonly double stateFixedJoules;
    private readonly double tokenFixedJoules;

    internal LinkTotals(in LinkCosts costs, in TurnWork work, in OperatingPoint point)
    {
        var messages = 1 + work.DecodeSteps;
        var secondsPerBitUp = 1 / point.UplinkBitsPerSecond;
        var secondsPerBitDown = 1 / point.DownlinkBitsPerSecond;
        TokenUpBits = work.PromptTokens * costs.TokenIdUplinkBits;
        TokenDownBits = messages * costs.TokenIdBits;
        var promptBits = costs.HiddenStateMessageBits(work.PromptTokens);
        StateUpBits = promptBits + (work.DecodeSteps * costs.OneTokenStateBits);
        TokenUpSeconds = TokenUpBits * secondsPerBitUp;
        StateUpSeconds = StateUpBits * secondsPerBitUp;
        OneTokenDownSeconds = costs.TokenIdBits * secondsPerBitDown;
        TokensDownSeconds = messages * OneTokenDownSeconds;
        UplinkWaitSeconds = messages * costs.UplinkDelaySeconds;
        DownlinkWaitSeconds = messages * costs.DownlinkDelaySeconds;
        var roundTrip = costs.UplinkDelaySeconds + costs.DownlinkDelaySeconds + OneTokenDownSeconds;
        StateSeconds = (messages * roundTrip) + StateUpSeconds;
        FirstTokenSeconds = roundTrip + (promptBits * secondsPerBitUp);
        ServerOnlySeconds = roundTrip + TokenUpSeconds;

        // Time on the air is charged at the active power in place of the waiting power.
        waitingWatts = costs.Radio.Waiting;
        stateFixedJoules = costs.Radio.TailJoules - (waitingWatts * (StateUpSeconds + TokensDownSeconds))
            + costs.Radio.AirJoules(StateUpSeconds, StateUpBits, TokensDownSeconds, TokenDownBits);
        tokenFixedJoules = costs.Radio.TailJoules - (waitingWatts * (TokenUpSeconds + OneTokenDownSeconds))
            + costs.Radio.AirJoules(TokenUpSeconds, TokenUpBits, OneTokenDownSeconds, TokenDownBits);
    }

    internal double TokenUpBits { get; }

    internal double TokenDownBits { get; }

    internal double StateUpBits { get; }

    internal double TokenUpSeconds { get; }

    internal double StateUpSeconds { get; }

    internal double OneTokenDownSeconds { get; }

    internal double TokensDownSeconds { get; }

    internal double UplinkWaitSeconds { get; }

    internal double DownlinkWaitSeconds { get; }

    internal double StateSeconds { get; }

    internal double FirstTokenSeconds { get; }

    internal double ServerOnlySeconds { get; }

    internal double WaitingWatts => waitingWatts;

    internal double RadioFixedJoules => stateFixedJoules;

    internal double RadioJoules(double connectedSeconds) => stateFixedJoules + (waitingWatts * connectedSeconds);

    internal double ServerOnlyRadioJoules(double connectedSeconds) => tokenFixedJoules + (waitingWatts * connectedSeconds);
}

/// <summary>The fixed costs of a system's link, prepared. Immutable.</summary>
internal readonly struct LinkCosts(SplitSystem system)
{
    internal readonly RadioWatts Radio = new(system.Radio);

    internal double UplinkDelaySeconds { get; } = system.UplinkDelay.TotalSeconds;

    internal double DownlinkDelaySeconds { get; } = system.DownlinkDelay.TotalSeconds;

    internal double TokenIdBits { get; } = system.TokenIdBits;

    /// <summary>Bits of a token id on the uplink, with what is sent again.</summary>
    internal double TokenIdUplinkBits { get; } = system.TokenIdUplinkBits;

    /// <summary>Bits of the hidden state of one token: the message of a decode step.</summary>
    internal double OneTokenStateBits { get; } = system.HiddenStateBitsPerMessage + system.HiddenStateBitsPerToken;

    private readonly double stateBitsPerToken = system.HiddenStateBitsPerToken;
    private readonly double stateBitsPerMessage = system.HiddenStateBitsPerMessage;

    /// <summary>Bits of a message with the hidden state of several tokens.</summary>
    internal double HiddenStateMessageBits(int tokens) => (tokens * stateBitsPerToken) + stateBitsPerMessage;
}
