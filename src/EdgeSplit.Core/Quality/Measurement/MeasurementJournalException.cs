namespace EdgeSplit.Core.Quality.Measurement;

/// <summary>A journal that cannot be taken up: it belongs to another measurement, is no journal, or is in use. Nothing of it was changed.</summary>
public sealed class MeasurementJournalException : IOException
{
    /// <summary>Creates the error; the message is <c>file: found ...; expected: ...</c>.</summary>
    /// <param name="file">The journal.</param>
    /// <param name="found">What was found.</param>
    /// <param name="expected">What is expected.</param>
    /// <param name="innerException">The cause, where there is one.</param>
    public MeasurementJournalException(string file, string found, string expected, Exception? innerException = null)
        : base($"{file}: found {found}; expected: {expected}.", innerException)
    {
        (JournalFile, Found, Expected) = (file, found, expected);
    }

    /// <summary>The journal.</summary>
    public string JournalFile { get; }

    /// <summary>What was found.</summary>
    public string Found { get; }

    /// <summary>What is expected.</summary>
    public string Expected { get; }
}
