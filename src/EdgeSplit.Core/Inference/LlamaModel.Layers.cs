using System.Runtime.InteropServices;
using EdgeSplit.Core.Numerics;

namespace EdgeSplit.Core.Inference;

/// <content>The layers.</content>
public sealed unsafe partial class LlamaModel
{
    /// <summary>Tokens that share the memory of the feed-forward network, whose intermediate values are the largest of a pass. A short rest joins the last block, so that
    /// every token runs by the same kernel.</summary>
    private const int FeedForwardBlock = 512;

    /// <summary>Runs some layers on the hidden state, in place.</summary>
    /// <param name="hidden">The state before <paramref name="firstLayer"/>, shape [sequences, tokens, hidden size]; receives the state after the last.</param>
    /// <param name="sequences">Independent sequences, at least 1.</param>
    /// <param name="tokens">New tokens of each, at least 1.</param>
    /// <param name="firstLayer">First layer to run, 0-based.</param>
    /// <param name="endLayer">End of the layers, at least <paramref name="firstLayer"/>; equal means that nothing is done.</param>
    /// <param name="workspace">Memory to work in, and the number of threads.</param>
    /// <param name="cache">Earlier tokens of the same sequences, of which the layers see all or those in their window; the new ones are written behind them, and
    /// <see cref="KeyValueCache.Advance"/> is the caller's to call once all layers have run. Without it the sequences start at position 0.</param>
    /// <exception cref="ArgumentNullException"><paramref name="workspace"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range, the span has another length, or the cache has no room, other layers or other sequences.</exception>
    public void RunLayers(Span<float> hidden, int sequences, int tokens, int firstLayer, int endLayer, LlamaWorkspace workspace, KeyValueCache? cache = null)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        Guard.InRange(endLayer, 0, Layers);
        Guard.InRange(firstLayer, 0, endLayer);
        Guard.SameLength(hidden.Length, checked(Guard.AtLeast(sequences, 1) * Guard.AtLeast(tokens, 1) * HiddenSize));
        if (cache is not null)
        {
            Guard.InRange(firstLayer, cache.FirstLayer, cache.EndLayer);
            Guard.InRange(endLayer, cache.FirstLayer, cache.EndLayer);
            Guard.InRange(sequences, cache.Sequences, cache.Sequences);
        }

