using System.Buffers.Binary;

namespace EdgeSplit.Core.Compression;

/// <summary>The symmetric quantiser followed by a lossless entropy code: the same values as <see cref="SymmetricIntegerCodec"/> in bits that depend on how often each code occurs.</summary>
/// <remarks>
/// <para>Payload: the scales as in the plain codec; one byte that says whether the codes are plain (0) or entropy-coded (1); then either the plain codes, or the
/// table of frequencies and a stream of range asymmetric numeral systems (rANS). The table is part of the message, so that no two messages depend on
/// each other. Where coding does not pay, the codes stay plain: a payload is never longer than the plain one and a byte.</para>
/// <para>The stream: a state of 64 bits of at least 2^31, renewed by 32 bits at a time, one table for the whole message with frequencies out of 2^m,
/// m = ceil(log2 values) kept within 8 and 15. It ends in its first state, which is checked. Its length is within 1 % of the entropy of the codes,
/// and 64 bits and the table besides: 5 to 10 bits per code in use, which eats the gain of short messages of 8 bits.</para>
/// <para>The bits depend on the values, so that planning needs an estimate: <see cref="ExpectedPayloadBits"/> takes the <see cref="MeasuredValueBits"/> given and, without
/// it, the most. A Gaussian formula would be a guess: the outliers of language models widen the scale and lower the entropy, by how much
/// only a measurement on the model tells (<see cref="QuantizedGaussianEntropy"/> has the formula, <see cref="Encode"/> the measurement).</para>
/// <para>Cost above the plain codec's, per value: encoding 6 operations (counting, look-up, division, multiplication, addition, comparison), decoding 5 (two
/// look-ups, multiplication, addition, comparison), and two more kernels. The stream is serial: a GPU needs many streams at once to reach that.</para>
/// <para>Error: that of the quantiser; the entropy code loses nothing. Nothing is allocated. Immutable, so safe to share between threads.</para>
/// <para>Source: J. Duda, "Asymmetric numeral systems: entropy coding combining speed of Huffman coding with compression rate of arithmetic coding",
/// arXiv:1311.2540, 2013.</para>
/// </remarks>
public sealed record EntropyCodec : IActivationCodec
{
    private const int Chunk = 512;
    private const byte Plain = 0;
    private const byte Coded = 1;
    private const ulong LowestState = 1UL << 31;

    private readonly SymmetricIntegerCodec quantizer;

    /// <summary>Creates a codec.</summary>
    /// <param name="Bits">Bits per value of the quantiser b, in [2, 8].</param>
    /// <param name="Scale">Which values share a scale; those of a token if omitted.</param>
    /// <param name="MeasuredValueBits">Bits per value, table and stream included but not the scales, that messages of the model at hand have been measured to
    /// take, in (0, b]; null if unknown.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is NaN or out of range.</exception>
    public EntropyCodec(int Bits, QuantizationScale Scale = QuantizationScale.Token, double? MeasuredValueBits = null)
    {
        quantizer = new(Guard.InRange(Bits, 2, 8), Scale);
        this.MeasuredValueBits = MeasuredValueBits is { } measured
            ? Guard.InRange(Guard.Positive(measured, nameof(MeasuredValueBits)), 0, Bits, nameof(MeasuredValueBits)) : null;
        Name = quantizer.Name + "+entropy" + (this.MeasuredValueBits is { } rate ? FormattableString.Invariant($":{rate}") : "");
    }

    /// <summary>Bits per value of the quantiser b.</summary>
    public int Bits => quantizer.Bits;

    /// <summary>Which values share a scale.</summary>
    public QuantizationScale Scale => quantizer.Scale;

    /// <summary>Bits per value, without scales, that messages have been measured to take; null if unknown.</summary>
    public double? MeasuredValueBits { get; }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public bool HasFixedRate => false;

    /// <summary>Bits per value of the quantiser: the entropy code changes no value, so the quality is that of the plain codec.</summary>
    public double ValueBits => Bits;

    /// <summary>The entropy of the codes of a Gaussian signal, bit per value: what an ideal code would need.</summary>
    /// <param name="bits">Bits per value of the quantiser, in [2, 16].</param>
    /// <param name="largestSigmas">The largest magnitude, which fixes the scale, over the standard deviation, in [0.001, 1000]. Values beyond it saturate.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is NaN or out of range.</exception>
    public static double QuantizedGaussianEntropy(int bits, double largestSigmas)
    {
        var top = SymmetricRounding.Top(Guard.InRange(bits, 2, 16));
        var step = Guard.InRange(largestSigmas, 1e-3, 1e3) / top;
        var entropy = 0.0;
        for (var code = 0; code <= top; code++)
        {
            // upper tails, so that small probabilities keep their digits
            var probability = (code == 0 ? 0.5 : Tail((code - 0.5) * step)) - (code == top ? 0 : Tail((code + 0.5) * step));
            var both = code == 0 ? 2 * probability : probability;
            entropy -= both > 0 ? (code == 0 ? 1 : 2) * both * Math.Log2(both) : 0;
        }

        return entropy;
    }

