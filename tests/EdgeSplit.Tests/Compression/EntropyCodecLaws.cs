using EdgeSplit.Core.Compression;

namespace EdgeSplit.Tests.Compression;

public sealed class EntropyCodecLaws
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(8)]
    public void What_comes_back_is_what_the_plain_quantiser_gives(int bits)
    {
        foreach (var scale in Enum.GetValues<QuantizationScale>())
        {
            foreach (var (tokens, dimension) in CodecMessages.Shapes.Append((100, 600)))
            {
                for (var seed = 0UL; seed < 3; seed++)
                {
                    var message = CodecMessages.WithOutliers(tokens, dimension, seed);
                    var plain = CodecMessages.RoundTrip(new SymmetricIntegerCodec(bits, scale), message, tokens, dimension);
                    Assert.Equal(plain, CodecMessages.RoundTrip(new EntropyCodec(bits, scale), message, tokens, dimension));
                }
            }
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(8)]
    public void The_length_is_within_one_percent_of_the_entropy_of_the_codes_and_the_table(int bits)
    {
        foreach (var (tokens, dimension) in new[] { (1, 4096), (16, 1000), (200, 2048) })
        {
            var message = CodecMessages.WithOutliers(tokens, dimension);
            var (_, length) = CodecMessages.Encode(new EntropyCodec(bits), message, tokens, dimension);
            var (entropy, used) = Entropy(message, tokens, dimension, bits);
            var coded = length - 8 - (32 * tokens);
            Assert.True(coded >= entropy * tokens * dimension);
            // 64 bits of state, a word that is begun, the table
            Assert.True(coded <= (1.01 * entropy * tokens * dimension) + 64 + 32 + (2 * bits) + 8 + (((2 * 15) + 1) * used) + (1 << bits), $"{bits} {tokens}x{dimension}: {coded} bits, entropy {entropy * tokens * dimension}, {used} codes");
            Assert.True(length <= new EntropyCodec(bits).PayloadBits(tokens, dimension));
        }
    }

    [Fact]
    public void A_known_distribution_costs_its_entropy()
    {
        // Codes -1, 0, 1 with probabilities 1/16, 7/8, 1/16 in a fixed order: the entropy is 0.6686 bit.
        const int tokens = 64, dimension = 4096;
        var message = Enumerable.Range(0, tokens * dimension).Select(i => (i % 16) switch { 3 => 1f, 11 => -1f, _ => 0f }).ToArray();
        var entropy = -((2.0 / 16 * Math.Log2(1.0 / 16)) + (7.0 / 8 * Math.Log2(7.0 / 8)));
        Assert.Equal(0.6685644, entropy, 1e-7);
        var (_, bits) = CodecMessages.Encode(new EntropyCodec(2), message, tokens, dimension);
        var perValue = (bits - (32.0 * tokens)) / (tokens * dimension);
        Assert.InRange(perValue, entropy, entropy * 1.01);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    public void Gaussian_messages_cost_the_closed_form_entropy_of_their_steps(int bits)
    {
        const int tokens = 50, dimension = 4096;
        var message = CodecMessages.Gaussian(tokens * dimension);
        for (var token = 0; token < tokens; token++)
        {
            message[token * dimension] = 4.5f; // the same scale for all
            for (var i = 1; i < dimension; i++)
            {
                message[(token * dimension) + i] = Math.Clamp(message[(token * dimension) + i], -4.5f, 4.5f);
            }
        }

        var (_, length) = CodecMessages.Encode(new EntropyCodec(bits), message, tokens, dimension);
        var closedForm = EntropyCodec.QuantizedGaussianEntropy(bits, 4.5);
        Assert.InRange((length - (32.0 * tokens)) / message.Length, closedForm * 0.995, closedForm * 1.02);
    }

    [Fact]
    public void The_entropy_of_a_finely_quantised_Gaussian_is_the_differential_entropy_less_that_of_the_step()
    {
        foreach (var bits in new[] { 6, 8, 12, 16 })
        {
            var step = 6.0 / ((1 << (bits - 1)) - 1);
            // The last term is the entropy that the width of a step adds: step^2 / 24 times the Fisher information, which is 1.
            var expansion = (0.5 * Math.Log2(2 * Math.PI * Math.E)) - Math.Log2(step) + (step * step / (24 * Math.Log(2)));
            Assert.Equal(expansion, EntropyCodec.QuantizedGaussianEntropy(bits, 6), 1e-5);
        }

        // Saturated at a thousandth of a deviation the sign is all that is left.
        Assert.Equal(1, EntropyCodec.QuantizedGaussianEntropy(2, 0.001), 0.01);
        Assert.Equal(0, EntropyCodec.QuantizedGaussianEntropy(2, 100), 1e-6);
    }

    [Fact]
    public void Where_coding_does_not_pay_the_codes_stay_plain_at_the_price_of_a_byte()
    {
        foreach (var bits in new[] { 2, 4, 8 })
        {
            var top = (1 << (bits - 1)) - 1;
            var message = Enumerable.Range(0, 4 * 40).Select(i => (float)((i * 7 % ((2 * top) + 1)) - top)).ToArray();
            message[0] = message[40] = message[80] = message[120] = top;
            var codec = new EntropyCodec(bits);
            var (payload, length) = CodecMessages.Encode(codec, message, 4, 40);
            Assert.True(bits == 2 || length == codec.PayloadBits(4, 40));
            Assert.True(bits == 2 || payload[16] == 0);
            Assert.Equal(message, CodecMessages.RoundTrip(codec, message, 4, 40));
        }
    }

    [Fact]
    public void A_message_of_one_code_costs_its_table_only()
    {
        var codec = new EntropyCodec(8);
        var message = Enumerable.Repeat(-2f, 3 * 5000).ToArray();
        var (_, bits) = CodecMessages.Encode(codec, message, 3, 5000);
        Assert.InRange(bits, (3 * 32) + 8 + 64, (3 * 32) + 8 + 64 + 64);
        Assert.Equal(message, CodecMessages.RoundTrip(codec, message, 3, 5000));
    }

    [Fact]
    public void Planning_charges_the_most_unless_a_measurement_is_given()
    {
        Assert.Equal(new EntropyCodec(4).PayloadBits(7, 4096), new EntropyCodec(4).ExpectedPayloadBits(7, 4096));
        Assert.Equal((7 * 32) + 8 + (2.75 * 7 * 4096), new EntropyCodec(4, MeasuredValueBits: 2.75).ExpectedPayloadBits(7, 4096));
        foreach (var bad in new[] { double.NaN, 0, -1, 4.1 })
        {
            Assert.Equal("MeasuredValueBits", Assert.Throws<ArgumentOutOfRangeException>(() => new EntropyCodec(4, MeasuredValueBits: bad)).ParamName);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => new EntropyCodec(9));
    }

    private static (double BitsPerValue, int CodesInUse) Entropy(float[] message, int tokens, int dimension, int bits)
    {
        var levels = CodecMessages.RoundTrip(new SymmetricIntegerCodec(bits), message, tokens, dimension);
        var top = (1 << (bits - 1)) - 1;
        var counts = new Dictionary<int, int>();
        for (var token = 0; token < tokens; token++)
        {
            var largest = message.Skip(token * dimension).Take(dimension).Max(Math.Abs);
            for (var i = 0; i < dimension; i++)
            {
                var code = (int)MathF.Round(levels[(token * dimension) + i] / largest * top);
                counts[code] = counts.GetValueOrDefault(code) + 1;
            }
        }

        return (counts.Values.Sum(count => -(double)count / message.Length * Math.Log2((double)count / message.Length)), counts.Count);
    }
}
