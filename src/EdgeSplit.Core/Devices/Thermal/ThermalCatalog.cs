namespace EdgeSplit.Core.Devices.Thermal;

/// <summary>One envelope of the catalogue.</summary>
/// <param name="Name">Name, lower case with hyphens.</param>
/// <param name="Title">The kind of device.</param>
/// <param name="Envelope">Thermal model, governor and power law.</param>
/// <param name="Source">What is from a source and what is an assumption.</param>
public sealed record ThermalEntry(string Name, string Title, ThermalEnvelope Envelope, string Source);

/// <summary>Envelopes of usual kinds of cooling.</summary>
/// <remarks>
/// <para>Makers publish temperature limits at most. Resistances and capacities are assumptions of the right size, chosen so that the few published runs come out: each entry says which.
/// They hold for air of 25 degrees; use <c>with</c> for other air.</para>
/// <para>Immutable; safe to share between threads.</para>
/// </remarks>
public static class ThermalCatalog
{
    /// <summary>Every envelope.</summary>
    public static IReadOnlyList<ThermalEntry> All { get; } = Array.AsReadOnly<ThermalEntry>(
    [
        new("phone", "Phone, cooled by its case only",
            Envelope(16, 3.2, 130, 4.3, SpeedGovernor.Proportional(40, 62, 0.25, 24)),
            "assumption: about 4 W for ever at 55 degrees inside and a case in the low forties. Checked against ten minutes of decoding on an iPhone 17 Pro (dev.to/john-rocky): "
            + "GPU runtimes keep 38 to 48 %, the Neural Engine at about half the power 67 %; and arXiv 2603.23640: an iPhone 16 Pro loses nearly half its speed within two runs"),
        new("tablet", "Tablet, cooled by its case only",
            Envelope(30, 2.2, 350, 2.6, SpeedGovernor.Proportional(45, 68, 0.3, 24)),
            "assumption: twice a phone's mass and area, hence half its resistance"),
        new("fanless-laptop", "Laptop without a fan",
            Envelope(60, 2.5, 700, 2.8, SpeedGovernor.Proportional(80, 100, 0.3, 24)),
            "assumption: about 11 W for ever at 85 degrees inside, as thin laptops without a fan are described; limit near 100 degrees"),
        new("raspberry-pi-5", "Raspberry Pi 5, bare board",
            Envelope(8, 3, 35, 6.5, SpeedGovernor.Proportional(80, 85, 0.42, 10)),
            "limits from the Raspberry Pi documentation: cores slow down progressively from 80 degrees, hard limit at 85. Assumption: 9.5 K/W for the whole board's power, "
            + "so that full load passes 80 degrees within minutes as public tests without a cooler report; least speed 1.0 of 2.4 GHz"),
        new("raspberry-pi-5-cooler", "Raspberry Pi 5 with the Active Cooler",
            Envelope(8, 1.8, 60, 1.6, SpeedGovernor.Proportional(80, 85, 0.42, 10)),
            "limits from the Raspberry Pi documentation. Assumption: 3.4 K/W, so that full load stays in the sixties as public tests with the cooler report"),
        new("jetson-passive", "Jetson module with a heat sink without a fan",
            Envelope(20, 0.8, 250, 3.6, SpeedGovernor.Proportional(90, 97, 0.3, 12)),
            "assumption: a heat sink of 250 J/K and 3.6 K/W; modules slow down in the nineties"),
    ]);

    /// <summary>Finds an envelope by its name, without regard to case.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    /// <exception cref="UnknownNameException">There is no such envelope; the error names the nearest.</exception>
    public static ThermalEntry Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return All.FirstOrDefault(entry => string.Equals(entry.Name, name, StringComparison.OrdinalIgnoreCase))
            ?? throw new UnknownNameException("thermal envelope", name, All.Select(entry => entry.Name));
    }

    private static ThermalEnvelope Envelope(
        double innerJoulesPerKelvin, double innerKelvinPerWatt, double outerJoulesPerKelvin, double outerKelvinPerWatt, SpeedGovernor governor) => new()
        {
            Model = new ThermalModel
            {
                Inner = new ThermalStage(innerJoulesPerKelvin, innerKelvinPerWatt),
                Outer = new ThermalStage(outerJoulesPerKelvin, outerKelvinPerWatt),
            },
            Governor = governor,
        };
}
