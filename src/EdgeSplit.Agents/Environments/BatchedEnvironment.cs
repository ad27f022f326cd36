using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Agents.Environments;

/// <summary>Base of batched environments whose state is a row of numbers and whose actions are all allowed at all times: derive from it, write the start, the dynamics and the
/// observation, and the rest of <see cref="IBatchedEnvironment"/> is there.</summary>
/// <remarks>
/// <para>The base keeps the states, the seeds, the step limit (truncation, never together with a termination), the same-step autoreset, final observations, saving and loading.
/// A derived class keeps nothing of its own that changes: what it needs to remember lies in the state.</para>
/// <para>Randomness is addressed, not drawn in turn: episode e of environment i reads (seed + i, e, step), so environment i of a batch does what a batch of one seeded with
/// seed + i does, bit for bit.</para>
/// <para>Nothing is allocated in a step if the derived class allocates nothing. One instance per thread.</para>
/// </remarks>
public abstract class BatchedEnvironment : IBatchedEnvironment, IRestorable
{
    private const int StateVersion = 1;

    private readonly string name;
    private readonly StreamKey stream;
    private readonly int stateLength;
    private readonly int stepLimit;
    private double[] states;
    private ulong[] seeds;
    private ulong[] episodes;
    private int[] steps;
    private ulong nextSeed;
    private bool isRunning;

    /// <summary>Creates a batch; a reset must follow.</summary>
    /// <param name="name">Name of the process, not blank: it names the stream of its random numbers and its saved states.</param>
    /// <param name="count">Number N of environments, at least 1.</param>
    /// <param name="stateLength">Numbers that make up the state of one environment, at least 1.</param>
    /// <param name="observationSpace">Where the observation of one environment lies.</param>
    /// <param name="actionSpace">The actions of one environment.</param>
    /// <param name="stepLimit">Steps after which an episode that has not ended is truncated, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is less than 1.</exception>
    /// <exception cref="ArgumentException">The name is blank, or a space is null.</exception>
    protected BatchedEnvironment(string name, int count, int stateLength, BoxSpace observationSpace, DiscreteSpace actionSpace, int stepLimit)
    {
        ArgumentNullException.ThrowIfNull(observationSpace);
        ArgumentNullException.ThrowIfNull(actionSpace);
        this.name = Guard.NotBlank(name);
        Count = Guard.AtLeast(count, 1);
        this.stateLength = Guard.AtLeast(stateLength, 1);
        this.stepLimit = Guard.AtLeast(stepLimit, 1);
        ObservationSpace = observationSpace;
        ActionSpace = actionSpace;
        stream = StreamKey.Create(0, "environment/" + name);
        states = new double[count * stateLength];
        seeds = new ulong[count];
        episodes = new ulong[count];
        steps = new int[count];
    }

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public BoxSpace ObservationSpace { get; }

    /// <inheritdoc/>
    public DiscreteSpace ActionSpace { get; }

    /// <inheritdoc/>
    public void Reset(ulong? seed, Span<double> observations, Span<bool> mask)
    {
        BatchBuffers.CheckReset(this, observations, mask);
        var first = seed ?? nextSeed;
        nextSeed = unchecked(first + (ulong)Count);
        for (var i = 0; i < Count; i++)
        {
            seeds[i] = unchecked(first + (ulong)i);
            episodes[i] = 0;
            StartEpisode(i);
        }

        Observe(states, observations);
        mask.Fill(true);
        isRunning = true;
    }

