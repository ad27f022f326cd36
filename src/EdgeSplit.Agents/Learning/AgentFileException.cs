namespace EdgeSplit.Agents.Learning;

/// <summary>An agent file or a checkpoint that cannot be used: says the file, the place in it, what was found and what was expected.</summary>
/// <remarks>The only exception that <see cref="AgentFile"/> throws for the contents or the absence of a file.</remarks>
public sealed class AgentFileException : FormatException
{
    /// <summary>Creates the error; the message is <c>file: place: found ...; expected: ...</c>.</summary>
    /// <param name="file">The file.</param>
    /// <param name="jsonPath">The JSON path in its header, such as <c>$.settings.learningRate</c>; <c>$</c> is the whole file, <c>state</c> the binary part.</param>
    /// <param name="found">What was found.</param>
    /// <param name="expected">What was expected.</param>
    /// <param name="innerException">The cause, where there is one.</param>
    public AgentFileException(string file, string jsonPath, string found, string expected, Exception? innerException = null)
        : base($"{file}: {jsonPath}: found {found}; expected: {expected}.", innerException)
    {
        (File, JsonPath, Found, Expected) = (file, jsonPath, found, expected);
    }

    /// <summary>The file.</summary>
    public string File { get; }

    /// <summary>The JSON path in the header, from <c>$</c>; <c>state</c> for the binary part.</summary>
    public string JsonPath { get; }

    /// <summary>What was found.</summary>
    public string Found { get; }

    /// <summary>What was expected.</summary>
    public string Expected { get; }
}
