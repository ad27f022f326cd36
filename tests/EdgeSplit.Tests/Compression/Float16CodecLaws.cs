using EdgeSplit.Core.Compression;

namespace EdgeSplit.Tests.Compression;

public sealed class Float16CodecLaws
{
    [Fact]
    public void Every_half_comes_back_as_it_is()
    {
        var halves = Enumerable.Range(0, 65536).Select(bits => (float)BitConverter.UInt16BitsToHalf((ushort)bits)).Where(float.IsFinite).ToArray();
        Assert.Equal(63488, halves.Length);
        Assert.Equal(Array.ConvertAll(halves, BitConverter.SingleToUInt32Bits), Array.ConvertAll(CodecMessages.RoundTrip(Float16Codec.Instance, halves, 1, halves.Length), BitConverter.SingleToUInt32Bits));
    }

    [Fact]
    public void Values_between_two_halves_go_to_the_nearest_and_from_the_middle_to_the_even_one()
    {
        // Around 1 halves are 2^-10 apart: 1 + 2^-11 lies in the middle.
        float[] values = [1 + (1f / 2048), 1 + (3f / 2048), 1 + (1f / 2048) + 1e-6f, -1 - (1f / 2048), 2049, 2051, 1.5f / 16777216, 0.5f / 16777216];
        Assert.Equal([1f, 1 + (2f / 1024), 1 + (1f / 1024), -1f, 2048f, 2052f, 2f / 16777216, 0f], CodecMessages.RoundTrip(Float16Codec.Instance, values, 2, 4));
    }

    [Fact]
    public void What_is_too_large_becomes_the_largest_half()
    {
        float[] values = [65504, 65519, 65520, 1e30f, -65504, -65521, float.MaxValue, float.MinValue];
        Assert.Equal([65504f, 65504, 65504, 65504, -65504, -65504, 65504, -65504], CodecMessages.RoundTrip(Float16Codec.Instance, values, 1, 8));
    }

    [Fact]
    public void Vectors_give_what_one_value_at_a_time_gives_within_the_stated_error()
    {
        foreach (var count in new[] { 1, 15, 16, 17, 255, 256, 257, 1000 })
        {
            foreach (var deviation in new[] { 1e-7, 1e-4, 1.0, 1e4 })
            {
                var values = CodecMessages.Gaussian(count, deviation);
                var back = CodecMessages.RoundTrip(Float16Codec.Instance, values, 1, count);
                for (var i = 0; i < count; i++)
                {
                    Assert.Equal((float)(Half)values[i], back[i]);
                    Assert.True(Math.Abs(values[i] - back[i]) <= Math.Max(Math.Abs(values[i]) / 2048, 1f / 33554432));
                }
            }
        }
    }

    [Fact]
    public void Single_precision_is_the_identity_and_costs_nothing()
    {
        var values = CodecMessages.WithOutliers(3, 50);
        Assert.Equal(Array.ConvertAll(values, BitConverter.SingleToUInt32Bits), Array.ConvertAll(CodecMessages.RoundTrip(Float32Codec.Instance, values, 3, 50), BitConverter.SingleToUInt32Bits));
        Assert.Equal(default, Float32Codec.Instance.EncodeCost(3, 50));
        Assert.Equal(32 * 150, Float32Codec.Instance.PayloadBits(3, 50));
        Assert.Equal(16 * 150, Float16Codec.Instance.PayloadBits(3, 50));
        Assert.Equal(new CodecCost(0, 150, 6 * 150, 1), Float16Codec.Instance.DecodeCost(3, 50));
    }
}
