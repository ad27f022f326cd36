using EdgeSplit.Agents.Environments;

namespace EdgeSplit.Agents.Surrogates;

/// <summary>How well past predictions were calibrated, by part of the outcome and group of splits, and the correction that follows from it.</summary>
/// <remarks>
/// <para>Kept are the probability levels at which the latest measured values stood in the distributions that were predicted for them before they were learned. If predictions were calibrated, levels
/// would be uniform; a nominal level p is therefore replaced by the level below which a share p of them stood, mixed with p itself as long as there are few.</para>
/// <para>Source: V. Kuleshov, N. Fenner and S. Ermon, "Accurate uncertainties for deep learning using calibrated regression", ICML 2018, with empirical quantiles in place of its isotonic fit
/// (the same map, read from the other side).</para>
/// </remarks>
internal sealed class OutcomeCalibration : IRestorable
{
    private const int Capacity = 200;
    private const double PriorWeight = 50;
    private static readonly int Cells = Enum.GetValues<OutcomeHead>().Length * SplitGroups.Count;

    private readonly double[] levels = new double[Cells * Capacity];
    private readonly double[] sorted = new double[Capacity];
    private readonly int[] added = new int[Cells];

    internal void Add(OutcomeHead head, SplitGroup group, double level)
    {
        var cell = Cell(head, group);
        levels[(cell * Capacity) + (added[cell]++ % Capacity)] = level;
    }

    internal void Forget() => Array.Clear(added);

    internal double Corrected(OutcomeHead head, SplitGroup group, double probability)
    {
        var cell = Cell(head, group);
        var count = Math.Min(Capacity, added[cell]);
        if (count == 0)
        {
            return probability;
        }

        var own = sorted.AsSpan(0, count);
        levels.AsSpan(cell * Capacity, count).CopyTo(own);
        own.Sort();

        // Plotting positions i / (n + 1): the next level to come falls below the i-th smallest with just that probability.
        var position = (probability * (count + 1)) - 1;
        var below = (int)Math.Floor(position);
        var low = below < 0 ? 0 : own[Math.Min(below, count - 1)];
        var high = below + 1 >= count ? 1 : own[below + 1];
        var empirical = low + ((position - below) * (high - low));
        var corrected = ((count * empirical) + (PriorWeight * probability)) / (count + PriorWeight);
        return Math.Clamp(corrected, 1e-6, 1 - 1e-6);
    }

    public void SaveState(BinaryWriter writer)
    {
        foreach (var count in added)
        {
            writer.Write(count);
        }

        foreach (var level in levels)
        {
            writer.Write(level);
        }
    }

    public void LoadState(BinaryReader reader)
    {
        foreach (ref var count in added.AsSpan())
        {
            count = reader.ReadInt32();
        }

        foreach (ref var level in levels.AsSpan())
        {
            level = reader.ReadDouble();
        }
    }

    private static int Cell(OutcomeHead head, SplitGroup group) => ((int)head * SplitGroups.Count) + (int)group;
}
