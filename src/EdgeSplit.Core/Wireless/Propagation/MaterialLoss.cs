namespace EdgeSplit.Core.Wireless.Propagation;

/// <summary>What walls and windows take, by material and carrier, dB.</summary>
/// <remarks>Stateless, so safe to use from any thread. Source: 3GPP TR 38.901 Table 7.4.3-1; f in GHz.</remarks>
public static class MaterialLoss
{
    /// <summary>Standard multi-pane glass: 2 + 0.2 f.</summary>
    /// <param name="carrierHz">Carrier frequency, hertz, in [0.5e9, 100e9].</param>
    /// <exception cref="ArgumentOutOfRangeException">The carrier is NaN or out of range.</exception>
    public static double GlassDb(double carrierHz) => 2 + (0.2 * Giga(carrierHz));

    /// <summary>Glass coated to reflect infrared: 23 + 0.3 f, or in later releases 25.4 + 0.11 f.</summary>
    /// <param name="carrierHz">Carrier frequency, hertz, in [0.5e9, 100e9].</param>
    /// <param name="edition">Whose numbers.</param>
    /// <exception cref="ArgumentOutOfRangeException">The carrier is NaN or out of range, or the edition is unknown.</exception>
    public static double InfraredReflectiveGlassDb(double carrierHz, InfraredGlassEdition edition = InfraredGlassEdition.UpToRelease18) => edition switch
    {
        InfraredGlassEdition.UpToRelease18 => 23 + (0.3 * Giga(carrierHz)),
        InfraredGlassEdition.Later => 25.4 + (0.11 * Giga(carrierHz)),
        _ => throw new ArgumentOutOfRangeException(nameof(edition), edition, "Must be UpToRelease18 or Later."),
    };

    /// <summary>Concrete: 5 + 4 f.</summary>
    /// <param name="carrierHz">Carrier frequency, hertz, in [0.5e9, 100e9].</param>
    /// <exception cref="ArgumentOutOfRangeException">The carrier is NaN or out of range.</exception>
    public static double ConcreteDb(double carrierHz) => 5 + (4 * Giga(carrierHz));

    /// <summary>Wood: 4.85 + 0.12 f.</summary>
    /// <param name="carrierHz">Carrier frequency, hertz, in [0.5e9, 100e9].</param>
    /// <exception cref="ArgumentOutOfRangeException">The carrier is NaN or out of range.</exception>
    public static double WoodDb(double carrierHz) => 4.85 + (0.12 * Giga(carrierHz));

    private static double Giga(double carrierHz) => PathLossTable.Carrier(carrierHz) / 1e9;
}
