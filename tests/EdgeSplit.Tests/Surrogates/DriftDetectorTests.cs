using EdgeSplit.Agents.Surrogates;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Tests.Surrogates;

public sealed class DriftDetectorTests
{
    /// <summary>The sums by hand: allowance 1, threshold 5, residuals 2, 3, 3.5 give 1, 3, 5.5.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void It_adds_what_exceeds_the_allowance_and_says_when_that_began(int sign)
    {
        var detector = new DriftDetector(1, 5);
        Assert.Equal(0, detector.Add(sign * -0.5));
        Assert.Equal(0, detector.Add(sign * 2));
        Assert.Equal(0, detector.Add(sign * 3));
        Assert.Equal(3, detector.Add(sign * 3.5));
        Assert.Equal(0, detector.Add(sign * 2)); // it starts anew
    }

    [Fact]
    public void One_outlier_raises_no_alarm()
    {
        var detector = new DriftDetector(0.5, 8);
        Assert.Equal(0, detector.Add(1e9));
        Assert.Equal(0, detector.Add(-1e9));
    }

    /// <summary>Siegmund's approximation of the mean time to a false alarm of one side: (e^(2 a h') - 2 a h' - 1) / (2 a²) with h' = h + 1.166; two sides halve it.</summary>
    [Fact]
    public void False_alarms_are_as_rare_as_the_closed_form_says()
    {
        const double Allowance = 0.5;
        const double Threshold = 4;
        var corrected = Threshold + 1.166;
        var expected = (Math.Exp(2 * Allowance * corrected) - (2 * Allowance * corrected) - 1) / (2 * Allowance * Allowance) / 2;
        var detector = new DriftDetector(Allowance, Threshold);
        var normal = new NormalDistribution(0, 1);
        var random = new RandomSource(StreamKey.Create(1, "test"));
        const int Observations = 400_000;
        var alarms = Enumerable.Range(0, Observations).Count(_ => detector.Add(normal.Sample(ref random)) > 0);
        Assert.Equal(1, Observations / (double)alarms / expected, 0.15);
    }

    [Fact]
    public void A_residual_that_is_no_number_is_refused_and_changes_nothing()
    {
        var detector = new DriftDetector(0, 5);
        detector.Add(3);
        Assert.Throws<ArgumentOutOfRangeException>(() => detector.Add(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => detector.Add(double.PositiveInfinity));
        Assert.Equal(2, detector.Add(2.5));
    }
}