        var past = cache?.Length ?? 0;
        Guard.InRange(tokens, 1, (cache?.Capacity ?? Configuration.MaximumPositions) - past);
        var pass = new Pass(sequences, tokens, past, workspace, cache, rotary.For(past + tokens));
        fixed (float* x = hidden)
        {
            for (var layer = firstLayer; layer < endLayer; layer++)
            {
                Attention(layer, x, pass);
                FeedForward(layers[layer], x, sequences * tokens, workspace);
            }
        }
    }

    private void Attention(int index, float* x, in Pass pass)
    {
        var layer = layers[index];
        var c = Configuration;
        var rows = pass.Sequences * pass.Tokens;
        var width = c.HeadDimension;
        var queryRow = c.QueryHeads * width;
        var keyRow = c.KeyValueHeads * width;
        var workspace = pass.Workspace;
        var normed = workspace.Normed((long)rows * c.HiddenSize);
        var q = workspace.Queries((long)rows * queryRow);
        var k = workspace.Keys((long)rows * keyRow);
        var v = workspace.Values((long)rows * keyRow);
        var attended = workspace.Attended((long)rows * queryRow);
        fixed (float* norm = layer.InputNorm, queryBias = layer.QueryBias, keyBias = layer.KeyBias, valueBias = layer.ValueBias, outputBias = layer.OutputBias)
        {
            TransformerElementwise.RootMeanSquareNorm(x, c.HiddenSize, norm, normed, c.HiddenSize, rows, c.HiddenSize, c.NormEpsilon);
            StoredProduct.Run(layer.Query, normed, rows, q, queryBias, false, workspace.Scratch);
            StoredProduct.Run(layer.Key, normed, rows, k, keyBias, false, workspace.Scratch);
            StoredProduct.Run(layer.Value, normed, rows, v, valueBias, false, workspace.Scratch);
            NormAndRotate(q, c.QueryHeads, layer.QueryNorm, pass);
            NormAndRotate(k, c.KeyValueHeads, layer.KeyNorm, pass);
            var window = c.IsWindowed(index) ? c.SlidingWindow ?? int.MaxValue : int.MaxValue;
            if (pass.SharesPrefix)
            {
                AttendCandidates(index, window, q, k, v, attended, pass);
            }

            for (var sequence = 0; !pass.SharesPrefix && sequence < pass.Sequences; sequence++)
            {
                var first = (nint)sequence * pass.Tokens;
                AttendSequence(index, sequence, window, q + (first * queryRow), k + (first * keyRow), v + (first * keyRow), attended + (first * queryRow), pass);
            }

            StoredProduct.Run(layer.Output, attended, rows, x, outputBias, true, workspace.Scratch);
        }
    }

    private void AttendSequence(int layer, int sequence, int window, float* q, float* k, float* v, float* attended, in Pass pass)
    {
        var heads = Configuration.KeyValueHeads;
        var width = Configuration.HeadDimension;
        var stride = pass.Cache?.Stride ?? AttentionKernel.PaddedPositions(pass.Tokens);
        var (keys, values, offset) = pass.Cache?.Storage(layer, sequence) ?? Uncached(pass.Workspace, (long)heads * width * stride);
        var keyStore = (float*)Marshal.UnsafeAddrOfPinnedArrayElement(keys, offset);
        var valueStore = (float*)Marshal.UnsafeAddrOfPinnedArrayElement(values, offset);
        var seen = new Seen(q, k, v, attended, keyStore, valueStore, stride, window);
        if (pass.Workspace.Threads == 1)
        {
            for (var head = 0; head < heads; head++)
            {
                AttendHead(head, 0, seen, pass);
            }
        }
        else
        {
            OnThreads(heads, seen, pass);
        }

        GC.KeepAlive(keys);
        GC.KeepAlive(values);
    }

    private void OnThreads(int heads, Seen seen, Pass pass)
    {
        var threads = Math.Min(pass.Workspace.Threads, heads);
        Parallel.For(0, threads, thread =>
        {
            for (var head = thread; head < heads; head += threads)
            {
                AttendHead(head, thread, seen, pass);
            }
        });
    }

    private void AttendHead(int head, int thread, in Seen seen, in Pass pass)
    {
        var c = Configuration;
        var width = c.HeadDimension;
        var queryRow = (nint)c.QueryHeads * width;
        var keyRow = (nint)c.KeyValueHeads * width;
        var group = c.QueryHeads / c.KeyValueHeads;
        var keys = seen.KeyStore + ((nint)head * width * seen.Stride);
        var values = seen.ValueStore + ((nint)head * width * seen.Stride);
        AttentionKernel.AppendKeys(seen.Keys + (head * width), keyRow, pass.Tokens, width, pass.Past, seen.Stride, keys);
        AttentionKernel.AppendValues(seen.Values + (head * width), keyRow, pass.Tokens, width, pass.Past, values);
        var scores = pass.Workspace.Scores(thread, (long)AttentionKernel.QueryBlock * seen.Stride);
        for (var query = head * group; query < (head + 1) * group; query++)
        {
            AttentionKernel.Attend(
                seen.Queries + (query * width), queryRow, pass.Tokens, pass.Past, width, seen.Window, keys, values, seen.Stride, scores, seen.Attended + (query * width), queryRow);
        }
    }

    private void NormAndRotate(float* heads, int count, float[]? norm, in Pass pass)
    {
        var width = Configuration.HeadDimension;
        var half = width / 2;
        fixed (float* weight = norm, cosines = pass.Rotary.Cosines, sines = pass.Rotary.Sines)
        {
            for (var row = 0; row < pass.Sequences * pass.Tokens; row++)
            {
                var angles = (nint)(pass.Past + (row % pass.Tokens)) * half;
                for (var head = 0; head < count; head++, heads += width)
                {
                    if (weight is not null)
                    {
                        TransformerElementwise.RootMeanSquareNorm(heads, width, weight, heads, width, 1, width, Configuration.NormEpsilon);
                    }

                    TransformerElementwise.RotateHalves(heads, cosines + angles, sines + angles, half);
                }
            }
        }
    }

    private void FeedForward(LlamaLayer layer, float* x, int rows, LlamaWorkspace workspace)
    {
        var c = Configuration;
        var height = 0;
        for (var top = 0; top < rows; top += height)
        {
            height = rows - top < 2 * FeedForwardBlock ? rows - top : FeedForwardBlock;
            var state = x + ((nint)top * c.HiddenSize);
            var normed = workspace.Normed((long)height * c.HiddenSize);
            var gate = workspace.Gate((long)height * c.IntermediateSize);
            var up = workspace.Up((long)height * c.IntermediateSize);
            fixed (float* norm = layer.FeedForwardNorm, gateBias = layer.GateBias, upBias = layer.UpBias, downBias = layer.DownBias)
            {
                TransformerElementwise.RootMeanSquareNorm(state, c.HiddenSize, norm, normed, c.HiddenSize, height, c.HiddenSize, c.NormEpsilon);
                StoredProduct.Run(layer.Gate, normed, height, gate, gateBias, false, workspace.Scratch);
                StoredProduct.Run(layer.Up, normed, height, up, upBias, false, workspace.Scratch);
                TransformerElementwise.GateBySilu(gate, up, (nint)height * c.IntermediateSize);
                StoredProduct.Run(layer.Down, gate, height, state, downBias, true, workspace.Scratch);
            }
        }
    }

    private static (float[] Keys, float[] Values, int Offset) Uncached(LlamaWorkspace workspace, long length)
    {
        var (keys, values) = workspace.Layer(length);
        return (keys, values, 0);
    }

    /// <summary>What all layers of a pass share. Where the sequences share a prefix, the cache holds that one prefix and the pass leaves it as it is.</summary>
    private readonly record struct Pass(
        int Sequences, int Tokens, int Past, LlamaWorkspace Workspace, KeyValueCache? Cache, RotaryTable Rotary, bool SharesPrefix = false);

    /// <summary>What the heads of one sequence read and write.</summary>
    private readonly struct Seen(float* queries, float* keys, float* values, float* attended, float* keyStore, float* valueStore, int stride, int window)
    {
        internal readonly float* Queries = queries;
        internal readonly float* Keys = keys;
        internal readonly float* Values = values;
        internal readonly float* Attended = attended;
        internal readonly float* KeyStore = keyStore;
        internal readonly float* ValueStore = valueStore;
        internal readonly int Stride = stride;
        internal readonly int Window = window;
    }
}
