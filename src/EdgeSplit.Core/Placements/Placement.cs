using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Core.Placements;

/// <summary>One unit of the transformer on one node, in one weight format.</summary>
/// <param name="Unit">The kind of unit.</param>
/// <param name="Layer">Zero-based layer; 0 for the embedding and L - 1 for the head.</param>
/// <param name="Node">Index of the node that runs it.</param>
/// <param name="Weights">Weight format there.</param>
public readonly record struct PlacedUnit(TransformerUnit Unit, int Layer, int Node, NumberFormat Weights);

/// <summary>What a message between two nodes carries.</summary>
public enum HopPayload
{
    /// <summary>Token ids: one per token that is handed on.</summary>
    TokenIds,

    /// <summary>The hidden state of every token of the pass.</summary>
    HiddenState,
}

/// <summary>A message from one node to another during a forward pass.</summary>
/// <param name="From">Index of the sending node.</param>
/// <param name="To">Index of the receiving node.</param>
/// <param name="Payload">What crosses.</param>
/// <param name="BeforeUnit">Index into <see cref="Placement.Units"/> of the unit that waits for the message; the number of units for the message that returns the token.</param>
public readonly record struct PlacementHop(int From, int To, HopPayload Payload, int BeforeUnit);

/// <summary>An execution plan: every unit of the model, in execution order, on a node. Split points are one way to make one.</summary>
/// <remarks>Immutable and safe to share. Node 0 is the user's device: prompts start there and answers end there.</remarks>
public sealed class Placement
{
    /// <summary>The node on which the user sits.</summary>
    public const int DeviceNode = 0;

    /// <summary>The edge server of a two-node split.</summary>
    public const int ServerNode = 1;

    private readonly PlacedUnit[] units;

    /// <summary>Creates a plan from its units in execution order.</summary>
    /// <param name="units">Embedding first, then attention and feed-forward of each layer, the head last.</param>
    /// <exception cref="ArgumentException">The order is not that of a transformer.</exception>
    public Placement(IReadOnlyList<PlacedUnit> units)
    {
        ArgumentNullException.ThrowIfNull(units);
        if (units.Count < 4 || units.Count % 2 != 0)
        {
            throw new ArgumentException($"A placement has an embedding, two units per layer and a head; found {units.Count} units.", nameof(units));
        }

        for (var i = 0; i < units.Count; i++)
        {
            var expected = i == 0 ? TransformerUnit.Embedding
                : i == units.Count - 1 ? TransformerUnit.Head
                : i % 2 == 1 ? TransformerUnit.Attention : TransformerUnit.FeedForward;
            if (units[i].Unit != expected || units[i].Node < 0)
            {
                throw new ArgumentException($"Unit {i} is {units[i].Unit} on node {units[i].Node}; allowed is {expected} on a node of index 0 or more.", nameof(units));
            }
        }

        this.units = [.. units];
        Hops = FindHops(this.units);
    }

    /// <summary>The units in execution order.</summary>
    public IReadOnlyList<PlacedUnit> Units => units;

    /// <summary>The messages of one forward pass, in order; the last one may return the token to the device.</summary>
    public IReadOnlyList<PlacementHop> Hops { get; }

    /// <summary>Splits a model between device and server.</summary>
    /// <param name="shape">The model.</param>
    /// <param name="splitPoint">k, 0..L: the device runs the first k layers. The embedding runs where layer 1 runs, norm and head where layer L runs.</param>
    /// <param name="deviceWeights">Weight format on the device.</param>
    /// <param name="serverWeights">Weight format on the server.</param>
    /// <param name="tailLayers">u, 0..L - k: with u > 0 (U-shape) the device also runs the last u layers and the head.</param>
    /// <exception cref="ArgumentOutOfRangeException">k or u is out of its range.</exception>
    public static Placement Split(TransformerShape shape, int splitPoint, NumberFormat deviceWeights, NumberFormat serverWeights, int tailLayers = 0)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(deviceWeights);
        ArgumentNullException.ThrowIfNull(serverWeights);
        Guard.InRange(splitPoint, 0, shape.Layers);
        Guard.InRange(tailLayers, 0, shape.Layers - splitPoint);

        int NodeOf(int layer) => layer < splitPoint || layer >= shape.Layers - tailLayers ? DeviceNode : ServerNode;
        NumberFormat FormatOf(int node) => node == DeviceNode ? deviceWeights : serverWeights;

        var units = new List<PlacedUnit>((2 * shape.Layers) + 2)
        {
            new(TransformerUnit.Embedding, 0, NodeOf(0), FormatOf(NodeOf(0))),
        };
        for (var layer = 0; layer < shape.Layers; layer++)
        {
            var node = NodeOf(layer);
            units.Add(new PlacedUnit(TransformerUnit.Attention, layer, node, FormatOf(node)));
            units.Add(new PlacedUnit(TransformerUnit.FeedForward, layer, node, FormatOf(node)));
        }

        var last = NodeOf(shape.Layers - 1);
        units.Add(new PlacedUnit(TransformerUnit.Head, shape.Layers - 1, last, FormatOf(last)));
        return new Placement(units);
    }

    private static PlacementHop[] FindHops(PlacedUnit[] units)
    {
        var hops = new List<PlacementHop>();
        if (units[0].Node != DeviceNode)
        {
            hops.Add(new PlacementHop(DeviceNode, units[0].Node, HopPayload.TokenIds, 0));
        }

        for (var i = 1; i < units.Length; i++)
        {
            if (units[i].Node != units[i - 1].Node)
            {
                hops.Add(new PlacementHop(units[i - 1].Node, units[i].Node, HopPayload.HiddenState, i));
            }
        }

        if (units[^1].Node != DeviceNode)
        {
            hops.Add(new PlacementHop(units[^1].Node, DeviceNode, HopPayload.TokenIds, units.Length));
        }

        return [.. hops];
    }
}
