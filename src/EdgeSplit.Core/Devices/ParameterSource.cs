namespace EdgeSplit.Core.Devices;

/// <summary>Where a parameter of a catalogue entry comes from.</summary>
public enum ParameterOrigin
{
    /// <summary>The vendor's figure, or a public table of vendors' figures.</summary>
    DataSheet,

    /// <summary>Measured by someone on the device.</summary>
    Measured,

    /// <summary>Fitted to published measured speeds of this device.</summary>
    Fitted,

    /// <summary>Usual for this kind of hardware: nothing about this very device was found.</summary>
    ClassValue,
}

/// <summary>The source of one parameter.</summary>
/// <param name="Parameter">What it is about, for example <c>bandwidth</c>.</param>
/// <param name="Origin">How far it can be trusted.</param>
/// <param name="Text">Where it comes from, in words that lead a reader there.</param>
public sealed record ParameterSource(string Parameter, ParameterOrigin Origin, string Text);
