using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Transport;

namespace EdgeSplit.Core.Simulation;

/// <summary>The packets that an unreliable uplink loses, request by request: the share of the hidden state's values that does not arrive.</summary>
/// <remarks>
/// <para>A pure function of (seed, request, message): which packet of which message is lost does not depend on the split, on the policy, or on what else was asked. Packets of the prompt's message are
/// numbered from 0 on one count, those of the decode steps on another, step after step, so that bursts run on from token to token and the length of the prompt moves no loss of the answer.</para>
/// <para>Immutable, safe to share between threads; asking allocates nothing if the loss does not.</para>
/// </remarks>
public sealed class UplinkErasureDraws
{
    private const int PacketsAtOnce = 1024;

    private readonly IPacketLoss loss;
    private readonly StreamKey stream = StreamKey.Create(0, "loss/uplink");
    private readonly int dimension;
    private readonly int packetValues;

    private UplinkErasureDraws(SplitSystem system, UplinkErasure erasure)
    {
        loss = erasure.Loss;
        dimension = system.Shape.HiddenSize;
        packetValues = system.PacketValues;
    }

    /// <summary>The erasures of a system; null where its uplink loses nothing.</summary>
    /// <param name="system">The system.</param>
    /// <exception cref="ArgumentNullException"><paramref name="system"/> is null.</exception>
    public static UplinkErasureDraws? Of(SplitSystem system) =>
        (system ?? throw new ArgumentNullException(nameof(system))).UplinkErasure is { Loss.LossProbability: > 0 } erasure ? new UplinkErasureDraws(system, erasure) : null;

    /// <summary>The share of the values of all hidden states of a request that do not arrive, in [0, 1].</summary>
    /// <param name="seed">Seed of the world.</param>
    /// <param name="request">Index of the request.</param>
    /// <param name="promptTokens">Tokens of the prompt's message, at least 1.</param>
    /// <param name="decodeSteps">Decode steps, each a message of one token, at least 0.</param>
    /// <param name="future">0 for what really happens; a positive number for another future.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative, or there is no prompt.</exception>
    public double ErasedShare(ulong seed, ulong request, int promptTokens, int decodeSteps, int future = 0)
    {
        Guard.AtLeast(promptTokens, 1);
        Guard.AtLeast(decodeSteps, 0);
        Guard.AtLeast(future, 0);
        var key = stream with { Seed = seed };
        if (future != 0)
        {
            key = key.Derive(FormattableString.Invariant($"imagined/{future}"));
        }

        var erased = Erased(key, 2 * request, 1, (long)promptTokens * dimension) + Erased(key, (2 * request) + 1, decodeSteps, dimension);
        return erased / (((double)promptTokens + decodeSteps) * dimension);
    }

    /// <summary>Erased values of several messages of equal size.</summary>
    private long Erased(StreamKey key, ulong entity, int messages, long values)
    {
        var packets = ((values - 1) / packetValues) + 1;
        var lastValues = values - ((packets - 1) * packetValues);
        Span<bool> isLost = stackalloc bool[PacketsAtOnce];
        long erased = 0;
        var all = packets * messages;
        for (long first = 0; first < all; first += PacketsAtOnce)
        {
            var portion = isLost[..(int)Math.Min(PacketsAtOnce, all - first)];
            loss.FillLosses(key, entity, (ulong)first, portion);
            for (var i = 0; i < portion.Length; i++)
            {
                if (portion[i])
                {
                    erased += (first + i) % packets == packets - 1 ? lastValues : packetValues;
                }
            }
        }

        return erased;
    }
}
