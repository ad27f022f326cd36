using System.Numerics;
using System.Runtime.InteropServices;

namespace EdgeSplit.Core.Compression;

/// <summary>Keeps the values of largest magnitude of each token in half precision and drops the others.</summary>
/// <remarks>
/// <para>k = share x dimension rounded to the nearest whole number (halves up), at least 1. Of equal magnitudes the lower channel is kept.</para>
/// <para>Payload: the kept values in the order of their places, 16 bits each; then, token by token, the channels kept, as a bitmap of dimension bits or as
/// k ascending numbers of ceil(log2 dimension) bits, whichever is smaller. Bits = tokens (16 k + index bits).</para>
/// <para>Error: the dropped values exactly, so that the squared error of a token is the energy of its dropped values, the least that k values allow, plus
/// the rounding of the kept ones to half precision (<see cref="Float16Codec"/>).</para>
/// <para>Cost: encoding 5 operations per value (magnitude, three passes of selection by digit, comparison) and 2 per kept one (conversion, packing); decoding
/// 1 per value and 2 per kept one. One kernel each.</para>
/// <para>Nothing is allocated. Immutable, so safe to share between threads.</para>
/// </remarks>
public sealed record TopKCodec : IActivationCodec
{
    private const int DigitBits = 11;
    private const int Digits = 1 << DigitBits;

    /// <summary>Creates a codec.</summary>
    /// <param name="Share">Share of the values of a token that is kept, in (0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is NaN or out of range.</exception>
    public TopKCodec(double Share)
    {
        this.Share = Guard.InRange(Guard.Positive(Share), 0, 1, nameof(Share));
        Name = FormattableString.Invariant($"top-k:{Share}");
    }

    /// <summary>Share of the values of a token that is kept.</summary>
    public double Share { get; }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public bool HasFixedRate => true;

    /// <summary>16 bits of the kept share, spread over all values.</summary>
    public double ValueBits => 16 * Share;

    /// <summary>Values kept per token, k.</summary>
    /// <param name="dimension">Values per token, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The dimension is out of range.</exception>
    public int Kept(int dimension) => Math.Max(1, (int)Math.Round(Share * Guard.AtLeast(dimension, 1), MidpointRounding.AwayFromZero));

    /// <inheritdoc/>
    public long PayloadBits(int tokens, int dimension)
    {
        MessageShape.Values(tokens, dimension);
        var (isBitmap, indexBits) = Index(dimension);
        var kept = (long)Kept(dimension);
        return tokens * ((16 * kept) + (isBitmap ? dimension : kept * indexBits));
    }

    /// <inheritdoc/>
    public double ExpectedPayloadBits(int tokens, int dimension) => PayloadBits(tokens, dimension);

    /// <inheritdoc/>
    public long Encode(ReadOnlySpan<float> hiddenState, int tokens, int dimension, Span<byte> payload)
    {
        var bits = PayloadBits(tokens, dimension);
        MessageShape.RequireEncodable(hiddenState, tokens, dimension, payload, bits);
        var kept = Kept(dimension);
        var halves = MemoryMarshal.Cast<byte, Half>(payload[..(2 * kept * tokens)]);
        var (isBitmap, indexBits) = Index(dimension);
        var writer = new BitWriter(payload[(2 * kept * tokens)..]);
        var next = 0;
        for (var token = 0; token < tokens; token++)
        {
            var row = hiddenState.Slice(token * dimension, dimension);
            var threshold = Threshold(row, kept, out var atThreshold);
            for (var channel = 0; channel < dimension; channel++)
            {
                var magnitude = Magnitude(row[channel]);
                var isKept = magnitude > threshold || (magnitude == threshold && atThreshold-- > 0);
                if (isBitmap)
                {
                    writer.Write(isKept ? 1UL : 0, 1);
                }

                if (isKept)
                {
                    if (!isBitmap)
                    {
                        writer.Write((ulong)channel, indexBits);
                    }

                    halves[next++] = HalfPrecision.Round(row[channel]);
                }
            }
        }

        writer.Flush();
        return bits;
    }

