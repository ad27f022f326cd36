using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using EdgeSplit.Core.Numerics;

namespace EdgeSplit.Agents.Networks;

/// <summary>The Adam optimiser for one vector of parameters, with optional decoupled weight decay and gradient clipping.</summary>
/// <remarks>
/// <para>m ← β₁m + (1 - β₁)g, v ← β₂v + (1 - β₂)g², p ← (1 - αλ)p - α·m̂/(√v̂ + ε) with m̂ = m/(1 - β₁ᵗ) and v̂ = v/(1 - β₂ᵗ): ε stands
/// outside the square root, as in PyTorch.</para>
/// <para>Moments that would be subnormal are kept as 0. Owns its moments; a step allocates nothing. Not thread-safe.</para>
/// <para>Sources: D. Kingma and J. Ba, "Adam", ICLR 2015; I. Loshchilov and F. Hutter, "Decoupled weight decay regularization", ICLR 2019.</para>
/// </remarks>
public sealed class Adam
{
    private const int Lanes = 16;
    private const float SmallestNormal = 1.17549435e-38f;
    private readonly float[] firstMoment;
    private readonly float[] secondMoment;

    /// <summary>Creates an optimiser at step 0.</summary>
    /// <param name="parameterCount">The number of parameters, at least 0.</param>
    /// <param name="options">The settings; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="parameterCount"/> is negative.</exception>
    public Adam(int parameterCount, AdamOptions? options = null)
    {
        firstMoment = new float[Guard.AtLeast(parameterCount, 0)];
        secondMoment = new float[parameterCount];
        Options = options ?? new AdamOptions();
    }

    /// <summary>The settings.</summary>
    public AdamOptions Options { get; }

    /// <summary>The number of steps taken.</summary>
    public long StepCount { get; private set; }

    /// <summary>The running mean of gradients, for saving.</summary>
    public ReadOnlySpan<float> FirstMoment => firstMoment;

    /// <summary>The running mean of squared gradients, for saving.</summary>
    public ReadOnlySpan<float> SecondMoment => secondMoment;

    /// <summary>Changes the parameters by one step with the learning rate of the options.</summary>
    /// <param name="parameters">The parameters, changed in place.</param>
    /// <param name="gradients">The gradient; not changed, also where it is clipped.</param>
    /// <returns>Whether the step was taken: false, and nothing is changed, where the gradient's norm is not finite.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A length is not the number of parameters.</exception>
    public bool Step(Span<float> parameters, ReadOnlySpan<float> gradients) => Step(parameters, gradients, Options.LearningRate);

    /// <summary>Changes the parameters by one step with a learning rate of its own, for schedules.</summary>
    /// <param name="parameters">The parameters, changed in place.</param>
    /// <param name="gradients">The gradient; not changed, also where it is clipped.</param>
    /// <param name="learningRate">The step size α of this step, at least 0.</param>
    /// <returns>Whether the step was taken: false, and nothing is changed, where the gradient's norm is not finite.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A length is not the number of parameters, or the learning rate is negative or not finite.</exception>
    public bool Step(Span<float> parameters, ReadOnlySpan<float> gradients, double learningRate)
    {
        Guard.SameLength(parameters.Length, firstMoment.Length);
        Guard.SameLength(gradients.Length, firstMoment.Length);
        Guard.NonNegative(learningRate);
        var norm = Math.Sqrt(VectorOperations.Dot(gradients, gradients));
        if (!double.IsFinite(norm))
        {
            return false;
        }

        StepCount++;
        var clip = norm > Options.MaximumGradientNorm ? Options.MaximumGradientNorm / (norm + 1e-6) : 1;
        var coefficients = new Coefficients(
            (float)Options.FirstDecay,
            (float)((1 - Options.FirstDecay) * clip),
            (float)Options.SecondDecay,
            (float)((1 - Options.SecondDecay) * clip * clip),
            (float)(1 / Math.Sqrt(1 - Math.Pow(Options.SecondDecay, StepCount))),
            (float)Options.Epsilon,
            (float)(learningRate / (1 - Math.Pow(Options.FirstDecay, StepCount))),
            (float)(1 - (learningRate * Options.WeightDecay)));
        Update(parameters, gradients, coefficients);
        return true;
    }

