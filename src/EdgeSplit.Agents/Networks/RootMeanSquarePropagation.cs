using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EdgeSplit.Agents.Networks;

/// <summary>The RMSprop optimiser for one vector of parameters: v ← αv + (1 - α)g², p ← p - rate·g/(√v + ε), with ε outside of the square root as in PyTorch.</summary>
/// <remarks>Owns its moment; a step allocates nothing. Not thread-safe. Source: T. Tieleman and G. Hinton, "Lecture 6.5: RMSprop", 2012.</remarks>
internal sealed class RootMeanSquarePropagation(int parameterCount, double decay, double epsilon)
{
    private const int Lanes = 16;
    private readonly float[] moment = new float[parameterCount];

    internal ReadOnlySpan<float> Moment => moment;

    internal void Restore(ReadOnlySpan<float> saved) => saved.CopyTo(moment);

    internal void Step(Span<float> parameters, ReadOnlySpan<float> gradients, double learningRate)
    {
        Guard.SameLength(parameters.Length, moment.Length);
        Guard.SameLength(gradients.Length, moment.Length);
        ref var p = ref MemoryMarshal.GetReference(parameters);
        ref var g = ref MemoryMarshal.GetReference(gradients);
        ref var v = ref MemoryMarshal.GetArrayDataReference(moment);
        var (keep, add, outside, rate) = ((float)decay, (float)(1 - decay), (float)epsilon, (float)-learningRate);
        nuint i = 0;
        for (; i + Lanes <= (nuint)moment.Length; i += Lanes)
        {
            var gradient = Vector512.LoadUnsafe(ref g, i);
            var mean = Vector512.FusedMultiplyAdd(Vector512.Create(keep), Vector512.LoadUnsafe(ref v, i), Vector512.Create(add) * (gradient * gradient));
            mean.StoreUnsafe(ref v, i);
            var ratio = gradient / (Vector512.Sqrt(mean) + Vector512.Create(outside));
            Vector512.FusedMultiplyAdd(Vector512.Create(rate), ratio, Vector512.LoadUnsafe(ref p, i)).StoreUnsafe(ref p, i);
        }

        for (var j = (int)i; j < moment.Length; j++)
        {
            var mean = MathF.FusedMultiplyAdd(keep, moment[j], add * (gradients[j] * gradients[j]));
            moment[j] = mean;
            parameters[j] = MathF.FusedMultiplyAdd(rate, gradients[j] / (MathF.Sqrt(mean) + outside), parameters[j]);
        }
    }
}
