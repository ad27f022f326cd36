using EdgeSplit.Agents.Environments;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Tests.ModelFree;

/// <summary>Shows a symbol as a one-hot vector and pays 1 for naming it; episodes of a fixed length, truncated. Actions may be masked; faults can be switched on at a step.</summary>
internal sealed class IdentityBatch(int count = 1, int symbols = 2, int episodeSteps = 100, bool masked = false) : IBatchedEnvironment, IRestorable
{
    private readonly int[] shown = new int[count];
    private long step;
    private ulong seed;

    public int Count => count;

    public BoxSpace ObservationSpace { get; } = new(
        new double[symbols], [.. Enumerable.Repeat(1.0, symbols)], [.. Enumerable.Range(0, symbols).Select(i => $"is{i}")], [.. Enumerable.Repeat("1", symbols)]);

    public DiscreteSpace ActionSpace { get; } = new(symbols);

    public long RewardFaultAt { get; init; } = -1;

    public long ObservationFaultAt { get; init; } = -1;

    public long MaskFaultAt { get; init; } = -1;

    public double Fault { get; init; } = double.NaN;

    public void Reset(ulong? seed, Span<double> observations, Span<bool> mask)
    {
        (this.seed, step) = (seed ?? 0, 0);
        Show(observations, mask);
    }

    public void Step(
        ReadOnlySpan<int> actions, Span<double> observations, Span<double> rewards, Span<bool> terminated, Span<bool> truncated, Span<bool> mask, Span<double> finalObservations, Span<bool> finalMask)
    {
        step++;
        for (var i = 0; i < count; i++)
        {
            rewards[i] = step == RewardFaultAt && i == count - 1 ? Fault : actions[i] == shown[i] ? 1 : 0;
        }

        Show(observations, mask);
        terminated.Clear();
        truncated.Fill(step % episodeSteps == 0);
        if (step % episodeSteps == 0 && finalObservations.Length > 0)
        {
            observations.CopyTo(finalObservations);
            mask.CopyTo(finalMask);
        }
    }

    public void SaveState(BinaryWriter writer)
    {
        writer.Write(seed);
        writer.Write(step);
    }

    public void LoadState(BinaryReader reader)
    {
        (seed, step) = (reader.ReadUInt64(), reader.ReadInt64());
        Show(new double[count * symbols], new bool[count * symbols]);
    }

    private void Show(Span<double> observations, Span<bool> mask)
    {
        observations.Clear();
        mask.Fill(true);
        for (var i = 0; i < count; i++)
        {
            var random = new RandomSource(StreamKey.Create(seed, "test/identity batch"), (ulong)i, (ulong)step);
            shown[i] = random.NextInt32(symbols);
            observations[(i * symbols) + shown[i]] = 1;
            if (masked)
            {
                mask[(i * symbols) + ((shown[i] + 1) % symbols)] = false;
            }
        }

        if (step == ObservationFaultAt)
        {
            observations[^1] = Fault;
        }

        if (step == MaskFaultAt)
        {
            mask[^symbols..].Clear();
        }
    }
}
