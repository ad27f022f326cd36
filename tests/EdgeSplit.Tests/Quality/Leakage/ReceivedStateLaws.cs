using EdgeSplit.Core.Compression;
using EdgeSplit.Core.Quality;
using EdgeSplit.Core.Quality.Leakage;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Tests.Quality.Leakage;

public sealed class ReceivedStateLaws
{
    private const int Tokens = 40;
    private const int Dimension = 50;

    private static readonly StreamKey Key = StreamKey.Create(1, "received");

    private static readonly float[] Sent = [.. Enumerable.Range(0, Tokens * Dimension).Select(i => MathF.Sin(i) * (1 + (i % 7)))];

    [Fact]
    public void NothingHappensWithoutDamage()
    {
        var received = Receive(HiddenStateDamage.None);
        Assert.Equal(Sent, received.Arrived);
        Assert.Equal(Sent, received.Filled);
        Assert.True(received.IsErased.IsEmpty);
        Assert.Equal((Tokens, Dimension), (received.Tokens, received.Dimension));
    }

    [Fact]
    public void NoiseHasThePowerOfTheRatioAndScales()
    {
        var power = Sent.Sum(value => (double)value * value);
        var weak = Noise(new HiddenStateDamage { SnrDb = 20 });
        var strong = Noise(new HiddenStateDamage { SnrDb = 0 });
        Assert.Equal(power, strong.Sum(value => value * value), 0.15 * power); // 2,000 values: 5 standard errors
        for (var i = 0; i < weak.Length; i++)
        {
            Assert.Equal(strong[i], 10 * weak[i], 1e-3);
        }

        static double[] Noise(HiddenStateDamage damage)
        {
            var arrived = Receive(damage).Arrived;
            var noise = new double[arrived.Length];
            for (var i = 0; i < noise.Length; i++)
            {
                noise[i] = (double)arrived[i] - Sent[i];
            }

            return noise;
        }
    }

    [Theory]
    [InlineData(QuantizationScale.Token)]
    [InlineData(QuantizationScale.Channel)]
    public void BitsAreThoseOfTheCodec(QuantizationScale scale)
    {
        var expected = Sent.ToArray();
        new SymmetricIntegerCodec(3, scale).RoundTrip(expected, Tokens, Dimension);
        Assert.Equal(expected, Receive(new HiddenStateDamage { Bits = 3, Scale = scale }).Arrived);
    }

    [Fact]
    public void WhatIsLostIsZeroUntilTheGapsAreFilledAndMoreLossLosesTheSameAndMore()
    {
        var some = Receive(new HiddenStateDamage { ErasureProbability = 0.3, Recovery = ErasureRecovery.PreviousToken });
        var most = Receive(new HiddenStateDamage { ErasureProbability = 0.7, Pattern = ErasurePattern.Elements });
        for (var i = 0; i < Sent.Length; i++)
        {
            Assert.True(!some.IsErased[i] || most.IsErased[i]);
            Assert.Equal(some.IsErased[i] ? 0 : Sent[i], some.Arrived[i]);
            Assert.Equal(!some.IsErased[i] ? Sent[i] : i < Dimension ? 0 : some.Filled[i - Dimension], some.Filled[i]);
        }

        Assert.InRange(some.IsErased.Count(true) / (double)Sent.Length, 0.25, 0.35);
    }

    [Fact]
    public void BadDamagesAreRefused()
    {
        foreach (var damage in (HiddenStateDamage[])
            [
                new() { ErasureProbability = double.NaN }, new() { ErasureProbability = 1.1 }, new() { SnrDb = double.NaN }, new() { Bits = 1 }, new() { Bits = 17 },
                new() { ErasureProbability = 0.1, Pattern = ErasurePattern.Packets }, new() { Scale = (QuantizationScale)7 },
            ])
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => Receive(damage));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => ReceivedState.Receive(Sent.AsSpan(1), Tokens, HiddenStateDamage.None, Key, 0, 0));
    }

    private static ReceivedState Receive(HiddenStateDamage damage) => ReceivedState.Receive(Sent, Tokens, damage, Key, 3, 5);
}