    /// <inheritdoc/>
    public long PayloadBits(int tokens, int dimension) => quantizer.PayloadBits(tokens, dimension) + 8;

    /// <inheritdoc/>
    public double ExpectedPayloadBits(int tokens, int dimension) => MeasuredValueBits is { } measured
        ? (32.0 * quantizer.Scales(tokens, dimension)) + 8 + (measured * MessageShape.Values(tokens, dimension))
        : PayloadBits(tokens, dimension);

    /// <inheritdoc/>
    public long Encode(ReadOnlySpan<float> hiddenState, int tokens, int dimension, Span<byte> payload)
    {
        var bits = PayloadBits(tokens, dimension);
        MessageShape.RequireEncodable(hiddenState, tokens, dimension, payload, bits);
        payload = payload[..(int)MessageShape.Bytes(bits)];
        var scales = quantizer.WriteScales(hiddenState, tokens, dimension, payload);
        var body = payload[((4 * scales.Length) + 1)..];
        ref var mode = ref payload[4 * scales.Length];
        Span<int> frequencies = stackalloc int[FrequencyTable.MostSymbols];
        Count(hiddenState, tokens, dimension, scales, frequencies);
        var table = new FrequencyTable(frequencies, (2 * quantizer.LargestCode) + 1, hiddenState.Length);
        var tableBytes = table.Write(body);
        var streamBytes = tableBytes < 0 ? -1 : WriteStream(hiddenState, tokens, dimension, scales, table, body[tableBytes..]);
        if (streamBytes >= 0)
        {
            mode = Coded;
            return 8L * ((4 * scales.Length) + 1 + tableBytes + streamBytes);
        }

        mode = Plain;
        quantizer.WriteCodes(hiddenState, tokens, dimension, scales, body);
        return bits;
    }

    /// <inheritdoc/>
    public void Decode(ReadOnlySpan<byte> payload, int tokens, int dimension, Span<float> hiddenState)
    {
        MessageShape.RequireDecodable(payload, tokens, dimension, hiddenState, (32L * quantizer.Scales(tokens, dimension)) + 8);
        var scales = quantizer.ReadScales(payload, tokens, dimension);
        var body = payload[((4 * scales.Length) + 1)..];
        switch (payload[4 * scales.Length])
        {
            case Plain:
                MessageShape.RequireDecodable(payload, tokens, dimension, hiddenState, PayloadBits(tokens, dimension));
                quantizer.ReadCodes(body, scales, tokens, dimension, hiddenState);
                break;
            case Coded:
                ReadStream(body, scales, tokens, dimension, hiddenState);
                break;
            default:
                throw MessageShape.NotAPayload("it is neither plain nor entropy-coded.");
        }
    }

    /// <inheritdoc/>
    public CodecCost EncodeCost(int tokens, int dimension) =>
        quantizer.EncodeCost(tokens, dimension) + new CodecCost(0, 6.0 * MessageShape.Values(tokens, dimension), 2.0 * MessageShape.Values(tokens, dimension), 2);

    /// <inheritdoc/>
    public CodecCost DecodeCost(int tokens, int dimension) =>
        quantizer.DecodeCost(tokens, dimension) + new CodecCost(0, 5.0 * MessageShape.Values(tokens, dimension), 2.0 * MessageShape.Values(tokens, dimension), 2);

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    private static double Tail(double sigmas) => Randomness.NormalDistribution.StandardCumulativeProbability(-sigmas);

    private void Count(ReadOnlySpan<float> hiddenState, int tokens, int dimension, ReadOnlySpan<float> scales, Span<int> counts)
    {
        Span<ushort> codes = stackalloc ushort[Chunk];
        counts.Clear();
        for (var token = 0; token < tokens; token++)
        {
            for (var channel = 0; channel < dimension; channel += Chunk)
            {
                foreach (var code in Codes(hiddenState, token, channel, dimension, scales, codes))
                {
                    counts[code]++;
                }
            }
        }
    }

