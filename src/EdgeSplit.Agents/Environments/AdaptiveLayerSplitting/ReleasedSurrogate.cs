namespace EdgeSplit.Agents.Environments.AdaptiveLayerSplitting;

/// <summary>The reward surrogate of the paper: relative gain in perplexity at a noise level and a split, as its authors' trained network gives it.</summary>
/// <remarks>
/// <para>The gain is measured against a start that the authors do not name: at noise 0 it runs from -0.030 at split 1 to +0.038 at split 10. It is no quality table of a model and covers 10 of its 32
/// layers. Use it for the paper's environment only.</para>
/// <para>Figures computed from the released network in steps of 0.005 and rounded to six digits; linear between them, which departs from the network by less than 1e-4. Safe to use from any thread.</para>
/// <para>Source: "Adaptive Layer Splitting for Wireless LLM Inference in Edge Computing: A Model-Based Reinforcement Learning Approach", arXiv 2406.02616; network of the public repository
/// Kanra13-ch/adaptive_layersplit.</para>
/// </remarks>
public static partial class ReleasedSurrogate
{
    /// <summary>Largest noise level: the share of values that is erased.</summary>
    public const double MaximumNoiseLevel = 0.3;

    /// <summary>Number of splits: 1..10.</summary>
    public const int Splits = 10;

    private const double CellsPerNoise = 200;
    private const int Cells = 60;

    /// <summary>The relative gain in perplexity.</summary>
    /// <param name="noiseLevel">Share of values erased, in [0, 0.3].</param>
    /// <param name="split">Layers on the device, in [1, 10].</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static double Gain(double noiseLevel, int split)
    {
        Guard.InRange(noiseLevel, 0, MaximumNoiseLevel);
        Guard.InRange(split, 1, Splits);
        return At(noiseLevel, split);
    }

    internal static double At(double noiseLevel, int split)
    {
        var position = noiseLevel * CellsPerNoise;
        var cell = Math.Min((int)position, Cells - 1);
        var below = Table[(cell * Splits) + split - 1];
        return below + ((position - cell) * (Table[((cell + 1) * Splits) + split - 1] - below));
    }
}
