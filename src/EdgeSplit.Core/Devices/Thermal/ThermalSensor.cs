namespace EdgeSplit.Core.Devices.Thermal;

/// <summary>The stage whose temperature a governor watches.</summary>
public enum ThermalSensor
{
    /// <summary>The processor: it must not be damaged.</summary>
    Inner,

    /// <summary>The case or heat sink: a hand must be able to hold it. The only stage where there is one.</summary>
    Outer,
}
