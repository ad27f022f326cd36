using EdgeSplit.Core.Compression;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Tests.Compression;

public sealed class LostValueRecoveryLaws
{
    public static TheoryData<ErasureRecovery> Recoveries { get; } = [.. Enum.GetValues<ErasureRecovery>()];

    [Theory]
    [MemberData(nameof(Recoveries))]
    public void Every_value_is_that_of_the_definition(ErasureRecovery recovery)
    {
        foreach (var (tokens, dimension) in CodecMessages.Shapes.Where(shape => shape.Tokens * shape.Dimension < 1500))
        {
            foreach (var probability in new[] { 0, 0.2, 0.9, 1 })
            {
                var message = CodecMessages.WithOutliers(tokens, dimension);
                var isErased = new bool[message.Length];
                new HiddenStateErasure(tokens, dimension).Fill(StreamKey.Create(3, "recovery"), 0, (ulong)dimension, probability, isErased);
                var recovered = message.Select((value, i) => isErased[i] ? float.NaN : value).ToArray(); // what a lost place holds does not matter
                LostValueRecovery.Apply(recovery, isErased, tokens, dimension, recovered);
                Assert.Equal(Array.ConvertAll(Naive(recovery, isErased, dimension, message), BitConverter.SingleToUInt32Bits), Array.ConvertAll(recovered, BitConverter.SingleToUInt32Bits));
                if (recovery != ErasureRecovery.Rescale)
                {
                    Assert.All(Enumerable.Range(0, message.Length).Where(i => !isErased[i]), i => Assert.Equal(BitConverter.SingleToUInt32Bits(message[i]), BitConverter.SingleToUInt32Bits(recovered[i])));
                }
            }
        }
    }

    [Fact]
    public void Small_cases_by_hand()
    {
        bool[] lost = [true, false, false, false, true, true, false, true, false]; // three tokens of three channels
        float[] message = [9, 2, 3, 4, 9, 9, 7, 9, 10];
        Assert.Equal([0, 2, 3, 4, 0, 0, 7, 0, 10], After(ErasureRecovery.Zero));
        Assert.Equal([5.5f, 2, 3, 4, 2, 6.5f, 7, 2, 10], After(ErasureRecovery.Mean));
        Assert.Equal([0, 2, 3, 4, 2, 3, 7, 2, 10], After(ErasureRecovery.PreviousToken));
        Assert.Equal([0, 3, 4.5f, 12, 0, 0, 10.5f, 0, 15], After(ErasureRecovery.Rescale));

        float[] After(ErasureRecovery recovery)
        {
            var values = message.ToArray();
            LostValueRecovery.Apply(recovery, lost, 3, 3, values);
            return values;
        }
    }

    [Fact]
    public void Rescaling_keeps_the_expected_sum_of_a_token()
    {
        const int dimension = 40, trials = 4000;
        var message = Enumerable.Range(0, dimension).Select(i => 1f + (i % 5)).ToArray();
        var (isErased, erasure, sum) = (new bool[dimension], new HiddenStateErasure(1, dimension), 0.0);
        for (var trial = 0UL; trial < trials; trial++)
        {
            var values = message.ToArray();
            erasure.Fill(StreamKey.Create(1, "sum"), 0, trial, 0.3, isErased);
            LostValueRecovery.Apply(ErasureRecovery.Rescale, isErased, 1, dimension, values);
            sum += values.Sum();
        }

        Assert.Equal(message.Sum(), sum / trials, 1.0); // five standard errors: 120 +- 0.15 each
    }

    [Fact]
    public void Recovering_allocates_nothing()
    {
        var (values, isErased) = (CodecMessages.Gaussian(10 * 200), new bool[2000]);
        new HiddenStateErasure(10, 200).Fill(StreamKey.Create(3, "recovery"), 0, 0, 0.2, isErased);
        foreach (var recovery in Enum.GetValues<ErasureRecovery>())
        {
            LostValueRecovery.Apply(recovery, isErased, 10, 200, values);
            var before = GC.GetAllocatedBytesForCurrentThread();
            LostValueRecovery.Apply(recovery, isErased, 10, 200, values);
            Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        }
    }

    [Fact]
    public void Bad_shapes_are_refused()
    {
        Assert.Equal("hiddenState", Assert.Throws<ArgumentOutOfRangeException>(() => LostValueRecovery.Apply(ErasureRecovery.Zero, new bool[6], 2, 3, new float[5])).ParamName);
        Assert.Throws<ArgumentOutOfRangeException>(() => LostValueRecovery.Apply(ErasureRecovery.Zero, new bool[5], 2, 3, new float[6]));
        Assert.Equal("recovery", Assert.Throws<ArgumentOutOfRangeException>(() => LostValueRecovery.Apply((ErasureRecovery)4, new bool[6], 2, 3, new float[6])).ParamName);
    }

    private static float[] Naive(ErasureRecovery recovery, bool[] isErased, int dimension, float[] message)
    {
        var values = message.ToArray();
        for (var i = 0; i < values.Length; i++)
        {
            var column = Enumerable.Range(0, values.Length / dimension).Select(token => (token * dimension) + (i % dimension)).Where(at => !isErased[at]).ToArray();
            var arrived = isErased.Skip(i / dimension * dimension).Take(dimension).Count(lost => !lost);
            values[i] = recovery switch
            {
                ErasureRecovery.Rescale when !isErased[i] => message[i] * ((float)dimension / arrived),
                _ when !isErased[i] => message[i],
                ErasureRecovery.Mean when column.Length > 0 => (float)(column.Sum(at => (double)message[at]) / column.Length),
                ErasureRecovery.PreviousToken when i >= dimension => values[i - dimension],
                _ => 0f,
            };
        }

        return values;
    }
}
