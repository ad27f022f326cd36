using EdgeSplit.Core.Wireless.LinkAdaptation;

namespace EdgeSplit.Tests.Wireless.LinkAdaptation;

/// <summary>Size of transport blocks and their cut into code blocks.</summary>
public sealed class TransportBlockLaws
{
    [Theory] // 12 symbols: pilots and overhead per resource block, bits per symbol, code rate x 1024, layers, resource blocks; values of srsRAN_Project's test data
    [InlineData(6, 0, 2, 102.4, 1, 6, 160)]
    [InlineData(6, 12, 2, 102.4, 1, 6, 144)]
    [InlineData(6, 0, 2, 921.6, 1, 6, 1544)]
    [InlineData(6, 12, 2, 921.6, 1, 6, 1416)]
    [InlineData(36, 0, 2, 102.4, 1, 6, 128)]
    [InlineData(36, 12, 2, 102.4, 1, 6, 112)]
    [InlineData(36, 0, 2, 921.6, 1, 6, 1160)]
    [InlineData(36, 12, 2, 921.6, 1, 6, 1032)]
    [InlineData(6, 0, 2, 102.4, 1, 11, 304)]
    [InlineData(6, 0, 2, 921.6, 1, 11, 2728)]
    [InlineData(36, 12, 2, 102.4, 1, 11, 208)]
    [InlineData(36, 12, 2, 921.6, 1, 11, 1928)]
    [InlineData(6, 0, 2, 102.4, 4, 6, 672)]
    [InlineData(6, 0, 2, 921.6, 4, 6, 5888)]
    [InlineData(6, 12, 2, 921.6, 4, 6, 5376)]
    [InlineData(36, 0, 2, 921.6, 4, 6, 4608)]
    [InlineData(36, 12, 2, 921.6, 4, 6, 4096)]
    [InlineData(6, 0, 2, 921.6, 4, 11, 11016)]
    [InlineData(6, 12, 2, 921.6, 4, 11, 9992)]
    [InlineData(36, 0, 2, 921.6, 4, 11, 8456)]
    [InlineData(6, 0, 4, 102.4, 1, 6, 336)]
    [InlineData(6, 0, 4, 921.6, 1, 6, 2976)]
    [InlineData(36, 12, 4, 921.6, 1, 11, 3824)]
    [InlineData(36, 0, 4, 921.6, 1, 11, 4224)]
    [InlineData(6, 0, 4, 921.6, 4, 6, 11784)]
    [InlineData(6, 12, 4, 921.6, 4, 11, 19968)]
    [InlineData(36, 0, 4, 921.6, 4, 11, 16896)]
    [InlineData(6, 0, 6, 102.4, 1, 11, 928)]
    [InlineData(6, 0, 6, 921.6, 1, 11, 8192)]
    [InlineData(36, 0, 6, 921.6, 1, 11, 6400)]
    [InlineData(6, 0, 6, 102.4, 4, 11, 3624)]
    [InlineData(6, 0, 6, 921.6, 4, 11, 32776)]
    [InlineData(36, 0, 6, 921.6, 4, 11, 25608)]
    [InlineData(6, 0, 8, 921.6, 1, 6, 5888)]
    [InlineData(6, 12, 8, 102.4, 4, 6, 2408)]
    [InlineData(6, 0, 8, 921.6, 4, 6, 24072)]
    public void Sizes_of_another_implementation(int pilots, int overhead, int bitsPerSymbol, double rateTimes1024, int layers, int blocks, int bits) =>
        Assert.Equal(bits, TransportBlockSize.Bits(TransportBlockSize.ResourceElements(12, pilots, overhead, blocks), bitsPerSymbol, rateTimes1024 / 1024, layers));

    [Theory] // symbols, pilots, bits per symbol, code rate x 1024, layers, resource blocks
    [InlineData(12, 6, 2, 449, 1, 6, 736)]
    [InlineData(13, 12, 4, 434, 1, 20, 4864)]
    [InlineData(14, 12, 6, 772, 1, 100, 69672)]
    [InlineData(12, 24, 8, 711, 2, 51, 67584)]
    [InlineData(14, 12, 2, 120, 1, 273, 9984)] // rate below 1/4
    [InlineData(12, 12, 2, 251, 2, 80, 10248)] // rate just below 1/4, where the other rule gives one code block more room
    [InlineData(14, 18, 8, 948, 2, 273, 606504)]
    public void Sizes_by_the_steps_of_the_specification(int symbols, int pilots, int bitsPerSymbol, double rateTimes1024, int layers, int blocks, int bits) =>
        Assert.Equal(bits, TransportBlockSize.Bits(TransportBlockSize.ResourceElements(symbols, pilots, 0, blocks), bitsPerSymbol, rateTimes1024 / 1024, layers));

    [Theory] // elements x 2 bits x 1/2: so many information bits
    [InlineData(1, 24)]
    [InlineData(24, 24)]
    [InlineData(25, 24)]
    [InlineData(511, 504)]
    [InlineData(512, 512 + 16)] // a power of two: steps of 8; 512 is no size of the table, 528 is the next
    [InlineData(1023, 1032)] // steps of 8: 1016
    [InlineData(1024, 1032)] // steps of 16: 1024
    [InlineData(2047, 2088)] // steps of 16: 2032
    [InlineData(2048, 2088)] // steps of 32: 2048
    [InlineData(3824, 3824)]
    [InlineData(3825, 3840)] // first size beyond the table: 3840 at least, then check bits to a multiple of 8
    [InlineData(4056, 4032)] // (4056 - 24)/64 = 63
    [InlineData(4120, 4096)] // 4096 is a power of two: steps of 128
    [InlineData(4184, 4224)] // (4184 - 24)/128 = 32.5, a tie: up
    [InlineData(4312, 4352)] // 33.5, a tie: up, where half-to-even would also go up
    [InlineData(4440, 4480)] // 34.5, a tie: up, where half-to-even would go down to 4352
    public void Powers_of_two_ties_and_the_end_of_the_table(int informationBits, int bits) =>
        Assert.Equal(bits, TransportBlockSize.Bits(informationBits, 2, 0.5));

