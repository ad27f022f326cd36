namespace EdgeSplit.Core.Wireless.LinkAdaptation;

/// <summary>How a transport block is cut into LDPC code blocks, each decoded on its own.</summary>
/// <remarks>
/// <para>Immutable, so safe to share between threads. Source: 3GPP TS 38.212 sections 5.2.2 and 7.2.2.</para>
/// </remarks>
public readonly record struct CodeBlockSegmentation
{
    private const int LargestBlockBitsGraph1 = 8448;
    private const int LargestBlockBitsGraph2 = 3840;
    private const int BlockCheckBits = 24;

    /// <summary>Cuts a transport block.</summary>
    /// <param name="transportBlockBits">Information bits of the transport block without its check bits, at least 1.</param>
    /// <param name="codeRate">Code rate of the scheme that carries it, in (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is NaN or out of range.</exception>
    public CodeBlockSegmentation(int transportBlockBits, double codeRate)
    {
        Guard.AtLeast(transportBlockBits, 1);
        Guard.InRange(codeRate, double.Epsilon, Math.BitDecrement(1.0));
        BaseGraph = transportBlockBits <= 292 || codeRate <= 0.25 || (transportBlockBits <= 3824 && codeRate <= 0.67) ? 2 : 1;
        var largest = BaseGraph == 1 ? LargestBlockBitsGraph1 : LargestBlockBitsGraph2;
        var bits = (long)transportBlockBits + (transportBlockBits > 3824 ? 24 : 16);
        if (bits <= largest)
        {
            (CodeBlocks, CodeBlockBits) = (1, (int)bits);
            return;
        }

        var room = largest - BlockCheckBits;
        CodeBlocks = (int)((bits + room - 1) / room);
        CodeBlockBits = (int)((bits + CodeBlocks - 1) / CodeBlocks) + BlockCheckBits;
    }

    /// <summary>LDPC base graph: 1 (large blocks and high rates) or 2.</summary>
    public int BaseGraph { get; }

    /// <summary>Number of code blocks, at least 1.</summary>
    public int CodeBlocks { get; }

    /// <summary>Bits of a code block that the decoder must get right: its share of the transport block (rounded up) and all check bits.</summary>
    public int CodeBlockBits { get; }
}
