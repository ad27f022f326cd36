using System.Text.Json.Nodes;

namespace EdgeSplit.Agents.Bandits;

/// <summary>Settings of the bandits that learn one linear model per action.</summary>
/// <remarks>Immutable. With many actions each model sees few rows: keep the context small, by <see cref="Entries"/> or by features without the belief's part.</remarks>
public sealed record LinearBanditOptions
{
    private readonly double ridge = 1;
    private readonly double exploration = 0.3;
    private readonly IReadOnlyList<int>? entries;

    /// <summary>Ridge λ of each model, positive.</summary>
    /// <value>The default value is 1.</value>
    public double Ridge { get => ridge; init => ridge = Guard.Positive(value, nameof(Ridge)); }

    /// <summary>How much is explored, in units of the reward, at least 0: the factor α of the confidence width, or the standard deviation v of a posterior draw.</summary>
    /// <value>The default value is 0.3, which suits rewards of mean -1 whose noise is smaller than that.</value>
    public double Exploration { get => exploration; init => exploration = Guard.NonNegative(value, nameof(Exploration)); }

    /// <summary>The observation's entries that make the context; null for all.</summary>
    /// <value>The default value is null.</value>
    /// <exception cref="ArgumentException">An entry is negative, or there is none.</exception>
    public IReadOnlyList<int>? Entries
    {
        get => entries;
        init => entries = value is null ? null
            : value.Count > 0 && value.All(entry => entry >= 0) ? [.. value]
            : throw new ArgumentException("There must be at least one entry, none negative.", nameof(Entries));
    }

    /// <summary>Whether the context has a constant entry of 1 after the observation's.</summary>
    /// <value>The default value is true.</value>
    public bool Intercept { get; init; } = true;

    internal void Describe(JsonObject settings)
    {
        settings["ridge"] = Ridge;
        settings["exploration"] = Exploration;
        settings["entries"] = Entries is null ? null : new JsonArray([.. Entries.Select(entry => JsonValue.Create(entry))]);
        settings["intercept"] = Intercept;
    }
}
