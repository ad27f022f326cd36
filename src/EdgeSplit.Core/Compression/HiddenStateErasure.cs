using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Transport;

namespace EdgeSplit.Core.Compression;

/// <summary>Which values of hidden states of one shape an unreliable uplink erases: single values, or whole packets of them.</summary>
/// <remarks>
/// <para>A unit is a value or a packet; each is lost independently with the same probability. Unit n of a message is lost where its uniform number lies below the
/// probability, so that a higher probability erases the same values and more. That number is draw (n mod 32) / 8 of RandomSource(key, entity, 8 floor(n / 32) + n mod 8,
/// message): a pure function, whatever else is drawn.</para>
/// <para>Losses in bursts come from an <see cref="IPacketLoss"/>: fill them for <see cref="Packets"/> and let that mark the values.</para>
/// <para>What the receiver makes of the gaps is <see cref="LostValueRecovery"/>. Immutable, so safe to share between threads; filling allocates nothing, apart from
/// pooled memory for more than 4096 packets.</para>
/// </remarks>
public sealed class HiddenStateErasure
{
    private const int Group = 32;
    private const int Lanes = 8;
    private const int PacketsOnStack = 4096;

    /// <summary>Prepares erasures.</summary>
    /// <param name="tokens">Tokens of a message, at least 1.</param>
    /// <param name="dimension">Values per token, at least 1; tokens x dimension is below 2^31.</param>
    /// <param name="pattern">What is lost together; single values if omitted.</param>
    /// <param name="packetValues">Values in a full packet, at least 1 with a pattern of packets; 0, which it is if omitted, with single values.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public HiddenStateErasure(int tokens, int dimension, ErasurePattern pattern = ErasurePattern.Elements, int packetValues = 0)
    {
        Tokens = Guard.AtLeast(tokens, 1);
        Dimension = Guard.InRange(dimension, 1, int.MaxValue / tokens);
        Guard.InRange((int)pattern, (int)ErasurePattern.Elements, (int)ErasurePattern.InterleavedPackets, nameof(pattern));
        Pattern = pattern;
        if (pattern == ErasurePattern.Elements)
        {
            Guard.InRange(packetValues, 0, 0);
        }
        else
        {
            var layout = pattern == ErasurePattern.Packets ? PacketLayout.Contiguous : PacketLayout.Interleaved;
            Packets = new(tokens, dimension, 1, Guard.AtLeast(packetValues, 1), Layout: layout);
        }
    }

    /// <summary>Tokens of a message.</summary>
    public int Tokens { get; }

    /// <summary>Values per token.</summary>
    public int Dimension { get; }

    /// <summary>What is lost together.</summary>
    public ErasurePattern Pattern { get; }

    /// <summary>The packets of a message, without regard to their bits; null where single values are lost.</summary>
    public HiddenStatePackets? Packets { get; }

    /// <summary>Marks the values that a message loses.</summary>
    /// <param name="key">Stream of the losses.</param>
    /// <param name="entity">Whose message this is: a link, a device, a sequence.</param>
    /// <param name="message">Number of the message.</param>
    /// <param name="probability">Probability that a unit is lost, in [0, 1].</param>
    /// <param name="isErased">Receives true for each erased value and false for the others; shape [tokens, dimension].</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is NaN or out of range, or the span has a wrong length.</exception>
    public void Fill(StreamKey key, ulong entity, ulong message, double probability, Span<bool> isErased)
    {
        Guard.InRange(probability, 0.0, 1.0);
        Guard.SameLength(isErased.Length, Tokens * Dimension);
        if (Packets is null)
        {
            FillUnits(key, entity, message, probability, isErased);
            return;
        }

        var rented = Packets.Packets > PacketsOnStack ? ArrayPool<bool>.Shared.Rent(Packets.Packets) : null;
        var isLost = rented is null ? stackalloc bool[PacketsOnStack] : rented;
        isLost = isLost[..Packets.Packets];
        FillUnits(key, entity, message, probability, isLost);
        Packets.FillErased(isLost, isErased);
        if (rented is not null)
        {
            ArrayPool<bool>.Shared.Return(rented);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void FillUnits(StreamKey key, ulong entity, ulong message, double probability, Span<bool> isLost)
    {
        Span<double> draws = stackalloc double[Group];
        for (var first = 0; first < isLost.Length; first += Group)
        {
            var block = (ulong)(first / Group * Lanes);
            if (WideLanes.IsSupported)
            {
                var blocks = Vector512.Create(block) + Vector512.Create(0UL, 1, 2, 3, 4, 5, 6, 7);
                Philox4x64.Block8(entity, blocks, message, 0, key, out var words0, out var words1, out var words2, out var words3);
                WideLanes.UniformOf(words0).Value.CopyTo(draws);
                WideLanes.UniformOf(words1).Value.CopyTo(draws[Lanes..]);
                WideLanes.UniformOf(words2).Value.CopyTo(draws[(2 * Lanes)..]);
                WideLanes.UniformOf(words3).Value.CopyTo(draws[(3 * Lanes)..]);
            }
            else
            {
                for (var lane = 0; lane < Lanes; lane++)
                {
                    var random = new RandomSource(key, entity, block + (ulong)lane, message);
                    for (var draw = lane; draw < Group; draw += Lanes)
                    {
                        draws[draw] = random.NextUniform();
                    }
                }
            }

            var rest = isLost[first..Math.Min(first + Group, isLost.Length)];
            for (var i = 0; i < rest.Length; i += Lanes)
            {
                PacketUniforms.Write(PacketUniforms.Below(Vector512.Create<double>(draws.Slice(i, Lanes)), probability), rest[i..]);
            }
        }
    }
}
