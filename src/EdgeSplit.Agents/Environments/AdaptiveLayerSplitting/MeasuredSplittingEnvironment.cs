using System.Runtime.InteropServices;
using EdgeSplit.Core.Compression;
using EdgeSplit.Core.Quality;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Agents.Environments.AdaptiveLayerSplitting;

/// <summary>The paper's environment on measured perplexity: choose the split directly, for five steps. N of them, stepped together.</summary>
/// <remarks>
/// <para>Observation: noise level q in [0, 0.3], the share of the hidden state's values that are erased one by one, and split p in 1..10. Action a chooses p = a + 1. The noise level is multiplied by 0.9995 where
/// the split rises and by 1.0005 where it falls, and kept in [0, 0.3]. Reward: inferenceFactor x (perplexity at the start of the episode - perplexity now) / (perplexity at the start) +
/// loadFactor x (10 - p) / 10. A step that stays keeps the perplexity as it was. Starts: q uniform in (0.08, 0.22), p uniform in 3..6.</para>
/// <para>Perplexity comes from a quality table, in which erasures follow exactly p layers. The table's model need not have the paper's 32 layers: the splits 1..10 are those of a model of
/// <c>totalLayers</c> layers, and are looked up at the same relative depth. By default that is the table's own number of layers, so that with the library's reference model of 12 layers the ten splits
/// are its own splits 1..10; with 32 they would all lie in its first four layers.</para>
/// <para>Source: arXiv 2406.02616 and its released code (train.py). Departures: the perplexity before the first step is that of the start, where the code reuses one of an earlier episode; erasures after p
/// layers, where the code has p + 1; the end after five steps is a truncation.</para>
/// </remarks>
public sealed class MeasuredSplittingEnvironment : BatchedEnvironment
{
    private const int Splits = ReleasedSurrogate.Splits;
    private const double LowestStart = 0.08;
    private const double HighestStart = 0.22;

    private static readonly BoxSpace Space = new([0, 1], [ReleasedSurrogate.MaximumNoiseLevel, Splits], ["noiseLevel", "split"], ["1", "layer"]);

    private readonly MeasuredQuality quality;
    private readonly int totalLayers;

    /// <summary>Creates a batch; a reset must follow.</summary>
    /// <param name="count">Number N of environments, at least 1.</param>
    /// <param name="rules">The rules, of which <see cref="SplittingRules.AsReleased"/> plays no part; where omitted, an inference factor of 10.5 and otherwise the defaults.</param>
    /// <param name="quality">The quality table, with erasures of single elements up to 0.3; that of the library's reference model where omitted.</param>
    /// <param name="totalLayers">Layers of the model whose splits 1..10 are meant, at least 11; those of the table's model where omitted.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    /// <exception cref="ArgumentException">The table does not cover the erasures; the message says what it covers.</exception>
    public MeasuredSplittingEnvironment(int count = 1, SplittingRules? rules = null, MeasuredQuality? quality = null, int? totalLayers = null)
        : base("MeasuredSplitting", count, 4, Space, new DiscreteSpace(Splits), (rules ?? Defaults).StepLimit)
    {
        Rules = rules ?? Defaults;
        this.quality = quality ?? new MeasuredQuality(ReferenceQuality.Table);
        this.totalLayers = Guard.AtLeast(totalLayers ?? this.quality.Table.Model.Layers, Splits + 1);
        for (var split = 1; split <= Splits; split++)
        {
            PerplexityRatio(ReleasedSurrogate.MaximumNoiseLevel, split);
        }
    }

    /// <summary>The rules.</summary>
    public SplittingRules Rules { get; }

    private static SplittingRules Defaults { get; } = new() { InferenceFactor = 10.5 };

    /// <summary>Perplexity at a noise level and split, over that without erasures.</summary>
    /// <param name="noiseLevel">Share of values erased, in [0, 0.3].</param>
    /// <param name="split">Layers on the device, in [1, 10].</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public double PerplexityRatio(double noiseLevel, int split)
    {
        Guard.InRange(noiseLevel, 0, ReleasedSurrogate.MaximumNoiseLevel);
        Guard.InRange(split, 1, Splits);
        return Math.Exp(quality.NllRiseNats(split, totalLayers, new HiddenStateDamage { ErasureProbability = noiseLevel, Pattern = ErasurePattern.Elements, Recovery = ErasureRecovery.Zero }));
    }

    /// <inheritdoc/>
    protected override void Start(ref RandomSource random, Span<double> state)
    {
        state[0] = LowestStart + ((HighestStart - LowestStart) * random.NextUniform());
        state[1] = 3 + random.NextInt32(4);
        state[2] = state[3] = PerplexityRatio(state[0], (int)state[1]);
    }

    /// <inheritdoc/>
    protected override void Advance(ReadOnlySpan<int> actions, Span<double> states, Span<double> rewards, Span<bool> terminated)
    {
        var rows = MemoryMarshal.Cast<double, Row>(states);
        for (var i = 0; i < rows.Length; i++)
        {
            ref var row = ref rows[i];
            var next = actions[i] + 1;
            if (next != (int)row.Split)
            {
                row.NoiseLevel = Math.Clamp(row.NoiseLevel * (next > row.Split ? 0.9995 : 1.0005), 0, ReleasedSurrogate.MaximumNoiseLevel);
                row.Split = next;
                row.PerplexityRatio = PerplexityRatio(row.NoiseLevel, next);
            }

            rewards[i] = (Rules.InferenceFactor * (row.FirstPerplexityRatio - row.PerplexityRatio) / row.FirstPerplexityRatio) + (Rules.LoadFactor * (Splits - next) / Splits);
        }

        terminated.Clear();
    }

    /// <inheritdoc/>
    protected override void Observe(ReadOnlySpan<double> states, Span<double> observations)
    {
        var rows = MemoryMarshal.Cast<double, Row>(states);
        for (var i = 0; i < rows.Length; i++)
        {
            (observations[2 * i], observations[(2 * i) + 1]) = (rows[i].NoiseLevel, rows[i].Split);
        }
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Row
    {
        internal double NoiseLevel;
        internal double Split;
        internal double FirstPerplexityRatio;
        internal double PerplexityRatio;
    }
}
