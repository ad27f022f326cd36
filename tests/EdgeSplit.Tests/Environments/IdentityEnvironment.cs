using EdgeSplit.Agents.Environments;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Tests.Environments;

/// <summary>Shows a symbol and pays 1 for naming it: the smallest environment that keeps the contract. One symbol, never the one shown, is masked. Faults can be switched on.</summary>
internal sealed class IdentityEnvironment(IdentityFault fault = IdentityFault.None) : IEnvironment
{
    private const int Symbols = 4;
    private const int EpisodeSteps = 5;
    private static readonly double[] Shared = new double[1];
    private static int clock;

    private readonly bool[] mask = new bool[fault == IdentityFault.ShortMask ? Symbols - 1 : Symbols];
    private ulong seed;
    private ulong episode;
    private int step = EpisodeSteps;
    private int symbol;
    private int leftover;

    public BoxSpace ObservationSpace { get; } = new([0], [fault == IdentityFault.OutsideSpace ? Symbols - 2 : Symbols - 1], ["symbol"], ["1"]);

    public DiscreteSpace ActionSpace { get; } = new(Symbols);

    public ReadOnlySpan<bool> ActionMask => mask;

    public ResetResult Reset(ulong? seed = null)
    {
        if (fault == IdentityFault.ThrowsInReset)
        {
            throw new NotSupportedException("no reset today");
        }

        episode = seed is null ? episode + 1 : 0;
        if (seed is null && fault == IdentityFault.SeedlessRepeats)
        {
            episode = 0;
        }

        this.seed = fault == IdentityFault.IgnoresSeed ? 0 : seed ?? this.seed;
        if (seed is null && fault == IdentityFault.Clock)
        {
            this.seed = (ulong)Interlocked.Increment(ref clock);
        }

        step = 0;
        Show();
        return new ResetResult(Values(), fault == IdentityFault.NullInfo ? null! : EnvironmentInfo.None);
    }

    public StepResult Step(int action)
    {
        if (step >= EpisodeSteps && fault != IdentityFault.StepsAfterEnd)
        {
            throw new InvalidOperationException("Call Reset.");
        }

        if (!ActionSpace.Contains(action))
        {
            if (fault == IdentityFault.TakesAnyAction)
            {
                return new StepResult(Values(), 0, false, false, EnvironmentInfo.None);
            }

            throw fault == IdentityFault.WrongException ? new KeyNotFoundException() : new ArgumentOutOfRangeException(nameof(action));
        }

        if (!mask[action])
        {
            if (fault == IdentityFault.TakesMaskedActions)
            {
                return new StepResult(Values(), 0, false, false, EnvironmentInfo.None);
            }

            throw new ArgumentException("Masked.", nameof(action));
        }

        var reward = action == symbol ? 1.0 : 0.0;
        if (fault == IdentityFault.GlobalState)
        {
            reward += Interlocked.Increment(ref clock);
        }

        if (fault == IdentityFault.Leftover)
        {
            reward += ++leftover;
        }

        if (fault == IdentityFault.InfiniteReward)
        {
            reward = double.NegativeInfinity;
        }

        step++;
        Show();
        var ended = step >= EpisodeSteps;
        return new StepResult(
            Values(),
            reward,
            ended,
            ended && fault == IdentityFault.BothFlags,
            fault == IdentityFault.InfoByReference ? new ReferenceInfo([step]) : EnvironmentInfo.None);
    }

    private void Show()
    {
        var random = new RandomSource(StreamKey.Create(seed, "test/identity"), episode, (ulong)step);
        symbol = random.NextInt32(Symbols);
        mask.AsSpan().Fill(fault != IdentityFault.NothingAllowed);
        if (fault != IdentityFault.NothingAllowed)
        {
            mask[(symbol + 1) % mask.Length] = false;
        }
    }

    private double[] Values()
    {
        var values = fault == IdentityFault.ReusedBuffer ? Shared : new double[fault == IdentityFault.LongObservation ? 2 : 1];
        values[0] = fault == IdentityFault.NotANumber ? double.NaN : symbol;
        return values;
    }

    private sealed record ReferenceInfo(int[] Steps) : EnvironmentInfo;
}

internal enum IdentityFault
{
    None,
    ThrowsInReset,
    IgnoresSeed,
    SeedlessRepeats,
    Clock,
    GlobalState,
    Leftover,
    StepsAfterEnd,
    TakesAnyAction,
    WrongException,
    TakesMaskedActions,
    ShortMask,
    NothingAllowed,
    OutsideSpace,
    NotANumber,
    LongObservation,
    ReusedBuffer,
    InfiniteReward,
    BothFlags,
    NullInfo,
    InfoByReference,
}
