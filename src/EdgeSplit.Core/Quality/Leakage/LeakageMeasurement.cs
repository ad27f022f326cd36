using EdgeSplit.Core.Inference;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Core.Quality.Leakage;

/// <summary>Measures how much of a prompt three attacks recover from the hidden state that crosses each split.</summary>
/// <remarks>
/// <para>Each figure is a lower bound: "at least". The first position of a window does not count. <see cref="RidgeAttack"/> learns from other text, behind the same damage.</para>
/// <para>Units stand alone: they may run in any order, on any thread, in other processes, once each; the result is the same to the bit.
/// Immutable; safe to share between threads, each with a workspace of its own.</para>
/// </remarks>
public sealed partial class LeakageMeasurement
{
    private readonly LlamaModel model;
    private readonly NearestEmbeddingAttack embeddings;
    private readonly int[] splits;
    private readonly LeakageUnit[] units;
    private readonly StreamKey attackedKey;
    private readonly StreamKey trainingKey;

    /// <summary>Prepares a measurement.</summary>
    /// <param name="model">The model.</param>
    /// <param name="plan">What to do.</param>
    /// <param name="text">The text, of the plan's number and length of windows.</param>
    /// <exception cref="ArgumentNullException">A reference is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The plan cannot be done on the model, or the text is of another shape or holds a token that the model does not know.</exception>
    public LeakageMeasurement(LlamaModel model, LeakagePlan plan, LeakageText text)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(text);
        plan.Check(model);
        Guard.InRange(text.Positions, plan.Positions, plan.Positions, nameof(text));
        Guard.InRange(text.Windows, plan.Windows, plan.Windows, nameof(text));
        Guard.InRange(text.TrainingWindows, plan.TrainingWindows, plan.TrainingWindows, nameof(text));
        foreach (var token in (ReadOnlySpan<int>)[.. text.Attacked, .. text.Training])
        {
            Guard.InRange(token, 0, model.Vocabulary - 1, nameof(text));
        }

