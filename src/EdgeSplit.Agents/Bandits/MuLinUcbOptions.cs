using System.Text.Json.Nodes;

namespace EdgeSplit.Agents.Bandits;

/// <summary>Settings of <see cref="MuLinUcb"/>.</summary>
/// <remarks>Immutable.</remarks>
public sealed record MuLinUcbOptions
{
    private readonly double forcedSamplingExponent = 1 / 3.0;
    private readonly double firstTurnWeight;

    /// <summary>The regression of link and server.</summary>
    public BeliefBanditOptions Regression { get; init; } = new();

    /// <summary>How often a cut that uses the link is forced: about n to the power of this in n requests, in [0, 1); 0 for never, which is plain LinUCB.</summary>
    /// <value>The default value is 1/3: about twelve in two thousand requests.</value>
    public double ForcedSamplingExponent
    {
        get => forcedSamplingExponent;
        init => forcedSamplingExponent = Guard.InRange(value, 0, Math.BitDecrement(1.0), nameof(ForcedSamplingExponent));
    }

    /// <summary>Weight of a conversation's first turn as a key request, in [0, 1): less is explored there (the confidence width is multiplied by √(1 - weight)), and nothing is forced where it is above 0.</summary>
    /// <value>The default value is 0: all requests are alike.</value>
    public double FirstTurnWeight { get => firstTurnWeight; init => firstTurnWeight = Guard.InRange(value, 0, Math.BitDecrement(1.0), nameof(FirstTurnWeight)); }

    internal JsonObject Describe() => new()
    {
        ["regression"] = Regression.Describe(),
        ["forcedSamplingExponent"] = ForcedSamplingExponent,
        ["firstTurnWeight"] = FirstTurnWeight,
    };
}
