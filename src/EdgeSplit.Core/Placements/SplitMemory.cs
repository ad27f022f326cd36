using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Core.Placements;

/// <summary>Memory of both sides at every split, and the mask that follows from it.</summary>
internal sealed class SplitMemory
{
    private readonly double[] deviceWeightBytes;
    private readonly double[] serverWeightBytes;
    private readonly KeyValueCacheSize cache;
    private readonly int layers;
    private readonly double deviceCapacityBytes;
    private readonly double serverCapacityBytes;

    internal SplitMemory(SplitSystem system)
    {
        var shape = system.Shape;
        layers = shape.Layers;
        cache = new KeyValueCacheSize(shape, system.KeyValues);
        deviceWeightBytes = new double[layers + 1];
        serverWeightBytes = new double[layers + 1];
        deviceCapacityBytes = system.Device.UsableMemoryBytes;
        serverCapacityBytes = system.Server.UsableMemoryBytes;

        double Bytes(TransformerUnit unit, int layer, NumberFormat weights) => shape.WeightBits(unit, layer, weights) / 8;
        Span<double> deviceLayer = stackalloc double[SplitProfile.MaximumLayerKinds], serverLayer = stackalloc double[SplitProfile.MaximumLayerKinds];
        deviceLayer.Clear();
        for (var layer = layers - 1; layer >= 0; layer--)
        {
            // Layers of one kind weigh the same.
            var kind = shape.KindOfLayer(layer);
            if (deviceLayer[kind] == 0)
            {
                deviceLayer[kind] = Bytes(TransformerUnit.Attention, layer, system.DeviceWeights) + Bytes(TransformerUnit.FeedForward, layer, system.DeviceWeights);
                serverLayer[kind] = Bytes(TransformerUnit.Attention, layer, system.ServerWeights) + Bytes(TransformerUnit.FeedForward, layer, system.ServerWeights);
            }
        }

        var (deviceEmbedding, deviceHead) = (Bytes(TransformerUnit.Embedding, 0, system.DeviceWeights), Bytes(TransformerUnit.Head, layers - 1, system.DeviceWeights));
        double below = 0;
        for (var k = 0; k <= layers; k++)
        {
            deviceWeightBytes[k] = k == 0 ? 0 : deviceEmbedding + below + (k == layers ? deviceHead : 0);
            below += k < layers ? deviceLayer[shape.KindOfLayer(k)] : 0;
        }

        // A tied head that runs without the embedding needs a copy of the table.
        var head = Bytes(TransformerUnit.Head, layers - 1, system.ServerWeights);
        var (embedding, copiedTable) = (Bytes(TransformerUnit.Embedding, 0, system.ServerWeights), shape.TiedHeadBits(system.ServerWeights) / 8);
        double above = 0;
        for (var k = layers - 1; k >= 0; k--)
        {
            above += serverLayer[shape.KindOfLayer(k)];
            serverWeightBytes[k] = above + head + (k == 0 ? embedding : copiedTable);
        }
    }

    /// <summary>What does not fit at one split.</summary>
    internal SplitInfeasibility At(int splitPoint, long cachedTokens)
    {
        var filled = cache.After(cachedTokens);
        return (DeviceBytes(splitPoint, filled) <= deviceCapacityBytes ? SplitInfeasibility.None : SplitInfeasibility.DeviceMemory)
            | (ServerBytes(splitPoint, filled) <= serverCapacityBytes ? SplitInfeasibility.None : SplitInfeasibility.ServerMemory);
    }

    internal double DeviceBytes(int splitPoint, long cachedTokens) => DeviceBytes(splitPoint, cache.After(cachedTokens));

    internal double ServerBytes(int splitPoint, long cachedTokens) => ServerBytes(splitPoint, cache.After(cachedTokens));

    /// <summary>Marks what does not fit: the device's need grows with k and the server's falls, so each side cuts off one end.</summary>
    internal void Mask(long cachedTokens, Span<SplitInfeasibility> infeasibility)
    {
        var filled = cache.After(cachedTokens);

        // First split that the device cannot hold; mostly it holds all.
        int low = 0, high = infeasibility.Length;
        if (DeviceBytes(high - 1, filled) <= deviceCapacityBytes)
        {
            low = high;
        }

        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (DeviceBytes(middle, filled) <= deviceCapacityBytes)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        Mark(infeasibility[low..], SplitInfeasibility.DeviceMemory);

        // First split that the server can hold; mostly it holds all.
        (low, high) = (0, infeasibility.Length);
        if (ServerBytes(0, filled) <= serverCapacityBytes)
        {
            return;
        }

        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (ServerBytes(middle, filled) <= serverCapacityBytes)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        Mark(infeasibility[..low], SplitInfeasibility.ServerMemory);
    }

    private double DeviceBytes(int splitPoint, in KeyValueCacheSize.Filled filled) => deviceWeightBytes[splitPoint] + filled.BytesBefore(splitPoint);

    private double ServerBytes(int splitPoint, in KeyValueCacheSize.Filled filled) =>
        serverWeightBytes[splitPoint] + (filled.BytesBefore(layers) - filled.BytesBefore(splitPoint));

    private static void Mark(Span<SplitInfeasibility> infeasibility, SplitInfeasibility reason)
    {
        if (infeasibility.IsEmpty)
        {
            return;
        }

        var bytes = MemoryMarshal.AsBytes(infeasibility);
        TensorPrimitives.BitwiseOr(bytes, (byte)reason, bytes);
    }
}
