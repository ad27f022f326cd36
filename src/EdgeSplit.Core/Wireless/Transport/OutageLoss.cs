using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Fading;

namespace EdgeSplit.Core.Wireless.Transport;

/// <summary>Loss by fading: a packet is lost where the signal-to-noise ratio of its coherence block is below what the receiver needs.</summary>
/// <remarks>
/// <para>Packets n with equal n / <see cref="PacketsPerBlock"/> (rounded down) share block b, whose SNR is the mean SNR times the gain of RandomSource(key, entity, b, 0),
/// the same gain that <see cref="BlockFading"/> has in block b at the same key and entity. Give both one key where they are the same channel,
/// and different keys where they are not. Losses come in whole blocks; different blocks are independent.</para>
/// <para>Immutable, so safe to share between threads. Allocates nothing if the fading law does not.</para>
/// </remarks>
public sealed record OutageLoss : IPacketLoss
{
    private const int GainsAtOnce = 64;

    /// <summary>Creates loss by fading.</summary>
    /// <param name="Fading">Law of the power gain.</param>
    /// <param name="MeanSnrLinear">SNR at gain 1, linear (not dB), positive.</param>
    /// <param name="ThresholdSnrLinear">Packets below this SNR are lost, linear (not dB), at least 0.</param>
    /// <param name="PacketsPerBlock">Number of packets sent within a coherence block, at least 1; 1 if omitted.</param>
    /// <exception cref="ArgumentNullException">The law is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN, infinite or out of range.</exception>
    public OutageLoss(IFadingModel Fading, double MeanSnrLinear, double ThresholdSnrLinear, int PacketsPerBlock = 1)
    {
        this.Fading = Fading ?? throw new ArgumentNullException(nameof(Fading));
        this.MeanSnrLinear = Guard.Positive(MeanSnrLinear);
        this.ThresholdSnrLinear = Guard.NonNegative(ThresholdSnrLinear);
        this.PacketsPerBlock = Guard.AtLeast(PacketsPerBlock, 1);
    }

    /// <summary>Law of the power gain.</summary>
    public IFadingModel Fading { get; }

    /// <summary>SNR at gain 1, linear (not dB).</summary>
    public double MeanSnrLinear { get; }

    /// <summary>Packets below this SNR are lost, linear (not dB).</summary>
    public double ThresholdSnrLinear { get; }

    /// <summary>Number of packets sent within a coherence block.</summary>
    public int PacketsPerBlock { get; }

    /// <inheritdoc/>
    /// <remarks>The outage probability of the fading law: that the gain is below threshold over mean.</remarks>
    public double LossProbability => ThresholdGain > 0 ? Fading.CumulativeProbability(Math.BitDecrement(ThresholdGain)) : 0;

    private double ThresholdGain => ThresholdSnrLinear / MeanSnrLinear;

    /// <inheritdoc/>
    public void FillLosses(StreamKey key, ulong entity, ulong firstPacket, Span<bool> isLost)
    {
        Span<double> gains = stackalloc double[GainsAtOnce];
        var threshold = ThresholdGain;
        var perBlock = (ulong)PacketsPerBlock;
        var (block, skipped) = Math.DivRem(firstPacket, perBlock);
        while (!isLost.IsEmpty)
        {
            var blocks = Math.Min(GainsAtOnce, ((skipped + (ulong)isLost.Length - 1) / perBlock) + 1);
            var portion = gains[..(int)blocks];
            Fading.FillGains(key, entity, block, portion);
            foreach (var gain in portion)
            {
                var packets = (int)Math.Min(perBlock - skipped, (ulong)isLost.Length);
                isLost[..packets].Fill(gain < threshold);
                isLost = isLost[packets..];
                skipped = 0;
            }

            block += blocks;
        }
    }
}