    /// <inheritdoc/>
    public void Step(
        ReadOnlySpan<int> actions,
        Span<double> observations,
        Span<double> rewards,
        Span<bool> terminated,
        Span<bool> truncated,
        Span<bool> mask,
        Span<double> finalObservations = default,
        Span<bool> finalMask = default)
    {
        BatchBuffers.CheckStep(this, actions, observations, rewards, terminated, truncated, mask, finalObservations, finalMask);
        if (!isRunning)
        {
            throw new InvalidOperationException("Call Reset before the first step.");
        }

        BatchBuffers.CheckActions(actions, ActionSpace.Count);
        Advance(actions, states, rewards, terminated);
        for (var i = 0; i < steps.Length; i++)
        {
            var isCut = ++steps[i] >= stepLimit & !terminated[i];
            truncated[i] = isCut;
            if (terminated[i] | isCut)
            {
                Finish(i, isCut, BatchBuffers.Row(finalObservations, i, ObservationSpace.Length), BatchBuffers.Row(finalMask, i, ActionSpace.Count));
            }
        }

        Observe(states, observations);
        mask.Fill(true);
    }

    /// <inheritdoc/>
    public void SaveState(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        SavedState.WriteMark(writer, name, StateVersion, Count, stateLength, stepLimit);
        writer.Write(isRunning);
        writer.Write(nextSeed);
        SavedState.Write(writer, seeds);
        SavedState.Write(writer, episodes);
        SavedState.Write(writer, steps);
        SavedState.Write(writer, states);
    }

    /// <inheritdoc/>
    public void LoadState(BinaryReader reader)
    {
        (isRunning, nextSeed, seeds, episodes, steps, states) = SavedState.Read(reader, from =>
        {
            SavedState.ReadMark(from, name, StateVersion, Count, stateLength, stepLimit);
            return (from.ReadBoolean(),
                from.ReadUInt64(),
                SavedState.ReadUInt64s(from, Count),
                SavedState.ReadUInt64s(from, Count),
                SavedState.ReadInt32s(from, Count),
                SavedState.ReadDoubles(from, Count * stateLength));
        });
    }

    /// <summary>Draws the first state of an episode.</summary>
    /// <param name="random">The random numbers of this start; pass it on by reference.</param>
    /// <param name="state">Receives the state; shape [S]. Holds that of the episode before.</param>
    protected abstract void Start(ref RandomSource random, Span<double> state);

    /// <summary>Takes one action in every environment.</summary>
    /// <param name="actions">The actions, each one of the space; shape [N].</param>
    /// <param name="states">The states, to be replaced by the next ones; shape [N x S].</param>
    /// <param name="rewards">Receives the rewards, finite; shape [N].</param>
    /// <param name="terminated">Receives whether the process itself has ended; shape [N].</param>
    protected abstract void Advance(ReadOnlySpan<int> actions, Span<double> states, Span<double> rewards, Span<bool> terminated);

    /// <summary>Writes the observations of some states.</summary>
    /// <param name="states">The states; shape [n x S] for any n.</param>
    /// <param name="observations">Receives the observations; shape [n x fields].</param>
    protected abstract void Observe(ReadOnlySpan<double> states, Span<double> observations);

    /// <summary>The random numbers of the step that <see cref="Advance"/> takes in one environment: a function of its seed, its episode and its step.</summary>
    /// <param name="environment">Index of the environment.</param>
    protected RandomSource StepRandom(int environment) => RandomAt(environment, (ulong)steps[environment] + 1);

    /// <summary>The state of one environment, for tests that set it.</summary>
    internal Span<double> StateOf(int environment) => states.AsSpan(environment * stateLength, stateLength);

    private RandomSource RandomAt(int environment, ulong step) => new(stream with { Seed = seeds[environment] }, 0, episodes[environment], step);

    private void Finish(int i, bool isCut, Span<double> finalObservation, Span<bool> finalMask)
    {
        if (!finalObservation.IsEmpty)
        {
            Observe(StateOf(i), finalObservation);
        }

        if (isCut)
        {
            finalMask.Fill(true);
        }

        episodes[i]++;
        StartEpisode(i);
    }

    private void StartEpisode(int i)
    {
        steps[i] = 0;
        var random = RandomAt(i, 0);
        Start(ref random, StateOf(i));
    }
}
