using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EdgeSplit.Core.Compression;

/// <summary>Fills the gaps of a hidden state of which some values are known to be lost.</summary>
/// <remarks>
/// <para>Values that arrived keep their bits, except under <see cref="ErasureRecovery.Rescale"/>. That one multiplies by dimension / number that arrived of the same token, in single
/// precision, and not by 1/(1 - q): the receiver knows what is missing but not the loss probability, and the realised share is what restores the sum of a token.</para>
/// <para>The mean of a channel is summed in double precision, token by token. What an erased place holds before does not matter.</para>
/// <para>Vectors of 16 channels with the same bits on every processor; nothing is allocated. Stateless, so safe to call from any thread.</para>
/// </remarks>
public static class LostValueRecovery
{
    private const int Lanes = 16;
    private const int Channels = 64;

    /// <summary>Fills the gaps, in place.</summary>
    /// <param name="recovery">What to fill them with.</param>
    /// <param name="isErased">True for each value that is lost; shape [tokens, dimension].</param>
    /// <param name="tokens">Tokens of the message, at least 1.</param>
    /// <param name="dimension">Values per token, at least 1.</param>
    /// <param name="hiddenState">The values; shape [tokens, dimension].</param>
    /// <exception cref="ArgumentOutOfRangeException">The recovery is none, or a span has a wrong length.</exception>
    public static void Apply(ErasureRecovery recovery, ReadOnlySpan<bool> isErased, int tokens, int dimension, Span<float> hiddenState)
    {
        MessageShape.RequireShape(hiddenState.Length, tokens, dimension);
        Guard.SameLength(isErased.Length, hiddenState.Length);
        Guard.InRange((int)recovery, (int)ErasureRecovery.Zero, (int)ErasureRecovery.Rescale, nameof(recovery));
        if (recovery == ErasureRecovery.Mean)
        {
            PutMeans(isErased, tokens, dimension, hiddenState);
            return;
        }

        for (var token = 0; token < tokens; token++)
        {
            var row = hiddenState.Slice(token * dimension, dimension);
            var lost = isErased.Slice(token * dimension, dimension);
            if (recovery == ErasureRecovery.PreviousToken && token > 0)
            {
                Put(hiddenState.Slice((token - 1) * dimension, dimension), lost, row);
                continue;
            }

            PutZero(lost, row);
            if (recovery == ErasureRecovery.Rescale && dimension - lost.Count(true) is var arrived and > 0 && arrived < dimension)
            {
                Scale((float)dimension / arrived, row);
            }
        }
    }

    private static void PutZero(ReadOnlySpan<bool> lost, Span<float> row)
    {
        ref var to = ref MemoryMarshal.GetReference(row);
        var i = 0;
        for (; i + Lanes <= row.Length; i += Lanes)
        {
            Vector512.AndNot(Vector512.LoadUnsafe(ref to, (nuint)i), IsErased(lost, i)).StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < row.Length; i++)
        {
            row[i] = lost[i] ? 0f : row[i];
        }
    }

    private static void Put(ReadOnlySpan<float> filling, ReadOnlySpan<bool> lost, Span<float> row)
    {
        ref var from = ref MemoryMarshal.GetReference(filling);
        ref var to = ref MemoryMarshal.GetReference(row);
        var i = 0;
        for (; i + Lanes <= row.Length; i += Lanes)
        {
            Vector512.ConditionalSelect(IsErased(lost, i), Vector512.LoadUnsafe(ref from, (nuint)i), Vector512.LoadUnsafe(ref to, (nuint)i)).StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < row.Length; i++)
        {
            row[i] = lost[i] ? filling[i] : row[i];
        }
    }

    private static void Scale(float factor, Span<float> row)
    {
        ref var to = ref MemoryMarshal.GetReference(row);
        var i = 0;
        for (; i + Lanes <= row.Length; i += Lanes)
        {
            (Vector512.LoadUnsafe(ref to, (nuint)i) * factor).StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < row.Length; i++)
        {
            row[i] *= factor;
        }
    }

    private static void PutMeans(ReadOnlySpan<bool> isErased, int tokens, int dimension, Span<float> hiddenState)
    {
        Span<double> sums = stackalloc double[Channels];
        Span<int> counts = stackalloc int[Channels];
        Span<float> means = stackalloc float[Channels];
        for (var channel = 0; channel < dimension; channel += Channels)
        {
            var width = Math.Min(Channels, dimension - channel);
            sums.Clear();
            counts.Clear();
            for (var token = 0; token < tokens; token++)
            {
                var row = hiddenState.Slice((token * dimension) + channel, width);
                var lost = isErased.Slice((token * dimension) + channel, width);
                for (var i = 0; i < row.Length; i++)
                {
                    sums[i] += lost[i] ? 0.0 : row[i];
                    counts[i] += lost[i] ? 0 : 1;
                }
            }

            for (var i = 0; i < width; i++)
            {
                means[i] = counts[i] == 0 ? 0f : (float)(sums[i] / counts[i]);
            }

            for (var token = 0; token < tokens; token++)
            {
                Put(means, isErased.Slice((token * dimension) + channel, width), hiddenState.Slice((token * dimension) + channel, width));
            }
        }
    }

    /// <summary>All bits of the lanes whose value is lost.</summary>
    private static Vector512<float> IsErased(ReadOnlySpan<bool> lost, int at)
    {
        var (low, high) = Vector128.Widen(Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(MemoryMarshal.AsBytes(lost)), (nuint)at));
        var (first, second) = Vector256.Widen(Vector256.Create(low, high));
        return ~Vector512.Equals(Vector512.Create(first, second), Vector512<uint>.Zero).AsSingle();
    }
}
