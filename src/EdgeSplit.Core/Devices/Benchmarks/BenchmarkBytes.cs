using System.Text;
using System.Text.Unicode;

namespace EdgeSplit.Core.Devices.Benchmarks;

/// <summary>A benchmark file in memory as valid UTF-8 without byte order mark and without NUL.</summary>
internal static class BenchmarkBytes
{
    internal const int MaxFileBytes = 256 * 1024 * 1024;

    internal const int MaxRowBytes = 1024 * 1024;

    private const string SizeAllowed = "at most 268435456 bytes (256 MiB)";

    internal static ReadOnlyMemory<byte> Load(string path)
    {
        Guard.NotBlank(path);
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0, FileOptions.SequentialScan);
            return Load(stream, path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new BenchmarkFileException(path, "file", "no such file", "an existing file", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            var found = Directory.Exists(path) ? "a folder" : $"a file that cannot be read ({error.Message})";
            throw new BenchmarkFileException(path, "file", found, "a readable file", error);
        }
    }

    internal static ReadOnlyMemory<byte> Load(Stream stream, string name)
    {
        if (stream.CanSeek && stream.Length - stream.Position > MaxFileBytes)
        {
            throw TooLarge(name);
        }

        var buffer = new byte[stream.CanSeek ? (int)(stream.Length - stream.Position) + 1 : 64 * 1024];
        var filled = 0;
        while (true)
        {
            var read = stream.Read(buffer, filled, buffer.Length - filled);
            if (read == 0)
            {
                return Normal(buffer.AsMemory(0, filled), name);
            }

            filled += read;
            if (filled > MaxFileBytes)
            {
                throw TooLarge(name);
            }

            if (filled == buffer.Length)
            {
                Array.Resize(ref buffer, (int)Math.Min(2L * filled, MaxFileBytes + 1L));
            }
        }
    }

    internal static ReadOnlyMemory<byte> Of(string text, string name)
    {
        if (text.Length > MaxFileBytes)
        {
            throw TooLarge(name);
        }

        return Normal(Encoding.UTF8.GetBytes(text), name);
    }

    private static ReadOnlyMemory<byte> Normal(ReadOnlyMemory<byte> bytes, string name)
    {
        bytes = bytes.Span switch
        {
            [0xEF, 0xBB, 0xBF, ..] => bytes[3..],
            [0xFF, 0xFE, ..] => FromUtf16(bytes.Span[2..], Encoding.Unicode),
            [0xFE, 0xFF, ..] => FromUtf16(bytes.Span[2..], Encoding.BigEndianUnicode),
            _ => bytes,
        };
        var nul = bytes.Span.IndexOf((byte)0);
        if (nul >= 0)
        {
            throw new BenchmarkFileException(
                name, FormattableString.Invariant($"byte {nul}"), "a NUL: the file is binary, or UTF-16 without a byte order mark", "text, in UTF-8 or in UTF-16 with its byte order mark");
        }

        // Consoles of other code pages: the characters that are no UTF-8 become U+FFFD, which every reader tolerates.
        return Utf8.IsValid(bytes.Span) ? bytes : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes.Span));
    }

    private static byte[] FromUtf16(ReadOnlySpan<byte> bytes, Encoding encoding) => Encoding.UTF8.GetBytes(encoding.GetString(bytes));

    private static BenchmarkFileException TooLarge(string name) => new(name, "file", "a file that is larger", SizeAllowed);
}
