namespace EdgeSplit.Core.Inference;

/// <summary>One tensor as a safetensors file declares it.</summary>
/// <param name="Name">Its name, such as <c>model.layers.0.mlp.up_proj.weight</c>.</param>
/// <param name="Type">How its values are stored.</param>
/// <param name="Shape">Its sizes, slowest index first (row-major); empty for a single value; each at least 0.</param>
/// <param name="Offset">Where its first byte lies, from the start of the file. Not always a multiple of the size of a value.</param>
/// <param name="ByteLength">Its bytes: the product of <paramref name="Shape"/> times the size of a value.</param>
public sealed record SafetensorsTensor(string Name, TensorType Type, IReadOnlyList<int> Shape, long Offset, long ByteLength)
{
    /// <summary>Number of values.</summary>
    public long Length => ByteLength / BytesOf(Type);

    internal static int BytesOf(TensorType type) => type == TensorType.F32 ? 4 : 2;

    internal static string Write(IEnumerable<int> shape) => "[" + string.Join(", ", shape.Select(size => FormattableString.Invariant($"{size}"))) + "]";
}
