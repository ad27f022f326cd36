using System.Text;

namespace EdgeSplit.Core.Inference;

/// <summary>Token ids that are the bytes of the text in UTF-8; the vocabulary of the project's reference model.</summary>
/// <remarks>Stateless, safe to use from any number of threads. Every text, and every sequence of bytes, comes back as it was.</remarks>
public sealed class ByteTokenizer : ITokenizer
{
    private const int ByteValues = 256;

    /// <inheritdoc/>
    public string Name => "byte";

    /// <inheritdoc/>
    public int Vocabulary => ByteValues;

    /// <inheritdoc/>
    public int[] Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Encode(Encoding.UTF8.GetBytes(text).AsSpan());
    }

    /// <inheritdoc/>
    public int[] Encode(ReadOnlySpan<byte> utf8)
    {
        var tokens = new int[utf8.Length];
        for (var i = 0; i < tokens.Length; i++)
        {
            tokens[i] = utf8[i];
        }

        return tokens;
    }

    /// <inheritdoc/>
    public byte[] DecodeBytes(ReadOnlySpan<int> tokens)
    {
        var bytes = new byte[tokens.Length];
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)Guard.InRange(tokens[i], 0, ByteValues - 1, nameof(tokens));
        }

        return bytes;
    }

    /// <inheritdoc/>
    public string Decode(ReadOnlySpan<int> tokens) => Encoding.UTF8.GetString(DecodeBytes(tokens));
}
