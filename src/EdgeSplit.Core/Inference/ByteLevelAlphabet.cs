using System.Text;

namespace EdgeSplit.Core.Inference;

/// <summary>The characters that stand for bytes in the vocabulary of a byte-level tokenizer: printable Latin-1 for itself, the other bytes from U+0100 on.</summary>
/// <remarks>Source: <c>bytes_to_unicode</c> of GPT-2's <c>encoder.py</c>.</remarks>
internal static class ByteLevelAlphabet
{
    private const int ByteValues = 256;

    private static readonly char[] CharacterOfByte = Create();
    private static readonly short[] ByteOfCharacter = Invert(CharacterOfByte);

    internal static char Character(byte value) => CharacterOfByte[value];

    /// <summary>The bytes that a token of the vocabulary stands for; a token with a character outside the alphabet stands for its own text.</summary>
    internal static byte[] Bytes(string token)
    {
        var bytes = new byte[token.Length];
        for (var i = 0; i < token.Length; i++)
        {
            var value = token[i] < ByteOfCharacter.Length ? ByteOfCharacter[token[i]] : -1;
            if (value < 0)
            {
                return Encoding.UTF8.GetBytes(token);
            }

            bytes[i] = (byte)value;
        }

        return bytes;
    }

    private static char[] Create()
    {
        var characters = new char[ByteValues];
        var next = ByteValues;
        for (var value = 0; value < ByteValues; value++)
        {
            var printable = value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF);
            characters[value] = (char)(printable ? value : next++);
        }

        return characters;
    }

    private static short[] Invert(char[] characters)
    {
        var bytes = new short[characters.Max() + 1];
        Array.Fill(bytes, (short)-1);
        for (var value = 0; value < characters.Length; value++)
        {
            bytes[characters[value]] = (short)value;
        }

        return bytes;
    }
}
