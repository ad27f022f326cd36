using EdgeSplit.Core.Inference;

namespace EdgeSplit.Core.Quality.Leakage;

/// <summary>What a leakage measurement does: at which splits, by which attacks, behind which damages, on how much text.</summary>
/// <remarks>
/// <para>The defaults measure a small model (the reference model: 12 layers, 256 tokens) in minutes. The exhaustive attack costs, per position and damage, up to
/// vocabulary x k layers of one token; the others cost next to nothing. For a large model give it a few splits and damages.</para>
/// <para>Immutable, without checks; <see cref="LeakageMeasurement"/> checks it.</para>
/// </remarks>
public sealed record LeakagePlan
{
    /// <summary>The damages of the default plan: none; SNR of 20, 10, 5, 0, -5 and -10 dB; 8, 4, 3 and 2 bits with a scale per token; 0.5, 0.9, 0.97 and 0.99 of the
    /// values lost. They go far beyond what a model survives, because the exhaustive attack survives more than the model.</summary>
    public static IReadOnlyList<HiddenStateDamage> DefaultDamages { get; } = Array.AsReadOnly<HiddenStateDamage>(
    [
        HiddenStateDamage.None,
        .. new[] { 20.0, 10, 5, 0, -5, -10 }.Select(snrDb => new HiddenStateDamage { SnrDb = snrDb }),
        .. new[] { 8, 4, 3, 2 }.Select(bits => new HiddenStateDamage { Bits = bits }),
        .. new[] { 0.5, 0.9, 0.97, 0.99 }.Select(probability => new HiddenStateDamage { ErasureProbability = probability }),
    ]);

    /// <summary>Split points k, 1..L - 1 each, in increasing order; null for all of them.</summary>
    /// <value>The default value is null.</value>
    public IReadOnlyList<int>? Splits { get; init; }

    /// <summary>Damages behind which the nearest embedding is tried; none leaves the attack out.</summary>
    /// <value>The default value is <see cref="DefaultDamages"/>.</value>
    public IReadOnlyList<HiddenStateDamage> NearestEmbeddingDamages { get; init; } = DefaultDamages;

    /// <summary>Damages behind which ridge regression is tried; none leaves the attack out.</summary>
    /// <value>The default value is <see cref="DefaultDamages"/>.</value>
    public IReadOnlyList<HiddenStateDamage> RidgeDamages { get; init; } = DefaultDamages;

    /// <summary>Damages behind which every token is tried; none leaves the attack out.</summary>
    /// <value>The default value is <see cref="DefaultDamages"/>.</value>
    public IReadOnlyList<HiddenStateDamage> ExhaustiveDamages { get; init; } = DefaultDamages;

    /// <summary>Windows that are attacked, at least 2.</summary>
    /// <value>The default value is 8.</value>
    public int Windows { get; init; } = 8;

    /// <summary>Tokens of a window, at least 2, at most the model's positions. The first one does not count: sampled windows all begin with the same.</summary>
    /// <value>The default value is 49: 48 that count.</value>
    public int Positions { get; init; } = 49;

    /// <summary>Windows of other text that ridge regression learns from, of equal length, at least 5.</summary>
    /// <value>The default value is 512.</value>
    public int TrainingWindows { get; init; } = 512;

    /// <summary>Texts that the exhaustive attack keeps at a time, at least 1. It needs several only where damage makes tokens look alike.</summary>
    /// <value>The default value is 4.</value>
    public int SearchWidth { get; init; } = 4;

    /// <summary>Tokens that the exhaustive attack tries where the vocabulary is above <see cref="ExhaustiveAttack.LargestVocabulary"/>, 2 to that number.</summary>
    /// <value>The default value is 256.</value>
    public int ShortlistTokens { get; init; } = 256;

    /// <summary>Seed of sampled text, noise and losses.</summary>
    /// <value>The default value is 1.</value>
    public ulong Seed { get; init; } = 1;

    /// <summary>The damages of an attack.</summary>
    /// <param name="attack">A name of <see cref="LeakageAttackNames"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such attack.</exception>
    public IReadOnlyList<HiddenStateDamage> DamagesOf(string attack) => attack switch
    {
        LeakageAttackNames.NearestEmbedding => NearestEmbeddingDamages,
        LeakageAttackNames.Ridge => RidgeDamages,
        LeakageAttackNames.Exhaustive => ExhaustiveDamages,
        _ => throw new ArgumentOutOfRangeException(nameof(attack), attack, "Must be nearest-embedding, ridge or exhaustive."),
    };

    /// <summary>The split points for a model.</summary>
    internal int[] SplitsOf(LlamaModel model) => [.. Splits ?? [.. Enumerable.Range(1, Math.Max(0, model.Layers - 1))]];

    /// <summary>Refuses a plan that cannot be done on a model.</summary>
    internal void Check(LlamaModel model)
    {
        var before = 0;
        foreach (var split in SplitsOf(model))
        {
            before = Guard.InRange(split, before + 1, model.Layers - 1, nameof(Splits));
        }

        foreach (var damage in (IEnumerable<HiddenStateDamage>)[.. NearestEmbeddingDamages, .. RidgeDamages, .. ExhaustiveDamages])
        {
            ReceivedState.CheckDamage(damage);
        }

        Guard.AtLeast(Windows, 2);
        Guard.InRange(Positions, 2, model.Configuration.MaximumPositions);
        Guard.AtLeast(TrainingWindows, 5);
        Guard.AtLeast(SearchWidth, 1);
        Guard.InRange(ShortlistTokens, 2, ExhaustiveAttack.LargestVocabulary);
    }
}
