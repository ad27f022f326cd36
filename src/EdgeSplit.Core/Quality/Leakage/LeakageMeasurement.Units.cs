using EdgeSplit.Core.Inference;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Core.Quality.Leakage;

/// <content>The units.</content>
public sealed partial class LeakageMeasurement
{
    /// <summary>Windows that go through the layers side by side.</summary>
    private const int WindowsAtOnce = 16;

    /// <summary>Work of learning from one training token behind one damage, in tokens through a layer.</summary>
    private const double LearningWork = 2;

    /// <summary>Share of the exhaustive work that a further damage costs, where some part early from the others and some never.</summary>
    private const double FurtherDamageWork = 0.5;

    private IEnumerable<LeakageUnit> PlanUnits()
    {
        var candidates = Math.Min(model.Vocabulary, model.Vocabulary > ExhaustiveAttack.LargestVocabulary ? Plan.ShortlistTokens : model.Vocabulary);
        var planned = new List<LeakageUnit>();
        foreach (var split in splits)
        {
            var passes = (double)Plan.Positions * split;
            if (Plan.ExhaustiveDamages.Count > 0)
            {
                var work = passes * candidates * (1 + (FurtherDamageWork * (Plan.ExhaustiveDamages.Count - 1)));
                planned.AddRange(Enumerable.Range(0, Plan.Windows).Select(window => new LeakageUnit(0, LeakageAttackNames.Exhaustive, split, window, 1, work)));
            }

            if (Plan.RidgeDamages.Count > 0)
            {
                var work = (passes * (Plan.Windows + Plan.TrainingWindows)) + (LearningWork * Plan.RidgeDamages.Count * Plan.TrainingWindows * Plan.Positions);
                planned.Add(new LeakageUnit(0, LeakageAttackNames.Ridge, split, 0, Plan.Windows, work));
            }

            if (Plan.NearestEmbeddingDamages.Count > 0)
            {
                planned.Add(new LeakageUnit(0, LeakageAttackNames.NearestEmbedding, split, 0, Plan.Windows, passes * Plan.Windows));
            }
        }

        return planned.OrderByDescending(unit => unit.Work);
    }

    /// <summary>The clean states of some windows, shape [windows, positions, hidden size].</summary>
    private float[] States(ReadOnlySpan<int> tokens, int firstWindow, int windows, int split, LlamaWorkspace workspace)
    {
        var (positions, window) = (Plan.Positions, Plan.Positions * model.HiddenSize);
        var states = new float[checked(windows * window)];
        for (var first = 0; first < windows; first += WindowsAtOnce)
        {
            var together = Math.Min(WindowsAtOnce, windows - first);
            var part = states.AsSpan(first * window, together * window);
            model.Embed(tokens.Slice((firstWindow + first) * positions, together * positions), part);
            model.RunLayers(part, together, positions, 0, split, workspace);
        }

        return states;
    }

    /// <summary>Guesses of the exhaustive attack, shape [damages][windows][positions]; all damages of a window together.</summary>
    private int[][][] Exhaustive(int split, ReceivedState[][] received, LlamaWorkspace workspace)
    {
        var attack = new ExhaustiveAttack(model, split, Plan.Positions, workspace, embeddings, Plan.SearchWidth, Plan.ShortlistTokens);
        var windows = received[0].Length;
        var guesses = Array.ConvertAll(received, _ => new int[windows][]);
        for (var window = 0; window < windows; window++)
        {
            var found = attack.Recover(Array.ConvertAll(received, states => states[window]));
            for (var damage = 0; damage < received.Length; damage++)
            {
                guesses[damage][window] = found[damage];
            }
        }

        return guesses;
    }

    /// <summary>Guesses of the ridge attack, shape [damages][windows][positions].</summary>
    private int[][][] Ridge(int split, ReceivedState[][] received, LlamaWorkspace workspace)
    {
        var window = Plan.Positions * model.HiddenSize;
        var (rows, values) = (Plan.Positions - 1, window - model.HiddenSize);
        var states = States(Text.Training, 0, Plan.TrainingWindows, split, workspace);
        var damaged = new float[Plan.TrainingWindows * values];
        var tokens = new int[Plan.TrainingWindows * rows];
        for (var i = 0; i < Plan.TrainingWindows; i++)
        {
            Text.Training.Slice((i * Plan.Positions) + 1, rows).CopyTo(tokens.AsSpan(i * rows));
        }

        var guesses = new int[received.Length][][];
        for (var damage = 0; damage < received.Length; damage++)
        {
            for (var i = 0; i < Plan.TrainingWindows; i++)
            {
                var state = ReceivedState.Receive(states.AsSpan(i * window, window), Plan.Positions, Plan.RidgeDamages[damage], trainingKey, (ulong)i, (ulong)split);
                state.Filled[model.HiddenSize..].CopyTo(damaged.AsSpan(i * values));
            }

            var attack = RidgeAttack.Train(damaged, tokens, embeddings);
            guesses[damage] = Array.ConvertAll(received[damage], state => Guessed(state, attack.Recover));
        }

        return guesses;
    }

    /// <summary>Recovered tokens, shape [damages, windows]; the first position does not count.</summary>
    private int[] Count(LeakageUnit unit, int[][][] guesses)
    {
        var recovered = new int[guesses.Length * unit.Windows];
        for (var i = 0; i < recovered.Length; i++)
        {
            var window = i % unit.Windows;
            var truth = Text.Attacked.Slice((unit.FirstWindow + window) * Plan.Positions, Plan.Positions);
            for (var position = 1; position < truth.Length; position++)
            {
                recovered[i] += guesses[i / unit.Windows][window][position] == truth[position] ? 1 : 0;
            }
        }

        return recovered;
    }
}
