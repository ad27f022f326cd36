using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EdgeSplit.Agents.Networks;

/// <summary>One loss function on 16 elements at once.</summary>
internal interface ILossFunction
{
    Vector512<float> Evaluate(Vector512<float> output, Vector512<float> target, out Vector512<float> derivative);
}

/// <summary>The loop of all losses: weights, masks, tails and the sum, whose order is fixed.</summary>
internal static class ElementwiseLoss
{
    private const int Lanes = 16;

    internal static double Evaluate<T>(
        T function, ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights, Span<float> gradients)
        where T : struct, ILossFunction
    {
        Guard.SameLength(targets.Length, outputs.Length);
        Guard.SameLength(weights.Length, outputs.Length);
        Guard.SameLength(gradients.Length, outputs.Length);
        var sum = Vector512<float>.Zero;
        var i = 0;
        for (; i + Lanes <= outputs.Length; i += Lanes)
        {
            sum += Part(function, Load(outputs, i), Load(targets, i), Load(weights, i), out var gradient);
            gradient.StoreUnsafe(ref MemoryMarshal.GetReference(gradients), (nuint)i);
        }

        if (i < outputs.Length)
        {
            Span<float> few = stackalloc float[4 * Lanes];
            few.Clear();
            outputs[i..].CopyTo(few);
            targets[i..].CopyTo(few[Lanes..]);
            weights[i..].CopyTo(few[(2 * Lanes)..]);
            sum += Part(function, Load(few, 0), Load(few, Lanes), Load(few, 2 * Lanes), out var gradient);
            gradient.CopyTo(few[(3 * Lanes)..]);
            few.Slice(3 * Lanes, outputs.Length - i).CopyTo(gradients[i..]);
        }

        var total = 0.0;
        for (var lane = 0; lane < Lanes; lane++)
        {
            total += sum[lane];
        }

        return total;
    }

    private static Vector512<float> Part<T>(
        T function, Vector512<float> output, Vector512<float> target, Vector512<float> weight, out Vector512<float> gradient)
        where T : struct, ILossFunction
    {
        var masked = Vector512.Equals(weight, Vector512<float>.Zero);
        var loss = function.Evaluate(output, target, out var derivative);
        gradient = Vector512.ConditionalSelect(masked, Vector512<float>.Zero, weight * derivative);
        return Vector512.ConditionalSelect(masked, Vector512<float>.Zero, weight * loss);
    }

    private static Vector512<float> Load(ReadOnlySpan<float> x, int at) =>
        Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(x), (nuint)at);
}
