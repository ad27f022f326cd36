using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EdgeSplit.Core.Numerics;

/// <summary>The element-wise parts of a transformer layer: root-mean-square norm, masked softmax, gated activation, rotation of pairs.</summary>
/// <remarks>Sums add lane l over the elements l, l + 16, ..., then the lanes by one fixed tree: the same bits on every processor. Nothing is allocated.</remarks>
internal static unsafe class TransformerElementwise
{
    private const int Lanes = 16;

    /// <summary>y = x / sqrt(mean(x²) + epsilon) · weight, row by row; y may be x.</summary>
    /// <param name="x">The rows.</param>
    /// <param name="xRow">Distance of rows in x.</param>
    /// <param name="weight">Shape [width].</param>
    /// <param name="y">Receives the rows.</param>
    /// <param name="yRow">Distance of rows in y.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="width">Values per row, at least 1.</param>
    /// <param name="epsilon">Added to the mean square.</param>
    internal static void RootMeanSquareNorm(float* x, nint xRow, float* weight, float* y, nint yRow, int rows, int width, float epsilon)
    {
        for (var row = 0; row < rows; row++, x += xRow, y += yRow)
        {
            var scale = 1f / MathF.Sqrt((DotTiles.Dot(x, x, width) / width) + epsilon);
            var factor = Vector512.Create(scale);
            var i = 0;
            for (; i + Lanes <= width; i += Lanes)
            {
                (Vector512.Load(x + i) * factor * Vector512.Load(weight + i)).Store(y + i);
            }

            for (; i < width; i++)
            {
                y[i] = x[i] * scale * weight[i];
            }
        }
    }

    /// <summary>Turns scores into probabilities: softmax(scale · score) over [first, end), zero elsewhere.</summary>
    /// <param name="scores">The row, changed in place.</param>
    /// <param name="first">First valid score.</param>
    /// <param name="end">End of the valid scores, above <paramref name="first"/>.</param>
    /// <param name="length">Length of the row, a multiple of 16, at least <paramref name="end"/>.</param>
    /// <param name="scale">Factor on the scores.</param>
    internal static void MaskedSoftmax(float* scores, int first, int end, int length, float scale)
    {
        new Span<float>(scores, first).Fill(float.NegativeInfinity);
        new Span<float>(scores + end, length - end).Fill(float.NegativeInfinity);
        var largest = Vector512.Create(float.NegativeInfinity);
        for (var i = 0; i < length; i += Lanes)
        {
            largest = Vector512.Max(largest, Vector512.Load(scores + i));
        }

        var top = float.NegativeInfinity;
        for (var lane = 0; lane < Lanes; lane++)
        {
            top = MathF.Max(top, largest.GetElement(lane));
        }

        var sums = Vector512<float>.Zero;
        var factor = Vector512.Create(scale);
        var shift = Vector512.Create(top * scale);
        for (var i = 0; i < length; i += Lanes)
        {
            var score = Vector512.Load(scores + i);
            var value = ExponentialFunction.Evaluate((score * factor) - shift);
            value = Vector512.ConditionalSelect(Vector512.Equals(score, Vector512.Create(float.NegativeInfinity)), Vector512<float>.Zero, value);
            sums += value;
            value.Store(scores + i);
        }

        var inverse = Vector512.Create(1f / DotTiles.Sum(sums));
        for (var i = 0; i < length; i += Lanes)
        {
            (Vector512.Load(scores + i) * inverse).Store(scores + i);
        }
    }

    /// <summary>gate ← gate / (1 + exp(-gate)) · up: the SwiGLU activation.</summary>
    /// <param name="gate">Changed in place.</param>
    /// <param name="up">The factors.</param>
    /// <param name="length">Number of values.</param>
    [SkipLocalsInit]
    internal static void GateBySilu(float* gate, float* up, nint length)
    {
        nint i = 0;
        for (; i + Lanes <= length; i += Lanes)
        {
            Gated(Vector512.Load(gate + i), Vector512.Load(up + i)).Store(gate + i);
        }

        if (i < length)
        {
            var rest = stackalloc float[2 * Lanes];
            var few = (int)(length - i);
            for (var j = 0; j < Lanes; j++)
            {
                rest[j] = j < few ? gate[i + j] : 0f;
                rest[Lanes + j] = j < few ? up[i + j] : 0f;
            }

            Gated(Vector512.Load(rest), Vector512.Load(rest + Lanes)).Store(rest);
            new ReadOnlySpan<float>(rest, few).CopyTo(new Span<float>(gate + i, few));
        }
    }

    /// <summary>Rotates the pairs (i, i + half) of a head by the angles of its position.</summary>
    /// <param name="head">Shape [2 · half], changed in place.</param>
    /// <param name="cosines">Shape [half].</param>
    /// <param name="sines">Shape [half].</param>
    /// <param name="half">Half of the head's values.</param>
    internal static void RotateHalves(float* head, float* cosines, float* sines, int half)
    {
        var other = head + half;
        var i = 0;
        for (; i + Lanes <= half; i += Lanes)
        {
            var a = Vector512.Load(head + i);
            var b = Vector512.Load(other + i);
            var c = Vector512.Load(cosines + i);
            var s = Vector512.Load(sines + i);
            ((a * c) - (b * s)).Store(head + i);
            ((b * c) + (a * s)).Store(other + i);
        }

        for (; i < half; i++)
        {
            var a = head[i];
            var b = other[i];
            head[i] = (a * cosines[i]) - (b * sines[i]);
            other[i] = (b * cosines[i]) + (a * sines[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Gated(Vector512<float> gate, Vector512<float> up) =>
        gate / (Vector512<float>.One + ExponentialFunction.Evaluate(-gate)) * up;
}
