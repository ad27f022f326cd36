using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless;

namespace EdgeSplit.Agents.Environments;

/// <summary>The block fading of one direction of a link, put from request to request without allocation: the values of <see cref="BlockFadingProcess"/>.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class ReusableFading(IFadingModel fading, ShannonRate rate, double bandwidthHz, double blockSeconds, string stream) : IEfficiencyProcess
{
    private readonly StreamKey unseeded = StreamKey.Create(0, stream);
    private StreamKey key;
    private ulong entity;
    private double meanSnrLinear;

    /// <inheritdoc/>
    public double BlockSeconds { get; } = blockSeconds;

    internal double BandwidthHz { get; } = bandwidthHz;

    internal void Reset(ulong seed, int request, double meanSnrDb)
    {
        key = unseeded with { Seed = seed };
        entity = (ulong)request;
        meanSnrLinear = Math.Pow(10, meanSnrDb / 10);
    }

    /// <summary>The rate of the request's first block, bit/s.</summary>
    internal double FirstBitsPerSecond()
    {
        var gain = 0.0;
        fading.FillGains(key, entity, 0, new Span<double>(ref gain));
        return BandwidthHz * rate.SpectralEfficiency(gain * meanSnrLinear);
    }

    /// <inheritdoc/>
    public void Fill(long firstBlock, Span<double> spectralEfficiency)
    {
        fading.FillGains(key, entity, (ulong)firstBlock, spectralEfficiency);
        foreach (ref var value in spectralEfficiency)
        {
            value = rate.SpectralEfficiency(value * meanSnrLinear);
        }
    }
}
