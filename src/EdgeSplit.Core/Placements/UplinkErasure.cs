using EdgeSplit.Core.Compression;
using EdgeSplit.Core.Wireless.Transport;

namespace EdgeSplit.Core.Placements;

/// <summary>An uplink over which the hidden state is sent once: lost packets become erased values, hence lost quality, and cost no time.</summary>
/// <remarks>
/// <para>A message is cut into packets of equal size, the last one shorter; a packet is lost or arrives as a whole. The pattern says which values share a packet, the size how many: neighbours
/// (<see cref="ErasurePattern.Packets"/>), values spread evenly (<see cref="ErasurePattern.InterleavedPackets"/>), or values scattered at random, so that each is lost as if by itself
/// (<see cref="ErasurePattern.Elements"/>). Protocol headers are not counted, as on reliable links.</para>
/// <para>Token ids and keys and values stay reliable: their packets are repeated until they arrive, each one 1/(1 - p) times in the mean, which the uplink bits of both are multiplied with.
/// The downlink loses nothing. Immutable, safe to share between threads.</para>
/// </remarks>
public sealed record UplinkErasure
{
    /// <summary>The largest mean loss for which repeating is still worth the name.</summary>
    public const double MostLoss = 0.99;

    /// <summary>Describes an uplink.</summary>
    /// <param name="Loss">Which packets are lost; the probability at most <see cref="MostLoss"/>.</param>
    /// <param name="Pattern">Which values are lost together.</param>
    /// <param name="Recovery">What the server puts in their place.</param>
    /// <param name="PacketBytes">Payload of a full packet, bytes, at least 1; 1400 if omitted.</param>
    /// <exception cref="ArgumentNullException">The loss is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The probability or the size is out of range.</exception>
    public UplinkErasure(IPacketLoss Loss, ErasurePattern Pattern = ErasurePattern.Packets, ErasureRecovery Recovery = ErasureRecovery.Zero, int PacketBytes = 1400)
    {
        ArgumentNullException.ThrowIfNull(Loss);
        Guard.InRange(Loss.LossProbability, 0, MostLoss, nameof(Loss));
        this.Loss = Loss;
        this.Pattern = Pattern;
        this.Recovery = Recovery;
        this.PacketBytes = Guard.AtLeast(PacketBytes, 1);
    }

    /// <summary>Which packets are lost.</summary>
    public IPacketLoss Loss { get; }

    /// <summary>Which values are lost together.</summary>
    public ErasurePattern Pattern { get; }

    /// <summary>What the server puts in the place of lost values.</summary>
    public ErasureRecovery Recovery { get; }

    /// <summary>Payload of a full packet, bytes.</summary>
    public int PacketBytes { get; }

    /// <summary>How often the packets of a reliable message are sent, in the mean: 1/(1 - p).</summary>
    public double SendingsOfReliable => 1 / (1 - Loss.LossProbability);
}
