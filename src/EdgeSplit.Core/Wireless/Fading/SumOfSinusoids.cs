using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Core.Wireless.Fading;

/// <summary>One complex component of a Clarke channel: Y(x) = N^(-1/2) sum exp(j 2 pi (x cos a_n + phi_n)), a_n = (2 pi n + theta_n) / N, with independent uniform theta_n and phi_n.</summary>
/// <remarks>x counts Doppler cycles. Eight sinusoids are computed at once, and always summed in the same order, so that a value has the same bits however it is asked for.
/// Immutable, so safe to share between threads.</remarks>
internal sealed class SumOfSinusoids
{
    // Padded to whole vectors by sinusoids of amplitude 0.
    private readonly double[] cosines;
    private readonly double[] phases;
    private readonly double[] amplitudes;

    internal SumOfSinusoids(RandomSource random, int sinusoids)
    {
        var padded = (sinusoids + Vector512<double>.Count - 1) / Vector512<double>.Count * Vector512<double>.Count;
        (cosines, phases, amplitudes) = (new double[padded], new double[padded], new double[padded]);
        for (var n = 0; n < sinusoids; n++)
        {
            cosines[n] = SineOfCycles.Evaluate((n + random.NextUniform()) / sinusoids).Cosine;
            phases[n] = random.NextUniform() - 0.5;
            amplitudes[n] = 1.0 / Math.Sqrt(sinusoids);
        }
    }

    /// <summary>The component at any coordinates.</summary>
    internal void Fill(ReadOnlySpan<double> dopplerCycles, Span<double> real, Span<double> imaginary)
    {
        for (var i = 0; i < dopplerCycles.Length; i++)
        {
            var cycles = Vector512.Create(dopplerCycles[i]);
            var (inPhase, quadrature) = (Vector512<double>.Zero, Vector512<double>.Zero);
            for (var n = 0; n < cosines.Length; n += Vector512<double>.Count)
            {
                var phase = Vector512.FusedMultiplyAdd(cycles, Load(cosines, n), Load(phases, n));
                var sine = SineOfCycles.Evaluate(phase, out var cosine);
                inPhase = Vector512.FusedMultiplyAdd(Load(amplitudes, n), cosine, inPhase);
                quadrature = Vector512.FusedMultiplyAdd(Load(amplitudes, n), sine, quadrature);
            }

            real[i] = Sum(inPhase);
            imaginary[i] = Sum(quadrature);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Load(double[] values, int start) => Vector512.LoadUnsafe(ref values[start]);

    /// <summary>The sum of the lanes, in one order on every processor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Sum(Vector512<double> lanes)
    {
        var four = lanes.GetLower() + lanes.GetUpper();
        var two = four.GetLower() + four.GetUpper();
        return two.GetElement(0) + two.GetElement(1);
    }
}
