using EdgeSplit.Core.Numerics;

namespace EdgeSplit.Core.Inference;

/// <summary>Attention of many candidates for one position: each sees the same earlier positions and its own key and value, no other candidate's.</summary>
internal static unsafe class CandidateAttention
{
    /// <summary>Attends from one query head of all candidates.</summary>
    /// <param name="queries">The first candidate's query of this head.</param>
    /// <param name="queryRow">Distance of candidates in queries and in the output.</param>
    /// <param name="candidates">Candidates.</param>
    /// <param name="past">Positions before them; the storage has room for one more, whose content does not count.</param>
    /// <param name="width">Values per head.</param>
    /// <param name="window">Positions that a token sees, itself included.</param>
    /// <param name="keys">Earlier keys, [value, position]; finite in every place.</param>
    /// <param name="values">Earlier values, [position, value]; finite in every place.</param>
    /// <param name="stride">Positions per row of the keys, a multiple of 16, above <paramref name="past"/>.</param>
    /// <param name="ownKeys">The first candidate's own key of this head.</param>
    /// <param name="ownValues">The first candidate's own value of this head.</param>
    /// <param name="ownRow">Distance of candidates in own keys and values.</param>
    /// <param name="scores">Room for 32 x stride scores.</param>
    /// <param name="output">Receives the first candidate's result of this head.</param>
    internal static void Attend(
        float* queries,
        nint queryRow,
        int candidates,
        int past,
        int width,
        int window,
        float* keys,
        float* values,
        int stride,
        float* ownKeys,
        float* ownValues,
        nint ownRow,
        float* scores,
        float* output)
    {
        var scale = 1f / MathF.Sqrt(width);
        var oldest = (int)Math.Max(0, past + 1 - (long)window);
        var first = oldest / 16 * 16;
        var own = past - first;
        var columns = AttentionKernel.PaddedPositions(own + 1);
        for (var top = 0; top < candidates; top += AttentionKernel.QueryBlock)
        {
            var rows = Math.Min(AttentionKernel.QueryBlock, candidates - top);
            var target = output + (top * queryRow);
            ProductTiles.Run(queries + (top * queryRow), queryRow, 1, keys + first, (width * stride) - first, stride, scores, columns, null, false, rows, width, columns, false);
            for (var row = 0; row < rows; row++)
            {
                var score = scores + ((nint)row * columns);
                score[own] = DotTiles.Dot(queries + ((top + row) * queryRow), ownKeys + ((top + row) * ownRow), width);
                TransformerElementwise.MaskedSoftmax(score, oldest - first, own + 1, columns, scale);

                // The own value starts the sum; the earlier ones are added to it, without the place behind them in the storage.
                var share = score[own];
                var value = ownValues + ((top + row) * ownRow);
                var sum = target + (row * queryRow);
                for (var i = 0; i < width; i++)
                {
                    sum[i] = share * value[i];
                }

                score[own] = 0f;
            }

            ProductTiles.Run(scores, columns, 1, values + ((nint)first * width), (stride - first) * width, width, target, queryRow, null, true, rows, columns, width, false);
        }
    }
}
