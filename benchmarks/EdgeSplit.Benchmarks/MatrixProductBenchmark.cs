using BenchmarkDotNet.Attributes;
using EdgeSplit.Core.Numerics;

namespace EdgeSplit.Benchmarks;

/// <summary>The three matrix products at the sizes of a small network (64) and of a transformer layer (512).</summary>
[MemoryDiagnoser]
public class MatrixProductBenchmark
{
    private float[] left = [];
    private float[] right = [];
    private float[] product = [];

    /// <summary>Rows, inner index and columns alike.</summary>
    [Params(64, 512)]
    public int Size { get; set; }

    /// <summary>Fills the operands.</summary>
    [GlobalSetup]
    public void Setup()
    {
        left = new float[Size * Size];
        right = new float[Size * Size];
        product = new float[Size * Size];
        for (var i = 0; i < left.Length; i++)
        {
            left[i] = ((i * 7) % 13) - 6;
            right[i] = ((i * 5) % 11) - 5;
        }
    }

    /// <summary>A·B.</summary>
    [Benchmark(Baseline = true)]
    public void Multiply() => MatrixProduct.Multiply(left, right, Size, Size, Size, product);

    /// <summary>C + Aᵀ·B.</summary>
    [Benchmark]
    public void AddTransposedLeft() => MatrixProduct.AddTransposedLeft(left, right, Size, Size, Size, product);

    /// <summary>A·Bᵀ.</summary>
    [Benchmark]
    public void MultiplyTransposedRight() => MatrixProduct.MultiplyTransposedRight(left, right, Size, Size, Size, product);
}
