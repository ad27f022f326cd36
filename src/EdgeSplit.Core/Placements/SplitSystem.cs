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

    /// <summary>Format of the hidden state that crosses, and of activations in memory.</summary>
    /// <value>The default value is F16.</value>
    public NumberFormat Activations { get; init; } = NumberFormat.F16;

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

    /// <summary>Quality loss of a weight format over the whole model.</summary>
    public required IFormatLossSource FormatLoss { get; init; }

    /// <summary>What the hidden state gives away, by depth.</summary>
    public required ILeakageSource Leakage { get; init; }

    /// <summary>Number of layers L; split points are 0..L.</summary>
    public int Layers => Shape.Layers;

    /// <summary>Bits of one token's hidden state on the link.</summary>
    public double HiddenStateBitsPerToken => Shape.HiddenSize * Activations.BitsPerValue;

    /// <summary>The rise of the negative log-likelihood per token at split <paramref name="splitPoint"/>, nats.</summary>
    /// <remarks>Each side's share of the layers carries its share of the whole model's loss: a first-order assumption.</remarks>
    public double NegativeLogLikelihoodIncrease(int splitPoint) =>
        SplitFormatLoss.NegativeLogLikelihoodIncreaseNats(FormatLoss, splitPoint, Layers, DeviceWeights, ServerWeights);

    /// <summary>The token recovery rate of what crosses at split <paramref name="splitPoint"/>: a lower bound, in [0, 1].</summary>
    public double TokenRecoveryRate(int splitPoint) => Leakage.TokenRecoveryRate(Guard.InRange(splitPoint, 0, Layers), Layers);
}
