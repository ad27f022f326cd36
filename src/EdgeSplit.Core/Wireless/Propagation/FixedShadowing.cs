namespace EdgeSplit.Core.Wireless.Propagation;

/// <summary>Shadowing whose strength does not depend on the distance.</summary>
/// <remarks>Immutable, so safe to share between threads. Source of the ready values: 3GPP TR 38.901 Table 7.5-6, columns O2I.</remarks>
/// <param name="DeviationDb">Standard deviation, dB, at least 0.</param>
/// <param name="CorrelationMetres">Correlation distance, metres, positive.</param>
public sealed record FixedShadowing(double DeviationDb, double CorrelationMetres) : IShadowingLaw
{
    /// <summary>A terminal inside a building of a city (UMi and UMa): 7 dB, 7 m; it takes the place of the outdoor values.</summary>
    public static FixedShadowing UrbanIndoorTerminal { get; } = new(7, 7);

    /// <summary>A terminal inside a building in the country (RMa): 8 dB, 120 m.</summary>
    public static FixedShadowing RuralIndoorTerminal { get; } = new(8, 120);

    /// <summary>Standard deviation, dB.</summary>
    public double DeviationDb { get; } = Guard.NonNegative(DeviationDb);

    /// <inheritdoc/>
    public double CorrelationMetres { get; } = Guard.Positive(CorrelationMetres);

    /// <inheritdoc/>
    public double StandardDeviationDb(double horizontalDistanceMetres)
    {
        Guard.NonNegative(horizontalDistanceMetres);
        return DeviationDb;
    }
}
