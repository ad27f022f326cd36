using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EdgeSplit.Agents.Bandits;

/// <summary>Ridge regression learned row by row: weights A⁻¹b with A = λI + Σxxᵀ and b = Σyx, the inverse kept by the Sherman–Morrison formula.</summary>
/// <remarks>
/// <para>Vectors are padded with zeros to whole vectors of eight lanes (<see cref="PaddedLength"/>), and sums are taken in a fixed order: the same bits on every processor.
/// The inverse stays symmetric exactly. Nothing is allocated after construction. Not thread-safe.</para>
/// <para>Source: L. Li et al., "A contextual-bandit approach to personalized news article recommendation", WWW 2010, arXiv 1003.0146.</para>
/// </remarks>
internal sealed class LinearModel
{
    private const int Lanes = 8;

    private readonly double ridge;
    private readonly double[] inverse;
    private readonly double[] moments;
    private readonly double[] weights;
    private readonly double[] scratch;

    internal LinearModel(int dimension, double ridge)
    {
        Dimension = dimension;
        Stride = PaddedLength(dimension);
        this.ridge = ridge;
        inverse = new double[dimension * Stride];
        moments = new double[Stride];
        weights = new double[Stride];
        scratch = new double[Stride];
        Clear();
    }

    internal int Dimension { get; }

    /// <summary>Length of a vector with its padding.</summary>
    internal int Stride { get; }

    /// <summary>The weights θ = A⁻¹b; shape [<see cref="Dimension"/>].</summary>
    internal ReadOnlySpan<double> Weights => weights.AsSpan(0, Dimension);

    internal static int PaddedLength(int dimension) => (dimension + Lanes - 1) / Lanes * Lanes;

    /// <summary>One row of A⁻¹; shape [<see cref="Dimension"/>].</summary>
    internal ReadOnlySpan<double> InverseRow(int row) => inverse.AsSpan(row * Stride, Dimension);

    /// <summary>Forgets everything.</summary>
    internal void Clear()
    {
        Array.Clear(inverse);
        Array.Clear(moments);
        Array.Clear(weights);
        for (var i = 0; i < Dimension; i++)
        {
            inverse[(i * Stride) + i] = 1 / ridge;
        }
    }

    /// <summary>xᵀθ.</summary>
    internal double Mean(ReadOnlySpan<double> x) => Dot(x, weights);

    /// <summary>xᵀA⁻¹x, the variance of the mean in units of the noise's.</summary>
    internal double Variance(ReadOnlySpan<double> x)
    {
        MultiplyInverse(x);
        return Math.Max(0, Dot(x, scratch));
    }

    /// <summary>θᵀb: how much of Σy² the fit explains.</summary>
    internal double Explained() => Dot(weights, moments);

    /// <summary>Adds a row. Padding of <paramref name="x"/> is 0.</summary>
    internal void Update(ReadOnlySpan<double> x, double y)
    {
        MultiplyInverse(x);
        var scale = 1 / Math.Sqrt(1 + Dot(x, scratch));
        for (var i = 0; i < Stride; i++)
        {
            scratch[i] *= scale;
            moments[i] += y * x[i];
        }

        ref var rows = ref MemoryMarshal.GetArrayDataReference(inverse);
        ref var v = ref MemoryMarshal.GetArrayDataReference(scratch);
        for (var row = 0; row < Dimension; row++)
        {
            var factor = Vector512.Create(-scratch[row]);
            for (var at = 0; at < Stride; at += Lanes)
            {
                var place = (nuint)((row * Stride) + at);
                Vector512.FusedMultiplyAdd(factor, Vector512.LoadUnsafe(ref v, (nuint)at), Vector512.LoadUnsafe(ref rows, place)).StoreUnsafe(ref rows, place);
            }
        }

        MultiplyInverse(moments);
        scratch.CopyTo(weights.AsSpan());
    }

    internal void Save(BinaryWriter writer)
    {
        BanditState.Write(writer, inverse);
        BanditState.Write(writer, moments);
        BanditState.Write(writer, weights);
    }

    internal void Load(BinaryReader reader)
    {
        BanditState.Read(reader, inverse);
        BanditState.Read(reader, moments);
        BanditState.Read(reader, weights);
    }

    // scratch <- A⁻¹x; as A⁻¹ is symmetric, its rows are its columns.
    private void MultiplyInverse(ReadOnlySpan<double> x)
    {
        ref var rows = ref MemoryMarshal.GetArrayDataReference(inverse);
        for (var at = 0; at < Stride; at += Lanes)
        {
            var even = Vector512<double>.Zero;
            var odd = Vector512<double>.Zero;
            var row = 0;
            for (; row + 2 <= Dimension; row += 2)
            {
                even = Vector512.FusedMultiplyAdd(Vector512.Create(x[row]), Vector512.LoadUnsafe(ref rows, (nuint)((row * Stride) + at)), even);
                odd = Vector512.FusedMultiplyAdd(Vector512.Create(x[row + 1]), Vector512.LoadUnsafe(ref rows, (nuint)(((row + 1) * Stride) + at)), odd);
            }

            if (row < Dimension)
            {
                even = Vector512.FusedMultiplyAdd(Vector512.Create(x[row]), Vector512.LoadUnsafe(ref rows, (nuint)((row * Stride) + at)), even);
            }

            (even + odd).CopyTo(scratch.AsSpan(at));
        }
    }

    private double Dot(ReadOnlySpan<double> x, double[] y)
    {
        var sum = Vector512<double>.Zero;
        ref var a = ref MemoryMarshal.GetReference(x[..Stride]);
        ref var b = ref MemoryMarshal.GetArrayDataReference(y);
        for (var at = 0; at < Stride; at += Lanes)
        {
            sum = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref a, (nuint)at), Vector512.LoadUnsafe(ref b, (nuint)at), sum);
        }

        var half = sum.GetLower() + sum.GetUpper();
        var quarter = half.GetLower() + half.GetUpper();
        return quarter[0] + quarter[1];
    }
}
