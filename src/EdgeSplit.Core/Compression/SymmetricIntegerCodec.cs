using System.Runtime.InteropServices;

namespace EdgeSplit.Core.Compression;

/// <summary>The symmetric uniform quantiser of b bits with one scale per token or per channel: INT8, INT4 and their like.</summary>
/// <remarks>
/// <para>scale = max|h| / (2^(b-1) - 1) over the values that share it, in single precision; q = h / scale rounded half to even and kept within
/// -(2^(b-1) - 1) and 2^(b-1) - 1; what comes back is q scale. One of the 2^b codes is not used; zero stays zero, and so do the values of a scale of 0.</para>
/// <para>Payload: the scales, 32 bits each (single precision, little-endian), token by token or channel by channel, then the codes q + 2^(b-1) - 1 of b
/// bits each without gaps, token by token. Bits = 32 tokens + b tokens dimension, per channel 32 dimension + b tokens dimension. A message of a single
/// token therefore costs 32 + b bits per value with a scale per channel: that choice is for prompts only.</para>
/// <para>Error: |h - h'| &lt;= scale / 2 + 2^-22 |h|, the second term being the rounding of single precision (scales below 1e-37 excepted, whose own
/// rounding counts: there the error is below 1e-37 in all).</para>
/// <para>Cost per value: encoding 6 operations (magnitude, maximum, division, rounding, conversion, packing), decoding 3 (unpacking, conversion,
/// multiplication). Per token one kernel, which keeps a token at hand between its maximum and its codes; per channel two, each of which reads the message.</para>
/// <para>Vectors of 16 lanes with the same bits on every processor; nothing is allocated. Immutable, so safe to share between threads.</para>
/// </remarks>
public sealed record SymmetricIntegerCodec : IActivationCodec
{
    private const int ScaleBits = 32;
    private const int Chunk = 512;

    /// <summary>Creates a codec.</summary>
    /// <param name="Bits">Bits per value b, in [2, 16].</param>
    /// <param name="Scale">Which values share a scale; those of a token if omitted.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    public SymmetricIntegerCodec(int Bits, QuantizationScale Scale = QuantizationScale.Token)
    {
        this.Bits = Guard.InRange(Bits, 2, 16);
        Guard.InRange((int)Scale, (int)QuantizationScale.Token, (int)QuantizationScale.Channel, nameof(Scale));
        this.Scale = Scale;
        LargestCode = SymmetricRounding.Top(Bits);
        Name = FormattableString.Invariant($"INT{Bits}") + (Scale == QuantizationScale.Channel ? "-channel" : "");
    }

    /// <summary>Bits per value b.</summary>
    public int Bits { get; }

    /// <summary>Which values share a scale.</summary>
    public QuantizationScale Scale { get; }

    /// <summary>The largest q: 2^(b-1) - 1.</summary>
    public int LargestCode { get; }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public bool HasFixedRate => true;

    /// <inheritdoc/>
    public double ValueBits => Bits;

    /// <inheritdoc/>
    public long PayloadBits(int tokens, int dimension) =>
        (Bits * MessageShape.Values(tokens, dimension)) + ((long)ScaleBits * Scales(tokens, dimension));

    /// <inheritdoc/>
    public double ExpectedPayloadBits(int tokens, int dimension) => PayloadBits(tokens, dimension);

    /// <inheritdoc/>
    public long Encode(ReadOnlySpan<float> hiddenState, int tokens, int dimension, Span<byte> payload)
    {
        var bits = PayloadBits(tokens, dimension);
        MessageShape.RequireEncodable(hiddenState, tokens, dimension, payload, bits);
        var scales = WriteScales(hiddenState, tokens, dimension, payload);
        WriteCodes(hiddenState, tokens, dimension, scales, payload[(4 * scales.Length)..]);
        return bits;
    }

    /// <inheritdoc/>
    public void Decode(ReadOnlySpan<byte> payload, int tokens, int dimension, Span<float> hiddenState)
    {
        MessageShape.RequireDecodable(payload, tokens, dimension, hiddenState, PayloadBits(tokens, dimension));
        var scales = ReadScales(payload, tokens, dimension);
        ReadCodes(payload[(4 * scales.Length)..], scales, tokens, dimension, hiddenState);
    }

