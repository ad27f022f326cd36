namespace EdgeSplit.Core.Quality;

/// <summary>A quality table that cannot be used: says the file, the JSON path, what was found and what is allowed.</summary>
/// <remarks>The only exception that reading a table throws for the contents or the absence of a file.</remarks>
public sealed class QualityTableException : FormatException
{
    /// <summary>Creates the error; the message is <c>file: path: found ...; allowed: ...</c>.</summary>
    /// <param name="file">The file.</param>
    /// <param name="jsonPath">The JSON path, such as <c>$.cells[3].estimate.nll</c>; <c>$</c> is the whole file.</param>
    /// <param name="found">What was found.</param>
    /// <param name="allowed">What is allowed.</param>
    /// <param name="innerException">The cause, where there is one.</param>
    public QualityTableException(string file, string jsonPath, string found, string allowed, Exception? innerException = null)
        : base($"{file}: {jsonPath}: found {found}; allowed: {allowed}.", innerException)
    {
        (File, JsonPath, Found, Allowed) = (file, jsonPath, found, allowed);
    }

    /// <summary>The file.</summary>
    public string File { get; }

    /// <summary>The JSON path, from <c>$</c>.</summary>
    public string JsonPath { get; }

    /// <summary>What was found.</summary>
    public string Found { get; }

    /// <summary>What is allowed.</summary>
    public string Allowed { get; }
}
