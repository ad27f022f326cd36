using EdgeSplit.Core.Compression;

namespace EdgeSplit.Tests.Extending;

/// <summary>A codec that a user would write, with public members only: the sign of each value and one magnitude per token.</summary>
public sealed class YourOwnCodec
{
    [Fact]
    public void A_codec_of_ones_own_stands_beside_the_others()
    {
        IActivationCodec[] codecs = [new SignCodec(), Float16Codec.Instance, new SymmetricIntegerCodec(8)];
        float[] message = [1, -2, 3, -4, -0.5f, -0.5f, 0.5f, 0.5f];
        var errors = codecs.Select(codec =>
        {
            var payload = new byte[(codec.PayloadBits(2, 4) + 7) / 8];
            Assert.Equal(codec.PayloadBits(2, 4), codec.Encode(message, 2, 4, payload));
            Assert.Equal(codec.ExpectedPayloadBits(2, 4), codec.PayloadBits(2, 4));
            var values = new float[8];
            codec.Decode(payload, 2, 4, values);
            return message.Zip(values, (x, y) => Math.Abs(x - y)).Max();
        }).ToArray();
        Assert.Equal(1.5f, errors[0]); // the mean magnitude of the first token is 2.5
        Assert.True(errors[1] <= errors[2] && errors[2] < errors[0]);
        Assert.Equal(new CodecCost(0, 24, 42, 2), codecs[0].EncodeCost(2, 4) + new CodecCost(0, 8, 1, 1));
    }

    private sealed class SignCodec : IActivationCodec
    {
        public string Name => "sign";

        public bool HasFixedRate => true;

        public double ValueBits => 1;

        public long PayloadBits(int tokens, int dimension) => tokens * (32L + dimension);

        public double ExpectedPayloadBits(int tokens, int dimension) => PayloadBits(tokens, dimension);

        public long Encode(ReadOnlySpan<float> hiddenState, int tokens, int dimension, Span<byte> payload)
        {
            payload.Clear();
            for (var token = 0; token < tokens; token++)
            {
                var sum = 0f;
                for (var i = token * dimension; i < (token + 1) * dimension; i++)
                {
                    sum += Math.Abs(hiddenState[i]);
                    payload[(4 * tokens) + (i / 8)] |= (byte)(hiddenState[i] < 0 ? 1 << (i % 8) : 0);
                }

                BitConverter.TryWriteBytes(payload[(4 * token)..], sum / dimension);
            }

            return PayloadBits(tokens, dimension);
        }

        public void Decode(ReadOnlySpan<byte> payload, int tokens, int dimension, Span<float> hiddenState)
        {
            for (var i = 0; i < hiddenState.Length; i++)
            {
                var magnitude = BitConverter.ToSingle(payload[(4 * (i / dimension))..]);
                hiddenState[i] = ((payload[(4 * tokens) + (i / 8)] >> (i % 8)) & 1) != 0 ? -magnitude : magnitude;
            }
        }

        public CodecCost EncodeCost(int tokens, int dimension) => new(0, 2.0 * tokens * dimension, (4.0 * tokens * dimension) + (PayloadBits(tokens, dimension) / 8.0), 1);

        public CodecCost DecodeCost(int tokens, int dimension) => new(0, tokens * dimension, (4.0 * tokens * dimension) + (PayloadBits(tokens, dimension) / 8.0), 1);
    }
}
