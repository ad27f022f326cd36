using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Core.Wireless.Propagation;

/// <summary>Loss from outdoors to a terminal inside a building (O2I): outer wall, way indoors, deviation.</summary>
/// <remarks>
/// <para>Loss = wall + 0.5 dB per metre indoors + N(0, deviation^2). The wall mixes materials by area: low loss 5 - 10 log10(0.3 glass + 0.7
/// concrete), high loss 5 - 10 log10(0.7 infrared-reflective glass + 0.3 concrete), each as linear transmission. The way indoors is the smaller of two uniform draws; in the
/// single-frequency model one uniform draw, and the wall takes 20 dB.</para>
/// <para>The whole is a property of the terminal: equal key and entity give equal loss. The deviation may make the sum negative in rare draws.
/// Indoor terminals also have other shadowing: <see cref="FixedShadowing.UrbanIndoorTerminal"/>.</para>
/// <para>Immutable, so safe to share between threads. Source: 3GPP TR 38.901 section 7.4.3.1, Tables 7.4.3-1 to 7.4.3-3.</para>
/// </remarks>
/// <param name="CarrierHz">Carrier frequency, hertz, in [0.5e9, 100e9]; at most 6e9 for the single-frequency model.</param>
/// <param name="Kind">Which wall.</param>
/// <param name="MaximumIndoorMetres">Upper end of the uniform draws of the way indoors, metres, at least 0; 25 in UMi and UMa, 10 in RMa.</param>
/// <param name="Glass">Numbers for infrared-reflective glass; of effect with high loss only.</param>
public sealed record BuildingPenetration(
    double CarrierHz,
    BuildingKind Kind,
    double MaximumIndoorMetres = 25,
    InfraredGlassEdition Glass = InfraredGlassEdition.UpToRelease18) : IPenetrationLoss
{
    private const double IndoorDbPerMetre = 0.5;

    /// <summary>Carrier frequency, hertz.</summary>
    public double CarrierHz { get; } = PathLossTable.Carrier(CarrierHz, Kind == BuildingKind.SingleFrequency ? 6e9 : 100e9);

    /// <summary>Which wall.</summary>
    public BuildingKind Kind { get; } = Kind;

    /// <summary>Upper end of the uniform draws of the way indoors, metres.</summary>
    public double MaximumIndoorMetres { get; } = Guard.NonNegative(MaximumIndoorMetres);

    /// <summary>Numbers for infrared-reflective glass.</summary>
    public InfraredGlassEdition Glass { get; } = Glass;

    /// <summary>Loss of the outer wall, dB.</summary>
    public double WallDb { get; } = Kind switch
    {
        BuildingKind.LowLoss => MixedDb(0.3, MaterialLoss.GlassDb(CarrierHz), CarrierHz),
        BuildingKind.HighLoss => MixedDb(0.7, MaterialLoss.InfraredReflectiveGlassDb(CarrierHz, Glass), CarrierHz),
        BuildingKind.SingleFrequency => 20,
        _ => throw new ArgumentOutOfRangeException(nameof(Kind), Kind, "Must be LowLoss, HighLoss or SingleFrequency."),
    };

    /// <summary>Standard deviation of the loss around wall and way, dB.</summary>
    public double StandardDeviationDb => Kind switch { BuildingKind.LowLoss => 4.4, BuildingKind.HighLoss => 6.5, _ => 0 };

    /// <summary>Mean loss of the way indoors, dB: half a decibel per metre of a third of the maximum, or of half of it in the single-frequency model.</summary>
    public double MeanIndoorDb => IndoorDbPerMetre * MaximumIndoorMetres / (Kind == BuildingKind.SingleFrequency ? 2 : 3);

    /// <inheritdoc/>
    public double MeanDb => WallDb + MeanIndoorDb;

    /// <inheritdoc/>
    public double DrawDb(StreamKey key, ulong entity) => Draw(key, entity).TotalDb;

    /// <summary>The loss of one terminal by its parts: a pure function of key and entity.</summary>
    /// <param name="key">Stream of the draws; a part of it is used, so that the same key may serve other models of the link.</param>
    /// <param name="entity">The terminal.</param>
    public PenetrationBreakdown Draw(StreamKey key, ulong entity)
    {
        var random = new RandomSource(key.Derive("penetration/building"), entity);
        var (first, second) = (random.NextUniform(), random.NextUniform());
        var indoorMetres = MaximumIndoorMetres * (Kind == BuildingKind.SingleFrequency ? first : Math.Min(first, second));
        return new(WallDb, indoorMetres, IndoorDbPerMetre * indoorMetres, new NormalDistribution(0, StandardDeviationDb).Sample(ref random));
    }

    private static double MixedDb(double glassShare, double glassDb, double carrierHz) => 5 - Decibels.FromLinear(
        (glassShare * Decibels.ToLinear(-glassDb)) + ((1 - glassShare) * Decibels.ToLinear(-MaterialLoss.ConcreteDb(carrierHz))));
}
