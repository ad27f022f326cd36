using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Core.Placements;

/// <summary>Prepared costs of the parts of a model in given formats, one entry per kind of layer: what does not depend on the processor. Immutable.</summary>
internal sealed class LayerUnits
{
    internal LayerUnits(TransformerShape shape, NumberFormat weights, NumberFormat activations, NumberFormat keyValues)
    {
        Embedding = TransformerCost.Prepare(shape, TransformerUnit.Embedding, 0, weights, activations, keyValues);
        Head = TransformerCost.Prepare(shape, TransformerUnit.Head, shape.Layers - 1, weights, activations, keyValues);
        Attention = new UnitCostModel[shape.LayerKinds];
        FeedForward = new UnitCostModel[shape.LayerKinds];
        Windows = new int[shape.LayerKinds];
        for (var layer = shape.Layers - 1; layer >= 0; layer--)
        {
            var kind = shape.KindOfLayer(layer);
            Attention[kind] = TransformerCost.Prepare(shape, TransformerUnit.Attention, layer, weights, activations, keyValues);
            FeedForward[kind] = TransformerCost.Prepare(shape, TransformerUnit.FeedForward, layer, weights, activations, keyValues);
            Windows[kind] = Attention[kind].AttentionWindow > 0 ? Attention[kind].AttentionWindow : int.MaxValue;
        }
    }

    internal UnitCostModel Embedding { get; }

    internal UnitCostModel Head { get; }

    internal UnitCostModel[] Attention { get; }

    internal UnitCostModel[] FeedForward { get; }

    internal int[] Windows { get; }
}
