using EdgeSplit.Core.Compression;
using EdgeSplit.Core.Devices;
using EdgeSplit.Core.Quality;
using EdgeSplit.Core.Transformers;
using EdgeSplit.Core.Wireless.Energy;
using EdgeSplit.Core.Wireless.Transfers;

namespace EdgeSplit.Core.Placements;

/// <summary>Everything that stays the same from request to request: model, device, server, formats, and the fixed costs of the link.</summary>
/// <remarks>Immutable, so safe to share between threads. A simulated world and an agent's belief are two systems that differ in their compute profiles.</remarks>
public sealed record SplitSystem
{
    /// <summary>The model that is cut.</summary>
    public required TransformerShape Shape { get; init; }

    /// <summary>Compute profile of the device, which runs layers 1..k.</summary>
    public required IComputeProfile Device { get; init; }

    /// <summary>Compute profile of the server, which runs layers k+1..L, norm and head.</summary>
    public required IComputeProfile Server { get; init; }

    /// <summary>Weight format on the device.</summary>
    public required NumberFormat DeviceWeights { get; init; }

    /// <summary>Weight format on the server.</summary>
    /// <value>The default value is F16.</value>
    public NumberFormat ServerWeights { get; init; } = NumberFormat.F16;

    /// <summary>Format of activations in memory, and of the hidden state that crosses where no codec is given.</summary>
    /// <value>The default value is F16.</value>
    public NumberFormat Activations { get; init; } = NumberFormat.F16;

    /// <summary>How the hidden state is written for the uplink; null, or a codec named as <see cref="Activations"/>, where it crosses as it is and costs no work.</summary>
    /// <value>The default value is null.</value>
    public IActivationCodec? Codec { get; init; }

    /// <summary>The damage by which <see cref="SplitLoss"/> prices the codec: its bits and scale. For a codec of one's own.</summary>
    /// <value>The default value is null: <see cref="CodecDamage.Of"/> the codec.</value>
    public HiddenStateDamage? DamageOfCodec { get; init; }

    /// <summary>An uplink over which the hidden state is sent once; null where it is reliable.</summary>
    /// <value>The default value is null.</value>
    public UplinkErasure? UplinkErasure { get; init; }

    /// <summary>Format of cached keys and values on both sides.</summary>
    /// <value>The default value is F16.</value>
    public NumberFormat KeyValues { get; init; } = NumberFormat.F16;

    /// <summary>Bits of one token id on the link.</summary>
    /// <value>The default value is 32.</value>
    public double TokenIdBits { get; init; } = 32;

    /// <summary>Fixed delay of each uplink message: grant, one way, protocol; seconds.</summary>
    public MessageDelay UplinkDelay { get; init; } = new(0, 0, 0);

    /// <summary>Fixed delay of each downlink message, seconds.</summary>
    public MessageDelay DownlinkDelay { get; init; } = new(0, 0, 0);

    /// <summary>Energy of the device's radio.</summary>
    public required RadioEnergyModel Radio { get; init; }

    /// <summary>Quality loss of a weight format over the whole model; used where <see cref="SplitLoss"/> is null.</summary>
    public required IFormatLossSource FormatLoss { get; init; }

    /// <summary>Quality loss of a split by its depth, damage to the hidden state included.</summary>
    /// <value>The default value is null: weights lose their share of the layers of <see cref="FormatLoss"/>, and no damage can be priced.</value>
    public ISplitLossSource? SplitLoss { get; init; }

    /// <summary>What the hidden state gives away, by depth.</summary>
    public required ILeakageSource Leakage { get; init; }

    /// <summary>Number of layers L; split points are 0..L.</summary>
    public int Layers => Shape.Layers;

    /// <summary>Bits that each further token adds to a hidden-state message on the link.</summary>
    public double HiddenStateBitsPerToken => ActiveCodec is { } codec
        ? codec.ExpectedPayloadBits(2, Shape.HiddenSize) - codec.ExpectedPayloadBits(1, Shape.HiddenSize)
        : Shape.HiddenSize * Activations.BitsPerValue;

    /// <summary>Bits of a hidden-state message that do not depend on its tokens, such as scales by channel.</summary>
    public double HiddenStateBitsPerMessage => ActiveCodec is { } codec ? codec.ExpectedPayloadBits(1, Shape.HiddenSize) - HiddenStateBitsPerToken : 0;

