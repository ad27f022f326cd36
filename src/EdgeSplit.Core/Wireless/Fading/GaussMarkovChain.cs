using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Core.Wireless.Fading;

/// <summary>Stationary complex first-order autoregressive sequences of mean square 1 that can be asked at any block: h(n) of correlation rho^|lag|.</summary>
/// <remarks>
/// <para>Knots every 2^L blocks are independent, which costs a correlation below 1e-9. Between knots the sequence is halved: the value midway between two values at
/// distance 2d is r / (1 + r^2) times their sum plus sqrt((1 - r^2) / (1 + r^2)) times a new normal number, r = rho^d, the conditional law of a Markov sequence. The number of block b is
/// drawn at b, so any block needs at most L + 1 draws, and consecutive blocks one each.</para>
/// <para>Immutable, so safe to share between threads; filling allocates nothing.</para>
/// </remarks>
internal sealed class GaussMarkovChain
{
    private const int MostLevels = 62;
    private const int StretchLevels = 8;
    private const int Stretch = 1 << StretchLevels;
    private const int FewestOfStretch = 12;
    private const double ForgottenExponent = 21.0; // exp(-21) = 8e-10

    private readonly StreamKey key;
    private readonly ulong entity;
    private readonly double decay;
    private readonly bool alternates;
    private readonly int levels;
    private readonly double[] weights;
    private readonly double[] spreads;

    /// <param name="key">Stream of the draws.</param>
    /// <param name="entity">The link.</param>
    /// <param name="decay">-ln|rho| per block, at least 0, may be infinite.</param>
    /// <param name="alternates">Whether rho is negative.</param>
    internal GaussMarkovChain(StreamKey key, ulong entity, double decay, bool alternates)
    {
        (this.key, this.entity, this.decay, this.alternates) = (key, entity, decay, alternates);
        while (levels < MostLevels && decay * (1UL << levels) < ForgottenExponent)
        {
            levels++;
        }

        (weights, spreads) = (new double[levels], new double[levels]);
        for (var level = 0; level < levels; level++)
        {
            var exponent = decay * (1UL << level);
            var square = Math.Exp(-2.0 * exponent);
            weights[level] = Math.Exp(-exponent) / (1.0 + square);
            spreads[level] = Math.Sqrt(-ExponentialDistribution.ExponentialMinusOne(-2.0 * exponent) / (1.0 + square));
        }
    }

    /// <summary>The sequence that goes on with draws of another stream.</summary>
    internal GaussMarkovChain With(StreamKey other) => new(other, entity, decay, alternates);

    /// <summary>Correlation with block 0.</summary>
    internal double Correlation(long block)
    {
        var size = block == 0 ? 1.0 : Math.Exp(-decay * block);
        return alternates && (block & 1) != 0 ? -size : size;
    }

    /// <summary>Values of consecutive blocks, below 2^62, of one of the independent sequences.</summary>
    internal void Fill(int component, long firstBlock, Span<double> real, Span<double> imaginary)
    {
        if (firstBlock > (1L << MostLevels) - real.Length)
        {
            throw new ArgumentOutOfRangeException(nameof(firstBlock), firstBlock, "Blocks must be below 2^62.");
        }

        for (var done = 0; done < real.Length;)
        {
            var block = firstBlock + done;
            var start = decay == 0.0 ? block : block & -Stretch;
            var count = (int)Math.Min(real.Length - done, decay == 0.0 ? real.Length : start + Stretch - block);
            if (decay == 0.0)
            {
                FillConstant(component, real, imaginary);
            }
            else if (count < FewestOfStretch)
            {
                for (var i = 0; i < count; i++)
                {
                    Ends(component, block + i, 0, out var value, out _);
                    (real[done + i], imaginary[done + i]) = value;
                }
            }
            else
            {
                FillFromStretch(component, start, (int)(block - start), real.Slice(done, count), imaginary.Slice(done, count));
            }

            done += count;
        }

        if (alternates)
        {
            for (var i = (int)((firstBlock & 1) ^ 1); i < real.Length; i += 2)
            {
                (real[i], imaginary[i]) = (-real[i], -imaginary[i]);
            }
        }
    }

