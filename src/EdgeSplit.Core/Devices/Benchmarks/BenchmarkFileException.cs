namespace EdgeSplit.Core.Devices.Benchmarks;

/// <summary>A benchmark file that cannot be used: says the file, the place, what was found and what is allowed.</summary>
/// <remarks>The only exception that <see cref="BenchmarkFile"/> and <see cref="LayerTimeFile"/> throw for the contents or the absence of a file.</remarks>
public sealed class BenchmarkFileException : FormatException
{
    /// <summary>Creates the error; the message is <c>file: location: found ...; allowed: ...</c>.</summary>
    /// <param name="file">The file.</param>
    /// <param name="location">The place in it, such as <c>line 3</c>; <c>file</c> is the whole of it.</param>
    /// <param name="found">What was found.</param>
    /// <param name="allowed">What is allowed.</param>
    /// <param name="innerException">The cause, where there is one.</param>
    public BenchmarkFileException(string file, string location, string found, string allowed, Exception? innerException = null)
        : base($"{file}: {location}: found {found}; allowed: {allowed}.", innerException)
    {
        (File, Location, Found, Allowed) = (file, location, found, allowed);
    }

    /// <summary>The file.</summary>
    public string File { get; }

    /// <summary>The place in the file.</summary>
    public string Location { get; }

    /// <summary>What was found.</summary>
    public string Found { get; }

    /// <summary>What is allowed.</summary>
    public string Allowed { get; }
}
