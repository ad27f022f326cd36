using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Fading;
using EdgeSplit.Core.Wireless.LinkAdaptation;
using EdgeSplit.Core.Wireless.Transfers;

namespace EdgeSplit.Agents.Environments;

/// <summary>The block fading of one direction of a link, put from request to request without allocation: the values of <see cref="BlockFadingProcess"/> up to rounding.</summary>
/// <remarks>A pure function of the block, whatever range it is read in. Not thread-safe.</remarks>
internal sealed class ReusableFading : IEfficiencyProcess
{
    /// <summary>Blocks are drawn eight at a time where the processor can, and two such draws overlap.</summary>
    internal const int BlocksAtOnce = 16;

    private const double Log2E = 1.4426950408889634;

    private readonly IFadingModel fading;
    private readonly IRateLaw rate;
    private readonly double inverseGapLinear; // 1 where the law is not Shannon's
    private readonly StreamKey unseeded;
    private StreamKey key;
    private ulong entity;
    private double meanSnrOverGap;

    internal ReusableFading(IFadingModel fading, IRateLaw rate, double bandwidthHz, double blockSeconds, string stream)
    {
        this.fading = fading;
        this.rate = rate;
        BandwidthHz = bandwidthHz;
        BlockSeconds = blockSeconds;
        unseeded = StreamKey.Create(0, stream);
        inverseGapLinear = rate is ShannonRate shannon ? Math.Pow(10, -shannon.GapDb / 10) : 1;
    }

    /// <inheritdoc/>
    public double BlockSeconds { get; }

    internal double BandwidthHz { get; }

    /// <summary>Goes to another request.</summary>
    internal void Reset(ulong seed, ulong request, double meanSnrLinear)
    {
        key = unseeded with { Seed = seed };
        entity = request;
        meanSnrOverGap = meanSnrLinear * inverseGapLinear;
    }

    /// <summary>The power gain of a request's first block, linear.</summary>
    internal double FirstGain(ulong seed, ulong request)
    {
        var random = new RandomSource(unseeded with { Seed = seed }, request);
        return fading.Sample(ref random);
    }

    /// <summary>The rate at an SNR, bit/s.</summary>
    internal double BitsPerSecond(double snrLinear) => BandwidthHz * rate.SpectralEfficiency(snrLinear);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The number of blocks is not a multiple of 16.</exception>
    public void Fill(long firstBlock, Span<double> spectralEfficiency)
    {
        if (spectralEfficiency.Length % BlocksAtOnce != 0)
        {
            throw new ArgumentException("The number of blocks must be a multiple of 16.", nameof(spectralEfficiency));
        }

        fading.FillGains(key, entity, (ulong)firstBlock, spectralEfficiency);
        if (rate is not ShannonRate)
        {
            foreach (ref var value in spectralEfficiency)
            {
                value *= meanSnrOverGap;
            }

            rate.SpectralEfficiencies(spectralEfficiency);
            return;
        }

        var one = Vector512<double>.One;
        var maximum = rate.MaximumSpectralEfficiency;
        foreach (ref var lanes in MemoryMarshal.Cast<double, Vector512<double>>(spectralEfficiency))
        {
            // log2(1 + x); for small x, what 1 + x has lost is added to first order.
            var x = lanes * meanSnrOverGap;
            var onePlus = one + x;
            var lost = Vector512.ConditionalSelect(Vector512.LessThan(x, one), x - (onePlus - one), Vector512<double>.Zero);
            lanes = Vector512.Min(Vector512.Log2(onePlus) + (lost * Log2E), Vector512.Create(maximum));
        }
    }
}