    private Span<ushort> Codes(ReadOnlySpan<float> hiddenState, int token, int channel, int dimension, ReadOnlySpan<float> scales, Span<ushort> codes)
    {
        var part = codes[..Math.Min(Chunk, dimension - channel)];
        SymmetricRounding.Encode(
            hiddenState.Slice((token * dimension) + channel, part.Length), quantizer.ScalesOf(scales, token, channel, part.Length), quantizer.LargestCode, part);
        return part;
    }

    /// <summary>Codes from the last value to the first, from the end of the room backwards, then moves the stream to its start; -1 where the room is too small.</summary>
    private int WriteStream(
        ReadOnlySpan<float> hiddenState, int tokens, int dimension, ReadOnlySpan<float> scales, in FrequencyTable table, Span<byte> room)
    {
        Span<ushort> codes = stackalloc ushort[Chunk];
        Span<int> starts = stackalloc int[FrequencyTable.MostSymbols];
        table.FillStarts(starts);
        var (state, at) = (LowestState, room.Length);
        for (var token = tokens - 1; token >= 0; token--)
        {
            for (var channel = (dimension - 1) / Chunk * Chunk; channel >= 0; channel -= Chunk)
            {
                var part = Codes(hiddenState, token, channel, dimension, scales, codes);
                for (var i = part.Length - 1; i >= 0; i--)
                {
                    var frequency = (ulong)table.Frequencies[part[i]];
                    if (state >= frequency << (63 - table.TotalBits))
                    {
                        at -= 4;
                        if (at < sizeof(ulong))
                        {
                            return -1;
                        }

                        BinaryPrimitives.WriteUInt32LittleEndian(room[at..], (uint)state);
                        state >>= 32;
                    }

                    var (turns, rest) = Math.DivRem(state, frequency);
                    state = (turns << table.TotalBits) + rest + (ulong)starts[part[i]];
                }
            }
        }

        at -= sizeof(ulong);
        if (at < 0)
        {
            return -1;
        }

        BinaryPrimitives.WriteUInt64LittleEndian(room[at..], state);
        room[at..].CopyTo(room);
        return room.Length - at;
    }

    private void ReadStream(ReadOnlySpan<byte> body, ReadOnlySpan<float> scales, int tokens, int dimension, Span<float> hiddenState)
    {
        Span<int> frequencies = stackalloc int[FrequencyTable.MostSymbols];
        Span<int> starts = stackalloc int[FrequencyTable.MostSymbols];
        Span<byte> symbols = stackalloc byte[1 << FrequencyTable.MostTotalBits];
        Span<ushort> codes = stackalloc ushort[Chunk];
        var table = FrequencyTable.Read(body, frequencies, (2 * quantizer.LargestCode) + 1, hiddenState.Length, out var tableBytes);
        table.FillStarts(starts);
        table.FillSymbols(symbols);
        var stream = new RangeStream(body[tableBytes..]);
        for (var token = 0; token < tokens; token++)
        {
            for (var channel = 0; channel < dimension; channel += Chunk)
            {
                var part = codes[..Math.Min(Chunk, dimension - channel)];
                foreach (ref var code in part)
                {
                    var slot = (int)stream.State & ((1 << table.TotalBits) - 1);
                    code = symbols[slot];
                    stream.Advance(frequencies[code], table.TotalBits, slot - starts[code]);
                }

                SymmetricRounding.Decode(
                    part, quantizer.ScalesOf(scales, token, channel, part.Length), quantizer.LargestCode, hiddenState.Slice((token * dimension) + channel, part.Length));
            }
        }

        if (stream.State != LowestState)
        {
            throw MessageShape.NotAPayload("its stream does not end where it began.");
        }
    }

    /// <summary>The reading end of a stream.</summary>
    private ref struct RangeStream
    {
        private readonly ReadOnlySpan<byte> bytes;
        private int at;

        internal RangeStream(ReadOnlySpan<byte> bytes)
        {
            this.bytes = bytes;
            State = BinaryPrimitives.TryReadUInt64LittleEndian(bytes, out var state) && state >= LowestState && state >> 63 == 0
                ? state : throw MessageShape.NotAPayload("its stream has no state to begin with.");
            at = sizeof(ulong);
        }

        internal ulong State { get; private set; }

        internal void Advance(int frequency, int totalBits, int offset)
        {
            State = ((ulong)frequency * (State >> totalBits)) + (ulong)offset;
            if (State < LowestState)
            {
                State = BinaryPrimitives.TryReadUInt32LittleEndian(bytes[at..], out var word)
                    ? (State << 32) | word : throw MessageShape.NotAPayload("its stream ends too early.");
                at += sizeof(uint);
            }
        }
    }
}
