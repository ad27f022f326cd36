using System.Text;

namespace EdgeSplit.Cli.Rendering;

/// <summary>A file that gets its name only when it is complete; until then nothing stands under that name that was not there before.</summary>
internal sealed class CompleteFile : IDisposable
{
    private readonly string path;
    private readonly string temporaryPath;

    private CompleteFile(string path)
    {
        this.path = path;
        temporaryPath = FormattableString.Invariant($"{path}.{Environment.ProcessId}.tmp");
        Writer = new StreamWriter(temporaryPath, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }

    /// <summary>Writes into the temporary file.</summary>
    internal StreamWriter Writer { get; }

    /// <summary>Opens the file under a temporary name in the same folder, so that a path that cannot be written fails at once.</summary>
    /// <param name="option">The option that gave the path, for messages.</param>
    /// <param name="path">The path.</param>
    internal static CompleteFile Begin(string option, string path)
    {
        try
        {
            return Directory.Exists(path) ? throw new IOException("it is a folder") : new CompleteFile(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new BadInputException($"{option}: found \"{path}\", which cannot be written ({error.Message.TrimEnd('.')}); allowed: a file in a folder that exists and can be written.");
        }
    }

    /// <summary>Gives the file its name; one that had it is replaced.</summary>
    internal void Complete()
    {
        Writer.Dispose();
        File.Move(temporaryPath, path, overwrite: true);
    }

    public void Dispose()
    {
        try
        {
            Writer.Dispose();
        }
        finally
        {
            File.Delete(temporaryPath);
        }
    }
}
