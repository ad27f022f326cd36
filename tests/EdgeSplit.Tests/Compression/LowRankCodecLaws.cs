using EdgeSplit.Core.Compression;

namespace EdgeSplit.Tests.Compression;

public sealed class LowRankCodecLaws
{
    private const int Tokens = 300;
    private const int Dimension = 48;

    [Theory]
    [InlineData(1, true)]
    [InlineData(5, true)]
    [InlineData(5, false)]
    [InlineData(47, true)]
    [InlineData(48, false)]
    public void On_the_sample_the_mean_squared_error_is_the_sum_of_the_dropped_eigenvalues(int rank, bool removeMean)
    {
        var sample = Correlated();
        var basis = ActivationBasis.Fit(sample, Tokens, Dimension, rank, removeMean);
        var back = CodecMessages.RoundTrip(new LowRankCodec(basis), sample, Tokens, Dimension);
        var error = sample.Zip(back, (x, y) => Math.Pow((double)x - y, 2)).Sum() / Tokens;
        // rounding the coefficients to half precision adds at most (2^-11)^2 of their energy
        var kept = basis.Eigenvalues[..rank].ToArray().Sum();
        var dropped = basis.DroppedVariance!.Value;
        Assert.InRange(error, dropped * (1 - 1e-5), (dropped * (1 + 1e-5)) + (kept / 4194304) + 1e-9);
    }

    [Fact]
    public void Eigenvalues_descend_and_sum_to_the_variance_and_directions_are_orthonormal()
    {
        var sample = Correlated();
        var basis = ActivationBasis.Fit(sample, Tokens, Dimension, 20);
        var values = basis.Eigenvalues.ToArray();
        Assert.Equal(values.OrderDescending(), values);
        var variance = 0.0;
        for (var channel = 0; channel < Dimension; channel++)
        {
            var column = Enumerable.Range(0, Tokens).Select(token => (double)sample[(token * Dimension) + channel]).ToArray();
            Assert.Equal(column.Average(), basis.Mean[channel], 1e-5);
            variance += column.Average(x => Math.Pow(x - column.Average(), 2));
        }

        Assert.Equal(variance, values.Sum(), 1e-6 * variance);
        for (var i = 0; i < 20; i++)
        {
            for (var j = 0; j < 20; j++)
            {
                var product = 0.0;
                for (var channel = 0; channel < Dimension; channel++)
                {
                    product += (double)basis.Directions[(i * Dimension) + channel] * basis.Directions[(j * Dimension) + channel];
                }

                Assert.Equal(i == j ? 1 : 0, product, 1e-6);
            }

            var direction = basis.Directions.Slice(i * Dimension, Dimension).ToArray();
            Assert.True(direction.MaxBy(Math.Abs) > 0);
        }
    }

    [Fact]
    public void Values_are_those_of_a_naive_projection_at_every_tile_size()
    {
        // ranks and tokens on both sides of the tiles of 64 directions and 16 tokens
        const int dimension = 150;
        var sample = CodecMessages.WithOutliers(200, dimension);
        var all = ActivationBasis.Fit(sample, 200, dimension, dimension);
        foreach (var (rank, tokens) in new[] { (1, 1), (63, 15), (64, 16), (65, 17), (130, 33), (150, 5) })
        {
            var basis = all.WithRank(rank);
            var message = CodecMessages.WithOutliers(tokens, dimension, 9);
            var back = CodecMessages.RoundTrip(new LowRankCodec(basis), message, tokens, dimension);
            for (var token = 0; token < tokens; token++)
            {
                var expected = Array.ConvertAll(basis.Mean.ToArray(), m => (double)m);
                for (var r = 0; r < rank; r++)
                {
                    var coefficient = 0.0;
                    for (var i = 0; i < dimension; i++)
                    {
                        coefficient += basis.Directions[(r * dimension) + i] * ((double)message[(token * dimension) + i] - basis.Mean[i]);
                    }

                    for (var i = 0; i < dimension; i++)
                    {
                        expected[i] += basis.Directions[(r * dimension) + i] * coefficient;
                    }
                }

                var scale = expected.Max(Math.Abs);
                for (var i = 0; i < dimension; i++)
                {
                    Assert.Equal(expected[i], back[(token * dimension) + i], scale / 200);
                }
            }
        }
    }

    [Fact]
    public void A_token_gives_the_same_bits_alone_and_among_others()
    {
        var basis = ActivationBasis.Fit(Correlated(), Tokens, Dimension, 30);
        var codec = new LowRankCodec(basis);
        var together = CodecMessages.Encode(codec, Correlated(), Tokens, Dimension).Payload;
        for (var token = 0; token < Tokens; token += 37)
        {
            var alone = CodecMessages.Encode(codec, Correlated()[(token * Dimension)..((token + 1) * Dimension)], 1, Dimension).Payload;
            Assert.Equal(alone, together[(token * 60)..((token + 1) * 60)]);
        }
    }