    [Fact]
    public void Sizes_are_whole_bytes_and_do_not_fall_with_the_allocation()
    {
        foreach (var scheme in McsTable.Qam64.Rows.Concat(McsTable.Qam256.Rows))
        {
            var previous = 0;
            for (var blocks = 1; blocks <= 275; blocks++)
            {
                var elements = TransportBlockSize.ResourceElements(14, 12, 0, blocks);
                var bits = TransportBlockSize.Bits(elements, scheme);
                Assert.True(bits % 8 == 0 && bits >= 24 && bits >= previous);
                Assert.InRange(bits, 0.97 * elements * scheme.SpectralEfficiency - 40, 1.03 * elements * scheme.SpectralEfficiency + 40);
                Assert.True(TransportBlockSize.Bits(elements, scheme, 2) >= bits);
                previous = bits;
            }
        }
    }

    [Fact]
    public void Every_code_block_of_a_size_is_equally_long()
    {
        // The point of the last step: bits and check bits divide without a rest.
        foreach (var scheme in McsTable.Qam256.Rows)
        {
            for (var elements = 100; elements < 40_000; elements += 997)
            {
                var bits = TransportBlockSize.Bits(elements, scheme);
                var cut = new CodeBlockSegmentation(bits, scheme.CodeRate);
                if (bits > 3824)
                {
                    Assert.Equal(0, (bits + 24) % (8 * cut.CodeBlocks));
                }

                Assert.InRange(cut.CodeBlockBits, bits / cut.CodeBlocks, cut.BaseGraph == 1 ? 8448 : 3840);
            }
        }
    }

    [Fact]
    public void Resource_elements_of_a_resource_block_are_capped()
    {
        Assert.Equal(156 * 7, TransportBlockSize.ResourceElements(14, 0, 0, 7));
        Assert.Equal(156, TransportBlockSize.ResourceElements(14, 12, 0, 1));
        Assert.Equal(150, TransportBlockSize.ResourceElements(14, 12, 6, 1));
        Assert.Equal(1, TransportBlockSize.ResourceElements(1, 11, 0, 1));
    }

    [Theory] // base graph and number of code blocks; the first four as in the tests of 5G-LENA
    [InlineData(3200, 466, 2, 1)]
    [InlineData(3900, 466, 1, 1)]
    [InlineData(4000, 120, 2, 2)]
    [InlineData(3200, 948, 1, 1)]
    [InlineData(292, 948, 2, 1)]
    [InlineData(293, 948, 1, 1)]
    [InlineData(3824, 686, 2, 1)]
    [InlineData(3824, 687, 1, 1)]
    [InlineData(3825, 686, 1, 1)]
    [InlineData(3816, 256, 2, 1)]
    [InlineData(3824, 256, 2, 1)]
    [InlineData(3825, 256, 2, 2)]
    [InlineData(8424, 490, 1, 1)]
    [InlineData(8425, 490, 1, 2)]
    [InlineData(120_000, 948, 1, 15)]
    public void Base_graph_and_number_of_code_blocks(int bits, double rateTimes1024, int baseGraph, int codeBlocks)
    {
        var cut = new CodeBlockSegmentation(bits, rateTimes1024 / 1024);
        Assert.Equal((baseGraph, codeBlocks), (cut.BaseGraph, cut.CodeBlocks));
        Assert.True((long)cut.CodeBlocks * cut.CodeBlockBits >= bits + 16);
    }

    [Theory]
    [InlineData(1000, 1016)] // 16 check bits
    [InlineData(8424, 8448)] // 24 check bits: exactly the largest block of base graph 1
    [InlineData(8432, 4252)] // (8432 + 24) / 2 + 24
    public void Length_of_a_code_block(int bits, int codeBlockBits) =>
        Assert.Equal(codeBlockBits, new CodeBlockSegmentation(bits, 0.8).CodeBlockBits);

    [Fact]
    public void Bad_numbers_are_refused_by_name()
    {
        Assert.Throws<ArgumentOutOfRangeException>("symbols", () => TransportBlockSize.ResourceElements(0, 0, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>("symbols", () => TransportBlockSize.ResourceElements(15, 0, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>("pilotElementsPerResourceBlock", () => TransportBlockSize.ResourceElements(1, 12, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>("overheadElementsPerResourceBlock", () => TransportBlockSize.ResourceElements(2, 12, 12, 1));
        Assert.Throws<ArgumentOutOfRangeException>("resourceBlocks", () => TransportBlockSize.ResourceElements(2, 12, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>("resourceElements", () => TransportBlockSize.Bits(0, 2, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>("resourceElements", () => TransportBlockSize.Bits(int.MaxValue, 8, 0.9));
        Assert.Throws<ArgumentOutOfRangeException>("bitsPerSymbol", () => TransportBlockSize.Bits(1, 0, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>("codeRate", () => TransportBlockSize.Bits(1, 2, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("codeRate", () => TransportBlockSize.Bits(1, 2, 1));
        Assert.Throws<ArgumentOutOfRangeException>("layers", () => TransportBlockSize.Bits(1, 2, 0.5, 9));
        Assert.Throws<ArgumentOutOfRangeException>("transportBlockBits", () => new CodeBlockSegmentation(0, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>("codeRate", () => new CodeBlockSegmentation(10, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("codeRate", () => new CodeBlockSegmentation(10, 0));
    }
}
