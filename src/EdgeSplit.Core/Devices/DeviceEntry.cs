using EdgeSplit.Core.Transformers;

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

/// <summary>One device of the catalogue: its profile, what it is, and where each parameter comes from.</summary>
/// <remarks>Immutable.</remarks>
public sealed record DeviceEntry
{
    /// <summary>Name of a source: the peak rate of matrix products.</summary>
    public const string PeakRate = "peak rate";

    /// <summary>Name of a source: the nominal memory bandwidth.</summary>
    public const string NominalBandwidth = "nominal bandwidth";

    /// <summary>Name of a source: the matrix efficiency with 32-bit weights.</summary>
    public const string MatrixEfficiency32 = "matrix efficiency, 32-bit weights";

    /// <summary>Name of a source: the matrix efficiency with 16-bit weights.</summary>
    public const string MatrixEfficiency16 = "matrix efficiency, 16-bit weights";

    /// <summary>Name of a source: the matrix efficiency with 8-bit weights.</summary>
    public const string MatrixEfficiency8 = "matrix efficiency, 8-bit weights";

    /// <summary>Name of a source: the matrix efficiency with low-bit weights.</summary>
    public const string MatrixEfficiencyLowBit = "matrix efficiency, low-bit weights";

    /// <summary>Name of a source: the efficiency of attention products.</summary>
    public const string AttentionEfficiency = "attention efficiency";

    /// <summary>Name of a source: the efficiency of reading weights.</summary>
    public const string BandwidthEfficiency = "bandwidth efficiency";

    /// <summary>Name of a source: the efficiency of reading the KV cache.</summary>
    public const string KeyValueEfficiency = "KV cache bandwidth efficiency";

    /// <summary>Name of a source: the overhead per operation.</summary>
    public const string Overhead = "overhead per operation";

    /// <summary>Name of a source: memory and its usable share.</summary>
    public const string Memory = "memory";

    /// <summary>Name of a source: idle and busy power.</summary>
    public const string Power = "power";

    /// <summary>Creates an entry.</summary>
    /// <param name="title">The device in full, with the engine that its speeds were measured with.</param>
    /// <param name="profile">The profile; its name is the entry's.</param>
    /// <param name="usualWeights">The weight format that its speeds were measured in and that is usual on it.</param>
    /// <param name="sources">The sources, at least one; built-in entries have one for each name above.</param>
    /// <exception cref="ArgumentException"><paramref name="title"/> is blank, or there are no sources.</exception>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public DeviceEntry(string title, RooflineProfile profile, NumberFormat usualWeights, IReadOnlyList<ParameterSource> sources)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(usualWeights);
        ArgumentNullException.ThrowIfNull(sources);
        Title = Guard.NotBlank(title);
        Profile = profile;
        UsualWeights = usualWeights;
        Sources = sources.Count > 0 ? [.. sources] : throw new ArgumentException("Must name at least one source.", nameof(sources));
    }

    /// <summary>The name by which scenarios call it, lower case with hyphens.</summary>
    public string Name => Profile.Name;

    /// <summary>The device in full, with the engine that its speeds were measured with.</summary>
    public string Title { get; }

    /// <summary>The kind of hardware.</summary>
    public DeviceKind Kind => Profile.Kind;

    /// <summary>The processor model.</summary>
    public RooflineProfile Profile { get; }

    /// <summary>The weight format that its speeds were measured in and that is usual on it.</summary>
    public NumberFormat UsualWeights { get; }

    /// <summary>The source of each parameter.</summary>
    public IReadOnlyList<ParameterSource> Sources { get; }

    /// <summary>The source of one parameter.</summary>
    /// <param name="parameter">Its name, one of the constants of this type.</param>
    /// <exception cref="UnknownNameException">There is no such source; the error names the nearest.</exception>
    public ParameterSource SourceOf(string parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return Sources.FirstOrDefault(source => source.Parameter == parameter)
            ?? throw new UnknownNameException("parameter", parameter, Sources.Select(source => source.Parameter));
    }
}
