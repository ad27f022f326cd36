using EdgeSplit.Agents.Environments;

namespace EdgeSplit.Tests.Learning;

/// <summary>Two environments that pay 1 per step; the episodes of the first last one step, those of the second nine.</summary>
internal sealed class UnevenEpisodes : IBatchedEnvironment
{
    private int step;

    public int Count => 2;

    public BoxSpace ObservationSpace { get; } = new([0], [1], ["nothing"], ["1"]);

    public DiscreteSpace ActionSpace { get; } = new(2);

    public void Reset(ulong? seed, Span<double> observations, Span<bool> mask)
    {
        observations.Clear();
        mask.Fill(true);
    }

    public void Step(
        ReadOnlySpan<int> actions, Span<double> observations, Span<double> rewards, Span<bool> terminated, Span<bool> truncated, Span<bool> mask, Span<double> finalObservations, Span<bool> finalMask)
    {
        step++;
        rewards.Fill(1);
        truncated.Clear();
        (terminated[0], terminated[1]) = (true, step % 9 == 0);
    }
}
