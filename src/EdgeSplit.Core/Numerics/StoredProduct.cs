using System.Runtime.CompilerServices;

namespace EdgeSplit.Core.Numerics;

/// <summary>Y = X·Wᵀ with stored weights: the linear layers of a transformer.</summary>
/// <remarks>
/// <para>Many vectors at once (prefill) run as blocks: a block of weights is converted once, to a panel that stays in the processor's cache, and meets all
/// vectors there. Every result is then one chain of fused multiply-adds in the order of the inner index, as in <see cref="MatrixProduct"/>, whatever
/// the number of vectors or threads. Few vectors (decode) run as <see cref="StoredDots"/>, in another order: the two agree to rounding.</para>
/// <para>With one thread nothing is allocated once the scratch memory has grown.</para>
/// </remarks>
internal static unsafe class StoredProduct
{
    /// <summary>From this number of vectors on, blocks pay.</summary>
    internal const int FewestVectorsInBlocks = 6;

    /// <summary>Inner indices of one block: 64 x 512 values are 128 KiB, of the second-level cache.</summary>
    private const int InnerBlock = 512;

    /// <summary>Vectors of one block: with 512 inner indices each, a mebibyte.</summary>
    private const int VectorBlock = 512;

    /// <summary>Computes the product.</summary>
    /// <param name="matrix">W, shape [outputs, inputs].</param>
    /// <param name="x">X, shape [vectors, inputs].</param>
    /// <param name="vectors">Number of vectors, at least 0.</param>
    /// <param name="y">Receives Y, shape [vectors, outputs]; must not overlap X.</param>
    /// <param name="bias">Shape [outputs], or null.</param>
    /// <param name="accumulate">Whether the product is added to Y.</param>
    /// <param name="scratch">Memory for blocks, one per thread; its length is the number of threads.</param>
    internal static void Run(StoredMatrix matrix, float* x, int vectors, float* y, float* bias, bool accumulate, ProductScratch[] scratch)
    {
        if (accumulate && bias is not null)
        {
            AddBias(y, bias, vectors, matrix.Rows);
            bias = null;
        }

        if (scratch.Length == 1)
        {
            Part(matrix, x, vectors, y, bias, accumulate, scratch, 0);
        }
        else
        {
            OnThreads(matrix, x, vectors, y, bias, accumulate, scratch);
        }

        GC.KeepAlive(matrix);
    }

    // Apart from the one-thread path, which must not pay for what the lambda captures.
    private static void OnThreads(StoredMatrix matrix, float* x, int vectors, float* y, float* bias, bool accumulate, ProductScratch[] scratch) =>
        Parallel.For(0, scratch.Length, thread => Part(matrix, x, vectors, y, bias, accumulate, scratch, thread));

    private static void AddBias(float* y, float* bias, int vectors, int outputs)
    {
        for (var t = 0; t < vectors; t++)
        {
            VectorOperations.AddScaled(1f, new ReadOnlySpan<float>(bias, outputs), new Span<float>(y + ((nint)t * outputs), outputs));
        }
    }

    /// <summary>One thread's share: whole panels of outputs.</summary>
    private static void Part(StoredMatrix matrix, float* x, int vectors, float* y, float* bias, bool accumulate, ProductScratch[] scratch, int thread)
    {
        var panels = (matrix.Rows + WeightPanel.Width - 1) / WeightPanel.Width;
        var first = (int)((long)panels * thread / scratch.Length) * WeightPanel.Width;
        var end = Math.Min(matrix.Rows, (int)((long)panels * (thread + 1) / scratch.Length) * WeightPanel.Width);
        switch (matrix.Format)
        {
            case WeightFormat.Single:
                Share<SingleLoad>(matrix, first, end, x, vectors, y, bias, accumulate, scratch[thread]);
                break;
            case WeightFormat.Half:
                Share<HalfLoad>(matrix, first, end, x, vectors, y, bias, accumulate, scratch[thread]);
                break;
            default:
                Share<BrainLoad>(matrix, first, end, x, vectors, y, bias, accumulate, scratch[thread]);
                break;
        }
    }

    private static void Share<TLoad>(
        StoredMatrix matrix, int first, int end, float* x, int vectors, float* y, float* bias, bool accumulate, ProductScratch scratch)
        where TLoad : struct, IWeightLoad
    {
        if (vectors < FewestVectorsInBlocks)
        {
            StoredDots.Run<TLoad>(matrix.Data, matrix.Columns, first, end, x, vectors, y, matrix.Rows, bias, accumulate);
            return;
        }

        var inputs = matrix.Columns;
        var panel = scratch.Panel(InnerBlock * WeightPanel.Width);
        for (var top = 0; top < vectors; top += VectorBlock)
        {
            var height = Math.Min(VectorBlock, vectors - top);
            for (var k = 0; k < inputs; k += InnerBlock)
            {
                var inner = Math.Min(InnerBlock, inputs - k);
                var block = x + ((nint)top * inputs) + k;
                nint blockRow = inputs;
                if (inputs > InnerBlock && end - first > WeightPanel.Width)
                {
                    // Rows of a wide X fall onto few sets of the cache; side by side they do not.
                    block = Gather(block, inputs, height, inner, scratch.Vectors(VectorBlock * InnerBlock));
                    blockRow = inner;
                }

                for (var output = first; output < end; output += WeightPanel.Width)
                {
                    var width = Math.Min(WeightPanel.Width, end - output);
                    WeightPanel.Fill<TLoad>(matrix.Data, inputs, output, width, k, inner, panel);
                    ProductTiles.Run(
                        block,
                        blockRow,
                        1,
                        panel,
                        inner * WeightPanel.Width,
                        WeightPanel.Width,
                        y + ((nint)top * matrix.Rows) + output,
                        matrix.Rows,
                        bias is null ? null : bias + output,
                        accumulate || k > 0,
                        height,
                        inner,
                        width,
                        false);
                }
            }
        }
    }

    private static float* Gather(float* source, nint row, int rows, int columns, float* destination)
    {
        for (var i = 0; i < rows; i++)
        {
            Unsafe.CopyBlockUnaligned(destination + ((nint)i * columns), source + (i * row), (uint)columns * sizeof(float));
        }

        return destination;
    }
}
