using EdgeSplit.Core.Quality.Leakage;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Tests.Quality.Leakage;

public sealed class RecoveryRateLaws
{
    [Fact]
    public void EqualWindowsGiveWilsonWithStudentsT()
    {
        // t(2) = 4.302653 (NIST/SEMATECH e-Handbook, 1.3.6.7.2): w = t² / 144 = 0.1285609, half = sqrt(w / 4 + w² / 4) / (1 + w).
        var rate = RecoveryRate.Of([24, 24, 24], 48);
        Assert.Equal(0.5, rate.Rate);
        Assert.Equal(144, rate.Tokens);
        Assert.Equal(0.5 - 0.168758, rate.Lower, 1e-5);
        Assert.Equal(0.5 + 0.168758, rate.Upper, 1e-5);
    }

    [Fact]
    public void EverythingRecoveredIsNotCertainty()
    {
        // The lower end is 1 / (1 + t² / n); t(7) = 2.364624.
        var rate = RecoveryRate.Of([48, 48, 48, 48, 48, 48, 48, 48], 48);
        Assert.Equal(1, rate.Upper);
        Assert.Equal(1 / (1 + (2.364624 * 2.364624 / 384)), rate.Lower, 1e-6);
        var none = RecoveryRate.Of(new int[8], 48);
        Assert.Equal((0, 1 - rate.Lower), (none.Lower, none.Upper), (x, y) => Math.Abs(x.Item1 - y.Item1) + Math.Abs(x.Item2 - y.Item2) < 1e-12);
    }

    [Fact]
    public void WindowsThatDifferWidenTheInterval()
    {
        var even = RecoveryRate.Of([24, 24, 24, 24, 24, 24], 48);
        var uneven = RecoveryRate.Of([48, 0, 48, 0, 48, 0], 48);
        Assert.Equal(even.Rate, uneven.Rate);
        Assert.True(uneven.Upper - uneven.Lower > 3 * (even.Upper - even.Lower));

        // Here windows differ less than independent tokens would: no credit is taken.
        var random = RecoveryRate.Of([21, 27, 24, 22, 26, 24], 48);
        Assert.Equal(even, random);
    }

    [Fact]
    public void TheIntervalCoversTheTruth()
    {
        // Windows have rates of their own, uniform in [0.5, 0.9]: tokens of a window are dependent.
        const int trials = 2000, windows = 8, tokens = 40;
        var covered = 0;
        for (var trial = 0; trial < trials; trial++)
        {
            var random = new RandomSource(StreamKey.Create(3, "windows"), (ulong)trial);
            var recovered = new int[windows];
            for (var window = 0; window < windows; window++)
            {
                var own = 0.5 + (0.4 * random.NextUniform());
                for (var token = 0; token < tokens; token++)
                {
                    recovered[window] += random.NextUniform() < own ? 1 : 0;
                }
            }

            var rate = RecoveryRate.Of(recovered, tokens);
            covered += rate.Lower <= 0.7 && 0.7 <= rate.Upper ? 1 : 0;
        }

        Assert.InRange((double)covered / trials, 0.935, 0.975);
    }

    [Fact]
    public void BadCountsAreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => RecoveryRate.Of([3], 4));
        Assert.Throws<ArgumentOutOfRangeException>("recovered", () => RecoveryRate.Of([3, 5], 4));
        Assert.Throws<ArgumentOutOfRangeException>("recovered", () => RecoveryRate.Of([3, -1], 4));
        Assert.Throws<ArgumentOutOfRangeException>("tokensPerWindow", () => RecoveryRate.Of([0, 0], 0));
    }
}
