namespace EdgeSplit.Core.Compression;

/// <summary>Half precision (IEEE 754 binary16): 16 bits per value.</summary>
/// <remarks>
/// <para>To nearest, half to even. Magnitudes above 65,504, the largest half, saturate to it: nothing becomes infinite.</para>
/// <para>Error: at most 2^-11 |x| where 2^-14 &lt;= |x| &lt;= 65,504, at most 2^-25 below, |x| - 65,504 above.</para>
/// <para>Cost: one conversion per value on either side, one kernel. Immutable, so safe to share between threads; nothing is allocated.</para>
/// </remarks>
public sealed class Float16Codec : IActivationCodec
{
    private Float16Codec()
    {
    }

    /// <summary>The codec.</summary>
    public static Float16Codec Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "F16";

    /// <inheritdoc/>
    public bool HasFixedRate => true;

    /// <inheritdoc/>
    public double ValueBits => 16;

    /// <inheritdoc/>
    public long PayloadBits(int tokens, int dimension) => 16 * MessageShape.Values(tokens, dimension);

    /// <inheritdoc/>
    public double ExpectedPayloadBits(int tokens, int dimension) => PayloadBits(tokens, dimension);

    /// <inheritdoc/>
    public long Encode(ReadOnlySpan<float> hiddenState, int tokens, int dimension, Span<byte> payload)
    {
        var bits = PayloadBits(tokens, dimension);
        MessageShape.RequireEncodable(hiddenState, tokens, dimension, payload, bits);
        HalfPrecision.Write(hiddenState, payload);
        return bits;
    }

    /// <inheritdoc/>
    public void Decode(ReadOnlySpan<byte> payload, int tokens, int dimension, Span<float> hiddenState)
    {
        MessageShape.RequireDecodable(payload, tokens, dimension, hiddenState, PayloadBits(tokens, dimension));
        if (!HalfPrecision.TryRead(payload, hiddenState))
        {
            throw MessageShape.NotAPayload("a value is not finite.");
        }
    }

    /// <inheritdoc/>
    public CodecCost EncodeCost(int tokens, int dimension)
    {
        var values = MessageShape.Values(tokens, dimension);
        return new(0, values, (4.0 + 2) * values, 1);
    }

    /// <inheritdoc/>
    public CodecCost DecodeCost(int tokens, int dimension) => EncodeCost(tokens, dimension);

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
