using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Core.Wireless.Fading;

/// <summary>Rayleigh fading as a packet channel of two states: a block is bad where its SNR is below the one needed, and the states of the blocks are a Markov chain.</summary>
/// <remarks>
/// <para>With margin F = mean SNR over SNR needed, gains of two neighbouring blocks of correlation rho (of the complex channel) and theta = sqrt(2 / (F (1 - rho^2))):
/// P(bad) = 1 - exp(-1/F), P(bad to good) = (Q1(theta, rho theta) - Q1(rho theta, theta)) / (exp(1/F) - 1). The stationary law and the law of
/// neighbours are exact; that the chain has no longer memory is the approximation, good for slow fading.</para>
/// <para>The difference of the Marcum functions is integrated as one positive integrand (the Poisson kernel times 1 - exp(.)), so that no digits are lost as rho goes to 1.</para>
/// <para>Immutable, so safe to share between threads. Source: M. Zorzi, R. R. Rao, L. B. Milstein, "On the accuracy of a first-order Markov model for data transmission on fading
/// channels", IEEE ICUPC 1995, pp. 211-215.</para>
/// </remarks>
/// <param name="FadeMarginLinear">Mean SNR over the SNR needed, linear (not dB), positive.</param>
/// <param name="Correlation">Magnitude rho of the correlation of the complex channel in neighbouring blocks, in [0, 1]; 0 is block fading, 1 a channel that never changes.</param>
public sealed record TwoStateFading(double FadeMarginLinear, double Correlation)
{
    /// <summary>Mean SNR over the SNR needed, linear (not dB).</summary>
    public double FadeMarginLinear { get; } = Guard.Positive(FadeMarginLinear);

    /// <summary>Magnitude of the correlation of neighbouring blocks.</summary>
    public double Correlation { get; } = Guard.InRange(Correlation, 0.0, 1.0);

    /// <summary>The stationary probability that a block is bad.</summary>
    public double OutageProbability => -ExponentialDistribution.ExponentialMinusOne(-1.0 / FadeMarginLinear);

    /// <summary>The probability that a good block is followed by a bad one.</summary>
    public double GoodToBadProbability { get; } = Transition(FadeMarginLinear, Correlation);

    /// <summary>The probability that a bad block is followed by a good one.</summary>
    public double BadToGoodProbability => GoodToBadProbability / ExponentialDistribution.ExponentialMinusOne(1.0 / FadeMarginLinear);

    /// <summary>Mean length of a run of bad blocks, blocks, at least 1; infinite where the channel never changes.</summary>
    public double MeanFadeBlocks => 1.0 / BadToGoodProbability;

    /// <summary>The chain of a Clarke spectrum: rho = |J0(2 pi fd T)|.</summary>
    /// <param name="fadeMarginLinear">Mean SNR over the SNR needed, linear (not dB), positive.</param>
    /// <param name="maximumShiftHz">Maximum Doppler shift fd, hertz, at least 0.</param>
    /// <param name="blockSeconds">Length T of a block, seconds, positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN, infinite or out of range.</exception>
    public static TwoStateFading FromDoppler(double fadeMarginLinear, double maximumShiftHz, double blockSeconds) =>
        new(fadeMarginLinear, Math.Abs(Doppler.Autocorrelation(maximumShiftHz, Guard.Positive(blockSeconds))));

    /// <summary>Q1(theta, rho theta) - Q1(rho theta, theta) = mean of 1 - exp(-theta^2 |1 - rho e^(j psi)|^2 / 2) over the Poisson kernel of psi.</summary>
    /// <remarks>With tan(psi / 2) = (1 - rho) / (1 + rho) e^v the kernel is sech(v) / pi dv, and the trapezoidal rule converges exponentially.</remarks>
    private static double Transition(double margin, double correlation)
    {
        if (correlation == 1.0)
        {
            return 0.0;
        }

        const double step = 0.125;
        const int reach = 304;
        var ratio = (1.0 - correlation) / (1.0 + correlation);
        var swing = 4.0 * correlation / ((1.0 - correlation) * (1.0 + correlation));
        var sum = 0.0;
        for (var i = -reach; i <= reach; i++)
        {
            var tangent = Math.Exp(step * i);
            var square = ratio * ratio * tangent * tangent;
            var exponent = (ratio + (swing * (square / (1.0 + square)))) / margin;
            sum -= 2.0 * tangent / (1.0 + (tangent * tangent)) * ExponentialDistribution.ExponentialMinusOne(-exponent);
        }

        return Math.Min(1.0, sum * step / Math.PI);
    }
}
