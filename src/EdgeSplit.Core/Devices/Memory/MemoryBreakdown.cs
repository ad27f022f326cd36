namespace EdgeSplit.Core.Devices.Memory;

/// <summary>Memory of a loaded model by what holds it, bytes. The lines add up to the total.</summary>
/// <param name="WeightBytes">Weights of the layers here, with embedding and head where they run here.</param>
/// <param name="KeyValueBytes">KV cache of all sequences; a layer with a window keeps no more than its window.</param>
/// <param name="ComputeBufferBytes">Largest set of tensors that is alive at once while a micro-batch runs.</param>
/// <param name="RuntimeBytes">Driver context and code of the runtime.</param>
/// <param name="FragmentationBytes">What rounding up of allocations and holes between them lose.</param>
public readonly record struct MemoryBreakdown(
    double WeightBytes, double KeyValueBytes, double ComputeBufferBytes, double RuntimeBytes, double FragmentationBytes)
{
    /// <summary>All of it, bytes.</summary>
    public double TotalBytes => WeightBytes + KeyValueBytes + ComputeBufferBytes + RuntimeBytes + FragmentationBytes;
}