        (this.model, Plan, Text) = (model, plan, text);
        embeddings = new NearestEmbeddingAttack(model);
        splits = plan.SplitsOf(model);
        units = [.. PlanUnits().Select((unit, index) => unit with { Index = index })];
        attackedKey = StreamKey.Create(plan.Seed, "leakage attacked");
        trainingKey = StreamKey.Create(plan.Seed, "leakage training");
    }

    /// <summary>What is done.</summary>
    public LeakagePlan Plan { get; }

    /// <summary>The text.</summary>
    public LeakageText Text { get; }

    /// <summary>The parts of the work, the largest first.</summary>
    public IReadOnlyList<LeakageUnit> Units => units;

    /// <summary>Measures everything on text that the model writes itself.</summary>
    /// <param name="model">The model.</param>
    /// <param name="plan">What to do.</param>
    /// <param name="threads">Threads, 1 to 256; the result does not depend on it.</param>
    /// <param name="firstToken">The token that all windows begin with; the model's own first token if omitted, else token 0.</param>
    /// <param name="progress">Told the share of the work that is done, in (0, 1], from any thread, one call at a time; may be null.</param>
    /// <returns>A cell for each split, attack and damage, in that order.</returns>
    /// <exception cref="ArgumentNullException">A reference is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range, or the plan cannot be done on the model.</exception>
    public static IReadOnlyList<LeakageCell> Run(LlamaModel model, LeakagePlan plan, int threads, int? firstToken = null, Action<double>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(plan);
        var text = LeakageText.Sample(model, plan, firstToken ?? model.Configuration.BeginToken ?? 0, new LlamaWorkspace(threads));
        return new LeakageMeasurement(model, plan, text).Run(threads, progress);
    }

    /// <summary>Does all units.</summary>
    /// <param name="threads">Threads, 1 to 256; the result does not depend on it.</param>
    /// <param name="progress">Told the share of the work that is done, in (0, 1], from any thread, one call at a time; may be null.</param>
    /// <returns>A cell for each split, attack and damage, in that order.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is out of range.</exception>
    public IReadOnlyList<LeakageCell> Run(int threads, Action<double>? progress = null)
    {
        Guard.InRange(threads, 1, 256);
        var counts = new LeakageCount[units.Length];
        var (next, done, all) = (-1, 0.0, units.Sum(unit => unit.Work));
        var reporting = new Lock();
        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, _ =>
        {
            var workspace = new LlamaWorkspace();
            for (var index = Interlocked.Increment(ref next); index < units.Length; index = Interlocked.Increment(ref next))
            {
                counts[index] = RunUnit(index, workspace);
                lock (reporting)
                {
                    done += units[index].Work;
                    progress?.Invoke(Math.Min(1, done / all));
                }
            }
        });
        return Combine(counts);
    }

    /// <summary>Does one unit.</summary>
    /// <param name="index">Index of the unit.</param>
    /// <param name="workspace">Memory to work in, and the number of threads; of this call alone while it runs.</param>
    /// <exception cref="ArgumentNullException"><paramref name="workspace"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such unit.</exception>
    public LeakageCount RunUnit(int index, LlamaWorkspace workspace)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        var unit = units[Guard.InRange(index, 0, units.Length - 1)];
        var damages = Plan.DamagesOf(unit.Attack);
        var states = States(Text.Attacked, unit.FirstWindow, unit.Windows, unit.Split, workspace);
        var window = Plan.Positions * model.HiddenSize;
        var received = new ReceivedState[damages.Count][];
        for (var damage = 0; damage < received.Length; damage++)
        {
            received[damage] = new ReceivedState[unit.Windows];
            for (var i = 0; i < unit.Windows; i++)
            {
                var number = (ulong)(unit.FirstWindow + i);
                received[damage][i] = ReceivedState.Receive(states.AsSpan(i * window, window), Plan.Positions, damages[damage], attackedKey, number, (ulong)unit.Split);
            }
        }

        var guesses = unit.Attack switch
        {
            LeakageAttackNames.Exhaustive => Exhaustive(unit.Split, received, workspace),
            LeakageAttackNames.Ridge => Ridge(unit.Split, received, workspace),
            _ => Array.ConvertAll(received, windows => Array.ConvertAll(windows, state => Guessed(state, embeddings.Recover))),
        };
        return new LeakageCount(index, Count(unit, guesses));
    }

    /// <summary>Puts the results of all units together.</summary>
    /// <param name="counts">The result of each unit once, in any order.</param>
    /// <returns>A cell for each split, attack and damage, in that order.</returns>
    /// <exception cref="ArgumentNullException">A reference is null.</exception>
    /// <exception cref="ArgumentException">A unit is missing, unknown or there twice, or a result has another shape.</exception>
    public IReadOnlyList<LeakageCell> Combine(IReadOnlyList<LeakageCount> counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        var byUnit = new IReadOnlyList<int>?[units.Length];
        foreach (var count in counts)
        {
            ArgumentNullException.ThrowIfNull(count);
            var unit = units[Guard.InRange(count.Unit, 0, units.Length - 1, nameof(counts))];
            Guard.SameLength(count.Recovered.Count, Plan.DamagesOf(unit.Attack).Count * unit.Windows, nameof(counts));
            byUnit[unit.Index] = byUnit[unit.Index] is null ? count.Recovered : throw new ArgumentException(FormattableString.Invariant($"Unit {unit.Index} is there twice."), nameof(counts));
        }

        if (Array.IndexOf(byUnit, null) is var missing and >= 0)
        {
            throw new ArgumentException(FormattableString.Invariant($"The result of unit {missing} is missing."), nameof(counts));
        }

        var cells = new List<LeakageCell>();
        foreach (var split in splits)
        {
            foreach (var attack in Attacks())
            {
                var damages = Plan.DamagesOf(attack);
                for (var damage = 0; damage < damages.Count; damage++)
                {
                    var recovered = new int[Plan.Windows];
                    foreach (var unit in units.Where(unit => unit.Split == split && unit.Attack == attack))
                    {
                        for (var i = 0; i < unit.Windows; i++)
                        {
                            recovered[unit.FirstWindow + i] = byUnit[unit.Index]![(damage * unit.Windows) + i];
                        }
                    }

                    var rate = RecoveryRate.Of(recovered, Plan.Positions - 1);
                    cells.Add(new LeakageCell(split, attack, damages[damage], rate.Rate, rate.Lower, rate.Upper, rate.Tokens));
                }
            }
        }

        return cells.AsReadOnly();
    }

    private static string[] Attacks() => [LeakageAttackNames.NearestEmbedding, LeakageAttackNames.Ridge, LeakageAttackNames.Exhaustive];

    private static int[] Guessed(ReceivedState state, Action<ReadOnlySpan<float>, Span<int>> recover)
    {
        var guesses = new int[state.Tokens];
        recover(state.Filled, guesses);
        return guesses;
    }
}