    /// <summary>Bits of a hidden-state message on the link: affine in its tokens.</summary>
    /// <param name="tokens">Tokens of the message, at least 1.</param>
    public double HiddenStateBits(int tokens) => (Guard.AtLeast(tokens, 1) * HiddenStateBitsPerToken) + HiddenStateBitsPerMessage;

    /// <summary>Whether the codec does anything: encoding and decoding take time.</summary>
    public bool HasCodecWork => ActiveCodec is not null;

    /// <summary>Bits of one token id on the uplink, with what an unreliable one sends again.</summary>
    public double TokenIdUplinkBits => UplinkErasure is { } erasure ? TokenIdBits * erasure.SendingsOfReliable : TokenIdBits;

    /// <summary>The share of the hidden state's values that the uplink loses, in the mean; 0 where it is reliable.</summary>
    public double MeanErasedShare => UplinkErasure?.Loss.LossProbability ?? 0;

    /// <summary>Values of the hidden state in a full packet of an unreliable uplink; 0 on a reliable one.</summary>
    public int PacketValues => UplinkErasure is { } erasure ? (int)Math.Clamp(8.0 * erasure.PacketBytes * Shape.HiddenSize / HiddenStateBitsPerToken, 1, int.MaxValue / 2) : 0;

    /// <summary>The codec where there is work to do.</summary>
    internal IActivationCodec? ActiveCodec => Codec is { } codec && codec.Name != Activations.Name ? codec : null;

    /// <summary>What happens to the hidden state on its way: the codec's damage, and a share of erased values.</summary>
    /// <param name="erasedShare">The share of values that do not arrive, in [0, 1].</param>
    /// <exception cref="ArgumentException">The codec loses something, and nothing says at which damage to price it.</exception>
    public HiddenStateDamage Damage(double erasedShare)
    {
        var damage = DamageOfCodec ?? CodecDamage.Of(Codec);
        return erasedShare > 0 && UplinkErasure is { } erasure
            ? damage with { ErasureProbability = erasedShare, Pattern = erasure.Pattern, Recovery = erasure.Recovery, PacketValues = erasure.Pattern == ErasurePattern.Elements ? 0 : PacketValues }
            : damage;
    }

    /// <summary>The rise of the negative log-likelihood per token at split <paramref name="splitPoint"/> in the mean, nats: weights, codec, and the mean erased share.</summary>
    /// <param name="splitPoint">The split point k, 0..L.</param>
    public double NegativeLogLikelihoodIncrease(int splitPoint) => WeightLossNats(splitPoint) + HiddenStateLossNats(splitPoint, MeanErasedShare);

    /// <summary>The rise that the weight formats cause, nats per token.</summary>
    /// <remarks>Without <see cref="SplitLoss"/> each side's share of the layers carries its share of the whole model's loss: a first-order assumption.</remarks>
    /// <param name="splitPoint">The split point k, 0..L.</param>
    public double WeightLossNats(int splitPoint) => SplitLoss is { } source
        ? source.WeightLossNats(splitPoint, Shape, DeviceWeights, ServerWeights)
        : SplitFormatLoss.NegativeLogLikelihoodIncreaseNats(FormatLoss, splitPoint, Layers, DeviceWeights, ServerWeights);

    /// <summary>The rise that codec and erasures cause, nats per token.</summary>
    /// <param name="splitPoint">The split point k, 0..L.</param>
    /// <param name="erasedShare">The share of values that do not arrive, in [0, 1].</param>
    /// <exception cref="ArgumentException">There is damage, and no source or none that covers it.</exception>
    public double HiddenStateLossNats(int splitPoint, double erasedShare)
    {
        var damage = Damage(erasedShare);
        return damage.IsNone || splitPoint == 0 || splitPoint == Layers ? 0
            : SplitLoss is { } source ? source.HiddenStateLossNats(splitPoint, Shape, damage)
            : throw new ArgumentException("The hidden state is damaged on its way, and there is no SplitLoss to price it.", nameof(splitPoint));
    }

    /// <summary>The token recovery rate of what crosses at split <paramref name="splitPoint"/>: a lower bound, in [0, 1].</summary>
    public double TokenRecoveryRate(int splitPoint) => Leakage.TokenRecoveryRate(Guard.InRange(splitPoint, 0, Layers), Layers);
}
