using System.Collections.Concurrent;
using EdgeSplit.Core.Wireless.Fading;
using EdgeSplit.Core.Wireless.LinkAdaptation;

namespace EdgeSplit.Core.Wireless;

/// <summary>The mean spectral efficiency over fading as a table over the mean SNR: what a link yields nominally.</summary>
/// <remarks>Linear between the points of a 0.25 dB grid from -30 to 60 dB, held beyond; without fading the rate itself. Immutable and safe to share.</remarks>
internal sealed class NominalEfficiency : INominalEfficiency
{
    private const double LowestSnrDb = -30;
    private const double HighestSnrDb = 60;
    private const double StepDb = 0.25;

    // Quadrature at every grid point takes milliseconds, and each run asks for the same few tables.
    private static readonly ConcurrentDictionary<(IFadingModel, IRateLaw), NominalEfficiency> Tables = new();

    private readonly double[] bitsPerSecondPerHertz;
    private readonly IRateLaw? rateWithoutFading;

    private NominalEfficiency(IFadingModel fading, IRateLaw rate)
    {
        rateWithoutFading = fading is ConstantGain ? rate : null;
        bitsPerSecondPerHertz = new double[(int)((HighestSnrDb - LowestSnrDb) / StepDb) + 1];
        for (var i = 0; i < bitsPerSecondPerHertz.Length; i++)
        {
            bitsPerSecondPerHertz[i] = fading.ErgodicSpectralEfficiency(Math.Pow(10, (LowestSnrDb + (i * StepDb)) / 10), rate);
        }
    }

    internal static NominalEfficiency Shared(IFadingModel fading, IRateLaw rate) =>
        Tables.GetOrAdd((fading, rate), pair => new NominalEfficiency(pair.Item1, pair.Item2));

    /// <inheritdoc/>
    public double At(double meanSnrDb)
    {
        if (rateWithoutFading is not null)
        {
            return rateWithoutFading.SpectralEfficiency(Math.Pow(10, meanSnrDb / 10));
        }

        var position = (Math.Clamp(meanSnrDb, LowestSnrDb, HighestSnrDb) - LowestSnrDb) / StepDb;
        var below = Math.Min((int)position, bitsPerSecondPerHertz.Length - 2);
        var weight = position - below;
        return ((1 - weight) * bitsPerSecondPerHertz[below]) + (weight * bitsPerSecondPerHertz[below + 1]);
    }
}
