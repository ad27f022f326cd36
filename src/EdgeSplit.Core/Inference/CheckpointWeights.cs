using EdgeSplit.Core.Numerics;

namespace EdgeSplit.Core.Inference;

/// <summary>Tensors of a checkpoint as weights: checked for shape and for finite values.</summary>
internal static class CheckpointWeights
{
    /// <summary>A matrix in place: shape [rows, columns].</summary>
    internal static unsafe StoredMatrix Matrix(this Checkpoint checkpoint, string name, int rows, int columns)
    {
        var tensor = checkpoint.Tensor(name, rows, columns);
        tensor.RequireFinite();
        var format = tensor.Type switch
        {
            TensorType.F32 => WeightFormat.Single,
            TensorType.F16 => WeightFormat.Half,
            _ => WeightFormat.Brain,
        };
        return new StoredMatrix(tensor.Pointer, format, rows, columns, checkpoint);
    }

    /// <summary>A vector, converted: shape [length].</summary>
    internal static float[] Vector(this Checkpoint checkpoint, string name, int length)
    {
        var tensor = checkpoint.Tensor(name, length);
        tensor.RequireFinite();
        var values = GC.AllocateUninitializedArray<float>(length, pinned: true);
        tensor.CopyTo(values);
        return values;
    }
}