    private void FillConstant(int component, Span<double> real, Span<double> imaginary)
    {
        Span<ulong> origin = stackalloc ulong[8];
        Span<double> values = stackalloc double[16];
        origin.Clear();
        ComplexNormals.FillAt(key, entity, (ulong)component, origin, values[..8], values[8..]);
        real.Fill(values[0]);
        imaginary.Fill(values[8]);
    }

    /// <summary>Copies a part of the aligned stretch that starts at a block.</summary>
    private void FillFromStretch(int component, long start, int skip, Span<double> real, Span<double> imaginary)
    {
        Span<double> x = stackalloc double[Stretch + 1], y = stackalloc double[Stretch + 1];
        ComplexNormals.Fill(key, entity, (ulong)component, (ulong)start, x, y);
        var inner = Math.Min(levels, StretchLevels);
        if (levels > StretchLevels)
        {
            Ends(component, start, StretchLevels, out var left, out var right);
            (x[0], y[0]) = left;
            (x[Stretch], y[Stretch]) = right;
        }

        for (var level = inner - 1; level >= 0; level--)
        {
            var (distance, weight, spread) = (1 << level, weights[level], spreads[level]);
            for (var i = distance; i < Stretch; i += 2 * distance)
            {
                x[i] = Midway(weight, spread, x[i - distance], x[i + distance], x[i]);
                y[i] = Midway(weight, spread, y[i - distance], y[i + distance], y[i]);
            }
        }

        x.Slice(skip, real.Length).CopyTo(real);
        y.Slice(skip, real.Length).CopyTo(imaginary);
    }

    /// <summary>The values at both ends of an aligned stretch of 2^size blocks, by halving from the knots; where the knots are closer than that, its first value only.</summary>
    private void Ends(int component, long start, int size, out (double Real, double Imaginary) left, out (double Real, double Imaginary) right)
    {
        Span<ulong> blocks = stackalloc ulong[MostLevels + 2];
        var low = levels == 0 ? (ulong)start : (ulong)start >> levels << levels;
        (blocks[0], blocks[1]) = (low, low + (1UL << levels));
        var count = 2;
        for (var level = levels - 1; level >= size; level--)
        {
            blocks[count] = low + (1UL << level);
            low = (ulong)start >= blocks[count] ? blocks[count] : low;
            count++;
        }

        var padded = (count + 7) & -8;
        Span<double> x = stackalloc double[padded], y = stackalloc double[padded];
        ComplexNormals.FillAt(key, entity, (ulong)component, blocks[..padded], x, y);
        (left, right) = ((x[0], y[0]), Beyond(x[0], y[0], x[1], y[1]));
        for (var i = 2; i < count; i++)
        {
            var (weight, spread) = (weights[levels + 1 - i], spreads[levels + 1 - i]);
            var middle = (Midway(weight, spread, left.Real, right.Real, x[i]), Midway(weight, spread, left.Imaginary, right.Imaginary, y[i]));
            (left, right) = (ulong)start >= blocks[i] ? (middle, right) : (left, middle);
        }
    }

    /// <summary>The next knot: independent, except where even 2^62 blocks are not far enough to forget.</summary>
    private (double Real, double Imaginary) Beyond(double real, double imaginary, double nextReal, double nextImaginary)
    {
        if (levels < MostLevels)
        {
            return (nextReal, nextImaginary);
        }

        var exponent = decay * (1UL << levels);
        var (kept, fresh) = (Math.Exp(-exponent), Math.Sqrt(-ExponentialDistribution.ExponentialMinusOne(-2.0 * exponent)));
        return ((kept * real) + (fresh * nextReal), (kept * imaginary) + (fresh * nextImaginary));
    }

    private static double Midway(double weight, double spread, double left, double right, double normal) =>
        Math.FusedMultiplyAdd(spread, normal, weight * (left + right));
}
