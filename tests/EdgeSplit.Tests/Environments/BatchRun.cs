using EdgeSplit.Agents.Environments;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Tests.Environments;

/// <summary>A batched environment with its buffers, for tests: one field per buffer, random allowed actions on demand.</summary>
internal sealed class BatchRun
{
    private static readonly StreamKey ActionStream = StreamKey.Create(7, "test/actions");

    internal BatchRun(IBatchedEnvironment environment)
    {
        Environment = environment;
        Observations = new double[environment.Count * environment.ObservationSpace.Length];
        FinalObservations = new double[Observations.Length];
        Mask = new bool[environment.Count * environment.ActionSpace.Count];
        FinalMask = new bool[Mask.Length];
        Actions = new int[environment.Count];
        Rewards = new double[environment.Count];
        Terminated = new bool[environment.Count];
        Truncated = new bool[environment.Count];
    }

    internal IBatchedEnvironment Environment { get; }

    internal double[] Observations { get; }

    internal double[] FinalObservations { get; }

    internal bool[] Mask { get; }

    internal bool[] FinalMask { get; }

    internal int[] Actions { get; }

    internal double[] Rewards { get; }

    internal bool[] Terminated { get; }

    internal bool[] Truncated { get; }

    internal ulong Steps { get; set; }

    internal void Reset(ulong? seed) => Environment.Reset(seed, Observations, Mask);

    internal void Step()
    {
        Environment.Step(Actions, Observations, Rewards, Terminated, Truncated, Mask, FinalObservations, FinalMask);
        Steps++;
    }

    /// <summary>Steps with random allowed actions, which are a function of lane and step.</summary>
    internal void StepRandomly()
    {
        var count = Environment.ActionSpace.Count;
        for (var i = 0; i < Actions.Length; i++)
        {
            var allowed = Mask.AsSpan(i * count, count);
            var random = new RandomSource(ActionStream, (ulong)i, Steps);
            var skip = random.NextInt32(allowed.Count(true));
            var action = 0;
            while (!allowed[action] || skip-- > 0)
            {
                action++;
            }

            Actions[i] = action;
        }

        Step();
    }

    /// <summary>All that a step has written, to be compared bit for bit.</summary>
    internal string Trace() => string.Join(
        ' ',
        Observations.Concat(FinalObservations).Concat(Rewards).Select(BitConverter.DoubleToInt64Bits).Concat(Mask.Concat(FinalMask).Concat(Terminated).Concat(Truncated).Select(flag => flag ? 1L : 0)));

    internal static byte[] Save(IRestorable source)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        source.SaveState(writer);
        writer.Flush();
        return stream.ToArray();
    }

    internal static void Load(IRestorable target, byte[] state)
    {
        using var reader = new BinaryReader(new MemoryStream(state));
        target.LoadState(reader);
    }

    /// <summary>Saves in the middle, loads into a fresh one, and lets both go on: they must not differ, and a damaged state must change nothing.</summary>
    internal static void AssertGoesOnAfterLoading(Func<IBatchedEnvironment> create, int before, int after)
    {
        var first = new BatchRun(create());
        first.Reset(3);
        for (var i = 0; i < before; i++)
        {
            first.StepRandomly();
        }

        var saved = Save((IRestorable)first.Environment);
        var second = new BatchRun(create());
        second.Reset(99);
        second.StepRandomly();
        var own = Save((IRestorable)second.Environment);
        Assert.Throws<InvalidDataException>(() => Load((IRestorable)second.Environment, saved[..^3]));
        Assert.Equal(own, Save((IRestorable)second.Environment));
        Load((IRestorable)second.Environment, saved);
        Assert.Equal(saved, Save((IRestorable)second.Environment));
        first.Mask.CopyTo(second.Mask, 0);
        first.FinalObservations.CopyTo(second.FinalObservations, 0);
        first.FinalMask.CopyTo(second.FinalMask, 0);
        second.Steps = first.Steps;
        for (var i = 0; i < after; i++)
        {
            first.StepRandomly();
            second.StepRandomly();
            Assert.Equal(first.Trace(), second.Trace());
        }

        first.Reset(null);
        second.Reset(null);
        Assert.Equal(first.Observations, second.Observations);
    }

    /// <summary>Bytes that the thread allocates in some steps, after a few to warm up.</summary>
    internal long AllocatedBytes(int steps)
    {
        for (var i = 0; i < 10; i++)
        {
            Step();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < steps; i++)
        {
            Step();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
