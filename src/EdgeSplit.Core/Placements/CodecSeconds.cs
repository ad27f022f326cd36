using EdgeSplit.Core.Compression;
using EdgeSplit.Core.Devices;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Core.Placements;

/// <summary>Time of encoding messages on one processor and decoding them on another. Immutable.</summary>
/// <remarks>A message is one job of the processor that runs passes of as many tokens. Its work counts as matrix products in the activations' format, element-wise work and activation traffic.</remarks>
internal readonly struct CodecSeconds
{
    private readonly IActivationCodec? codec;
    private readonly IComputeProfile device;
    private readonly IComputeProfile server;
    private readonly NumberFormat activations;
    private readonly int dimension;

    internal CodecSeconds(SplitSystem system)
    {
        codec = system.ActiveCodec;
        (device, server) = (system.Device, system.Server);
        activations = system.Activations;
        dimension = system.Shape.HiddenSize;
        EncodeStep = Encode(1);
        DecodeStep = Decode(1);
    }

    /// <summary>Encoding the hidden state of one token, seconds.</summary>
    internal double EncodeStep { get; }

    /// <summary>Decoding the hidden state of one token, seconds.</summary>
    internal double DecodeStep { get; }

    /// <summary>Encoding a message of several tokens on the device, seconds.</summary>
    internal double Encode(int tokens) => codec is null ? 0 : Seconds(device, codec.EncodeCost(tokens, dimension), tokens, activations);

    /// <summary>Decoding a message of several tokens on the server, seconds.</summary>
    internal double Decode(int tokens) => codec is null ? 0 : Seconds(server, codec.DecodeCost(tokens, dimension), tokens, activations);

    internal static double Seconds(IComputeProfile processor, in CodecCost cost, int tokens, NumberFormat activations) =>
        processor.ForPass(tokens).Seconds(new UnitCost(cost.MatrixFlop, 0, cost.ElementwiseFlop, 0, cost.Bytes, 0, 0, cost.Operations), activations);
}
