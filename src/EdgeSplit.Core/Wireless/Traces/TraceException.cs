namespace EdgeSplit.Core.Wireless.Traces;

/// <summary>A trace that cannot be used: says the file, the line, the field, what was found and what is allowed.</summary>
/// <remarks>The only exception that the readers of this room throw for the contents, the absence or the unreadability of a file.</remarks>
public sealed class TraceException : FormatException
{
    /// <summary>Creates the error; the message is <c>file: line n: field: found ...; allowed: ...</c>.</summary>
    /// <param name="file">The file, or the name given to a stream.</param>
    /// <param name="line">Number of the line, from 1; 0 when the whole file is meant.</param>
    /// <param name="field">The field or column; empty when the whole line is meant.</param>
    /// <param name="found">What was found.</param>
    /// <param name="allowed">What is allowed.</param>
    /// <param name="innerException">The cause, where there is one.</param>
    public TraceException(string file, long line, string field, string found, string allowed, Exception? innerException = null)
        : base(FormattableString.Invariant($"{file}: {Place(line)}{(string.IsNullOrEmpty(field) ? "" : field + ": ")}found {found}; allowed: {allowed}."), innerException)
    {
        (File, Line, Field, Found, Allowed) = (file, line, field, found, allowed);
    }

    /// <summary>The file, or the name given to a stream.</summary>
    public string File { get; }

    /// <summary>Number of the line, from 1; 0 when the whole file is meant.</summary>
    public long Line { get; }

    /// <summary>The field or column; empty when the whole line is meant.</summary>
    public string Field { get; }

    /// <summary>What was found.</summary>
    public string Found { get; }

    /// <summary>What is allowed.</summary>
    public string Allowed { get; }

    private static string Place(long line) => line > 0 ? FormattableString.Invariant($"line {line}: ") : "";
}
