using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Tests.Randomness;

public class BlockVariatesLaws
{
    private static readonly StreamKey Key = StreamKey.Create(20260101, "block variates laws");

    public static TheoryData<IDistribution> Fillable =>
    [
        new UniformDistribution(-3, 5),
        new NormalDistribution(2, 0.5),
        new ExponentialDistribution(4),
        new GammaDistribution(0.02, 1),
        new GammaDistribution(0.5, 2),
        new GammaDistribution(1, 3),
        new GammaDistribution(1.001, 1),
        new GammaDistribution(2.5, 0.4),
        new GammaDistribution(1e6, 1e-6),
    ];

    [Theory]
    [MemberData(nameof(Fillable))]
    public void A_fill_equals_one_source_per_block_bit_for_bit(IDistribution distribution)
    {
        var filled = new double[20_003];
        Fill(distribution, 7, 1000, filled, 2);
        for (var i = 0; i < filled.Length; i++)
        {
            var random = new RandomSource(Key, 7, 1000 + (ulong)i, 2);
            var expected = distribution.Sample(ref random);
            Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(filled[i]));
        }
    }

    [Theory]
    [MemberData(nameof(Fillable))]
    public void A_fill_does_not_depend_on_how_the_blocks_are_cut_into_calls(IDistribution distribution)
    {
        var whole = new double[200];
        Fill(distribution, 1, ulong.MaxValue - 50, whole, 0); // block numbers wrap
        var cut = new double[200];
        for (var (start, length) = (0, 0); start < cut.Length; start += length, length++)
        {
            length = Math.Min(length, cut.Length - start);
            Fill(distribution, 1, unchecked(ulong.MaxValue - 50 + (ulong)start), cut.AsSpan(start, length), 0);
        }

        Assert.Equal(whole, cut);
    }

    [Theory]
    [MemberData(nameof(Fillable))]
    public void Filling_allocates_nothing(IDistribution distribution)
    {
        var destination = new double[100];
        Fill(distribution, 1, 2, destination, 3);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0UL; i < 100; i++)
        {
            Fill(distribution, i, i, destination, i);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Gamma_of_shape_one_is_exponential_bit_for_bit()
    {
        var (gamma, exponential) = (new double[100], new double[100]);
        BlockVariates.FillGamma(Key, 1, 2, new GammaDistribution(1, 0.25), gamma);
        BlockVariates.FillExponential(Key, 1, 2, new ExponentialDistribution(4), exponential);
        Assert.Equal(exponential, gamma);
    }

    [Fact]
    public void A_missing_distribution_is_refused()
    {
        Assert.Throws<ArgumentNullException>("distribution", () => BlockVariates.FillGamma(Key, 0, 0, null!, new double[1]));
        Assert.Throws<ArgumentNullException>("distribution", () => BlockVariates.FillExponential(Key, 0, 0, null!, new double[1]));
        Assert.Throws<ArgumentNullException>("distribution", () => BlockVariates.FillNormal(Key, 0, 0, null!, new double[1]));
        Assert.Throws<ArgumentNullException>("distribution", () => BlockVariates.FillUniform(Key, 0, 0, null!, new double[1]));
    }

    private static void Fill(IDistribution distribution, ulong entity, ulong firstBlock, Span<double> destination, ulong attempt)
    {
        switch (distribution)
        {
            case UniformDistribution uniform:
                BlockVariates.FillUniform(Key, entity, firstBlock, uniform, destination, attempt);
                break;
            case NormalDistribution normal:
                BlockVariates.FillNormal(Key, entity, firstBlock, normal, destination, attempt);
                break;
            case ExponentialDistribution exponential:
                BlockVariates.FillExponential(Key, entity, firstBlock, exponential, destination, attempt);
                break;
            case GammaDistribution gamma:
                BlockVariates.FillGamma(Key, entity, firstBlock, gamma, destination, attempt);
                break;
        }
    }
}
