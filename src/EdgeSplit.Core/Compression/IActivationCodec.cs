namespace EdgeSplit.Core.Compression;

/// <summary>A codec of activations: how the hidden state that crosses a cut is written as bits, what that costs on both sides, and what comes back.</summary>
/// <remarks>
/// <para>A message is one hidden state: the values of one or more tokens, row-major, shape [tokens, dimension], finite. A payload is a row of
/// bits in bytes, the first bit in the lowest place of the first byte; bits of the last byte that are not used are 0.</para>
/// <para>Implementations are immutable, so safe to share between threads: the same message gives the same payload, and the same payload the same values.</para>
/// </remarks>
public interface IActivationCodec
{
    /// <summary>The name in tables and scenario files, for example <c>F16</c>, <c>INT8</c>, <c>INT4-channel</c>.</summary>
    string Name { get; }

    /// <summary>Whether the bits of a payload follow from its shape alone, whatever the values are.</summary>
    bool HasFixedRate { get; }

    /// <summary>Nominal bits per value without side information (scales, indices, tables), above 0: the coordinate of the quality tables.</summary>
    double ValueBits { get; }

    /// <summary>Bits of the payload, side information included: exact where <see cref="HasFixedRate"/>, otherwise the most that any values need.</summary>
    /// <param name="tokens">Tokens of the message, at least 1.</param>
    /// <param name="dimension">Values per token, at least 1.</param>
    /// <returns>Bits. A payload buffer has <c>(PayloadBits + 7) / 8</c> bytes.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    long PayloadBits(int tokens, int dimension);

    /// <summary>Bits of the payload that planning expects; equal to <see cref="PayloadBits"/> where <see cref="HasFixedRate"/>.</summary>
    /// <param name="tokens">Tokens of the message, at least 1.</param>
    /// <param name="dimension">Values per token, at least 1.</param>
    /// <returns>Bits; affine in the tokens.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    double ExpectedPayloadBits(int tokens, int dimension);

    /// <summary>Writes a hidden state as a payload.</summary>
    /// <param name="hiddenState">The values, finite; shape [tokens, dimension].</param>
    /// <param name="tokens">Tokens of the message, at least 1.</param>
    /// <param name="dimension">Values per token, at least 1.</param>
    /// <param name="payload">Receives the bits; at least <c>(PayloadBits + 7) / 8</c> bytes. What lies behind the payload is left as it is or overwritten.</param>
    /// <returns>Bits written, at most <see cref="PayloadBits"/>.</returns>
    /// <exception cref="ArgumentException">A value is NaN or infinite, or a span has a wrong length.</exception>
    long Encode(ReadOnlySpan<float> hiddenState, int tokens, int dimension, Span<byte> payload);

    /// <summary>Reads a payload back into a hidden state.</summary>
    /// <param name="payload">The bits, at least those that <see cref="Encode"/> has written, rounded up to bytes; what lies behind them is not looked at.</param>
    /// <param name="tokens">Tokens of the message, at least 1.</param>
    /// <param name="dimension">Values per token, at least 1.</param>
    /// <param name="hiddenState">Receives the values; shape [tokens, dimension].</param>
    /// <exception cref="ArgumentException">The payload is too short or is none of this codec's, or a span has a wrong length.</exception>
    void Decode(ReadOnlySpan<byte> payload, int tokens, int dimension, Span<float> hiddenState);

    /// <summary>What encoding a message costs the device.</summary>
    /// <param name="tokens">Tokens of the message, at least 1.</param>
    /// <param name="dimension">Values per token, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    CodecCost EncodeCost(int tokens, int dimension);

    /// <summary>What decoding a message costs the server.</summary>
    /// <param name="tokens">Tokens of the message, at least 1.</param>
    /// <param name="dimension">Values per token, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    CodecCost DecodeCost(int tokens, int dimension);
}
