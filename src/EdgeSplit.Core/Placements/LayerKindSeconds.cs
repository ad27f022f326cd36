using System.Runtime.CompilerServices;
using EdgeSplit.Core.Devices;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Core.Placements;

/// <summary>Prepared compute time of the parts of a model on one processor.</summary>
internal sealed class LayerKindSeconds
{
    private readonly IComputeProfile profile;
    private readonly NumberFormat weights;
    private readonly UnitCostModel embedding;
    private readonly (UnitCostModel Attention, UnitCostModel FeedForward)[] models;
    private readonly bool isRoofline;
    private readonly UnitSeconds embeddingSeconds;
    private readonly Kind[] kinds;

    internal LayerKindSeconds(TransformerShape shape, IComputeProfile profile, NumberFormat weights, NumberFormat activations, NumberFormat keyValues)
    {
        this.profile = profile;
        this.weights = weights;
        var rates = (profile as RooflineProfile)?.RatesFor(weights);
        isRoofline = rates is not null;
        PassOverhead = profile.OverheadSecondsPerPass;
        embedding = TransformerCost.Prepare(shape, TransformerUnit.Embedding, 0, weights, activations, keyValues);
        embeddingSeconds = new UnitSeconds(embedding, rates ?? default);

        // The head runs for the last token of a pass only, so that every pass costs the same.
        var head = TransformerCost.Prepare(shape, TransformerUnit.Head, shape.Layers - 1, weights, activations, keyValues);
        Head = profile.Seconds(head.Evaluate(new ForwardPass(1, 0)), weights);
        DecodeEmbedding = profile.Seconds(embedding.Evaluate(new ForwardPass(1, 0)), weights);
        models = new (UnitCostModel, UnitCostModel)[shape.LayerKinds];
        kinds = new Kind[shape.LayerKinds];
        for (var (layer, found) = (0, 0); layer < shape.Layers && found < kinds.Length; layer++)
        {
            var kind = shape.KindOfLayer(layer);
            if (models[kind].Attention.Operations > 0)
            {
                continue; // a layer of this kind is prepared
            }

            found++;
            var attention = TransformerCost.Prepare(shape, TransformerUnit.Attention, layer, weights, activations, keyValues);
            var feedForward = TransformerCost.Prepare(shape, TransformerUnit.FeedForward, layer, weights, activations, keyValues);
            models[kind] = (attention, feedForward);
            kinds[kind] = new Kind(new UnitSeconds(attention, rates ?? default), new UnitSeconds(feedForward, rates ?? default), attention.AttentionWindow);
        }
    }

    internal double PassOverhead { get; }

    internal double Head { get; }

    internal double DecodeEmbedding { get; }

    internal double Embedding(ForwardPass pass) =>
        isRoofline ? embeddingSeconds.At(new PassSize(pass, double.PositiveInfinity)) : profile.Seconds(embedding.Evaluate(pass), weights);

    internal double Layer(int kind, ForwardPass pass)
    {
        if (isRoofline)
        {
            ref readonly var prepared = ref kinds[kind];
            var size = new PassSize(pass, prepared.Window);
            return prepared.Attention.At(size) + prepared.FeedForward.At(size);
        }

        return Asked(kind, pass);
    }

    internal double LayerDecodeStep(int kind, int context)
    {
        if (isRoofline)
        {
            ref readonly var prepared = ref kinds[kind];
            return prepared.Step(Math.Min(context + 1.0, prepared.Window));
        }

        return Asked(kind, new ForwardPass(1, context));
    }

    internal double LayerDecode(int kind, int firstContext, double steps) =>
        isRoofline ? kinds[kind].Steps(firstContext, steps) : AskedSteps(kind, firstContext, steps);

    private double Asked(int kind, ForwardPass pass) =>
        profile.Seconds(models[kind].Attention.Evaluate(pass), weights) + profile.Seconds(models[kind].FeedForward.Evaluate(pass), weights);

    private double AskedSteps(int kind, int firstContext, double steps)
    {
        var whole = (int)steps;
        var sum = 0.0;
        for (var i = 0; i < whole; i++)
        {
            sum += Asked(kind, new ForwardPass(1, firstContext + i));
        }

        return steps > whole ? sum + ((steps - whole) * Asked(kind, new ForwardPass(1, firstContext + whole))) : sum;
    }

    /// <summary>A kind of layer on a roofline.</summary>
    private readonly struct Kind
    {
        internal readonly UnitSeconds Attention;
        internal readonly UnitSeconds FeedForward;
        internal readonly double Window;
        private readonly double fixedPerStep;
        private readonly LargerLine attentionPerStep;
        private readonly LargerLine elementwisePerStep;

        internal Kind(in UnitSeconds attention, in UnitSeconds feedForward, int window)
        {
            Attention = attention;
            FeedForward = feedForward;
            Window = window > 0 && window < int.MaxValue ? window : double.PositiveInfinity;
            fixedPerStep = attention.FixedPerDecodeStep + feedForward.FixedPerDecodeStep + feedForward.ElementwisePerDecodeStep.At(0);
            attentionPerStep = attention.AttentionPerDecodeStep;
            elementwisePerStep = attention.ElementwisePerDecodeStep;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal double Step(double seen) => fixedPerStep + attentionPerStep.At(seen) + elementwisePerStep.At(seen);

        internal double Steps(int firstContext, double steps)
        {
            var whole = Math.Floor(steps);
            var first = firstContext + 1.0;
            var growing = Math.Min(whole, Math.Max(0, Window - firstContext));
            var sum = (whole * fixedPerStep) + attentionPerStep.Sum(first, growing) + elementwisePerStep.Sum(first, growing);
            if (growing < whole)
            {
                sum += (whole - growing) * (attentionPerStep.At(Window) + elementwisePerStep.At(Window));
            }

            return sum + ((steps - whole) * Step(Math.Min(first + whole, Window)));
        }
    }
}
