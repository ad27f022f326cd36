using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Transport;

namespace EdgeSplit.Tests.Wireless.Transport;

public sealed class ReceiverNoiseLaws
{
    private const int Values = 100_000;

    private static readonly StreamKey Key = StreamKey.Create(20260117, "receiver-noise");

    [Theory]
    [InlineData(-10)]
    [InlineData(0)]
    [InlineData(12.5)]
    [InlineData(40)]
    public void The_measured_SNR_is_the_stated_one(double snrDb)
    {
        var (sent, received) = SendAt(Math.Pow(10, snrDb / 10));
        var noisePower = sent.Zip(received, (s, r) => (double)r - s).Average(noise => noise * noise);
        var measured = ReceiverNoise.SignalPower(sent) / noisePower;
        Assert.InRange(measured / Math.Pow(10, snrDb / 10), 1 - (5 * Math.Sqrt(2.0 / Values)), 1 + (5 * Math.Sqrt(2.0 / Values)));
    }

    [Fact]
    public void The_noise_is_normal_and_does_not_know_the_signal()
    {
        var (sent, received) = SendAt(2);
        var deviation = Math.Sqrt(ReceiverNoise.SignalPower(sent) / 2);
        var noise = sent.Zip(received, (s, r) => ((double)r - s) / deviation).ToArray();
        var correlation = noise.Zip(sent, (n, s) => n * s).Average() / Math.Sqrt(ReceiverNoise.SignalPower(sent));
        Assert.InRange(Math.Abs(correlation), 0, 5 / Math.Sqrt(Values));
        Array.Sort(noise);
        var distance = 0.0;
        for (var i = 0; i < noise.Length; i++)
        {
            var probability = new NormalDistribution(0, 1).CumulativeProbability(noise[i]);
            distance = Math.Max(distance, Math.Max(probability - ((double)i / Values), ((i + 1.0) / Values) - probability));
        }

        Assert.InRange(Math.Sqrt(Values) * distance, 0.2, 1.95); // 0.1 % point
    }

    [Fact]
    public void Any_portion_of_a_message_may_be_treated_alone()
    {
        var whole = Signal(1000);
        var power = ReceiverNoise.SignalPower(whole);
        var portions = Signal(1000);
        ReceiverNoise.Add(whole, 3, Key, 4, 17);
        foreach (var (start, end) in new[] { (700, 1000), (0, 1), (1, 300), (300, 700) })
        {
            ReceiverNoise.Add(portions.AsSpan(start, end - start), 3, power, Key, 4, 17, (ulong)start);
        }

        Assert.Equal(whole, portions);
        var random = new RandomSource(Key, 4, 999, 17);
        var expected = Signal(1000)[999] + (Math.Sqrt(power / 3) * new NormalDistribution(0, 1).Sample(ref random));
        Assert.Equal((float)expected, whole[999]);
    }

    [Fact]
    public void Messages_links_and_keys_have_noise_of_their_own()
    {
        float[] With(StreamKey key, ulong entity, ulong message)
        {
            var values = Signal(50);
            ReceiverNoise.Add(values, 1, key, entity, message);
            return values;
        }

        var noisy = With(Key, 1, 2);
        Assert.Equal(noisy, With(Key, 1, 2));
        Assert.Empty(noisy.Intersect(With(Key, 1, 3)));
        Assert.Empty(noisy.Intersect(With(Key, 2, 2)));
        Assert.Empty(noisy.Intersect(With(Key.Derive("other"), 1, 2)));
    }

    [Fact]
    public void Without_noise_or_signal_the_values_stay()
    {
        var values = Signal(70);
        ReceiverNoise.Add(values, double.PositiveInfinity, Key, 0, 0);
        Assert.Equal(Signal(70), values);
        var silence = new float[70];
        ReceiverNoise.Add(silence, 0.01, Key, 0, 0);
        Assert.All(silence, value => Assert.Equal(0f, value));
        ReceiverNoise.Add([], 1, Key, 0, 0);
    }

    [Fact]
    public void Signal_power_is_the_mean_square()
    {
        for (var length = 0; length < 40; length++)
        {
            var values = Signal(length);
            var expected = length == 0 ? 0 : values.Average(value => (double)value * value);
            Assert.Equal(expected, ReceiverNoise.SignalPower(values), 1e-12 * (1 + expected));
        }
    }

    [Fact]
    public void Independent_noises_add_their_powers()
    {
        Assert.Equal(5, ReceiverNoise.CombinedSnrLinear(10, 10), 1e-14);
        Assert.Equal(1 / ((1 / 7.0) + (1 / 300.0) + (1 / 2.0)), ReceiverNoise.CombinedSnrLinear(7, 300, 2), 1e-14);
        Assert.Equal(7, ReceiverNoise.CombinedSnrLinear(7, double.PositiveInfinity), 1e-14);
        Assert.Equal(0, ReceiverNoise.CombinedSnrLinear(7, 0));
        Assert.Equal(double.PositiveInfinity, ReceiverNoise.CombinedSnrLinear());
        var (sent, received) = SendAt(4);
        ReceiverNoise.Add(received, 12, ReceiverNoise.SignalPower(sent), Key.Derive("second"), 0, 0);
        var noisePower = sent.Zip(received, (s, r) => (double)r - s).Average(noise => noise * noise);
        Assert.InRange(ReceiverNoise.SignalPower(sent) / noisePower / ReceiverNoise.CombinedSnrLinear(4, 12), 0.975, 1.025);
    }

    [Fact]
    public void Adding_allocates_nothing()
    {
        var values = Signal(3000);
        ReceiverNoise.Add(values, 3, Key, 0, 0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        ReceiverNoise.Add(values, 3, Key, 0, 1);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NegativeInfinity)]
    public void An_SNR_out_of_range_is_refused(double snrLinear) =>
        Assert.Throws<ArgumentOutOfRangeException>(nameof(snrLinear), () => ReceiverNoise.Add(new float[1], snrLinear, Key, 0, 0));

    [Fact]
    public void Other_bad_numbers_are_refused_by_name()
    {
        Assert.Throws<ArgumentOutOfRangeException>("signalPower", () => ReceiverNoise.Add(new float[1], 1, double.NaN, Key, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>("signalPower", () => ReceiverNoise.Add(new float[1], 1, -1, Key, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>("values", () => ReceiverNoise.Add([1, float.NaN], 1, Key, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>("values", () => ReceiverNoise.SignalPower([1, 2, 3, 4, 5, 6, 7, float.PositiveInfinity]));
        Assert.Throws<ArgumentOutOfRangeException>("snrsLinear", () => ReceiverNoise.CombinedSnrLinear(1, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("snrsLinear", () => ReceiverNoise.CombinedSnrLinear(1, -1));
    }

    private static (float[] Sent, float[] Received) SendAt(double snrLinear)
    {
        var (sent, received) = (Signal(Values), Signal(Values));
        ReceiverNoise.Add(received, snrLinear, Key, 1, 2);
        return (sent, received);
    }

    private static float[] Signal(int length)
    {
        var draws = new double[length];
        BlockVariates.FillExponential(Key.Derive("signal"), 0, 0, new ExponentialDistribution(0.3), draws);
        return [.. draws.Select(draw => (float)draw)];
    }
}