    /// <inheritdoc/>
    public void Decode(ReadOnlySpan<byte> payload, int tokens, int dimension, Span<float> hiddenState)
    {
        MessageShape.RequireDecodable(payload, tokens, dimension, hiddenState, PayloadBits(tokens, dimension));
        var kept = Kept(dimension);
        var halves = MemoryMarshal.Cast<byte, Half>(payload[..(2 * kept * tokens)]);
        var (isBitmap, indexBits) = Index(dimension);
        var reader = new BitReader(payload[(2 * kept * tokens)..]);
        hiddenState.Clear();
        for (var token = 0; token < tokens; token++)
        {
            var row = hiddenState.Slice(token * dimension, dimension);
            var values = halves.Slice(token * kept, kept);
            if (isBitmap)
            {
                ReadBitmap(ref reader, values, row);
            }
            else
            {
                ReadChannels(ref reader, indexBits, values, row);
            }
        }

        if (MessageShape.FirstNotFinite(hiddenState) >= 0)
        {
            throw MessageShape.NotAPayload("a value is not finite.");
        }
    }

    /// <inheritdoc/>
    public CodecCost EncodeCost(int tokens, int dimension)
    {
        var values = MessageShape.Values(tokens, dimension);
        return new(0, (5.0 * values) + (2.0 * tokens * Kept(dimension)), (4.0 * values) + (PayloadBits(tokens, dimension) / 8.0), 1);
    }

    /// <inheritdoc/>
    public CodecCost DecodeCost(int tokens, int dimension)
    {
        var values = MessageShape.Values(tokens, dimension);
        return new(0, values + (2.0 * tokens * Kept(dimension)), (4.0 * values) + (PayloadBits(tokens, dimension) / 8.0), 1);
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    private static void ReadBitmap(ref BitReader reader, ReadOnlySpan<Half> values, Span<float> row)
    {
        var next = 0;
        for (var channel = 0; channel < row.Length; channel++)
        {
            if (reader.Read(1) != 0)
            {
                row[channel] = next < values.Length ? (float)values[next++] : throw MessageShape.NotAPayload("a token has too many values.");
            }
        }

        if (next < values.Length)
        {
            throw MessageShape.NotAPayload("a token has too few values.");
        }
    }

    private static void ReadChannels(ref BitReader reader, int indexBits, ReadOnlySpan<Half> values, Span<float> row)
    {
        var previous = -1;
        foreach (var value in values)
        {
            var channel = (int)reader.Read(indexBits);
            if (channel <= previous || channel >= row.Length)
            {
                throw MessageShape.NotAPayload("its channels do not ascend.");
            }

            row[channel] = (float)value;
            previous = channel;
        }
    }

    /// <summary>The k-th largest magnitude as bits, and how many values of just that magnitude are kept: selection by three digits, from the top.</summary>
    private static uint Threshold(ReadOnlySpan<float> row, int kept, out int atThreshold)
    {
        Span<int> counts = stackalloc int[Digits];
        var (prefix, left) = (0u, kept);
        for (var shift = 2 * DigitBits; shift >= 0; shift -= DigitBits)
        {
            counts.Clear();
            foreach (var value in row)
            {
                var magnitude = Magnitude(value);
                if (((ulong)magnitude >> (shift + DigitBits)) == prefix)
                {
                    counts[(int)((magnitude >> shift) & (Digits - 1))]++;
                }
            }

            var digit = Digits - 1;
            for (; counts[digit] < left; digit--)
            {
                left -= counts[digit];
            }

            prefix = (prefix << DigitBits) | (uint)digit;
        }

        atThreshold = left;
        return prefix;
    }

    /// <summary>The bits of a magnitude, which are in the order of the magnitudes.</summary>
    private static uint Magnitude(float value) => BitConverter.SingleToUInt32Bits(value) & 0x7FFFFFFF;

    private (bool IsBitmap, int IndexBits) Index(int dimension)
    {
        var indexBits = dimension == 1 ? 0 : BitOperations.Log2((uint)(dimension - 1)) + 1;
        return ((long)Kept(dimension) * indexBits >= dimension, indexBits);
    }
}
