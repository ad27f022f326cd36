using System.Runtime.CompilerServices;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Core.Wireless.Transport;

/// <summary>Independent loss: each packet is lost with the same probability, whatever became of the others.</summary>
/// <remarks>
/// <para>The default choice for a link that stands still: measured static indoor links are nearly memoryless (Rutgers/ORBIT 802.11 measurements: of the links
/// that lose between 1 and 90 %, the median has bursts 1.01 times as long as independent loss). <see cref="GilbertElliottLoss"/> has bursts.</para>
/// <para>Packet n is lost where the first draw of RandomSource(key, entity, n) lies below the probability: at equal keys, a higher
/// probability loses the same packets and more. Immutable, so safe to share between threads.</para>
/// </remarks>
public sealed record IndependentLoss : IPacketLoss
{
    /// <summary>Creates independent loss.</summary>
    /// <param name="LossProbability">The probability that a packet is lost, in [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is NaN or out of range.</exception>
    public IndependentLoss(double LossProbability) => this.LossProbability = Guard.InRange(LossProbability, 0.0, 1.0);

    /// <inheritdoc/>
    public double LossProbability { get; }

    /// <summary>The probability that all packets of a message arrive: (1 - L)^n.</summary>
    /// <param name="packets">Number of packets n, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public double AllArriveProbability(int packets) => Math.Pow(1 - LossProbability, Guard.AtLeast(packets, 0));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void FillLosses(StreamKey key, ulong entity, ulong firstPacket, Span<bool> isLost)
    {
        for (var i = 0; i < isLost.Length; i += PacketUniforms.Count)
        {
            PacketUniforms.Draw(key, entity, firstPacket + (ulong)i, out var draws, out _);
            PacketUniforms.Write(PacketUniforms.Below(draws, LossProbability), isLost[i..]);
        }
    }
}
