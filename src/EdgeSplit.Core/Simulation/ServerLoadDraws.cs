using System.Runtime.Intrinsics;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Core.Simulation;

/// <summary>The first four uniform draws of eight consecutive time blocks, computed at once where the processor can: what most steps of a server's load need.</summary>
/// <remarks>Draw d of block b is, bit for bit, draw d of <c>new RandomSource(stream, entity, b)</c>. Not thread-safe.</remarks>
internal sealed class ServerLoadDraws
{
    /// <summary>Draws per block.</summary>
    internal const int Draws = 4;

    private readonly double[] uniforms = new double[Draws * WideLanes.Count];
    private long firstBlock;
    private bool isLoaded;

    /// <summary>Whether this processor can.</summary>
    internal static bool IsSupported => WideLanes.IsSupported;

    /// <summary>Forgets what was drawn: stream or entity have changed.</summary>
    internal void Reset() => isLoaded = false;

    /// <summary>Draws of a block; draw d lies at d times <see cref="WideLanes.Count"/>.</summary>
    internal ReadOnlySpan<double> At(StreamKey stream, ulong entity, long block)
    {
        if (!isLoaded || (ulong)(block - firstBlock) >= WideLanes.Count)
        {
            Load(stream, entity, block);
        }

        return uniforms.AsSpan((int)(block - firstBlock));
    }

    private void Load(StreamKey stream, ulong entity, long block)
    {
        Philox4x64.Block8(
            entity, Vector512.Create((ulong)block) + Vector512<ulong>.Indices, 0, 0, stream, out var words0, out var words1, out var words2, out var words3);
        WideLanes.UniformOf(words0).Value.StoreUnsafe(ref uniforms[0]);
        WideLanes.UniformOf(words1).Value.StoreUnsafe(ref uniforms[WideLanes.Count]);
        WideLanes.UniformOf(words2).Value.StoreUnsafe(ref uniforms[2 * WideLanes.Count]);
        WideLanes.UniformOf(words3).Value.StoreUnsafe(ref uniforms[3 * WideLanes.Count]);
        firstBlock = block;
        isLoaded = true;
    }
}
