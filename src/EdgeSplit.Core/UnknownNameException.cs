namespace EdgeSplit.Core;

/// <summary>A name that a catalogue or a list of formats does not hold, with the nearest one that it does.</summary>
/// <remarks>Immutable apart from what <see cref="Exception"/> itself allows.</remarks>
public sealed class UnknownNameException : ArgumentException
{
    /// <summary>Creates the error; the message names what was wanted, the nearest known name and all known names.</summary>
    /// <param name="kind">What was looked for, in the singular, as it reads in a sentence: <c>model</c>, <c>device</c>, <c>number format</c>.</param>
    /// <param name="wanted">The name that was asked for.</param>
    /// <param name="known">Every name that would have been found.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public UnknownNameException(string kind, string wanted, IEnumerable<string> known)
        : this(kind ?? throw new ArgumentNullException(nameof(kind)), wanted ?? throw new ArgumentNullException(nameof(wanted)),
            known is null ? throw new ArgumentNullException(nameof(known)) : [.. known])
    {
    }

    private UnknownNameException(string kind, string wanted, string[] known)
        : this(kind, wanted, known, NearestName.Suggest(wanted, known))
    {
    }

    private UnknownNameException(string kind, string wanted, string[] known, string? suggestion)
        : base($"Unknown {kind} \"{wanted}\"." + (suggestion is null ? "" : $" Did you mean \"{suggestion}\"?") + $" Known: {string.Join(", ", known)}.")
    {
        (Wanted, Suggestion, Known) = (wanted, suggestion, Array.AsReadOnly(known));
    }

    /// <summary>The name that was asked for.</summary>
    public string Wanted { get; }

    /// <summary>The nearest known name, or null when none is near.</summary>
    public string? Suggestion { get; }

    /// <summary>Every known name, in catalogue order.</summary>
    public IReadOnlyList<string> Known { get; }
}
