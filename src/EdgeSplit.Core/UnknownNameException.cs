namespace EdgeSplit.Core;

/// <summary>A name that a catalogue or a list of formats does not hold, with the nearest one that it does.</summary>
/// <remarks>Immutable apart from what <see cref="Exception"/> itself allows.</remarks>
public sealed class UnknownNameException : ArgumentException
{
    /// <summary>Creates the error; the message names what was wanted, the nearest known name, and all known names or, of more than 60, the nearest few.</summary>
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
        : this(kind, wanted, known, NearestName.Suggest(wanted, known), KnownNames.Text(kind, known, wanted))
    {
    }

    private UnknownNameException(string kind, string wanted, string[] known, string? suggestion, string knownText)
        : base($"Unknown {kind} \"{wanted}\"." + (suggestion is null ? "" : $" Did you mean \"{suggestion}\"?") + $" Known: {knownText}.")
    {
        (Wanted, Suggestion, Known, KnownText) = (wanted, suggestion, Array.AsReadOnly(known), knownText);
    }

    /// <summary>The name that was asked for.</summary>
    public string Wanted { get; }

    /// <summary>The nearest known name, or null when none is near.</summary>
    public string? Suggestion { get; }

    /// <summary>Every known name, in catalogue order.</summary>
    public IReadOnlyList<string> Known { get; }

    /// <summary>The known names as messages list them: all of at most 60; of more, up to five, nearest first, and where the others are listed.</summary>
    public string KnownText { get; }
}
