using EdgeSplit.Core.Devices;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Core.Placements;

/// <summary>Prepared compute time of the parts of a model on one node: one entry per kind of layer, since efficiency depends on sizes.</summary>
/// <remarks>Evaluates in tens of nanoseconds without allocation. Immutable.</remarks>
internal sealed class LayerSeconds
{
    private readonly IComputeProfile profile;
    private readonly NumberFormat weights;
    private readonly UnitCostModel embedding;
    private readonly UnitCostModel head;
    private readonly UnitCostModel[] attention;
    private readonly UnitCostModel[] feedForward;
    private readonly int[] windows;
    private readonly RooflineRates? roofline;

    internal LayerSeconds(TransformerShape shape, IComputeProfile profile, NumberFormat weights, NumberFormat activations, NumberFormat keyValues)
    {
        this.profile = profile;
        this.weights = weights;
        roofline = (profile as RooflineProfile)?.RatesFor(weights);
        PassOverhead = profile.OverheadSecondsPerPass;
        embedding = TransformerCost.Prepare(shape, TransformerUnit.Embedding, 0, weights, activations, keyValues);
        head = TransformerCost.Prepare(shape, TransformerUnit.Head, shape.Layers - 1, weights, activations, keyValues);
        attention = new UnitCostModel[shape.LayerKinds];
        feedForward = new UnitCostModel[shape.LayerKinds];
        windows = new int[shape.LayerKinds];
        for (var layer = shape.Layers - 1; layer >= 0; layer--)
        {
            var kind = shape.KindOfLayer(layer);
            attention[kind] = TransformerCost.Prepare(shape, TransformerUnit.Attention, layer, weights, activations, keyValues);
            feedForward[kind] = TransformerCost.Prepare(shape, TransformerUnit.FeedForward, layer, weights, activations, keyValues);
            windows[kind] = attention[kind].AttentionWindow > 0 ? attention[kind].AttentionWindow : int.MaxValue;
        }
    }

    /// <summary>Fixed time of one forward pass on this node, seconds.</summary>
    internal double PassOverhead { get; }

    internal double Embedding(ForwardPass pass) => Seconds(embedding.Evaluate(pass));

    internal double Head(ForwardPass pass) => Seconds(head.Evaluate(pass));

    internal double Layer(int kind, ForwardPass pass) => Seconds(attention[kind].Evaluate(pass)) + Seconds(feedForward[kind].Evaluate(pass));

    private double Seconds(in UnitCost cost) => roofline is { } rates ? rates.Seconds(cost) : profile.Seconds(cost, weights);

    /// <summary>Time of one layer of a kind over decode steps at contexts first, first + 1, ….</summary>
    /// <remarks>A step's time is affine in the context until the sliding window is full and constant from there: two trapezoids are exact.</remarks>
    internal double LayerDecode(int kind, int firstContext, double steps)
    {
        if (steps <= 0)
        {
            return 0;
        }

        var count = Math.Max(1, (int)Math.Round(steps));
        var last = firstContext + count - 1;
        var full = windows[kind] - 1;
        double sum;
        if (full > firstContext && full <= last)
        {
            var growing = full - firstContext;
            sum = (growing * 0.5 * (Step(kind, firstContext) + Step(kind, full - 1)))
                + ((count - growing) * 0.5 * (Step(kind, full) + Step(kind, last)));
        }
        else
        {
            sum = count * 0.5 * (Step(kind, firstContext) + Step(kind, last));
        }

        return sum * (steps / count);
    }

    /// <summary>Whether no kind of layer fills its window during the steps.</summary>
    internal bool IsDecodeAffine(int firstContext, int steps)
    {
        foreach (var window in windows)
        {
            var full = window - 1;
            if (full > firstContext && full <= firstContext + steps - 1)
            {
                return false;
            }
        }

        return true;
    }

    private double Step(int kind, int context) => Layer(kind, new ForwardPass(1, context));
}
