namespace EdgeSplit.Core.Wireless;

/// <summary>Where one parameter of a catalogue entry comes from.</summary>
/// <param name="Parameter">Name of the property of <see cref="LinkParameters"/> or <see cref="TraceLink"/>, or a dotted path below it.</param>
/// <param name="Text">Its value in words and its source; assumptions are called so.</param>
public sealed record ParameterSource(string Parameter, string Text);

/// <summary>A named link of the catalogue: parameters, and the source of each.</summary>
/// <remarks>Immutable, so safe to share between threads.</remarks>
/// <param name="Name">Name by which scenarios refer to the link.</param>
/// <param name="Description">One sentence on what the link is and is not.</param>
/// <param name="Link">The link: a <see cref="LinkParameters"/> or a <see cref="TraceLink"/>.</param>
/// <param name="Sources">The source of each parameter that is not left at its default.</param>
public sealed record LinkEntry(string Name, string Description, ILink Link, IReadOnlyList<ParameterSource> Sources)
{
    /// <summary>The link, where it is a radio link.</summary>
    /// <exception cref="InvalidOperationException">It is a recorded one.</exception>
    public LinkParameters Radio => Link as LinkParameters ?? throw new InvalidOperationException($"'{Name}' is a recorded link; it has no radio parameters.");
}
