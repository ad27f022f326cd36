using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Core.Wireless.Transport;

/// <summary>The state sequence of <see cref="GilbertElliottLoss"/>, eight packets at a time, as bit masks (packet i in bit i).</summary>
internal readonly struct GilbertElliottChain(GilbertElliottLoss law, StreamKey key, ulong entity)
{
    private const uint AllPackets = 0xFF;
    private const uint OddPackets = 0xAA;

    // A uniform number below p sends a good state to the bad one, below 1 - r it leaves a bad state there. So below the smaller of the two
    // both states become bad, from the larger on both become good, and between them the state stays (p < 1 - r) or is exchanged (p > 1 - r).
    private readonly double bothBad = Math.Min(law.GoodToBadProbability, 1 - law.BadToGoodProbability);
    private readonly double notBothGood = Math.Max(law.GoodToBadProbability, 1 - law.BadToGoodProbability);
    private readonly bool isExchanged = law.GoodToBadProbability > 1 - law.BadToGoodProbability;
    private readonly double stationaryBad = law.BadStateProbability;
    private readonly double goodLoss = law.GoodLossProbability;
    private readonly double badLoss = law.BadLossProbability;

    /// <summary>Whether the state of the packet before this one is bad (false for packet 0, which does not ask).</summary>
    internal bool IsBadBefore(ulong packet)
    {
        if (isExchanged && bothBad == 0 && notBothGood == 1)
        {
            return IsBadWhereAlternating(packet);
        }

        // Look back in groups of eight for the last packet that forgets its past, or for packet 0.
        var (first, end) = (packet, packet);
        while (first > 0)
        {
            first = end > PacketUniforms.Count ? end - PacketUniforms.Count : 0;
            var inGroup = AllPackets >> (PacketUniforms.Count - (int)(end - first));
            PacketUniforms.Draw(key, entity, first, out var draws, out _);
            var forgets = (Forgetting(draws, first, out _) & inGroup) != 0;
            if (forgets || first == 0)
            {
                break;
            }

            end = first;
        }

        // From the group found on, any state before it leads to the same state here.
        var isBad = false;
        for (var rest = packet - first; rest > 0; rest -= Math.Min(rest, PacketUniforms.Count))
        {
            PacketUniforms.Draw(key, entity, packet - rest, out var draws, out _);
            isBad = ((States(draws, packet - rest, isBad) >> (int)Math.Min(PacketUniforms.Count - 1, rest - 1)) & 1) != 0;
        }

        return isBad;
    }

    /// <summary>p = r = 1 never forgets: the state before this packet is that of packet 0, or the other one.</summary>
    private bool IsBadWhereAlternating(ulong packet)
    {
        PacketUniforms.Draw(key, entity, 0, out var draws, out _);
        return ((PacketUniforms.Below(draws, stationaryBad) ^ (packet - 1)) & 1) != 0;
    }

    /// <summary>The losses of eight packets; the state moves on from the packet before them to the last of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal uint Losses(ulong firstPacket, ref bool isBad)
    {
        PacketUniforms.Draw(key, entity, firstPacket, out var draws, out var lossDraws);
        var states = States(draws, firstPacket, isBad);
        isBad = (states >> (PacketUniforms.Count - 1)) != 0;
        return (states & PacketUniforms.Below(lossDraws, badLoss)) | (~states & PacketUniforms.Below(lossDraws, goodLoss));
    }

    /// <summary>The packets at which the past is forgotten, and those of them whose state is bad.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint Forgetting(Vector512<double> draws, ulong firstPacket, out uint turnsBad)
    {
        turnsBad = PacketUniforms.Below(draws, bothBad);
        var forgets = turnsBad | (~PacketUniforms.Below(draws, notBothGood) & AllPackets);
        var packetZero = 0UL - firstPacket;
        if (packetZero < PacketUniforms.Count)
        {
            // Packet 0 has no past: its state is a draw of the stationary law.
            var zero = 1u << (int)packetZero;
            forgets |= zero;
            turnsBad = (turnsBad & ~zero) | (PacketUniforms.Below(draws, stationaryBad) & zero);
        }

        return forgets;
    }

    /// <summary>The states of eight packets, bad in bits set, from the state before them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint States(Vector512<double> draws, ulong firstPacket, bool isBadBefore)
    {
        var forgets = Forgetting(draws, firstPacket, out var turnsBad);
        var keeps = ~forgets & AllPackets;
        var flips = isExchanged ? OddPackets : 0u; // seen from an alternating frame, an exchange is a stay
        var generates = forgets & (turnsBad ^ flips);

        // state = generates | (keeps & state before): the carries of an addition.
        var carry = isBadBefore ^ isExchanged ? 1u : 0u;
        var (left, right) = (generates | keeps, generates);
        var carriesIn = (left + right + carry) ^ left ^ right;
        return ((carriesIn >> 1) & AllPackets) ^ flips;
    }
}
