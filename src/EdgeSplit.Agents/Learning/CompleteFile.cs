namespace EdgeSplit.Agents.Learning;

/// <summary>Writes a file beside its place and renames it, so that an interrupted write leaves the old file, and never half a one.</summary>
internal static class CompleteFile
{
    internal static void Write(string path, Action<Stream> write)
    {
        var part = path + ".part";
        try
        {
            using (var stream = new FileStream(part, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(part, path, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }
    }
}
