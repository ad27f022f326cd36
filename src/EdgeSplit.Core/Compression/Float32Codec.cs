using System.Runtime.InteropServices;

namespace EdgeSplit.Core.Compression;

/// <summary>Single precision as it is: 32 bits per value, nothing lost, nothing to compute.</summary>
/// <remarks>The payload is the message in memory, little-endian; it costs no kernel. Error: none, bit for bit. Immutable, so safe to share between threads; nothing is allocated.</remarks>
public sealed class Float32Codec : IActivationCodec
{
    private Float32Codec()
    {
    }

    /// <summary>The codec.</summary>
    public static Float32Codec Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "F32";

    /// <inheritdoc/>
    public bool HasFixedRate => true;

    /// <inheritdoc/>
    public double ValueBits => 32;

    /// <inheritdoc/>
    public long PayloadBits(int tokens, int dimension) => 32 * MessageShape.Values(tokens, dimension);

    /// <inheritdoc/>
    public double ExpectedPayloadBits(int tokens, int dimension) => PayloadBits(tokens, dimension);

    /// <inheritdoc/>
    public long Encode(ReadOnlySpan<float> hiddenState, int tokens, int dimension, Span<byte> payload)
    {
        var bits = PayloadBits(tokens, dimension);
        MessageShape.RequireEncodable(hiddenState, tokens, dimension, payload, bits);
        MemoryMarshal.AsBytes(hiddenState).CopyTo(payload);
        return bits;
    }

    /// <inheritdoc/>
    public void Decode(ReadOnlySpan<byte> payload, int tokens, int dimension, Span<float> hiddenState)
    {
        MessageShape.RequireDecodable(payload, tokens, dimension, hiddenState, PayloadBits(tokens, dimension));
        payload[..(4 * hiddenState.Length)].CopyTo(MemoryMarshal.AsBytes(hiddenState));
        if (MessageShape.FirstNotFinite(hiddenState) is var at and >= 0)
        {
            throw MessageShape.NotAPayload(FormattableString.Invariant($"value {at} is {hiddenState[at]}."));
        }
    }

    /// <inheritdoc/>
    public CodecCost EncodeCost(int tokens, int dimension)
    {
        MessageShape.Values(tokens, dimension);
        return default;
    }

    /// <inheritdoc/>
    public CodecCost DecodeCost(int tokens, int dimension) => EncodeCost(tokens, dimension);

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
