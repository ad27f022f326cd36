namespace EdgeSplit.Core.Devices.Thermal;

/// <summary>One stage of a thermal chain: something that stores heat, and the path by which heat leaves it outwards.</summary>
/// <remarks>Immutable. Construction checks both numbers.</remarks>
public readonly record struct ThermalStage
{
    /// <summary>Creates a stage.</summary>
    /// <param name="heatCapacityJoulesPerKelvin">Heat capacity, J/K, positive.</param>
    /// <param name="resistanceKelvinPerWatt">Thermal resistance to the next stage outwards, or to the air, K/W, positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN, not positive or not finite.</exception>
    public ThermalStage(double heatCapacityJoulesPerKelvin, double resistanceKelvinPerWatt)
    {
        HeatCapacityJoulesPerKelvin = Guard.Positive(heatCapacityJoulesPerKelvin);
        ResistanceKelvinPerWatt = Guard.Positive(resistanceKelvinPerWatt);
    }

    /// <summary>Heat capacity, J/K.</summary>
    public double HeatCapacityJoulesPerKelvin { get; }

    /// <summary>Thermal resistance to the next stage outwards, or to the air, K/W.</summary>
    public double ResistanceKelvinPerWatt { get; }
}
