using EdgeSplit.Core.Inference;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Core.Quality.Leakage;

/// <summary>The text of a leakage measurement: windows that are attacked, and windows of other text that the attacker learns from.</summary>
/// <remarks>Immutable; safe to share between threads.</remarks>
public sealed class LeakageText
{
    private readonly int[] attacked;
    private readonly int[] training;

    /// <summary>Text that is given.</summary>
    /// <param name="attacked">Token ids of the windows under attack, shape [windows, positions].</param>
    /// <param name="training">Token ids of other windows, shape [training windows, positions].</param>
    /// <param name="positions">Tokens of a window, at least 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than two windows, or fewer than five to learn from, or a window is not whole.</exception>
    public LeakageText(ReadOnlySpan<int> attacked, ReadOnlySpan<int> training, int positions)
    {
        Positions = Guard.AtLeast(positions, 2);
        (Windows, TrainingWindows) = (attacked.Length / positions, training.Length / positions);
        Guard.AtLeast(Windows, 2, nameof(attacked));
        Guard.AtLeast(TrainingWindows, 5, nameof(training));
        Guard.SameLength(attacked.Length, Windows * positions);
        Guard.SameLength(training.Length, TrainingWindows * positions);
        this.attacked = attacked.ToArray();
        this.training = training.ToArray();
    }

    /// <summary>Tokens of a window.</summary>
    public int Positions { get; }

    /// <summary>Windows under attack.</summary>
    public int Windows { get; }

    /// <summary>Windows to learn from.</summary>
    public int TrainingWindows { get; }

    /// <summary>Token ids under attack, shape [windows, positions].</summary>
    public ReadOnlySpan<int> Attacked => attacked;

    /// <summary>Token ids to learn from, shape [training windows, positions].</summary>
    public ReadOnlySpan<int> Training => training;

    /// <summary>Text that the model writes itself, from two seeds that follow from the plan's.</summary>
    /// <param name="model">The model.</param>
    /// <param name="plan">Number and length of the windows, and the seed.</param>
    /// <param name="firstToken">The token that all windows begin with.</param>
    /// <param name="workspace">Memory to work in, and the number of threads.</param>
    /// <exception cref="ArgumentNullException">A reference is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static LeakageText Sample(LlamaModel model, LeakagePlan plan, int firstToken, LlamaWorkspace workspace)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(plan);
        plan.Check(model);
        return new LeakageText(
            TextGeneration.Sample(model, plan.Windows, plan.Positions, firstToken, SeedOf("leakage attacked"), workspace),
            TextGeneration.Sample(model, plan.TrainingWindows, plan.Positions, firstToken, SeedOf("leakage training"), workspace),
            plan.Positions);

        ulong SeedOf(string name) => StreamKey.Create(plan.Seed, name).Derive("seed").Name ^ plan.Seed;
    }

    /// <summary>Windows of a long text without overlap: the first ones are attacked, those that follow are learnt from.</summary>
    /// <param name="tokens">Token ids of the text, at least (windows + training windows) x positions of the plan.</param>
    /// <param name="plan">Number and length of the windows.</param>
    /// <exception cref="ArgumentNullException"><paramref name="plan"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The text is too short, or a number is out of range.</exception>
    public static LeakageText Cut(ReadOnlySpan<int> tokens, LeakagePlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var attacked = checked(Guard.AtLeast(plan.Windows, 2) * Guard.AtLeast(plan.Positions, 2));
        var all = checked(attacked + (Guard.AtLeast(plan.TrainingWindows, 5) * plan.Positions));
        Guard.AtLeast(tokens.Length, all, nameof(tokens));
        return new LeakageText(tokens[..attacked], tokens[attacked..all], plan.Positions);
    }
}
