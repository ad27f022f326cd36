using System.Text;
using EdgeSplit.Agents.Environments.AdaptiveLayerSplitting;
using EdgeSplit.Agents.Learning;

namespace EdgeSplit.Agents.Evaluation.AdaptiveLayerSplitting;

/// <summary>Episodes on measured perplexity, from the same 200 starts for every policy.</summary>
internal static class MeasuredEpisodes
{
    private const int Count = 200;
    private const ulong Seed = 10_000_000; // beyond the seeds of any training

    /// <summary>The references: always to split 1, the best of all fixed splits on these starts, and the best reward of each step by trying all ten.</summary>
    internal static IReadOnlyList<MeasuredPolicy> References()
    {
        (double[] Returns, int[] Splits)[] all = [.. Enumerable.Range(0, ReleasedSurrogate.Splits).Select(action => Of((_, _, _, actions) => Array.Fill(actions, action)))];
        var best = Enumerable.Range(0, all.Length).MaxBy(action => all[action].Returns.Average());
        return
        [
            MeasuredPolicy.Of("always split 1", 0, [all[0]]),
            MeasuredPolicy.Of(FormattableString.Invariant($"best fixed split ({best + 1})"), 0, [all[best]]),
            MeasuredPolicy.Of("best of each step", 0, [Of(BestOfStep)]),
        ];
    }

    /// <summary>Return and last split of an agent, by start.</summary>
    internal static (double[] Returns, int[] Splits) Of(IAgent agent)
    {
        var propensities = new double[Count];
        return Of((_, observations, masks, actions) => agent.Act(observations, masks, actions, propensities, explore: false));
    }

    private static (double[] Returns, int[] Splits) Of(Action<MeasuredSplittingEnvironment, double[], bool[], int[]> choose)
    {
        var environment = new MeasuredSplittingEnvironment(Count);
        var (observations, masks) = (new double[Count * environment.ObservationSpace.Length], new bool[Count * environment.ActionSpace.Count]);
        var (actions, rewards, returns) = (new int[Count], new double[Count], new double[Count]);
        var (terminated, truncated) = (new bool[Count], new bool[Count]);
        environment.Reset(Seed, observations, masks);
        for (var step = 0; step < environment.Rules.StepLimit; step++)
        {
            choose(environment, observations, masks, actions);
            environment.Step(actions, observations, rewards, terminated, truncated, masks);
            for (var i = 0; i < Count; i++)
            {
                returns[i] += rewards[i];
            }
        }

        return (returns, [.. actions.Select(action => action + 1)]); // an action chooses its split
    }

    /// <summary>Tries every action on copies of the environments.</summary>
    private static void BestOfStep(MeasuredSplittingEnvironment environment, double[] observations, bool[] masks, int[] actions)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        environment.SaveState(writer);
        writer.Flush();
        var copy = new MeasuredSplittingEnvironment(Count);
        var (seen, allowed) = (new double[observations.Length], new bool[masks.Length]);
        var (tried, rewards, best) = (new int[Count], new double[Count], new double[Count]);
        var (terminated, truncated) = (new bool[Count], new bool[Count]);
        Array.Fill(best, double.NegativeInfinity);
        for (var action = 0; action < environment.ActionSpace.Count; action++)
        {
            stream.Position = 0;
            using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
            copy.LoadState(reader);
            Array.Fill(tried, action);
            copy.Step(tried, seen, rewards, terminated, truncated, allowed);
            for (var i = 0; i < Count; i++)
            {
                (best[i], actions[i]) = rewards[i] > best[i] ? (rewards[i], action) : (best[i], actions[i]);
            }
        }
    }
}