    /// <summary>Replaces every value by what the far end reads after <see cref="Encode"/> and <see cref="Decode"/>, bit for bit, without a payload.</summary>
    /// <param name="hiddenState">The values, finite, changed in place; shape [tokens, dimension].</param>
    /// <param name="tokens">Tokens of the message, at least 1.</param>
    /// <param name="dimension">Values per token, at least 1.</param>
    /// <exception cref="ArgumentException">A value is NaN or infinite, or the span has a wrong length.</exception>
    public void RoundTrip(Span<float> hiddenState, int tokens, int dimension)
    {
        MessageShape.RequireShape(hiddenState.Length, tokens, dimension);
        MessageShape.RequireFinite(hiddenState);
        Span<float> scales = stackalloc float[Chunk];
        if (Scale == QuantizationScale.Token)
        {
            for (var token = 0; token < tokens; token++)
            {
                var row = hiddenState.Slice(token * dimension, dimension);
                scales[0] = SymmetricRounding.LargestMagnitude(row) / LargestCode;
                SymmetricRounding.RoundTrip(row, scales[..1], LargestCode);
            }

            return;
        }

        for (var channel = 0; channel < dimension; channel += Chunk)
        {
            var part = scales[..Math.Min(Chunk, dimension - channel)];
            part.Clear();
            for (var token = 0; token < tokens; token++)
            {
                SymmetricRounding.RaiseToMagnitude(hiddenState.Slice((token * dimension) + channel, part.Length), part);
            }

            SymmetricRounding.Divide(part, LargestCode);
            for (var token = 0; token < tokens; token++)
            {
                SymmetricRounding.RoundTrip(hiddenState.Slice((token * dimension) + channel, part.Length), part, LargestCode);
            }
        }
    }

    /// <inheritdoc/>
    public CodecCost EncodeCost(int tokens, int dimension)
    {
        var values = MessageShape.Values(tokens, dimension);
        var passes = Scale == QuantizationScale.Token ? 1 : 2;
        return new(0, 6.0 * values, (4.0 * passes * values) + (PayloadBits(tokens, dimension) / 8.0), passes);
    }

    /// <inheritdoc/>
    public CodecCost DecodeCost(int tokens, int dimension)
    {
        var values = MessageShape.Values(tokens, dimension);
        return new(0, 3.0 * values, (4.0 * values) + (PayloadBits(tokens, dimension) / 8.0), 1);
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <summary>Number of scales of a message.</summary>
    internal int Scales(int tokens, int dimension) => Scale == QuantizationScale.Token ? tokens : dimension;

    /// <summary>Computes the scales into the start of the payload.</summary>
    internal Span<float> WriteScales(ReadOnlySpan<float> hiddenState, int tokens, int dimension, Span<byte> payload)
    {
        var scales = MemoryMarshal.Cast<byte, float>(payload)[..Scales(tokens, dimension)];
        scales.Clear();
        for (var token = 0; token < tokens; token++)
        {
            var row = hiddenState.Slice(token * dimension, dimension);
            if (Scale == QuantizationScale.Token)
            {
                scales[token] = SymmetricRounding.LargestMagnitude(row);
            }
            else
            {
                SymmetricRounding.RaiseToMagnitude(row, scales);
            }
        }

        SymmetricRounding.Divide(scales, LargestCode);
        return scales;
    }

    /// <summary>The scales at the start of a payload, at least as long as they are.</summary>
    internal ReadOnlySpan<float> ReadScales(ReadOnlySpan<byte> payload, int tokens, int dimension)
    {
        var scales = MemoryMarshal.Cast<byte, float>(payload)[..Scales(tokens, dimension)];
        foreach (var scale in scales)
        {
            if (!(scale >= 0 && float.IsFinite(scale)))
            {
                throw MessageShape.NotAPayload(FormattableString.Invariant($"a scale is {scale}."));
            }
        }

        return scales;
    }

    /// <summary>The scales of the values of a token from a channel on.</summary>
    internal ReadOnlySpan<float> ScalesOf(ReadOnlySpan<float> scales, int token, int channel, int count) =>
        Scale == QuantizationScale.Token ? scales.Slice(token, 1) : scales.Slice(channel, count);

    internal void WriteCodes(ReadOnlySpan<float> hiddenState, int tokens, int dimension, ReadOnlySpan<float> scales, Span<byte> bytes)
    {
        Span<ushort> codes = stackalloc ushort[Chunk];
        var writer = new BitWriter(bytes);
        for (var token = 0; token < tokens; token++)
        {
            for (var channel = 0; channel < dimension; channel += Chunk)
            {
                var part = codes[..Math.Min(Chunk, dimension - channel)];
                SymmetricRounding.Encode(
                    hiddenState.Slice((token * dimension) + channel, part.Length), ScalesOf(scales, token, channel, part.Length), LargestCode, part);
                CodePacking.Write(ref writer, part, Bits);
            }
        }

        writer.Flush();
    }

    internal void ReadCodes(ReadOnlySpan<byte> bytes, ReadOnlySpan<float> scales, int tokens, int dimension, Span<float> hiddenState)
    {
        Span<ushort> codes = stackalloc ushort[Chunk];
        var reader = new BitReader(bytes);
        var isValid = true;
        for (var token = 0; token < tokens; token++)
        {
            for (var channel = 0; channel < dimension; channel += Chunk)
            {
                var part = codes[..Math.Min(Chunk, dimension - channel)];
                CodePacking.Read(ref reader, part, Bits);
                isValid &= SymmetricRounding.Decode(
                    part, ScalesOf(scales, token, channel, part.Length), LargestCode, hiddenState.Slice((token * dimension) + channel, part.Length));
            }
        }

        if (!isValid)
        {
            throw MessageShape.NotAPayload("a code is out of range.");
        }
    }
}
