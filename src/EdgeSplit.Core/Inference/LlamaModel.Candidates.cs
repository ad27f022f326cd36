using System.Runtime.InteropServices;

namespace EdgeSplit.Core.Inference;

/// <content>Many candidates for one next token.</content>
public sealed unsafe partial class LlamaModel
{
    /// <summary>Runs the first layers for many candidates of the next token, each as if it alone followed the prefix.</summary>
    /// <remarks>Row i is, to rounding, what <see cref="RunLayers"/> gives for candidate i alone behind the same cache. All candidates read one cache, so that the linear
    /// layers see one block of rows and the prefix is kept once.</remarks>
    /// <param name="candidates">Token ids, at least one.</param>
    /// <param name="hidden">Receives the state after the last of these layers, shape [candidates, hidden size].</param>
    /// <param name="endLayer">End of the layers, from layer 0; 0 gives the embeddings.</param>
    /// <param name="workspace">Memory to work in, and the number of threads.</param>
    /// <param name="prefix">Keys and values of the tokens before, one sequence from layer 0 on, with room for one position more; it is read only.</param>
    /// <exception cref="ArgumentNullException">A reference is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range, a token is unknown, the span has another length, or the cache is full, has other layers or
    /// several sequences.</exception>
    public void RunCandidates(ReadOnlySpan<int> candidates, Span<float> hidden, int endLayer, LlamaWorkspace workspace, KeyValueCache prefix)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(prefix);
        Guard.AtLeast(candidates.Length, 1);
        Guard.InRange(prefix.FirstLayer, 0, 0);
        Guard.InRange(endLayer, 0, prefix.EndLayer);
        Guard.InRange(prefix.Sequences, 1, 1);
        Guard.InRange(prefix.Length, 0, prefix.Capacity - 1);
        Embed(candidates, hidden);
        var pass = new Pass(candidates.Length, 1, prefix.Length, workspace, prefix, rotary.For(prefix.Length + 1), SharesPrefix: true);
        fixed (float* x = hidden)
        {
            for (var layer = 0; layer < endLayer; layer++)
            {
                Attention(layer, x, pass);
                FeedForward(layers[layer], x, candidates.Length, workspace);
            }
        }
    }

    private void AttendCandidates(int layer, int window, float* q, float* k, float* v, float* attended, in Pass pass)
    {
        var cache = pass.Cache!;
        var (keys, values, offset) = cache.Storage(layer, 0);
        var keyStore = (float*)Marshal.UnsafeAddrOfPinnedArrayElement(keys, offset);
        var valueStore = (float*)Marshal.UnsafeAddrOfPinnedArrayElement(values, offset);
        var seen = new Seen(q, k, v, attended, keyStore, valueStore, cache.Stride, window);
        if (pass.Workspace.Threads == 1)
        {
            CandidatesOfHeads(0, 1, seen, pass);
        }
        else
        {
            CandidatesOnThreads(seen, pass);
        }

        GC.KeepAlive(keys);
        GC.KeepAlive(values);
    }

    private void CandidatesOnThreads(Seen seen, Pass pass)
    {
        var threads = Math.Min(pass.Workspace.Threads, Configuration.KeyValueHeads);
        Parallel.For(0, threads, thread => CandidatesOfHeads(thread, threads, seen, pass));
    }

    private void CandidatesOfHeads(int thread, int threads, in Seen seen, in Pass pass)
    {
        var c = Configuration;
        var width = c.HeadDimension;
        var queryRow = (nint)c.QueryHeads * width;
        var keyRow = (nint)c.KeyValueHeads * width;
        var group = c.QueryHeads / c.KeyValueHeads;
        var scores = pass.Workspace.Scores(thread, (long)AttentionKernel.QueryBlock * seen.Stride);
        for (var head = thread; head < c.KeyValueHeads; head += threads)
        {
            var store = (nint)head * width * seen.Stride;
            for (var query = head * group; query < (head + 1) * group; query++)
            {
                CandidateAttention.Attend(
                    seen.Queries + (query * width),
                    queryRow,
                    pass.Sequences,
                    pass.Past,
                    width,
                    seen.Window,
                    seen.KeyStore + store,
                    seen.ValueStore + store,
                    seen.Stride,
                    seen.Keys + (head * width),
                    seen.Values + (head * width),
                    keyRow,
                    scores,
                    seen.Attended + (query * width));
            }
        }
    }
}
