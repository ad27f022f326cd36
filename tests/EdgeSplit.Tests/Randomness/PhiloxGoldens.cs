using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Tests.Randomness;

public class PhiloxGoldens
{
    // Source: Random123, tests/kat_vectors, lines "philox4x64 10". Exact.
    [Theory]
    [InlineData(
        new ulong[] { 0, 0, 0, 0 },
        new ulong[] { 0, 0 },
        new ulong[] { 0x16554d9eca36314c, 0xdb20fe9d672d0fdc, 0xd7e772cee186176b, 0x7e68b68aec7ba23b })]
    [InlineData(
        new ulong[] { ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue },
        new ulong[] { ulong.MaxValue, ulong.MaxValue },
        new ulong[] { 0x87b092c3013fe90b, 0x438c3c67be8d0224, 0x9cc7d7c69cd777b6, 0xa09caebf594f0ba0 })]
    [InlineData(
        new ulong[] { 0x243f6a8885a308d3, 0x13198a2e03707344, 0xa4093822299f31d0, 0x082efa98ec4e6c89 },
        new ulong[] { 0x452821e638d01377, 0xbe5466cf34e90c6c },
        new ulong[] { 0xa528f45403e61d95, 0x38c72dbd566e9788, 0xa5a1610e72fd18b5, 0x57bd43b5e52b7fe6 })]
    public void Philox_gives_the_published_words(ulong[] counter, ulong[] key, ulong[] words)
    {
        Assert.Equal(
            (words[0], words[1], words[2], words[3]),
            Philox4x64.Block(counter[0], counter[1], counter[2], counter[3], key[0], key[1]));
    }

    [Fact]
    public void A_source_reads_the_words_of_consecutive_blocks_in_order()
    {
        var random = new RandomSource(new StreamKey(11, 12), 13, 14, 15);
        for (var draw = 0UL; draw < 5; draw++)
        {
            var (word0, word1, word2, word3) = Philox4x64.Block(13, 14, 15, draw, 11, 12);
            Assert.Equal(word0, random.NextUInt64());
            Assert.Equal(word1, random.NextUInt64());
            Assert.Equal(word2, random.NextUInt64());
            Assert.Equal(word3, random.NextUInt64());
        }
    }

    [Fact]
    public void The_default_source_is_address_zero_of_the_default_key()
    {
        var random = default(RandomSource);
        Assert.Equal(0x16554d9eca36314cUL, random.NextUInt64());
    }
}
