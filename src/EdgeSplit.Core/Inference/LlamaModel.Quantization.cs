using EdgeSplit.Core.Compression;
using EdgeSplit.Core.Numerics;

namespace EdgeSplit.Core.Inference;

/// <content>Quantised weights.</content>
public sealed unsafe partial class LlamaModel
{
    /// <summary>The model with the matrices of its first layers rounded to few bits, group by group along their rows; norms, biases, embedding and head stay as they are.</summary>
    /// <remarks>The rounded weights are kept as single precision in memory of the new model, 4 bytes each; the other layers are shared with this one. This model must
    /// be disposed last.</remarks>
    /// <param name="layers">Layers 1..this are rounded, 0..L.</param>
    /// <param name="bits">Bits per weight, 2..8, without the scales.</param>
    /// <param name="groupSize">Weights that share a scale (<see cref="WeightGroupQuantizer"/>), at least 1; 0 for whole rows.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    /// <exception cref="CheckpointException">A weight is too large for a scale in half precision.</exception>
    public LlamaModel WithQuantizedLayers(int layers, int bits, int groupSize)
    {
        Guard.InRange(layers, 0, Layers);
        var quantizer = new WeightGroupQuantizer(bits, Guard.AtLeast(groupSize, 0) == 0 ? int.MaxValue : groupSize);
        var rounded = (LlamaLayer[])this.layers.Clone();
        for (var layer = 0; layer < layers; layer++)
        {
            try
            {
                rounded[layer] = rounded[layer].With(matrix => Quantized(matrix, quantizer));
            }
            catch (ArgumentException error)
            {
                throw new CheckpointException(
                    Checkpoint.Path, FormattableString.Invariant($"model.layers.{layer}"), "weights that cannot be quantised (" + error.Message + ")", "weights within the range of a half-precision scale", error);
            }
        }

        return new LlamaModel(Checkpoint, rounded, embedding, head, finalNorm, rotary, ownsCheckpoint: false);
    }

    private static StoredMatrix Quantized(StoredMatrix matrix, WeightGroupQuantizer quantizer)
    {
        var values = new float[checked(matrix.Rows * matrix.Columns)];
        for (var row = 0; row < matrix.Rows; row++)
        {
            matrix.CopyRow(row, values.AsSpan(row * matrix.Columns, matrix.Columns));
        }

        quantizer.RoundTrip(values, matrix.Columns);
        return StoredMatrix.Of(values, matrix.Rows, matrix.Columns);
    }
}
