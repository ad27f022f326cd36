using System.Text.Json.Nodes;

namespace EdgeSplit.Agents.Bandits;

/// <summary>Settings of the bandits that correct the belief's parts by factors.</summary>
/// <remarks>Immutable.</remarks>
public sealed record BeliefBanditOptions
{
    private readonly double priorDeviation = 0.7;
    private readonly double noiseDeviation = 0.3;
    private readonly double exploration = 1;
    private readonly double forgetting = 1;

    /// <summary>Standard deviation of the factors before any data, about 1, positive.</summary>
    /// <value>The default value is 0.7: a link that is 3 dB better or worse than believed is no surprise.</value>
    public double PriorDeviation { get => priorDeviation; init => priorDeviation = Guard.Positive(value, nameof(PriorDeviation)); }

    /// <summary>Standard deviation of one request's cost about its expectation, as a share of the believed cost, positive.</summary>
    /// <value>The default value is 0.3.</value>
    public double NoiseDeviation { get => noiseDeviation; init => noiseDeviation = Guard.Positive(value, nameof(NoiseDeviation)); }

    /// <summary>How much is explored, at least 0: the factor on the standard deviation of the expected cost.</summary>
    /// <value>The default value is 1.</value>
    public double Exploration { get => exploration; init => exploration = Guard.NonNegative(value, nameof(Exploration)); }

    /// <summary>What a request still counts after the next one, in (0, 1]; below 1 the factors follow a world that changes.</summary>
    /// <value>The default value is 1: nothing is forgotten.</value>
    public double Forgetting { get => forgetting; init => forgetting = Guard.InRange(value, double.Epsilon, 1, nameof(Forgetting)); }

    internal JsonObject Describe() => new()
    {
        ["priorDeviation"] = PriorDeviation,
        ["noiseDeviation"] = NoiseDeviation,
        ["exploration"] = Exploration,
        ["forgetting"] = Forgetting,
    };
}
