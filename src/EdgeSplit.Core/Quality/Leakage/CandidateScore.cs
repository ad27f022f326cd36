using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using EdgeSplit.Core.Compression;
using EdgeSplit.Core.Numerics;
using EdgeSplit.Core.Wireless;

namespace EdgeSplit.Core.Quality.Leakage;

/// <summary>How well the states of candidates explain one reception: a function of the squared distance over the values that arrived, less the log of the prior.</summary>
/// <remarks>
/// <para>With noise of known variance, distance / (2 variance): Gaussian. Without noise the right candidate behind right guesses fits to rounding, and behind a wrong guess
/// it is off by an unknown amount. So there the variance is the unknown, profiled out: (n / 2) ln(1 + distance / (n rounding)) for n values.</para>
/// <para>Not thread-safe: holds memory for the quantised candidates.</para>
/// </remarks>
internal sealed class CandidateScore
{
    /// <summary>Rounding of a forward pass, as a share of the power: what counts as equal where there is no noise.</summary>
    private const double RoundingShare = 1e-10;

    private const int Lanes = 16;

    private readonly ReceivedState received;
    private readonly float[] arrivals; // 1 where a value arrived, else 0; empty where all did
    private readonly float[] scales; // of the channels, where candidates are quantised by them
    private readonly double variance;
    private readonly bool isNoisy;
    private float[] quantized = [];

    internal CandidateScore(ReceivedState received)
    {
        this.received = received;
        arrivals = received.IsErased.IsEmpty ? [] : [.. received.IsErased.ToArray().Select(isErased => isErased ? 0f : 1f)];
        var damage = received.Damage;
        var power = Power();
        scales = [];
        var noise = damage.SnrDb is { } snrDb ? power / (1 + Decibels.ToLinear(snrDb)) : 0;
        if (damage is { Bits: { } bits, Scale: QuantizationScale.Channel })
        {
            var seen = ChannelScales(bits);
            if (damage.SnrDb is null && damage.ErasureProbability == 0)
            {
                scales = seen;
            }
            else
            {
                noise += seen.Average(scale => (double)scale * scale) / 12;
            }
        }

        isNoisy = noise > RoundingShare * power;
        variance = isNoisy ? noise : RoundingShare * power;
    }

    /// <summary>The received state of a position, gaps filled.</summary>
    internal ReadOnlySpan<float> Filled(int position) => received.Filled.Slice(position * received.Dimension, received.Dimension);

    /// <summary>What each candidate costs, in nats: the smaller the likelier.</summary>
    internal void Costs(int position, ReadOnlySpan<float> states, ReadOnlySpan<int> candidates, ReadOnlySpan<double> logPrior, Span<double> costs)
    {
        var dimension = received.Dimension;
        var row = received.Arrived.Slice(position * dimension, dimension);
        var mask = arrivals.Length == 0 ? default : arrivals.AsSpan(position * dimension, dimension);
        states = Quantized(states[..(candidates.Length * dimension)], candidates.Length);
        var count = mask.IsEmpty ? dimension : mask.Length - mask.Count(0f);
        for (var i = 0; i < candidates.Length; i++)
        {
            costs[i] = -logPrior[candidates[i]];
            if (count > 0 && variance > 0)
            {
                var distance = (double)Distance(row, states.Slice(i * dimension, dimension), mask);
                costs[i] += isNoisy ? distance / (2 * variance) : 0.5 * count * Math.Log(1 + (distance / (count * variance)));
            }
        }
    }

    private static float Distance(ReadOnlySpan<float> row, ReadOnlySpan<float> state, ReadOnlySpan<float> mask)
    {
        var sums = Vector512<float>.Zero;
        ref var x = ref MemoryMarshal.GetReference(row);
        ref var y = ref MemoryMarshal.GetReference(state);
        ref var m = ref MemoryMarshal.GetReference(mask);
        var i = 0;
        for (; i + Lanes <= row.Length; i += Lanes)
        {
            var difference = Vector512.LoadUnsafe(ref x, (nuint)i) - Vector512.LoadUnsafe(ref y, (nuint)i);
            difference = mask.IsEmpty ? difference : difference * Vector512.LoadUnsafe(ref m, (nuint)i);
            sums = Vector512.FusedMultiplyAdd(difference, difference, sums);
        }

        var sum = 0f;
        for (; i < row.Length; i++)
        {
            var difference = (row[i] - state[i]) * (mask.IsEmpty ? 1f : mask[i]);
            sum = MathF.FusedMultiplyAdd(difference, difference, sum);
        }

        return sum + DotTiles.Sum(sums);
    }

    private ReadOnlySpan<float> Quantized(ReadOnlySpan<float> states, int candidates)
    {
        if (received.Damage.Bits is not { } bits || (received.Damage.Scale == QuantizationScale.Channel && scales.Length == 0))
        {
            return states;
        }

        if (quantized.Length < states.Length)
        {
            quantized = new float[states.Length];
        }

        var copy = quantized.AsSpan(0, states.Length);
        states.CopyTo(copy);
        var codec = new SymmetricIntegerCodec(bits);
        if (scales.Length == 0)
        {
            codec.RoundTrip(copy, candidates, received.Dimension);
            return copy;
        }

        for (var i = 0; i < candidates; i++)
        {
            SymmetricRounding.RoundTrip(copy.Slice(i * received.Dimension, received.Dimension), scales, codec.LargestCode);
        }

        return copy;
    }

    /// <summary>The scales of the channels: the largest value of a channel is its scale times the largest code.</summary>
    private float[] ChannelScales(int bits)
    {
        var largest = new float[received.Dimension];
        for (var token = 0; token < received.Tokens; token++)
        {
            SymmetricRounding.RaiseToMagnitude(received.Arrived.Slice(token * received.Dimension, received.Dimension), largest);
        }

        SymmetricRounding.Divide(largest, SymmetricRounding.Top(bits));
        return largest;
    }

    /// <summary>Mean square of the values that arrived.</summary>
    private double Power()
    {
        var sum = 0.0;
        foreach (var value in received.Arrived)
        {
            sum += (double)value * value;
        }

        var count = arrivals.Length == 0 ? received.Arrived.Length : arrivals.Count(arrival => arrival > 0);
        return count == 0 ? 0 : sum / count;
    }
}
