using BenchmarkDotNet.Attributes;
using EdgeSplit.Agents.Bandits;
using EdgeSplit.Agents.Learning;

namespace EdgeSplit.Benchmarks;

/// <summary>One round of linear bandits, select and update, with 33 actions and 16 context entries (target for LinUCB 10 us, 0 B).</summary>
[MemoryDiagnoser]
public class BanditBenchmark
{
    private const int Actions = 33;
    private const int Entries = 16;

    private readonly BanditAgent _linUcb = new LinUcb(Entries, Actions, new LinearBanditOptions { Intercept = false });
    private readonly BanditAgent _thompson = new LinearThompson(Entries, Actions, 1, new LinearBanditOptions { Intercept = false });
    private readonly double[] _observation = new double[Entries];
    private readonly bool[] _mask = [.. Enumerable.Repeat(true, Actions)];
    private readonly int[] _actions = new int[1];
    private readonly double[] _propensities = new double[1];
    private readonly double[] _rewards = new double[1];
    private readonly bool[] _flags = new bool[1];
    private int _round;

    /// <summary>LinUCB.</summary>
    [Benchmark]
    public int LinUcb() => Round(_linUcb);

    /// <summary>Linear Thompson sampling, with the propensity of what it took.</summary>
    [Benchmark]
    public int LinearThompson() => Round(_thompson);

    private int Round(BanditAgent agent)
    {
        _round++;
        for (var i = 0; i < Entries; i++)
        {
            _observation[i] = (((_round * (i + 7)) % 101) - 50) / 50.0;
        }

        agent.Act(_observation, _mask, _actions, _propensities);
        _rewards[0] = -1 + (0.1 * _observation[_actions[0] % Entries]);
        agent.Learn(new TransitionBatch
        {
            Observations = _observation,
            Masks = _mask,
            Actions = _actions,
            Propensities = _propensities,
            Rewards = _rewards,
            NextObservations = _observation,
            NextMasks = _mask,
            Terminated = _flags,
            Truncated = _flags,
        });
        return _actions[0];
    }
}
