using System.Globalization;

namespace EdgeSplit.Core.Inference;

/// <summary>Reads token ids from a file: decimal numbers in a text, or a NumPy array.</summary>
/// <remarks>
/// A text holds ids from 0 separated by white space or commas. A NumPy file (<c>.npy</c>, format 1 to 3, known by its first bytes) holds one dimension of
/// little-endian 32-bit integers (<c>&lt;i4</c>) in C order. Stateless, thread-safe.
/// </remarks>
public static class TokenIdFile
{
    private const int BytesPerId = sizeof(int);

    /// <summary>Reads a file.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="vocabulary">Ids must be in [0, <paramref name="vocabulary"/>); at least 1.</param>
    /// <returns>The ids, one at least.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is blank.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="vocabulary"/> is below 1.</exception>
    /// <exception cref="CheckpointException">The file is missing, of another kind, empty, or holds something that is no id; names the line or index.</exception>
    public static int[] Read(string path, int vocabulary)
    {
        Guard.NotBlank(path);
        Guard.AtLeast(vocabulary, 1);
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new CheckpointException(path, "", "no readable file (" + error.Message + ")", "a file of token ids", error);
        }

        var tokens = NpyHeader.IsNpy(bytes) ? FromNpy(path, bytes, vocabulary) : FromText(path, bytes, vocabulary);
        return tokens.Length > 0 ? tokens : throw new CheckpointException(path, "", "no token ids", "one at least");
    }

    private static int[] FromNpy(string path, byte[] bytes, int vocabulary)
    {
        var header = NpyHeader.Read(path, bytes);
        if (header.Type != "<i4" || header.FortranOrder || header.Shape.Count != 1)
        {
            var found = FormattableString.Invariant($"an array of type {header.Type}, {header.Shape.Count} dimensions, {(header.FortranOrder ? "Fortran" : "C")} order");
            throw new CheckpointException(path, "", found, "type <i4 (little-endian 32-bit integers), 1 dimension, C order");
        }

        var data = bytes.AsSpan(header.DataOffset);
        if (header.Shape[0] != data.Length / (long)BytesPerId || data.Length % BytesPerId != 0)
        {
            throw new CheckpointException(path, "", FormattableString.Invariant($"{data.Length} bytes after the header"), FormattableString.Invariant($"{BytesPerId} for each of {header.Shape[0]} ids"));
        }

        var tokens = new int[data.Length / BytesPerId];
        for (var i = 0; i < tokens.Length; i++)
        {
            var id = System.Buffers.Binary.BinaryPrimitives.ReadInt32LittleEndian(data[(i * BytesPerId)..]);
            tokens[i] = id >= 0 && id < vocabulary
                ? id
                : throw new CheckpointException(path, FormattableString.Invariant($"index {i}"), FormattableString.Invariant($"the id {id}"), Allowed(vocabulary));
        }

        return tokens;
    }

    private static int[] FromText(string path, ReadOnlySpan<byte> text, int vocabulary)
    {
        var tokens = new List<int>();
        var line = 1;
        var at = text.StartsWith("\uFEFF"u8) ? 3 : 0;
        while (at < text.Length)
        {
            if (IsSeparator(text[at]))
            {
                line += text[at++] == '\n' ? 1 : 0;
                continue;
            }

            var end = at;
            while (end < text.Length && !IsSeparator(text[end]))
            {
                end++;
            }

            var word = text[at..end];
            tokens.Add(int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id < vocabulary
                ? id
                : throw new CheckpointException(path, FormattableString.Invariant($"line {line}"), $"\"{System.Text.Encoding.UTF8.GetString(word[..Math.Min(word.Length, 60)])}\"", Allowed(vocabulary)));
            at = end;
        }

        return [.. tokens];
    }

    private static bool IsSeparator(byte character) => character is (byte)' ' or (byte)',' or (byte)'\n' or (byte)'\r' or (byte)'\t';

    private static string Allowed(int vocabulary) => FormattableString.Invariant($"a token id in [0, {vocabulary - 1}]");
}
