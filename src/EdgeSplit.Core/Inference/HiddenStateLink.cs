using System.Buffers;
using EdgeSplit.Core.Compression;
using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless;
using EdgeSplit.Core.Wireless.Transport;

namespace EdgeSplit.Core.Inference;

/// <summary>What happens to a hidden state on its way from one side of a cut to the other: codec, packets, losses and their recovery, noise.</summary>
/// <remarks>
/// <para>In this order, that of the quality tables: the codec writes and reads the state; noise is added at an SNR relative to the mean square of what the codec gave; values are
/// lost, one by one or by packets; the receiver, who knows which are missing, fills the gaps. Nothing set means that the state arrives bit for bit.</para>
/// <para>Every loss and every noise value is a function of (key, entity, message, value) alone. Immutable and safe to share between threads.</para>
/// </remarks>
public sealed record HiddenStateLink
{
    /// <summary>The codec; null, the default, sends the single-precision values as they are.</summary>
    public IActivationCodec? Codec { get; init; }

    /// <summary>Probability that a single value is lost, each independently (the published rule), in [0, 1].</summary>
    /// <value>The default value is 0.</value>
    public double ValueLossProbability { get; init => field = Guard.InRange(value, 0, 1, nameof(ValueLossProbability)); }

    /// <summary>Which packets are lost; null, the default, loses none.</summary>
    public IPacketLoss? PacketLoss { get; init; }

    /// <summary>Values in a full packet, at least 1.</summary>
    /// <value>The default value is 512.</value>
    public int PacketValues { get; init => field = Guard.AtLeast(value, 1, nameof(PacketValues)); } = 512;

    /// <summary>Which values travel together.</summary>
    /// <value>The default value is contiguous.</value>
    public PacketLayout Layout { get; init => field = (PacketLayout)Guard.InRange((int)value, (int)PacketLayout.Contiguous, (int)PacketLayout.Interleaved, nameof(Layout)); }

    /// <summary>What the receiver fills gaps with.</summary>
    /// <value>The default value is zero.</value>
    public ErasureRecovery Recovery { get; init => field = (ErasureRecovery)Guard.InRange((int)value, (int)ErasureRecovery.Zero, (int)ErasureRecovery.Rescale, nameof(Recovery)); }

    /// <summary>Signal-to-noise ratio of analogue transmission, dB; positive infinity, the default, is no noise.</summary>
    public double SnrDb { get; init => field = double.IsPositiveInfinity(value) ? value : Guard.Finite(value, nameof(SnrDb)); } = double.PositiveInfinity;

    /// <summary>The link that changes nothing.</summary>
    public static HiddenStateLink Clean { get; } = new();

    /// <summary>Sends one message.</summary>
    /// <param name="hidden">The state, finite, shape [tokens, dimension]; receives what the other side works with.</param>
    /// <param name="tokens">Tokens of the message, at least 1.</param>
    /// <param name="dimension">Values per token, at least 1.</param>
    /// <param name="key">Stream of losses and noise.</param>
    /// <param name="entity">Whose message this is: a device, a sequence.</param>
    /// <param name="message">Number of the message.</param>
    /// <param name="firstPacket">Number of its first packet on the entity's count of all its packets, so that bursts go on across messages.</param>
    /// <returns>What was sent and lost.</returns>
    /// <exception cref="ArgumentException">A value is NaN or infinite where a codec or noise needs it finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range, or the span has another length.</exception>
    public HiddenStateCrossing Cross(Span<float> hidden, int tokens, int dimension, StreamKey key, ulong entity, ulong message, ulong firstPacket)
    {
        Guard.SameLength(hidden.Length, checked(Guard.AtLeast(tokens, 1) * Guard.AtLeast(dimension, 1)));
        var bits = Codec is null ? 32L * hidden.Length : Transcode(hidden, tokens, dimension);
        if (double.IsFinite(SnrDb))
        {
            ReceiverNoise.Add(hidden, Decibels.ToLinear(SnrDb), key.Derive("noise"), entity, message);
        }

        var (packets, lost, erased) = Lose(hidden, tokens, dimension, key, entity, message, firstPacket);
        return new HiddenStateCrossing(1, bits, hidden.Length, erased, packets, lost);
    }

    private long Transcode(Span<float> hidden, int tokens, int dimension)
    {
        var payload = ArrayPool<byte>.Shared.Rent(checked((int)((Codec!.PayloadBits(tokens, dimension) + 7) / 8)));
        try
        {
            var bits = Codec.Encode(hidden, tokens, dimension, payload);
            Codec.Decode(payload.AsSpan(0, (int)((bits + 7) / 8)), tokens, dimension, hidden);
            return bits;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(payload);
        }
    }

    private (int Packets, int Lost, int Erased) Lose(
        Span<float> hidden, int tokens, int dimension, StreamKey key, ulong entity, ulong message, ulong firstPacket)
    {
        var layout = PacketLoss is null ? null : new HiddenStatePackets(tokens, dimension, 32, PacketValues, Layout: Layout);
        var lostPackets = 0;
        if (layout is null && ValueLossProbability == 0)
        {
            return (1, 0, 0);
        }

        var isErased = ArrayPool<bool>.Shared.Rent(hidden.Length);
        var isLost = ArrayPool<bool>.Shared.Rent(layout?.Packets ?? 1);
        try
        {
            var erased = isErased.AsSpan(0, hidden.Length);
            new HiddenStateErasure(tokens, dimension).Fill(key.Derive("value loss"), entity, message, ValueLossProbability, erased);
            if (layout is not null)
            {
                var lost = isLost.AsSpan(0, layout.Packets);
                PacketLoss!.FillLosses(key.Derive("packet loss"), entity, firstPacket, lost);
                lostPackets = lost.Count(true);
                layout.MarkErased(lost, erased);
            }

            LostValueRecovery.Apply(Recovery, erased, tokens, dimension, hidden);
            return (layout?.Packets ?? 1, lostPackets, erased.Count(true));
        }
        finally
        {
            ArrayPool<bool>.Shared.Return(isErased);
            ArrayPool<bool>.Shared.Return(isLost);
        }
    }
}
