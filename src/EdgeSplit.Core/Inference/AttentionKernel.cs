using EdgeSplit.Core.Numerics;

namespace EdgeSplit.Core.Inference;

/// <summary>Causal attention of one sequence and one key-value head: scores, masked softmax, weighted sum, block of queries by block.</summary>
/// <remarks>Every result is the same whether tokens come at once or one by one.</remarks>
internal static unsafe class AttentionKernel
{
    /// <summary>Queries that share a block of scores.</summary>
    internal const int QueryBlock = 32;

    private const int Lanes = 16;

    /// <summary>Positions rounded up to whole vectors.</summary>
    internal static int PaddedPositions(int positions) => checked((positions + Lanes - 1) / Lanes * Lanes);

    /// <summary>Appends new keys and values to a head's storage.</summary>
    /// <param name="source">Keys or values of the first new token, this head.</param>
    /// <param name="row">Distance of tokens in the source.</param>
    /// <param name="tokens">New tokens.</param>
    /// <param name="width">Values per head.</param>
    /// <param name="past">Positions before them.</param>
    /// <param name="stride">Positions per row of the storage.</param>
    /// <param name="keys">Receives keys as [value, position].</param>
    internal static void AppendKeys(float* source, nint row, int tokens, int width, int past, int stride, float* keys)
    {
        for (var i = 0; i < width; i++)
        {
            var target = keys + ((nint)i * stride) + past;
            for (var t = 0; t < tokens; t++)
            {
                target[t] = source[(t * row) + i];
            }
        }
    }

    /// <summary>Appends new values as [position, value].</summary>
    internal static void AppendValues(float* source, nint row, int tokens, int width, int past, float* values)
    {
        for (var t = 0; t < tokens; t++)
        {
            new ReadOnlySpan<float>(source + (t * row), width).CopyTo(new Span<float>(values + ((nint)(past + t) * width), width));
        }
    }

    /// <summary>Attends from one query head's new tokens to all positions in reach.</summary>
    /// <param name="queries">The first token's query of this head; changed by nothing.</param>
    /// <param name="queryRow">Distance of tokens in queries.</param>
    /// <param name="tokens">New tokens.</param>
    /// <param name="past">Positions before them.</param>
    /// <param name="width">Values per head.</param>
    /// <param name="window">Positions that a token sees, itself included.</param>
    /// <param name="keys">Keys, [value, position].</param>
    /// <param name="values">Values, [position, value].</param>
    /// <param name="stride">Positions per row of the keys, a multiple of 16.</param>
    /// <param name="scores">Room for 32 x stride scores.</param>
    /// <param name="output">Receives the first token's result of this head.</param>
    /// <param name="outputRow">Distance of tokens in the output.</param>
    internal static void Attend(
        float* queries,
        nint queryRow,
        int tokens,
        int past,
        int width,
        int window,
        float* keys,
        float* values,
        int stride,
        float* scores,
        float* output,
        nint outputRow)
    {
        var scale = 1f / MathF.Sqrt(width);
        for (var top = 0; top < tokens; top += QueryBlock)
        {
            var rows = Math.Min(QueryBlock, tokens - top);
            var firstSeen = Math.Max(0, past + top + 1 - (long)window);
            var first = (int)(firstSeen / Lanes * Lanes);
            var columns = PaddedPositions(past + top + rows - first);
            ProductTiles.Run(queries + (top * queryRow), queryRow, 1, keys + first, (width * stride) - first, stride, scores, columns, null, false, rows, width, columns, false);
            for (var row = 0; row < rows; row++)
            {
                var position = past + top + row;
                var oldest = (int)Math.Max(0, position + 1 - (long)window);
                TransformerElementwise.MaskedSoftmax(scores + ((nint)row * columns), oldest - first, position + 1 - first, columns, scale);
            }

            ProductTiles.Run(
                scores, columns, 1, values + ((nint)first * width), (stride - first) * width, width, output + (top * outputRow), outputRow, null, false, rows, columns, width, false);
        }
    }
}
