using EdgeSplit.Core.Devices;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Tests.Devices;

/// <summary>Time of a whole model on one device: the sum over its units, F16 activations and KV cache.</summary>
internal static class WholeModel
{
    public static double Seconds(IComputeProfile device, TransformerShape shape, NumberFormat weights, ForwardPass pass)
    {
        var seconds = device.OverheadSecondsPerPass + Unit(TransformerUnit.Embedding, 0) + Unit(TransformerUnit.Head, 0);
        for (var layer = 0; layer < shape.Layers; layer++)
        {
            seconds += Unit(TransformerUnit.Attention, layer) + Unit(TransformerUnit.FeedForward, layer);
        }

        return seconds;

        double Unit(TransformerUnit unit, int layer) =>
            device.Seconds(TransformerCost.Prepare(shape, unit, layer, weights, NumberFormat.F16, NumberFormat.F16).Evaluate(pass), weights);
    }

    public static double PrefillTokensPerSecond(string device, string model, NumberFormat weights, int tokens, int context = 0) =>
        tokens / Seconds(DeviceCatalog.Find(device).Profile, ModelCatalog.Find(model).Shape, weights, new ForwardPass(tokens, context));

    public static double DecodeTokensPerSecond(string device, string model, NumberFormat weights, int context) =>
        1 / Seconds(DeviceCatalog.Find(device).Profile, ModelCatalog.Find(model).Shape, weights, new ForwardPass(1, context));
}
