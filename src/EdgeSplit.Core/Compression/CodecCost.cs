namespace EdgeSplit.Core.Compression;

/// <summary>The work of encoding or decoding one message.</summary>
/// <remarks>
/// <para>Counted like the units of a transformer. A multiplication with a matrix costs 2 FLOP per weight. Element-wise work costs one operation per
/// value for each of: magnitude, comparison, addition, multiplication, rounding, conversion of the format, packing or unpacking, look-up in a table.
/// Bytes are those that a fused kernel reads from memory and writes to it once: values in single precision, payload, basis.</para>
/// <para>An operation is a kernel launched: one pass over the message that needs the whole of the pass before.</para>
/// <para>Immutable, so safe to share between threads.</para>
/// </remarks>
/// <param name="MatrixFlop">Floating-point operations of matrix products.</param>
/// <param name="ElementwiseFlop">Operations on single values.</param>
/// <param name="Bytes">Bytes read from memory and written to it.</param>
/// <param name="Operations">Number of kernels; each costs the processor a fixed delay.</param>
public readonly record struct CodecCost(double MatrixFlop, double ElementwiseFlop, double Bytes, int Operations)
{
    /// <summary>Adds the work of two steps.</summary>
    /// <param name="left">The first step.</param>
    /// <param name="right">The second step.</param>
    public static CodecCost operator +(CodecCost left, CodecCost right) => left.Add(right);

    /// <summary>Adds the work of another step.</summary>
    /// <param name="other">The other step.</param>
    public CodecCost Add(CodecCost other) =>
        new(MatrixFlop + other.MatrixFlop, ElementwiseFlop + other.ElementwiseFlop, Bytes + other.Bytes, Operations + other.Operations);
}
