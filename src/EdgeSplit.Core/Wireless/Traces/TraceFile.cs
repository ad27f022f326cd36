namespace EdgeSplit.Core.Wireless.Traces;

/// <summary>Opens trace files; a file that is missing or cannot be read is a <see cref="TraceException"/>.</summary>
internal static class TraceFile
{
    internal static T Read<T>(string path, Func<Stream, T> parse)
    {
        Guard.NotBlank(path);
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
            return parse(stream);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new TraceException(path, 0, "", "no such file", "an existing file", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new TraceException(path, 0, "", $"a file that cannot be read ({error.Message})", "a readable file", error);
        }
    }
}