    [Fact]
    public void Fewer_directions_are_the_first_of_more()
    {
        var many = ActivationBasis.Fit(Correlated(), Tokens, Dimension, 20);
        var few = ActivationBasis.Fit(Correlated(), Tokens, Dimension, 7);
        Assert.Equal(few.Directions.ToArray(), many.WithRank(7).Directions.ToArray());
        Assert.Equal(few.DroppedVariance, many.WithRank(7).DroppedVariance);
        Assert.Equal((7, Dimension, Tokens), (few.Rank, few.Dimension, few.Samples));
    }

    [Fact]
    public void A_basis_from_elsewhere_gives_the_same_payload_and_must_be_orthonormal()
    {
        var fitted = ActivationBasis.Fit(Correlated(), Tokens, Dimension, 9);
        var taken = ActivationBasis.FromDirections(fitted.Mean, fitted.Directions);
        Assert.Equal(CodecMessages.Encode(new LowRankCodec(fitted), Correlated(), Tokens, Dimension).Payload, CodecMessages.Encode(new LowRankCodec(taken), Correlated(), Tokens, Dimension).Payload);
        Assert.Null(taken.DroppedVariance);
        Assert.Equal((9, Dimension, 0, 0), (taken.Rank, taken.Dimension, taken.Samples, taken.Eigenvalues.Length));
        Assert.Equal("directions", Assert.Throws<ArgumentException>(() => ActivationBasis.FromDirections([0, 0], [1, 0, 0.6f, 0.8f])).ParamName);
        Assert.ThrowsAny<ArgumentException>(() => ActivationBasis.FromDirections([0, 0], [1, 0, 1]));
        Assert.ThrowsAny<ArgumentException>(() => ActivationBasis.FromDirections([], []));
    }

    [Fact]
    public void Bits_and_costs_are_those_of_the_coefficients_and_the_product()
    {
        var codec = new LowRankCodec(ActivationBasis.Fit(Correlated(), Tokens, Dimension, 12));
        Assert.Equal(16L * 12 * 7, codec.PayloadBits(7, Dimension));
        Assert.Equal(16.0 * 12 / Dimension, codec.ValueBits);
        Assert.Equal(2.0 * 7 * Dimension * 12, codec.EncodeCost(7, Dimension).MatrixFlop);
        Assert.Equal(2.0 * 7 * Dimension * 12, codec.DecodeCost(7, Dimension).MatrixFlop);
        Assert.Equal("low-rank:12", codec.Name);
    }

    [Fact]
    public void Bad_input_is_refused_and_coding_allocates_nothing()
    {
        var codec = new LowRankCodec(ActivationBasis.Fit(Correlated(), Tokens, Dimension, 12));
        Assert.Equal("dimension", Assert.Throws<ArgumentOutOfRangeException>(() => codec.PayloadBits(1, Dimension + 1)).ParamName);
        Assert.Equal("rank", Assert.Throws<ArgumentOutOfRangeException>(() => ActivationBasis.Fit(new float[6], 2, 3, 4)).ParamName);
        Assert.Equal("hiddenStates", Assert.Throws<ArgumentOutOfRangeException>(() => ActivationBasis.Fit(new float[5], 2, 3, 1)).ParamName);
        Assert.Equal("hiddenStates", Assert.Throws<ArgumentException>(() => ActivationBasis.Fit([1, float.NaN], 2, 1, 1)).ParamName);
        Assert.Throws<ArgumentOutOfRangeException>(() => codec.Basis.WithRank(13));
        var message = Correlated();
        var (payload, values) = (new byte[2 * 12 * Tokens], new float[message.Length]);
        codec.Encode(message, Tokens, Dimension, payload);
        codec.Decode(payload, Tokens, Dimension, values);
        var before = GC.GetAllocatedBytesForCurrentThread();
        codec.Encode(message, Tokens, Dimension, payload);
        codec.Decode(payload, Tokens, Dimension, values);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Throws<ArgumentOutOfRangeException>(() => codec.Decode(payload.AsSpan(1), Tokens, Dimension, values));
        payload.AsSpan().Fill(0x7C); // not finite in half precision
        Assert.Throws<ArgumentException>(() => codec.Decode(payload, Tokens, Dimension, values));
    }

    /// <summary>A sample with a mean and a few strong directions.</summary>
    private static float[] Correlated()
    {
        var (noise, factors) = (CodecMessages.Gaussian(Tokens * Dimension, 0.3), CodecMessages.Gaussian(Tokens * 4, 2, 5));
        for (var token = 0; token < Tokens; token++)
        {
            for (var i = 0; i < Dimension; i++)
            {
                noise[(token * Dimension) + i] += (factors[(token * 4) + (i % 4)] * (1 + (i / 10))) + (i % 7) - 2;
            }
        }

        return noise;
    }
}
