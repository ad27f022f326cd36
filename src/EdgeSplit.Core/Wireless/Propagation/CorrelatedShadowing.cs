using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Core.Wireless.Propagation;

/// <summary>Log-normal shadowing along the way of one link: Gaussian in decibels, with correlation exp(-way / correlation distance).</summary>
/// <remarks>
/// <para>The process depends on the way alone, so that a user who stands still keeps its value, and it can be asked at any point: nothing has to be
/// stepped through, and equal arguments give equal bits in whatever order.</para>
/// <para>How: knots stand every 32 correlation distances, where the process has forgotten itself (correlation 1.3e-14, here 0). Between two knots the
/// midpoint is drawn from its exact law given both ends, mean (left + right) / (2 cosh h) and variance tanh h for half an interval of h correlation
/// distances, and so on for 30 halvings down to 2^-25 correlation distances (a micrometre at 37 m). The law at all those points is exact; a
/// point between them has the value of the one before it.</para>
/// <para>Instances with the same key and entity have the same process up to scale, as for two states of sight: derive keys to make them independent.</para>
/// <para>Immutable, so safe to share between threads; allocates nothing. Source: M. Gudmundson, "Correlation model for shadow fading in mobile radio systems", Electronics
/// Letters 27(23), 1991, pp. 2145-2146; 3GPP TR 38.901 section 7.4.4.</para>
/// </remarks>
public sealed class CorrelatedShadowing
{
    private const int Levels = 30;
    private const int Draws = Levels + 2;
    private const double KnotSpacing = 32; // in correlation distances
    private const double MaximumCells = 1L << 33;

    private static readonly double[] Weights = [.. HalfIntervals().Select(half => 0.5 / Math.Cosh(half))];
    private static readonly double[] Deviations = [.. HalfIntervals().Select(half => Math.Sqrt(Math.Tanh(half)))];

    private readonly StreamKey _key;
    private readonly ulong _entity;

    /// <summary>Creates the shadowing of one link.</summary>
    /// <param name="key">Stream of the draws; a part of it is used, so that the same key may serve other models of the link.</param>
    /// <param name="entity">The link.</param>
    /// <param name="standardDeviationDb">Standard deviation, dB, at least 0.</param>
    /// <param name="correlationMetres">Way after which the correlation is 1/e, metres, positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN, infinite or out of range.</exception>
    public CorrelatedShadowing(StreamKey key, ulong entity, double standardDeviationDb, double correlationMetres)
    {
        StandardDeviationDb = Guard.NonNegative(standardDeviationDb);
        CorrelationMetres = Guard.Positive(correlationMetres);
        _key = key.Derive("shadowing");
        _entity = entity;
    }

    /// <summary>Standard deviation, dB.</summary>
    public double StandardDeviationDb { get; }

    /// <summary>Way after which the correlation is 1/e, metres.</summary>
    public double CorrelationMetres { get; }

    /// <summary>The shadowing at a point of the way, dB; positive is a loss.</summary>
    /// <param name="travelledMetres">Length of the way since the start, metres, at least 0 and at most 2^38 correlation distances.</param>
    /// <exception cref="ArgumentOutOfRangeException">The way is NaN, infinite or out of range.</exception>
    public double ValueDb(double travelledMetres) => StandardDeviationDb * UnitValue(travelledMetres);

    /// <summary>The process with standard deviation 1: what <see cref="ValueDb"/> scales, for a deviation that changes along the way.</summary>
    /// <param name="travelledMetres">Length of the way since the start, metres, at least 0 and at most 2^38 correlation distances.</param>
    /// <exception cref="ArgumentOutOfRangeException">The way is NaN, infinite or out of range.</exception>
    [SkipLocalsInit]
    public double UnitValue(double travelledMetres)
    {
        Guard.InRange(travelledMetres, 0, Math.Min(CorrelationMetres * KnotSpacing * MaximumCells, double.MaxValue));
        var position = travelledMetres / CorrelationMetres / KnotSpacing;
        var cell = (ulong)position;
        var index = (ulong)((position - cell) * (1UL << Levels));

        Span<double> normals = stackalloc double[Draws];
        Draw(cell, index, normals);
        var (left, right) = (normals[0], normals[1]);
        for (var level = 0; level < Levels; level++)
        {
            var middle = (Weights[level] * (left + right)) + (Deviations[level] * normals[level + 2]);
            var isRight = (index >> (Levels - 1 - level) & 1) != 0;
            left = isRight ? middle : left;
            right = isRight ? right : middle;
        }

        return left;
    }

    private static IEnumerable<double> HalfIntervals() => Enumerable.Range(1, Levels).Select(halvings => Math.ScaleB(KnotSpacing, -halvings));

    /// <summary>The normal numbers of both knots and of the midpoints on the way down to a lattice point.</summary>
    /// <remarks>A cell has 2^30 addresses: 0 is its knot, 1 the midpoint of the whole, 2 and 3 those of the halves, and so on.</remarks>
    private void Draw(ulong cell, ulong index, Span<double> normals)
    {
        Span<ulong> addresses = stackalloc ulong[Draws];
        addresses[0] = cell << Levels;
        addresses[1] = (cell + 1) << Levels;
        for (var level = 0; level < Levels; level++)
        {
            addresses[level + 2] = (cell << Levels) | (1UL << level) | (index >> (Levels - level));
        }

        if (WideLanes.IsSupported)
        {
            DrawWide(addresses, normals);
            return;
        }

        for (var i = 0; i < Draws; i++)
        {
            var random = new RandomSource(_key, _entity, addresses[i]);
            normals[i] = FrozenFunctions.NormalQuantile(new ScalarLane(random.NextUniform())).Value;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void DrawWide(ReadOnlySpan<ulong> addresses, Span<double> normals)
    {
        for (var i = 0; i < Draws; i += WideLanes.Count)
        {
            Philox4x64.Block8(_entity, Vector512.Create(addresses[i..]), 0, 0, _key, out var words, out _, out _, out _);
            FrozenFunctions.NormalQuantile(WideLanes.UniformOf(words)).Value.CopyTo(normals[i..]);
        }
    }
}
