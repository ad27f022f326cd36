namespace EdgeSplit.Core.Wireless.Transport;

/// <summary>The packets of a hidden state: which values travel in which packet, so that lost packets become known erased values.</summary>
/// <remarks>
/// <para>The hidden state has tokens x dimension values, numbered token by token. Every value is in exactly one packet; all packets are full but the last, which may be
/// shorter. Each carries its header (scales of the codec included: a packet must be of use without the others), and is lost or arrives as a whole.</para>
/// <para>With P packets, the <see cref="PacketLayout.Interleaved"/> layout puts P neighbouring values into P different packets: slot s of the packets holds the values
/// P s to P s + P - 1, rotated by floor(P frac(s (sqrt(5) - 1)/2)) so that a packet does not take the same channels from every token. (Beyond the end of a shorter last packet,
/// P - 1 values per slot.) Values of a packet are then at least about 0.6 P apart.</para>
/// <para>Immutable, so safe to share between threads. Filling and erasing allocate nothing.</para>
/// </remarks>
public sealed record HiddenStatePackets
{
    private const ulong GoldenRatio = 0x9E3779B97F4A7C15; // 2^64 (sqrt(5) - 1) / 2

    /// <summary>Cuts a hidden state into packets.</summary>
    /// <param name="Tokens">Number of tokens, at least 1.</param>
    /// <param name="Dimension">Values per token, at least 1; tokens x dimension is below 2^31.</param>
    /// <param name="BitsPerValue">Bits per value, 1 to 64.</param>
    /// <param name="ValuesPerPacket">Values in a full packet, at least 1; more than there are values means one packet.</param>
    /// <param name="HeaderBits">Bits that each packet carries beside its values, at least 0; 0 if omitted.</param>
    /// <param name="Layout">Which values travel together; contiguous if omitted.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public HiddenStatePackets(
        int Tokens, int Dimension, int BitsPerValue, int ValuesPerPacket, int HeaderBits = 0, PacketLayout Layout = PacketLayout.Contiguous)
    {
        this.Tokens = Guard.AtLeast(Tokens, 1);
        this.Dimension = Guard.InRange(Dimension, 1, int.MaxValue / Tokens);
        this.BitsPerValue = Guard.InRange(BitsPerValue, 1, 64);
        this.HeaderBits = Guard.AtLeast(HeaderBits, 0);
        Guard.InRange((int)Layout, (int)PacketLayout.Contiguous, (int)PacketLayout.Interleaved, nameof(Layout));
        this.Layout = Layout;
        Values = Tokens * Dimension;
        this.ValuesPerPacket = Math.Min(Guard.AtLeast(ValuesPerPacket, 1), Values);
        Packets = ((Values - 1) / this.ValuesPerPacket) + 1;
        LastPacketValues = Values - ((Packets - 1) * this.ValuesPerPacket);
    }

    /// <summary>Number of tokens.</summary>
    public int Tokens { get; }

    /// <summary>Values per token.</summary>
    public int Dimension { get; }

    /// <summary>Bits per value.</summary>
    public int BitsPerValue { get; }

    /// <summary>Values in a full packet.</summary>
    public int ValuesPerPacket { get; }

    /// <summary>Bits that each packet carries beside its values.</summary>
    public int HeaderBits { get; }

    /// <summary>Which values travel together.</summary>
    public PacketLayout Layout { get; }

    /// <summary>Number of values of the hidden state: tokens x dimension.</summary>
    public int Values { get; }

    /// <summary>Number of packets.</summary>
    public int Packets { get; }

    /// <summary>Values in the last packet, 1 to <see cref="ValuesPerPacket"/>.</summary>
    public int LastPacketValues { get; }

    /// <summary>Bits of all packets, headers included.</summary>
    public long BitsSent => ((long)Values * BitsPerValue) + ((long)Packets * HeaderBits);

    /// <summary>Cuts a hidden state into packets of a largest size, for example 1500 bytes less the headers of the layers below.</summary>
    /// <param name="tokens">Number of tokens, at least 1.</param>
    /// <param name="dimension">Values per token, at least 1.</param>
    /// <param name="bitsPerValue">Bits per value, 1 to 64.</param>
    /// <param name="packetBytes">Largest size of a packet, header included, bytes: room for the header and one value at least.</param>
    /// <param name="headerBits">Bits that each packet carries beside its values, at least 0; 0 if omitted.</param>
    /// <param name="layout">Which values travel together; contiguous if omitted.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range, or no value fits into a packet.</exception>
    public static HiddenStatePackets FromPacketBytes(
        int tokens, int dimension, int bitsPerValue, int packetBytes, int headerBits = 0, PacketLayout layout = PacketLayout.Contiguous)
    {
        Guard.InRange(bitsPerValue, 1, 64);
        Guard.AtLeast(headerBits, 0);
        Guard.AtLeast(packetBytes, (int)((headerBits + (long)bitsPerValue + 7) / 8));
        var valuesPerPacket = ((8L * packetBytes) - headerBits) / bitsPerValue;
        return new(tokens, dimension, bitsPerValue, (int)Math.Min(valuesPerPacket, int.MaxValue), headerBits, layout);
    }

    /// <summary>Number of values in a packet.</summary>
    /// <param name="packet">Number of the packet, 0 to <see cref="Packets"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such packet.</exception>
    public int ValuesIn(int packet) => Guard.InRange(packet, 0, Packets - 1) == Packets - 1 ? LastPacketValues : ValuesPerPacket;

    /// <summary>Bits of a packet, header included.</summary>
    /// <param name="packet">Number of the packet, 0 to <see cref="Packets"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such packet.</exception>
    public long BitsIn(int packet) => ((long)ValuesIn(packet) * BitsPerValue) + HeaderBits;

    /// <summary>The value that travels in a slot of a packet.</summary>
    /// <param name="packet">Number of the packet, 0 to <see cref="Packets"/> - 1.</param>
    /// <param name="slot">Place in the packet, 0 to <see cref="ValuesIn"/> - 1.</param>
    /// <returns>Number of the value: token x dimension + channel.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such packet or slot.</exception>
    public int ValueAt(int packet, int slot) => At(packet, Guard.InRange(slot, 0, ValuesIn(packet) - 1));

    /// <summary>Where a value travels: the inverse of <see cref="ValueAt"/>.</summary>
    /// <param name="value">Number of the value, 0 to <see cref="Values"/> - 1.</param>
    /// <returns>The packet and the slot in it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such value.</exception>
    public (int Packet, int Slot) PlaceOf(int value)
    {
        Guard.InRange(value, 0, Values - 1);
        if (Layout == PacketLayout.Contiguous)
        {
            return Math.DivRem(value, ValuesPerPacket);
        }

        var inFullSlots = (long)LastPacketValues * Packets;
        var (rows, firstSlot, rest) = value < inFullSlots ? (Packets, 0, (long)value) : (Packets - 1, LastPacketValues, value - inFullSlots);
        var slot = firstSlot + (int)(rest / rows);
        var packet = (int)(rest % rows) - Rotation(slot, rows);
        return (packet < 0 ? packet + rows : packet, slot);
    }

    /// <summary>Marks the values that lost packets take with them.</summary>
    /// <param name="isLost">True for each lost packet; shape [packets].</param>
    /// <param name="isErased">Receives true for each erased value and false for the others; shape [tokens, dimension], token by token.</param>
    /// <exception cref="ArgumentOutOfRangeException">A span has another length.</exception>
    public void FillErased(ReadOnlySpan<bool> isLost, Span<bool> isErased)
    {
        Guard.SameLength(isErased.Length, Values);
        isErased.Clear();
        MarkErased(isLost, isErased);
    }

    /// <summary>Marks the values that lost packets take with them, beside those that are marked already.</summary>
    internal void MarkErased(ReadOnlySpan<bool> isLost, Span<bool> isErased) => SetInLost(isLost, isErased, true);

    /// <summary>Sets the values that lost packets take with them to zero; the others keep their bits, and nothing is scaled up for the loss.</summary>
    /// <param name="isLost">True for each lost packet; shape [packets].</param>
    /// <param name="hiddenState">The values; shape [tokens, dimension], token by token.</param>
    /// <exception cref="ArgumentOutOfRangeException">A span has another length.</exception>
    public void Erase(ReadOnlySpan<bool> isLost, Span<float> hiddenState)
    {
        Guard.SameLength(hiddenState.Length, Values);
        SetInLost(isLost, hiddenState, 0f);
    }

    private void SetInLost<T>(ReadOnlySpan<bool> isLost, Span<T> values, T mark)
    {
        Guard.SameLength(isLost.Length, Packets);
        for (var packet = 0; packet < isLost.Length; packet++)
        {
            if (!isLost[packet])
            {
                continue;
            }

            var count = ValuesIn(packet);
            if (Layout == PacketLayout.Contiguous)
            {
                values.Slice(packet * ValuesPerPacket, count).Fill(mark);
                continue;
            }

            for (var slot = 0; slot < count; slot++)
            {
                values[At(packet, slot)] = mark;
            }
        }
    }

    private int At(int packet, int slot)
    {
        if (Layout == PacketLayout.Contiguous)
        {
            return (packet * ValuesPerPacket) + slot;
        }

        var rows = slot < LastPacketValues ? Packets : Packets - 1;
        var firstOfSlot = slot < LastPacketValues ? slot * Packets : (LastPacketValues * Packets) + ((slot - LastPacketValues) * rows);
        var row = packet + Rotation(slot, rows);
        return firstOfSlot + (row < rows ? row : row - rows);
    }

    private static int Rotation(int slot, int rows) => (int)Math.BigMul(unchecked((ulong)slot * GoldenRatio), (ulong)rows, out _);
}
