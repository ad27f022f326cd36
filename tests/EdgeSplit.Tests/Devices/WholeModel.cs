using EdgeSplit.Core.Devices;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Tests.Devices;

/// <summary>Time of a whole model on one device: the sum over its units, F16 activations and KV cache; a long prompt in micro-batches, the head after the last one.</summary>
internal static class WholeModel
{
    public static double Seconds(IComputeProfile device, TransformerShape shape, NumberFormat weights, ForwardPass pass)
    {
        var seconds = Unit(TransformerUnit.Head, 0, pass);
        for (var done = 0; done < pass.NewTokens; done += Math.Min(device.MicroBatchTokens, pass.NewTokens - done))
        {
            var part = new ForwardPass(Math.Min(device.MicroBatchTokens, pass.NewTokens - done), pass.ContextTokens + done);
            seconds += device.OverheadSecondsPerPass + Unit(TransformerUnit.Embedding, 0, part);
            for (var layer = 0; layer < shape.Layers; layer++)
            {
                seconds += Unit(TransformerUnit.Attention, layer, part) + Unit(TransformerUnit.FeedForward, layer, part);
            }
        }

        return seconds;

        double Unit(TransformerUnit unit, int layer, ForwardPass part) =>
            device.Seconds(TransformerCost.Prepare(shape, unit, layer, weights, NumberFormat.F16, NumberFormat.F16).Evaluate(part), weights);
    }

    public static double PrefillTokensPerSecond(string device, string model, NumberFormat weights, int tokens, int context = 0) =>
        tokens / Seconds(DeviceCatalog.Find(device).Profile, ModelCatalog.Find(model).Shape, weights, new ForwardPass(tokens, context));

    public static double DecodeTokensPerSecond(string device, string model, NumberFormat weights, int context) =>
        1 / Seconds(DeviceCatalog.Find(device).Profile, ModelCatalog.Find(model).Shape, weights, new ForwardPass(1, context));
}