    /// <summary>Takes over a saved state.</summary>
    /// <param name="stepCount">The number of steps taken, at least 0.</param>
    /// <param name="first">The running mean of gradients, of the number of parameters.</param>
    /// <param name="second">The running mean of squared gradients, of the number of parameters.</param>
    /// <exception cref="ArgumentOutOfRangeException">The step is negative, or a length is not the number of parameters.</exception>
    public void Restore(long stepCount, ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        Guard.InRange((double)stepCount, 0, long.MaxValue, nameof(stepCount));
        Guard.SameLength(first.Length, firstMoment.Length);
        Guard.SameLength(second.Length, secondMoment.Length);
        StepCount = stepCount;
        first.CopyTo(firstMoment);
        second.CopyTo(secondMoment);
    }

    private void Update(Span<float> parameters, ReadOnlySpan<float> gradients, in Coefficients c)
    {
        ref var p = ref MemoryMarshal.GetReference(parameters);
        ref var g = ref MemoryMarshal.GetReference(gradients);
        ref var m = ref MemoryMarshal.GetArrayDataReference(firstMoment);
        ref var v = ref MemoryMarshal.GetArrayDataReference(secondMoment);
        var keepFirst = Vector512.Create(c.KeepFirst);
        var addFirst = Vector512.Create(c.AddFirst);
        var keepSecond = Vector512.Create(c.KeepSecond);
        var addSecond = Vector512.Create(c.AddSecond);
        var rootScale = Vector512.Create(c.RootScale);
        var epsilon = Vector512.Create(c.Epsilon);
        var rate = Vector512.Create(-c.Rate);
        var shrink = Vector512.Create(c.Shrink);
        nuint i = 0;
        var count = (nuint)firstMoment.Length;
        for (; i + Lanes <= count; i += Lanes)
        {
            var gradient = Vector512.LoadUnsafe(ref g, i);
            var first = Flush(Vector512.FusedMultiplyAdd(keepFirst, Vector512.LoadUnsafe(ref m, i), addFirst * gradient));
            var second = Flush(Vector512.FusedMultiplyAdd(keepSecond, Vector512.LoadUnsafe(ref v, i), addSecond * (gradient * gradient)));
            first.StoreUnsafe(ref m, i);
            second.StoreUnsafe(ref v, i);
            var ratio = first / Vector512.FusedMultiplyAdd(Vector512.Sqrt(second), rootScale, epsilon);
            Vector512.FusedMultiplyAdd(rate, ratio, shrink * Vector512.LoadUnsafe(ref p, i)).StoreUnsafe(ref p, i);
        }

        for (var j = (int)i; j < firstMoment.Length; j++)
        {
            var gradient = gradients[j];
            var first = Flush(MathF.FusedMultiplyAdd(c.KeepFirst, firstMoment[j], c.AddFirst * gradient));
            var second = Flush(MathF.FusedMultiplyAdd(c.KeepSecond, secondMoment[j], c.AddSecond * (gradient * gradient)));
            firstMoment[j] = first;
            secondMoment[j] = second;
            var ratio = first / MathF.FusedMultiplyAdd(MathF.Sqrt(second), c.RootScale, c.Epsilon);
            parameters[j] = MathF.FusedMultiplyAdd(-c.Rate, ratio, c.Shrink * parameters[j]);
        }
    }

    /// <summary>Takes subnormal moments as 0: those of a unit that has died would otherwise decay through them, where processors are a hundred times slower.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Flush(Vector512<float> x) =>
        Vector512.ConditionalSelect(Vector512.LessThan(Vector512.Abs(x), Vector512.Create(SmallestNormal)), Vector512<float>.Zero, x);

    private static float Flush(float x) => MathF.Abs(x) < SmallestNormal ? 0f : x;

    private readonly record struct Coefficients(
        float KeepFirst, float AddFirst, float KeepSecond, float AddSecond, float RootScale, float Epsilon, float Rate, float Shrink);
}
