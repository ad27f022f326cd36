using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using BenchmarkDotNet.Attributes;
using EdgeSplit.Core.Inference;

namespace EdgeSplit.Benchmarks;

/// <summary>One F16 layer in the shape of a 7B model on two threads: decode beside a plain copy of as many bytes of traffic, prefill beside a loop of as many
/// fused multiply-adds in registers.</summary>
[MemoryDiagnoser]
public class SevenBillionLayerBenchmark
{
    private const int Threads = 2;
    private const int PromptTokens = 512;
    private const int ChainsPerThread = 12;

    private readonly byte[] source = new byte[SevenBillionLayer.MatrixBytes / 2];
    private readonly byte[] target = new byte[SevenBillionLayer.MatrixBytes / 2];
    private readonly float[] token = new float[SevenBillionLayer.HiddenSize];
    private readonly float[] prompt = new float[PromptTokens * SevenBillionLayer.HiddenSize];
    private readonly LlamaWorkspace workspace = new(Threads);
    private SevenBillionLayer? layer;
    private KeyValueCache? cache;

    /// <summary>Writes the checkpoint.</summary>
    [GlobalSetup]
    public void Setup()
    {
        layer = new SevenBillionLayer();
        cache = new KeyValueCache(layer.Model, 0, 1, 1, 64);
        Array.Fill(source, (byte)1);
        Array.Fill(token, 0.01f);
        Array.Fill(prompt, 0.01f);
    }

    /// <summary>Deletes it.</summary>
    [GlobalCleanup]
    public void Cleanup() => layer?.Dispose();

    /// <summary>Copies half of the layer's bytes: they are read and written, so that as many cross the memory bus as decoding reads.</summary>
    [Benchmark(Baseline = true)]
    public void Copy() => Parallel.For(0, Threads, part =>
    {
        var share = source.Length / Threads;
        source.AsSpan(part * share, share).CopyTo(target.AsSpan(part * share));
    });

    /// <summary>One token.</summary>
    [Benchmark]
    public void Decode() => layer!.Model.RunLayers(token, 1, 1, 0, 1, workspace, cache);

    /// <summary>As many fused multiply-adds in registers as the matrices of the prompt need.</summary>
    [Benchmark]
    public void MultiplyAddLoop() => Parallel.For(0, Threads, _ => Chains(PromptTokens * (SevenBillionLayer.MatrixBytes / 2) / Threads / ChainsPerThread / Vector512<float>.Count));

    /// <summary>A prompt of 512 tokens.</summary>
    [Benchmark]
    public void Prefill() => layer!.Model.RunLayers(prompt, 1, PromptTokens, 0, 1, workspace);

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static Vector512<float> Chains(long steps)
    {
        var x = Vector512.Create(0.999f);
        Vector512<float> a, b, c, d, e, f, g, h, i, j, k, l;
        a = b = c = d = e = f = g = h = i = j = k = l = Vector512<float>.One;
        for (; steps > 0; steps--)
        {
            a = Vector512.FusedMultiplyAdd(a, x, x);
            b = Vector512.FusedMultiplyAdd(b, x, x);
            c = Vector512.FusedMultiplyAdd(c, x, x);
            d = Vector512.FusedMultiplyAdd(d, x, x);
            e = Vector512.FusedMultiplyAdd(e, x, x);
            f = Vector512.FusedMultiplyAdd(f, x, x);
            g = Vector512.FusedMultiplyAdd(g, x, x);
            h = Vector512.FusedMultiplyAdd(h, x, x);
            i = Vector512.FusedMultiplyAdd(i, x, x);
            j = Vector512.FusedMultiplyAdd(j, x, x);
            k = Vector512.FusedMultiplyAdd(k, x, x);
            l = Vector512.FusedMultiplyAdd(l, x, x);
        }

        return a + b + c + d + e + f + g + h + i + j + k + l;
    }
}
