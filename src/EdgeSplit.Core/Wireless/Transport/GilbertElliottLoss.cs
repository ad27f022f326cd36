using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Core.Wireless.Transport;

/// <summary>Gilbert-Elliott burst loss: a hidden state, good or bad, that stays for a while, and a loss probability in each state.</summary>
/// <remarks>
/// <para>Before each packet the state goes from good to bad with probability p and from bad to good with probability r; the packet is then lost with
/// probability h of its state. Packet 0 meets the stationary law, so that short messages are not biased. With h = 0 in the good and 1 in the bad
/// state (the default) bursts have the mean length 1/r and gaps the mean length 1/p.</para>
/// <para>Random access: both states at packet n - 1 are moved on by one uniform number, monotonically. Where that number sends both to the same state the past is
/// forgotten, and looking back to the last such packet gives the state exactly. That takes a mean of 1/(1 - |1 - p - r|) packets and never goes beyond packet 0: states that last for
/// millions of packets make a first packet that far out slow.
/// The state reads the first draw of RandomSource(key, entity, n), the loss the second.</para>
/// <para>Immutable, so safe to share between threads. Sources: E. N. Gilbert, "Capacity of a burst-noise channel", Bell System Technical Journal 39, 1960;
/// E. O. Elliott, "Estimates of error rates for codes on burst-noise channels", Bell System Technical Journal 42, 1963.</para>
/// </remarks>
public sealed partial record GilbertElliottLoss : IPacketLoss
{
    /// <summary>Creates burst loss from the probabilities of the chain.</summary>
    /// <param name="GoodToBadProbability">p, probability per packet that a good state turns bad, in [0, 1].</param>
    /// <param name="BadToGoodProbability">r, probability per packet that a bad state turns good, in [0, 1]; p and r are not both 0.</param>
    /// <param name="GoodLossProbability">Probability that a packet is lost in the good state, in [0, 1]; 0 if omitted.</param>
    /// <param name="BadLossProbability">Probability that a packet is lost in the bad state, in [0, 1]; 1 if omitted.</param>
    /// <exception cref="ArgumentOutOfRangeException">A probability is NaN or out of range, or the chain never moves.</exception>
    public GilbertElliottLoss(
        double GoodToBadProbability, double BadToGoodProbability, double GoodLossProbability = 0.0, double BadLossProbability = 1.0)
    {
        this.GoodToBadProbability = Guard.InRange(GoodToBadProbability, 0.0, 1.0);
        this.BadToGoodProbability = Guard.InRange(BadToGoodProbability, 0.0, 1.0);
        this.GoodLossProbability = Guard.InRange(GoodLossProbability, 0.0, 1.0);
        this.BadLossProbability = Guard.InRange(BadLossProbability, 0.0, 1.0);
        Guard.Positive(GoodToBadProbability + BadToGoodProbability);
    }

    /// <summary>p, probability per packet that a good state turns bad.</summary>
    public double GoodToBadProbability { get; }

    /// <summary>r, probability per packet that a bad state turns good.</summary>
    public double BadToGoodProbability { get; }

    /// <summary>Probability that a packet is lost in the good state.</summary>
    public double GoodLossProbability { get; }

    /// <summary>Probability that a packet is lost in the bad state.</summary>
    public double BadLossProbability { get; }

    /// <summary>Burst loss with a wanted loss probability L and mean burst length B: r = 1/B, p = L r/(1 - L), everything lost in the bad state only.</summary>
    /// <remarks>B = 1/(1 - L) is independent loss; a smaller B means that losses avoid one another. B = 1 with 0 &lt; L &lt; 1/2 never loses two packets in a row.</remarks>
    /// <param name="lossProbability">L, in [0, 1).</param>
    /// <param name="meanBurstPackets">B, packets, at least 1 and at least L/(1 - L), finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN or out of range, or no such chain exists: bursts so short cannot lose so much.</exception>
    public static GilbertElliottLoss FromLossAndBurst(double lossProbability, double meanBurstPackets)
    {
        Guard.InRange(lossProbability, 0.0, Math.BitDecrement(1.0));
        Guard.InRange(meanBurstPackets, Math.Max(1.0, lossProbability / (1.0 - lossProbability)), double.MaxValue);
        var badToGood = 1.0 / meanBurstPackets;
        return new GilbertElliottLoss(Math.Min(1.0, lossProbability * badToGood / (1.0 - lossProbability)), badToGood);
    }

    /// <inheritdoc/>
    public void FillLosses(StreamKey key, ulong entity, ulong firstPacket, Span<bool> isLost)
    {
        if (isLost.IsEmpty)
        {
            return;
        }

        var chain = new GilbertElliottChain(this, key, entity);
        var isBad = chain.IsBadBefore(firstPacket);
        for (var i = 0; i < isLost.Length; i += PacketUniforms.Count)
        {
            PacketUniforms.Write(chain.Losses(firstPacket + (ulong)i, ref isBad), isLost[i..]);
        }
    }
}
