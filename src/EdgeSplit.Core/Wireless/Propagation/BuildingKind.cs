namespace EdgeSplit.Core.Wireless.Propagation;

/// <summary>How much a building's outer wall takes: the models of 3GPP TR 38.901 section 7.4.3.1.</summary>
public enum BuildingKind
{
    /// <summary>Old building: 30 % standard glass, 70 % concrete; standard deviation 4.4 dB.</summary>
    LowLoss,

    /// <summary>Thermally insulated building: 70 % glass that reflects infrared, 30 % concrete; standard deviation 6.5 dB.</summary>
    HighLoss,

    /// <summary>The one-number model below 6 GHz: 20 dB, indoor distance one uniform draw, no deviation. Table 7.4.3-3.</summary>
    SingleFrequency,
}
